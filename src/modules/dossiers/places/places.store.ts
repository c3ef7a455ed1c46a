import type { Db, Tx } from '../../../platform/db.ts'

/** 'help' with a filing, 'receipt', 'return' of the result. */
export type Service = 'help' | 'receipt' | 'return'
export interface Served { what: Service; agencyCode: string; officerId: string; at: Date }

export async function saveServed(tx: Tx, dossierId: string, s: Served & { recipient?: string }): Promise<void> {
  await tx`INSERT INTO dossiers.served_at (dossier_id, what, agency_code, officer_id, at, recipient) VALUES (${dossierId}, ${s.what}, ${s.agencyCode}, ${s.officerId}, ${s.at}, ${s.recipient ?? null})
    ON CONFLICT (dossier_id, what) DO UPDATE SET agency_code = excluded.agency_code, officer_id = excluded.officer_id, at = excluded.at, recipient = excluded.recipient`
}

export async function listServed(db: Db, dossierId: string): Promise<Served[]> {
  return await db<Served[]>`SELECT what, agency_code AS "agencyCode", officer_id AS "officerId", at FROM dossiers.served_at WHERE dossier_id = ${dossierId} ORDER BY at`
}

/**
 * Finished dossiers of other agencies of the node whose result is handed out at this desk: where the person chose, else where it was taken in from his hands; the same as the
 * slip says.
 */
export async function listToReturnHere(db: Db, nodeCode: string, agencyCode: string, dossierId?: string): Promise<string[]> {
  const rows = await db<{ id: string }[]>`
    SELECT d.id FROM dossiers.dossier d LEFT JOIN dossiers.return_choice c ON c.dossier_id = d.id LEFT JOIN dossiers.reception r ON r.dossier_id = d.id
    WHERE d.node_code = ${nodeCode} AND d.state = 'finished' AND d.return_way = 'desk' AND d.agency_code <> ${agencyCode} ${dossierId ? db`AND d.id = ${dossierId}` : db``}
      AND coalesce(c.desk_code, CASE WHEN d.channel = 'desk' THEN r.agency_code END) = ${agencyCode}
    ORDER BY d.finished_at LIMIT 200`
  return rows.map((row) => row.id)
}
