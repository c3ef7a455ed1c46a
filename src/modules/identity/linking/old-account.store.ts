import type { Db, Tx } from '../../../platform/db.ts'
import { newId } from '../../../platform/ids.ts'
import { sameName } from '../desk/same-name.ts'

export type OldState = 'waiting' | 'linked' | 'declined' | 'closed'

/** An account of this system from before the national log-in — "tài khoản cũ". */
export interface OldAccount {
  id: string
  localId: string
  idNumber: string | null
  oldIdNumber: string | null
  fullName: string
  birthDate: string
  phone: string | null
  state: OldState
  accountId: string | null
}

const columns = (db: Db) => db`o.id, o.local_id AS "localId", o.id_number AS "idNumber", o.old_id_number AS "oldIdNumber", o.full_name AS "fullName", o.birth_date AS "birthDate", o.phone, o.state, o.account_id AS "accountId"`

export interface Described { idNumber: string; fullName: string; birthDate: string }

/** Whether an old account is so like a person that he may say himself that it is his: number, name and birth date. */
export const agrees = (old: OldAccount, person: Described): boolean => old.idNumber === person.idNumber && old.birthDate === person.birthDate && sameName(old.fullName, person.fullName)

/** Old accounts that agree with a person in everything and wait for his word. */
export async function oldAccountsAwaiting(db: Db, person: Described): Promise<OldAccount[]> {
  const rows = await db<OldAccount[]>`SELECT ${columns(db)} FROM identity.old_account o WHERE o.id_number = ${person.idNumber} AND o.state = 'waiting' ORDER BY o.local_id LIMIT 20`
  return rows.filter((old) => agrees(old, person))
}

export async function findOldAccount(db: Db, id: string): Promise<OldAccount | undefined> {
  const [row] = await db<OldAccount[]>`SELECT ${columns(db)} FROM identity.old_account o WHERE o.id = ${id}`
  return row
}

export async function lockOldAccount(tx: Tx, id: string): Promise<OldAccount | undefined> {
  const [row] = await tx<OldAccount[]>`SELECT ${columns(tx)} FROM identity.old_account o WHERE o.id = ${id} FOR UPDATE`
  return row
}

/** A person of this node who may be the holder: by the number, or where it is missing by name (marks aside) and birth date. */
export async function candidatesFor(db: Db, old: OldAccount): Promise<string[]> {
  const rows = await db<{ id: string }[]>`
    SELECT a.id FROM identity.account a WHERE a.id_number = ${old.idNumber} OR (${old.idNumber}::text IS NULL AND a.birth_date = ${old.birthDate} AND platform.plain(a.full_name) = platform.plain(${old.fullName}))
    ORDER BY a.created_at LIMIT 5`
  return rows.map((r) => r.id)
}

export type QueueView = 'open' | 'linked'

/**
 * What the desk has to look at: declined by the person who was asked, the same number under another name or birth date, or no 12-digit
 * number and somebody of that name and birth date. Old accounts nobody here resembles are not listed: their time comes with a log-in.
 */
export async function listOldAccounts(db: Db, view: QueueView, page: { limit: number; offset: number }): Promise<{ rows: OldAccount[]; total: number }> {
  const which = view === 'linked' ? db`o.state = 'linked'` : db`o.state = 'declined' OR (o.state = 'waiting' AND EXISTS (
    SELECT 1 FROM identity.account a WHERE (a.id_number = o.id_number AND (a.birth_date <> o.birth_date OR lower(a.full_name) <> lower(o.full_name)))
      OR (o.id_number IS NULL AND a.birth_date = o.birth_date AND platform.plain(a.full_name) = platform.plain(o.full_name))))`
  const rows = await db<(OldAccount & { total: number })[]>`SELECT ${columns(db)}, count(*) OVER ()::int AS total FROM identity.old_account o WHERE ${which} ORDER BY o.updated_at DESC, o.id LIMIT ${page.limit} OFFSET ${page.offset}`
  return { rows: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 }
}

export interface Step { at: Date; action: 'linked' | 'declined' | 'unlinked' | 'closed'; reason: string | null; byActor: string }

export async function stepsOf(db: Db, oldAccountId: string): Promise<Step[]> {
  return db<Step[]>`SELECT at, action, reason, by_actor AS "byActor" FROM identity.old_account_step WHERE old_account_id = ${oldAccountId} ORDER BY at DESC, id DESC`
}

export interface Move { oldAccountId: string; action: Step['action']; state: OldState; accountId: string | null; by: string; reason?: string }

/** Moves an old account and writes the step down. `accountId`: linked to, or unlinked from, or who declined. */
export async function moveOldAccount(tx: Tx, m: Move, now: Date): Promise<void> {
  await tx`UPDATE identity.old_account SET state = ${m.state}, account_id = ${m.state === 'linked' ? m.accountId : null}, updated_at = ${now} WHERE id = ${m.oldAccountId}`
  await tx`INSERT INTO identity.old_account_step (id, old_account_id, at, action, account_id, by_actor, reason) VALUES (${newId(now.getTime())}, ${m.oldAccountId}, ${now}, ${m.action}, ${m.accountId}, ${m.by}, ${m.reason ?? null})`
}
