import type { Db } from '../../../platform/db.ts'
import { sha256 } from '../../../platform/ids.ts'

export interface KeptRow { id: string; owner: string; sealed: string; createdAt: Date; expiresAt: Date }

export async function insertKeptForm(db: Db, row: KeptRow & { token: string }): Promise<void> {
  await db`INSERT INTO identity.kept_form ${db({ id: row.id, token_hash: sha256(row.token), owner: row.owner, sealed: row.sealed, created_at: row.createdAt, expires_at: row.expiresAt })}`
}

/** At most so many wait for one owner; the oldest give way. What another request is just removing is left to it: two that wait for each other's rows would both fail. */
export async function trimKeptForms(db: Db, owner: string, most: number): Promise<void> {
  await db`
    DELETE FROM identity.kept_form WHERE id IN (
      SELECT id FROM identity.kept_form WHERE id IN (SELECT id FROM identity.kept_form WHERE owner = ${owner} ORDER BY created_at DESC OFFSET ${most}) FOR UPDATE SKIP LOCKED)`
}

export async function findKeptForm(db: Db, id: string, token: string, now: Date): Promise<KeptRow | undefined> {
  const [row] = await db<KeptRow[]>`SELECT id, owner, sealed, created_at AS "createdAt", expires_at AS "expiresAt" FROM identity.kept_form WHERE id = ${id} AND token_hash = ${sha256(token)} AND expires_at > ${now}`
  return row
}

/** Who a session belonged to, also when it has ended: 'person:ID' or 'officer:ID'. */
export async function ownerOfSession(db: Db, token: string): Promise<string | undefined> {
  const [row] = await db<{ owner: string }[]>`SELECT kind || ':' || coalesce(account_id, officer_id) AS owner FROM identity.session WHERE token_hash = ${sha256(token)}`
  return row?.owner
}
