import type { Db, Tx } from '../../../platform/db.ts'

/** Why a dossier is late, by who leads. */
export interface LateExplanation { dossierId: string; dueAt: Date; reason: string; explainedAt: Date; explainedBy: string }

export async function insertExplanation(tx: Tx, id: string, e: LateExplanation): Promise<void> {
  await tx`INSERT INTO dossiers.late_explanation (id, dossier_id, due_at, reason, explained_at, explained_by) VALUES (${id}, ${e.dossierId}, ${e.dueAt}, ${e.reason}, ${e.explainedAt}, ${e.explainedBy})`
}

/** The last explanation of each dossier that has one. */
export async function findExplanations(db: Db, dossierIds: readonly string[]): Promise<Map<string, LateExplanation>> {
  const rows = dossierIds.length === 0 ? [] : await db<LateExplanation[]>`
    SELECT DISTINCT ON (dossier_id) dossier_id AS "dossierId", due_at AS "dueAt", reason, explained_at AS "explainedAt", explained_by AS "explainedBy" FROM dossiers.late_explanation WHERE dossier_id = ANY(${[...dossierIds]}) ORDER BY dossier_id, explained_at DESC`
  return new Map(rows.map((row) => [row.dossierId, row]))
}
