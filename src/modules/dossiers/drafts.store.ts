import type { Db, Tx } from '../../platform/db.ts'
import type { FilledAnswer } from './prefill/source.ts'

/** A filing in preparation ("hồ sơ nháp"). Rows, not session: resumable on another device, safe in two tabs. */
export interface Draft {
  id: string
  /** Who began it; null at the desk, where `visitId` says for whom. */
  accountId: string | null
  visitId: string | null
  /** For whom, where that is not the account itself, and under which mandate it was begun. */
  mandateId: string | null
  partySubject: string | null
  procedureCode: string
  procedureVersion: number
  formKey: string
  formVersion: number
  answers: Record<string, unknown>
  /** Answers that were filled in beforehand; pages say from where. */
  filled: FilledAnswer[]
  /** Page ids that were answered without mistakes. */
  visited: string[]
  /** Set once it was submitted. */
  dossierId: string | null
  createdAt: Date
  updatedAt: Date
}

const columns = (db: Db) => db`id, account_id AS "accountId", visit_id AS "visitId", mandate_id AS "mandateId", party_subject AS "partySubject", procedure_code AS "procedureCode", procedure_version AS "procedureVersion", form_key AS "formKey", form_version AS "formVersion", answers, filled, visited, dossier_id AS "dossierId", created_at AS "createdAt", updated_at AS "updatedAt"`

export async function insertDraft(tx: Db, d: Omit<Draft, 'visited' | 'dossierId' | 'updatedAt' | 'visitId'> & { visitId?: string }): Promise<void> {
  await tx`INSERT INTO dossiers.draft (id, account_id, visit_id, mandate_id, party_subject, procedure_code, procedure_version, form_key, form_version, answers, filled, created_at, updated_at) VALUES (${d.id}, ${d.accountId}, ${d.visitId ?? null}, ${d.mandateId}, ${d.partySubject}, ${d.procedureCode}, ${d.procedureVersion}, ${d.formKey}, ${d.formVersion}, ${tx.json(d.answers as never)}, ${tx.json(d.filled as never)}, ${d.createdAt}, ${d.createdAt})`
}

/** Whose drafts: the account's own, or with `acting` those of the party that it acts for. Others prepare for the account too: by its subject. */
export interface DraftHolder { accountId: string; subjects: readonly string[]; acting: boolean }

const heldBy = (db: Db, h: DraftHolder) => (h.acting ? db`party_subject = ANY(${[...h.subjects]})` : db`((account_id = ${h.accountId} AND party_subject IS NULL) OR party_subject = ANY(${[...h.subjects]}))`)

/** A draft of this holder; another's is as if it did not exist. */
export async function findDraft(db: Db, id: string, holder: DraftHolder): Promise<Draft | undefined> {
  const [row] = await db<Draft[]>`SELECT ${columns(db)} FROM dossiers.draft WHERE id = ${id} AND ${heldBy(db, holder)}`
  return row
}

/** Whoever holds it: for who was invited to a part of it. */
export async function findDraftById(db: Db, id: string): Promise<Draft | undefined> {
  const [row] = await db<Draft[]>`SELECT ${columns(db)} FROM dossiers.draft WHERE id = ${id}`
  return row
}

export async function listDrafts(db: Db, holder: DraftHolder, procedures?: readonly string[]): Promise<Draft[]> {
  return await db<Draft[]>`SELECT ${columns(db)} FROM dossiers.draft WHERE ${heldBy(db, holder)} AND dossier_id IS NULL ${procedures ? db`AND procedure_code = ANY(${[...procedures]})` : db``} ORDER BY updated_at DESC LIMIT 50`
}

export async function saveDraft(tx: Tx, id: string, change: { answers: Record<string, unknown>; filled: readonly FilledAnswer[]; visited: string[]; at: Date }): Promise<void> {
  await tx`UPDATE dossiers.draft SET answers = ${tx.json(change.answers as never)}, filled = ${tx.json(change.filled as never)}, visited = ${tx.json(change.visited)}, updated_at = ${change.at} WHERE id = ${id} AND dossier_id IS NULL`
}

export async function markSubmitted(db: Db, id: string, dossierId: string): Promise<void> {
  // Who confirmed a part stands with the dossier now.
  await db`WITH done AS (UPDATE dossiers.draft SET dossier_id = ${dossierId}, answers = '{}', filled = '[]' WHERE id = ${id} RETURNING id) DELETE FROM dossiers.invitation WHERE draft_id IN (SELECT id FROM done)`
}

export async function deleteDraft(db: Db, id: string, holder: DraftHolder): Promise<void> {
  await db`WITH gone AS (DELETE FROM dossiers.draft WHERE id = ${id} AND ${heldBy(db, holder)} AND dossier_id IS NULL RETURNING id) DELETE FROM dossiers.invitation WHERE draft_id IN (SELECT id FROM gone)`
}

/** What an officer fills in during a visit. */
export async function listVisitDrafts(db: Db, visitId: string): Promise<Draft[]> {
  return await db<Draft[]>`SELECT ${columns(db)} FROM dossiers.draft WHERE visit_id = ${visitId} AND dossier_id IS NULL ORDER BY created_at`
}

export async function findVisitDraft(db: Db, visitId: string, id: string): Promise<Draft | undefined> {
  const [row] = await db<Draft[]>`SELECT ${columns(db)} FROM dossiers.draft WHERE id = ${id} AND visit_id = ${visitId}`
  return row
}

/** One unfinished draft of a visit, or all of them. */
export async function deleteVisitDrafts(db: Db | Tx, visitId: string, id?: string): Promise<void> {
  await db`DELETE FROM dossiers.draft WHERE visit_id = ${visitId} AND dossier_id IS NULL ${id ? db`AND id = ${id}` : db``}`
}

/** All drafts of a person whose account is deleted; what was submitted is a dossier and stays. */
export async function deleteDrafts(tx: Tx, accountId: string): Promise<void> {
  await tx`WITH gone AS (DELETE FROM dossiers.draft WHERE account_id = ${accountId} RETURNING id) DELETE FROM dossiers.invitation WHERE draft_id IN (SELECT id FROM gone)`
}
