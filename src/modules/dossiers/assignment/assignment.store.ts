import type { Params } from '../../../platform/i18n.ts'
import type { Db, Tx } from '../../../platform/db.ts'
import type { DossierState } from '../dossier-states.ts'

export interface HandedStep { dossierId: string; taskId: string; step: { vi: string; en: string }; state: DossierState; dueAt: string }

/** Steps that one officer handed to another, as they then stood. */
export interface Handover { id: string; agencyCode: string; fromOfficer: string; toOfficer: string; reason: string; items: HandedStep[]; at: Date }

export async function insertHandover(tx: Tx, h: Handover & { by: string }): Promise<void> {
  await tx`INSERT INTO dossiers.handover (id, agency_code, from_officer, to_officer, reason, items, at, by) VALUES (${h.id}, ${h.agencyCode}, ${h.fromOfficer}, ${h.toOfficer}, ${h.reason}, ${tx.json(h.items as never)}, ${h.at}, ${h.by})`
}

const columns = (db: Db) => db`id, agency_code AS "agencyCode", from_officer AS "fromOfficer", to_officer AS "toOfficer", reason, items, at`

export async function findHandover(db: Db, id: string): Promise<Handover | undefined> {
  const [row] = await db<Handover[]>`SELECT ${columns(db)} FROM dossiers.handover WHERE id = ${id}`
  return row
}

/** Given or taken by this officer, the newest first. */
export async function listHandovers(db: Db, officerId: string, limit: number): Promise<Handover[]> {
  return await db<Handover[]>`SELECT ${columns(db)} FROM dossiers.handover WHERE from_officer = ${officerId} OR to_officer = ${officerId} ORDER BY at DESC LIMIT ${limit}`
}

/** What became of one row; `key` names the sentence. */
export interface BulkRow { dossierId: string; done: boolean; key: string; params: Params }
export interface BulkReport { action: string; rows: BulkRow[]; at: Date }

export async function insertBulkReport(tx: Tx, r: BulkReport & { id: string; officerId: string }): Promise<void> {
  await tx`INSERT INTO dossiers.bulk_report (id, officer_id, action, rows, at) VALUES (${r.id}, ${r.officerId}, ${r.action}, ${tx.json(r.rows as never)}, ${r.at})`
}

/** The officer's own report; a colleague's is as if it did not exist. */
export async function findBulkReport(db: Db, id: string, officerId: string): Promise<BulkReport | undefined> {
  const [row] = await db<BulkReport[]>`SELECT action, rows, at FROM dossiers.bulk_report WHERE id = ${id} AND officer_id = ${officerId}`
  return row
}
