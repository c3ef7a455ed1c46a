import type { Db, Tx } from '../../../platform/db.ts'

export async function insertUnplaced(tx: Tx, dossierId: string, since: Date): Promise<void> {
  await tx`INSERT INTO dossiers.unplaced (dossier_id, since) VALUES (${dossierId}, ${since}) ON CONFLICT (dossier_id) DO NOTHING`
}

/** Nobody knows yet which agency decides. */
export async function isUnplaced(db: Db, dossierId: string): Promise<boolean> {
  const [row] = await db`SELECT 1 FROM dossiers.unplaced WHERE dossier_id = ${dossierId} AND placed_at IS NULL`
  return row !== undefined
}

export async function markPlaced(tx: Tx, dossierId: string, at: Date): Promise<void> {
  await tx`UPDATE dossiers.unplaced SET placed_at = ${at} WHERE dossier_id = ${dossierId} AND placed_at IS NULL`
}

export interface Waiting { id: string; reference: string; procedureCode: string; placeCode: string | null; since: Date }

/** What waits at this node for somebody who knows the agency, the oldest first. */
export async function listUnplaced(db: Db, nodeCode: string, page: { limit: number; offset: number }): Promise<{ rows: Waiting[]; total: number }> {
  const rows = await db<(Waiting & { total: number })[]>`
    SELECT d.id, d.reference, d.procedure_code AS "procedureCode", d.place_code AS "placeCode", u.since, count(*) OVER ()::int AS total
    FROM dossiers.unplaced u JOIN dossiers.dossier d ON d.id = u.dossier_id AND d.node_code = ${nodeCode} AND d.state = 'new' WHERE u.placed_at IS NULL ORDER BY u.since LIMIT ${page.limit} OFFSET ${page.offset}`
  return { rows, total: rows[0]?.total ?? 0 }
}

export async function countUnplaced(db: Db, nodeCode: string): Promise<number> {
  const [row] = await db<{ n: number }[]>`SELECT count(*)::int AS n FROM dossiers.unplaced u JOIN dossiers.dossier d ON d.id = u.dossier_id AND d.node_code = ${nodeCode} AND d.state = 'new' WHERE u.placed_at IS NULL`
  return row!.n
}

export interface Transfer { fromAgency: string; toAgency: string; reason: string; at: Date }

export async function insertTransfer(tx: Tx, t: Transfer & { id: string; dossierId: string; by: string }): Promise<void> {
  await tx`INSERT INTO dossiers.transfer (id, dossier_id, from_agency, to_agency, reason, at, by) VALUES (${t.id}, ${t.dossierId}, ${t.fromAgency}, ${t.toAgency}, ${t.reason}, ${t.at}, ${t.by})`
}

export async function listTransfers(db: Db, dossierId: string): Promise<Transfer[]> {
  return await db<Transfer[]>`SELECT from_agency AS "fromAgency", to_agency AS "toAgency", reason, at FROM dossiers.transfer WHERE dossier_id = ${dossierId} ORDER BY at`
}
