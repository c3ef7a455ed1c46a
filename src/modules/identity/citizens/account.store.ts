import type { Db, Fragment, Tx } from '../../../platform/db.ts'
import { newId, randomToken } from '../../../platform/ids.ts'
import { createBriefMemory } from '../../../platform/brief-memory.ts'

/** A person's account — "tài khoản". */
export interface Account {
  id: string
  subject: string
  idNumber: string
  fullName: string
  /** 'YYYY-MM-DD' */
  birthDate: string
  phone: string
  email: string | null
  assurance: 1 | 2 | 3
  state: 'active' | 'locked' | 'closed'
  /** Why it is locked. An account that was only idle is opened by its owner's log-in. */
  lockReason: 'idle' | 'misuse' | null
  createdAt: Date
}

const columns = (db: Db) => db`id, subject, id_number AS "idNumber", full_name AS "fullName", birth_date AS "birthDate", phone, email, assurance, state, lock_reason AS "lockReason", created_at AS "createdAt"`

export async function findAccount(db: Db, id: string): Promise<Account | undefined> {
  const [row] = await db<Account[]>`SELECT ${columns(db)} FROM identity.account WHERE id = ${id} AND erased_at IS NULL`
  return row
}

/** `mayAct`: there are mandates under which the person acts, perhaps later. */
export async function findAccountAndRights(db: Db, id: string): Promise<(Account & { mayAct: boolean }) | undefined> {
  const [row] = await db<(Account & { mayAct: boolean })[]>`SELECT ${columns(db)}, EXISTS (SELECT FROM identity.acting_right r WHERE r.acting_account_id = account.id) AS "mayAct" FROM identity.account WHERE id = ${id} AND erased_at IS NULL`
  return row
}

export async function findAccountByIdNumber(db: Db, idNumber: string): Promise<Account | undefined> {
  const [row] = await db<Account[]>`SELECT ${columns(db)} FROM identity.account WHERE id_number = ${idNumber}`
  return row
}

/** By the opaque subject that this node itself uses for the person. */
export async function findAccountBySubject(db: Db, subject: string): Promise<Account | undefined> {
  const [row] = await db<Account[]>`SELECT ${columns(db)} FROM identity.account WHERE subject = ${subject}`
  return row
}

export interface NewAccount { idNumber: string; fullName: string; birthDate: string; phone: string; email?: string | null; assurance: 1 | 2 | 3 }

/** Opens an account at the national node; undefined when the id number has one already. Its own subject is the pairwise one for this node. */
export async function insertAccount(tx: Tx, nodeCode: string, account: NewAccount, now: Date): Promise<Account | undefined> {
  const id = newId(now.getTime())
  // A minor for whom a parent acted already keeps the name under which his dossiers stand.
  const [ward] = await tx<{ subject: string }[]>`SELECT subject FROM identity.ward WHERE id_number = ${account.idNumber}`
  const subject = ward?.subject ?? randomToken(18)
  const [row] = await tx<Account[]>`
    INSERT INTO identity.account (id, subject, id_number, full_name, birth_date, phone, email, assurance, created_at, updated_at)
    VALUES (${id}, ${subject}, ${account.idNumber}, ${account.fullName}, ${account.birthDate}, ${account.phone}, ${account.email ?? null}, ${account.assurance}, ${now}, ${now})
    ON CONFLICT (id_number) DO NOTHING RETURNING ${columns(tx)}`
  if (row) await tx`INSERT INTO identity.pairwise_subject (account_id, node_code, subject) VALUES (${id}, ${nodeCode}, ${subject})`
  return row
}

/** The first copy of a person at a local node, as a statement for RETURNING; no row where there is one already. */
export const insertionOf = (db: Db, id: string, p: NewAccount & { subject: string }, now: Date): Fragment => db`
    INSERT INTO identity.account (id, subject, id_number, full_name, birth_date, phone, email, assurance, created_at, updated_at)
    VALUES (${id}, ${p.subject}, ${p.idNumber}, ${p.fullName}, ${p.birthDate}, ${p.phone}, ${p.email ?? null}, ${p.assurance}, ${now}, ${now})
    ON CONFLICT DO NOTHING`

/**
 * At a local node: the copy of who logs in, as the national node describes the person today. A person known by id number under another
 * subject is the same person: the national node vouches for both.
 */
export async function upsertFromNational(tx: Tx, person: NewAccount & { subject: string }, now: Date): Promise<{ account: Account; isNew: boolean }> {
  // Two first log-ins at the same moment: the second waits here for the first, and then finds its row.
  const [fresh] = await tx<Account[]>`${insertionOf(tx, newId(now.getTime()), person, now)} RETURNING ${columns(tx)}`
  if (fresh) return { account: fresh, isNew: true }
  const [account] = await tx<Account[]>`
    UPDATE identity.account SET subject = ${person.subject}, id_number = ${person.idNumber}, full_name = ${person.fullName}, birth_date = ${person.birthDate},
      phone = ${person.phone}, email = ${person.email ?? null}, assurance = ${person.assurance}, updated_at = ${now}
    WHERE id = (SELECT id FROM identity.account WHERE subject = ${person.subject} OR id_number = ${person.idNumber} ORDER BY (subject = ${person.subject}) DESC LIMIT 1)
    RETURNING ${columns(tx)}`
  return { account: account!, isNew: false }
}

