import type { Db, Tx } from '../../../platform/db.ts'
import type { FactChange } from './applicant-facts.ts'

/** Who told the office: the applicant himself online, or by word or letter at a desk. */
export type ChangeWay = 'online' | 'in-person' | 'in-writing'
export interface ApplicantChange {
  id: string
  dossierId: string
  changes: FactChange[]
  ground: string
  way: ChangeWay
  askedBy: string
  askedAt: Date
  decidedAt: Date | null
  decidedBy: string | null
  isConfirmed: boolean | null
  declineReason: string | null
}

const columns = (db: Db) => db`id, dossier_id AS "dossierId", changes, ground, way, asked_by AS "askedBy", asked_at AS "askedAt", decided_at AS "decidedAt", decided_by AS "decidedBy", is_confirmed AS "isConfirmed", decline_reason AS "declineReason"`

export type NewChange = Omit<ApplicantChange, 'decidedAt' | 'decidedBy' | 'isConfirmed' | 'declineReason'>

/** False where it is known already. */
export async function insertChange(tx: Tx, c: NewChange): Promise<boolean> {
  const rows = await tx`
    INSERT INTO dossiers.applicant_change (id, dossier_id, changes, ground, way, asked_by, asked_at)
    VALUES (${c.id}, ${c.dossierId}, ${tx.json(c.changes as never)}, ${c.ground}, ${c.way}, ${c.askedBy}, ${c.askedAt}) ON CONFLICT (id) DO NOTHING RETURNING id`
  return rows.length > 0
}

export interface Decision { at: Date; by: string; isConfirmed: boolean; reason: string | null }

/** False where it was decided before. */
export async function saveDecision(tx: Tx, id: string, d: Decision): Promise<boolean> {
  const rows = await tx`UPDATE dossiers.applicant_change SET decided_at = ${d.at}, decided_by = ${d.by}, is_confirmed = ${d.isConfirmed}, decline_reason = ${d.reason} WHERE id = ${id} AND decided_at IS NULL RETURNING id`
  return rows.length > 0
}

/** Newest first. */
export async function listChanges(db: Db, dossierId: string): Promise<ApplicantChange[]> {
  return await db<ApplicantChange[]>`SELECT ${columns(db)} FROM dossiers.applicant_change WHERE dossier_id = ${dossierId} ORDER BY asked_at DESC, id DESC`
}

export async function findOpenChange(db: Db, dossierId: string): Promise<ApplicantChange | undefined> {
  const [row] = await db<ApplicantChange[]>`SELECT ${columns(db)} FROM dossiers.applicant_change WHERE dossier_id = ${dossierId} AND decided_at IS NULL`
  return row
}

/** Dossiers handled here in which a change waits, the longest first. */
export async function listWaiting(db: Db, nodeCode: string): Promise<{ dossierId: string; askedAt: Date; way: ChangeWay }[]> {
  return await db<{ dossierId: string; askedAt: Date; way: ChangeWay }[]>`
    SELECT c.dossier_id AS "dossierId", c.asked_at AS "askedAt", c.way FROM dossiers.applicant_change c JOIN dossiers.dossier d ON d.id = c.dossier_id AND d.node_code = ${nodeCode}
    WHERE c.decided_at IS NULL ORDER BY c.asked_at LIMIT 500`
}

/** Also of a mirror, which acts of this node do not move. */
export async function lockRow(tx: Tx, dossierId: string): Promise<void> {
  await tx`SELECT 1 FROM dossiers.dossier WHERE id = ${dossierId} FOR UPDATE`
}

/** What was declared, with the facts as they are now. */
export async function saveApplicant(tx: Tx, dossierId: string, content: { answers: Record<string, unknown>; summary: unknown; applicant: unknown }): Promise<void> {
  await tx`UPDATE dossiers.content SET answers = ${tx.json(content.answers as never)}, summary = ${tx.json(content.summary as never)}, applicant = ${tx.json(content.applicant as never)} WHERE dossier_id = ${dossierId}`
}

/** The paper in preparation; who drafted and who reviewed it stays. */
export async function saveDraftData(tx: Tx, dossierId: string, data: Record<string, unknown>): Promise<void> {
  await tx`UPDATE dossiers.result_draft SET data = ${tx.json(data as never)} WHERE dossier_id = ${dossierId}`
}
