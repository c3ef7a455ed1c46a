import type { Db, Tx } from '../../../platform/db.ts'

/** A correction of an issued result, waiting for its signature. */
export interface Correction { id: string; dossierId: string; /** Which answer was put right: 'businessName', 'child.name'. */ field: string; template: string; data: Record<string, unknown>; reason: string; proposedAt: Date; proposedBy: string }

export async function insertCorrection(tx: Tx, c: Correction): Promise<void> {
  await tx`DELETE FROM dossiers.correction WHERE dossier_id = ${c.dossierId} AND signed_at IS NULL`
  await tx`INSERT INTO dossiers.correction (id, dossier_id, field, template, data, reason, proposed_at, proposed_by) VALUES (${c.id}, ${c.dossierId}, ${c.field}, ${c.template}, ${tx.json(c.data as never)}, ${c.reason}, ${c.proposedAt}, ${c.proposedBy})`
}

export async function findOpenCorrection(db: Db, dossierId: string): Promise<Correction | undefined> {
  const [row] = await db<Correction[]>`SELECT id, dossier_id AS "dossierId", field, template, data, reason, proposed_at AS "proposedAt", proposed_by AS "proposedBy" FROM dossiers.correction WHERE dossier_id = ${dossierId} AND signed_at IS NULL`
  return row
}

export async function markCorrectionSigned(tx: Tx, id: string, s: { at: Date; by: string; documentId: string; replacedId: string }): Promise<void> {
  await tx`UPDATE dossiers.correction SET signed_at = ${s.at}, signed_by = ${s.by}, document_id = ${s.documentId}, replaced_id = ${s.replacedId} WHERE id = ${id}`
}