/** May its owner log in, should he prove who he is? An account that was only idle is unlocked by that. */
export const mayLogIn = (account: Pick<Account, 'state' | 'lockReason'>): boolean => account.state === 'active' || (account.state === 'locked' && account.lockReason === 'idle')

export async function setEmail(tx: Tx, accountId: string, email: string | null, now: Date): Promise<void> {
  await tx`UPDATE identity.account SET email = ${email}, updated_at = ${now} WHERE id = ${accountId}`
}

export async function setPhone(tx: Tx, accountId: string, phone: string, now: Date): Promise<void> {
  await tx`UPDATE identity.account SET phone = ${phone}, updated_at = ${now} WHERE id = ${accountId}`
}

/** The person's name and birth date as the population register writes them today. */
export async function setName(tx: Tx, accountId: string, { fullName, birthDate }: { fullName: string; birthDate: string }, now: Date): Promise<void> {
  await tx`UPDATE identity.account SET full_name = ${fullName}, birth_date = ${birthDate}, updated_at = ${now} WHERE id = ${accountId}`
}

/** The strongest proof of identity so far. */
export async function raiseAssurance(tx: Tx, accountId: string, assurance: 1 | 2 | 3, now: Date): Promise<void> {
  await tx`UPDATE identity.account SET assurance = ${assurance}, updated_at = ${now} WHERE id = ${accountId} AND assurance < ${assurance}`
}

/** Who a person is and how to reach him: for notices and to fill in forms. */
export type Contact = Pick<Account, 'fullName' | 'idNumber' | 'birthDate' | 'phone' | 'email'>

/** Undefined when the account is unknown here. */
export async function accountContact(db: Db, accountId: string): Promise<Contact | undefined> {
  return (await accountContacts(db, [accountId])).get(accountId)
}

/** Without those that are unknown here. */
export async function accountContacts(db: Db, accountIds: readonly string[]): Promise<Map<string, Contact>> {
  if (accountIds.length === 0) return new Map()
  const rows = await db<(Contact & { id: string })[]>`SELECT id, full_name AS "fullName", id_number AS "idNumber", birth_date AS "birthDate", phone, email FROM identity.account WHERE id = ANY(${[...accountIds]}) AND erased_at IS NULL`
  return new Map(rows.map(({ id, ...contact }) => [id, contact]))
}

/** A name never changes; the tokens of one log-in ask for it three times. */
const subjects = createBriefMemory({ seconds: 60, capacity: 5000 })

/** The name by which a node knows a person: made at the first question, then stable. Equal to the `sub` in that node's identity tokens. */
export async function subjectForNode(tx: Db, accountId: string, nodeCode: string): Promise<string> {
  const find = () => tx<{ subject: string }[]>`SELECT subject FROM identity.pairwise_subject WHERE account_id = ${accountId} AND node_code = ${nodeCode}`
  return subjects.remember(tx, `${accountId} ${nodeCode}`, async () => {
    // As a minor without an account the person may be known there already.
    const [made] = await tx<{ subject: string }[]>`
      WITH known AS (SELECT subject FROM identity.pairwise_subject WHERE account_id = ${accountId} AND node_code = ${nodeCode}),
        ward AS (SELECT r.subject FROM identity.represented_subject r JOIN identity.ward w ON w.id = r.represented_id JOIN identity.account a ON a.id_number = w.id_number WHERE a.id = ${accountId} AND r.node_code = ${nodeCode} LIMIT 1),
        made AS (
          INSERT INTO identity.pairwise_subject (account_id, node_code, subject)
          SELECT ${accountId}, ${nodeCode}, coalesce((SELECT subject FROM ward), ${randomToken(18)}) WHERE NOT EXISTS (SELECT FROM known) ON CONFLICT (account_id, node_code) DO NOTHING RETURNING subject)
      SELECT subject FROM known UNION ALL SELECT subject FROM made`
    return made?.subject ?? (await find())[0]!.subject
  })
}

/** At the national node: the account that another node knows by this subject. */
export async function accountForSubject(db: Db, nodeCode: string, subject: string): Promise<Account | undefined> {
  const [row] = await db<Account[]>`SELECT ${columns(db)} FROM identity.account WHERE id = (SELECT account_id FROM identity.pairwise_subject WHERE node_code = ${nodeCode} AND subject = ${subject})`
  return row
}
