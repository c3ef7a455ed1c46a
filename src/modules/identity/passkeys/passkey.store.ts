import type { Db, Tx } from '../../../platform/db.ts'
import { newId } from '../../../platform/ids.ts'

/** Whose it is: a person's account or an officer's. */
export type PasskeyOwner = { kind: 'person' | 'officer'; id: string }

/** Khóa truy cập. */
export interface Passkey {
  id: string
  credentialId: string
  accountId: string | null
  officerId: string | null
  name: string
  publicKey: Buffer
  counter: number
  transports: string[]
  /** The key may be copied to other devices of its owner by the maker of the system. */
  synced: boolean
  createdAt: Date
  lastUsedAt: Date | null
}

const columns = (db: Db) => db`id, credential_id AS "credentialId", account_id AS "accountId", officer_id AS "officerId", name, public_key AS "publicKey", counter, transports, synced, created_at AS "createdAt", last_used_at AS "lastUsedAt"`
const owned = (db: Db, owner: PasskeyOwner) => (owner.kind === 'person' ? db`account_id = ${owner.id}` : db`officer_id = ${owner.id}`)

export async function listPasskeys(db: Db, owner: PasskeyOwner): Promise<Passkey[]> {
  return db<Passkey[]>`SELECT ${columns(db)} FROM identity.passkey WHERE ${owned(db, owner)} AND removed_at IS NULL ORDER BY created_at, id`
}

export async function findOwnPasskey(db: Db, owner: PasskeyOwner, id: string): Promise<Passkey | undefined> {
  const [row] = await db<Passkey[]>`SELECT ${columns(db)} FROM identity.passkey WHERE id = ${id} AND ${owned(db, owner)} AND removed_at IS NULL`
  return row
}

/** Only where its owner may log in. */
export async function findPasskey(db: Db, credentialId: string): Promise<Passkey | undefined> {
  const [row] = await db<Passkey[]>`
    SELECT ${columns(db)} FROM identity.passkey p WHERE credential_id = ${credentialId} AND removed_at IS NULL
      AND (EXISTS (SELECT 1 FROM identity.account a WHERE a.id = p.account_id AND (a.state = 'active' OR (a.state = 'locked' AND a.lock_reason = 'idle'))) OR EXISTS (SELECT 1 FROM identity.officer o WHERE o.id = p.officer_id AND o.state = 'active'))`
  return row
}

export type NewPasskey = Pick<Passkey, 'credentialId' | 'name' | 'publicKey' | 'counter' | 'transports' | 'synced'> & { backedUp: boolean }

/** Undefined when this key is known already. */
export async function insertPasskey(tx: Tx, owner: PasskeyOwner, key: NewPasskey, now: Date): Promise<string | undefined> {
  const id = newId()
  const added = await tx`
    INSERT INTO identity.passkey (id, credential_id, account_id, officer_id, name, public_key, counter, transports, synced, backed_up, created_at)
    VALUES (${id}, ${key.credentialId}, ${owner.kind === 'person' ? owner.id : null}, ${owner.kind === 'officer' ? owner.id : null}, ${key.name}, ${key.publicKey}, ${key.counter}, ${key.transports}, ${key.synced}, ${key.backedUp}, ${now})
    ON CONFLICT DO NOTHING`
  return added.count > 0 ? id : undefined
}

/** Takes a counter for good: false when it is not above the last one. Keys that do not count say 0 every time. */
export async function takeCounter(tx: Tx, id: string, counter: number, backedUp: boolean, now: Date): Promise<boolean> {
  const taken = await tx`UPDATE identity.passkey SET counter = ${counter}, backed_up = ${backedUp}, last_used_at = ${now} WHERE id = ${id} AND removed_at IS NULL AND (counter < ${counter} OR (counter = 0 AND ${counter} = 0))`
  return taken.count > 0
}

export async function setPasskeyName(tx: Tx, owner: PasskeyOwner, id: string, name: string): Promise<void> {
  await tx`UPDATE identity.passkey SET name = ${name} WHERE id = ${id} AND ${owned(tx, owner)} AND removed_at IS NULL`
}

/** False when it was not there (any more). */
export async function endPasskey(tx: Tx, owner: PasskeyOwner, id: string, now: Date): Promise<boolean> {
  const ended = await tx`UPDATE identity.passkey SET removed_at = ${now} WHERE id = ${id} AND ${owned(tx, owner)} AND removed_at IS NULL`
  return ended.count > 0
}
