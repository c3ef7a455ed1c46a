import type { Db, Tx } from '../../../platform/db.ts'
import type { Finding } from './contribution-register.client.ts'

export interface InsuredCheck { dossierId: string; month: string; transaction: string; findings: Finding[]; askedAt: Date }

/** Keeps what the register answered last; false where the same was known already. */
export async function saveCheck(tx: Tx, c: InsuredCheck): Promise<boolean> {
  const rows = await tx`
    INSERT INTO dossiers.insured_check AS kept (dossier_id, month, transaction, findings, asked_at) VALUES (${c.dossierId}, ${c.month}, ${c.transaction}, ${c.findings}, ${c.askedAt})
    ON CONFLICT (dossier_id) DO UPDATE SET month = excluded.month, transaction = excluded.transaction, findings = excluded.findings, asked_at = excluded.asked_at
    WHERE (kept.month, kept.findings) <> (excluded.month, excluded.findings) RETURNING dossier_id`
  return rows.length > 0
}

export async function findCheck(db: Db, dossierId: string): Promise<InsuredCheck | undefined> {
  const [row] = await db<InsuredCheck[]>`SELECT dossier_id AS "dossierId", month, transaction, findings, asked_at AS "askedAt" FROM dossiers.insured_check WHERE dossier_id = ${dossierId}`
  return row
}
