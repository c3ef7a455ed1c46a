import type { Db, Tx } from '../../../platform/db.ts'
import { civilDate } from '../../../platform/i18n.ts'

/** A person asks the agency to account for its handling ("yêu cầu giải trình"). */
export interface AccountRequest { id: string; dossierId: string; /** Where the person asked, and reads the answer. */ askingNode: string; request: string; askedAt: Date; dueAt: Date | null; responsibleOfficer: string | null; answer: string | null; answeredAt: Date | null }

const columns = (db: Db) => db`a.id, a.dossier_id AS "dossierId", a.asking_node AS "askingNode", a.request, a.asked_at AS "askedAt", a.due_at AS "dueAt", a.responsible_officer AS "responsibleOfficer", a.answer, a.answered_at AS "answeredAt"`

export async function insertAccountRequest(tx: Tx, r: Omit<AccountRequest, 'answer' | 'answeredAt'>): Promise<void> {
  await tx`INSERT INTO dossiers.accountability (id, dossier_id, asking_node, request, asked_at, due_at, responsible_officer) VALUES (${r.id}, ${r.dossierId}, ${r.askingNode}, ${r.request}, ${r.askedAt}, ${r.dueAt}, ${r.responsibleOfficer}) ON CONFLICT (id) DO NOTHING`
}

export async function listAccountRequests(db: Db, dossierId: string): Promise<AccountRequest[]> {
  return await db<AccountRequest[]>`SELECT ${columns(db)} FROM dossiers.accountability a WHERE a.dossier_id = ${dossierId} ORDER BY a.asked_at`
}

export async function findAccountRequest(db: Db, id: string): Promise<AccountRequest | undefined> {
  const [row] = await db<AccountRequest[]>`SELECT ${columns(db)} FROM dossiers.accountability a WHERE a.id = ${id}`
  return row
}

type Listed = AccountRequest & { code: string; procedureCode: string; agencyCode: string }

/** Open ones on dossiers of an agency or one below it, the next due first; then those that were answered last. */
export async function listForAgency(db: Db, nodeCode: string, agencyCode: string, limit: number): Promise<Listed[]> {
  // '/' follows '.' in the order of bytes: the agency and all below it.
  const within = agencyCode === nodeCode ? db`true` : db`d.agency_code COLLATE "C" >= ${agencyCode} AND d.agency_code COLLATE "C" < ${`${agencyCode}/`}`
  const some = (where: ReturnType<typeof columns>, most: number) => db<Listed[]>`
    SELECT ${columns(db)}, coalesce(d.code, d.reference) AS code, d.procedure_code AS "procedureCode", d.agency_code AS "agencyCode" FROM dossiers.accountability a
    JOIN dossiers.dossier d ON d.id = a.dossier_id AND d.node_code = ${nodeCode} AND ${within}
    WHERE ${where} LIMIT ${most}`
  const open = await some(db`a.answered_at IS NULL ORDER BY a.due_at`, limit)
  return [...open, ...(open.length < limit ? await some(db`a.answered_at IS NOT NULL ORDER BY a.answered_at DESC`, limit - open.length) : [])]
}

/** The answer to the open request of a dossier; undefined where there is none. */
export async function saveAccount(tx: Tx, dossierId: string, a: { answer: string; at: Date; by: string }): Promise<AccountRequest | undefined> {
  const [row] = await tx<AccountRequest[]>`UPDATE dossiers.accountability a SET answer = ${a.answer}, answered_at = ${a.at}, answered_by = ${a.by} WHERE a.dossier_id = ${dossierId} AND a.answered_at IS NULL RETURNING ${columns(tx)}`
  return row
}

export async function markAccountReminded(tx: Tx, id: string, at: Date): Promise<boolean> {
  return (await tx`UPDATE dossiers.accountability SET reminded_at = ${at} WHERE id = ${id} AND answered_at IS NULL AND reminded_at IS NULL RETURNING id`).length > 0
}

/** Days for the answer by the rule of that day. @throws where the node has none in force */
export async function accountabilityDays(db: Db, at: Date): Promise<number> {
  const day = civilDate(at)
  const [rule] = await db<{ days: number }[]>`SELECT days FROM dossiers.accountability_rule WHERE valid_from <= ${day} AND (valid_to IS NULL OR valid_to > ${day}) ORDER BY valid_from DESC LIMIT 1`
  if (!rule) throw new Error(`No rule of accountability is in force on ${day}.`)
  return rule.days
}
