import type { Db, Tx } from '../../../platform/db.ts'
import type { Dossier } from '../dossier.ts'
import type { DossierState } from '../dossier-states.ts'

/** From where a dossier is known that no node of ours handles. */
export interface Reported { dossierId: string; /** Account of the system. */ system: string; systemAgency: string; agencyName: string; toldAt: Date; lastStepAt: Date | null }

const columns = (db: Db) => db`dossier_id AS "dossierId", system, system_agency AS "systemAgency", agency_name AS "agencyName", told_at AS "toldAt", last_step_at AS "lastStepAt"`

export async function findReported(db: Db, dossierId: string): Promise<Reported | undefined> {
  const [row] = await db<Reported[]>`SELECT ${columns(db)} FROM dossiers.reported WHERE dossier_id = ${dossierId}`
  return row
}

export async function saveReported(tx: Tx, r: Omit<Reported, 'lastStepAt'>): Promise<void> {
  await tx`
    INSERT INTO dossiers.reported (dossier_id, system, system_agency, agency_name, told_at) VALUES (${r.dossierId}, ${r.system}, ${r.systemAgency}, ${r.agencyName}, ${r.toldAt})
    ON CONFLICT (dossier_id) DO UPDATE SET system = EXCLUDED.system, agency_name = EXCLUDED.agency_name, told_at = EXCLUDED.told_at`
}

/** Keeps two messages about the same dossiers apart, also before there is a row; in one order, so that they wait for each other and not in a circle. */
export async function keepApart(tx: Tx, numbers: readonly string[]): Promise<void> {
  await tx`SELECT pg_advisory_xact_lock(hashtextextended('dossiers.reported ' || n, 0)) FROM (SELECT DISTINCT unnest(${[...numbers]}::text[]) AS n ORDER BY n) AS numbers`
}

/** Locks the dossier of that code or reference. */
export async function lockByNumber(tx: Tx, number: string): Promise<string | undefined> {
  const [row] = await tx<{ id: string }[]>`SELECT id FROM dossiers.dossier WHERE code = ${number} OR reference = ${number} FOR UPDATE`
  return row?.id
}

export async function insertReportedDossier(tx: Tx, d: Dossier): Promise<void> {
  await tx`
    INSERT INTO dossiers.dossier (id, reference, code, procedure_code, procedure_version, node_code, origin_node, agency_code, channel, state, return_way, account_id, owner_node, owner_subject, submitted_at, received_at, promised_at, due_at, paused_at, finished_at, returned_at, supplements, is_late, event_seq)
    VALUES (${d.id}, ${d.reference}, ${d.code}, ${d.procedureCode}, ${d.procedureVersion}, ${d.nodeCode}, ${d.originNode}, ${d.agencyCode}, ${d.channel}, ${d.state}, ${d.returnWay}, ${d.accountId}, ${d.ownerNode}, ${d.ownerSubject},
      ${d.submittedAt}, ${d.receivedAt}, ${d.promisedAt}, ${d.dueAt}, ${d.pausedAt}, ${d.finishedAt}, ${d.returnedAt}, ${d.supplements}, ${d.isLate}, ${d.eventSeq})`
}

export async function updateReportedDossier(tx: Tx, d: Dossier): Promise<void> {
  await tx`
    UPDATE dossiers.dossier SET state = ${d.state}, return_way = ${d.returnWay}, account_id = ${d.accountId}, owner_node = ${d.ownerNode}, owner_subject = ${d.ownerSubject}, received_at = ${d.receivedAt}, promised_at = ${d.promisedAt}, due_at = ${d.dueAt}, paused_at = ${d.pausedAt},
      finished_at = ${d.finishedAt}, returned_at = ${d.returnedAt}, supplements = ${d.supplements}, event_seq = ${d.eventSeq} WHERE id = ${d.id}`
}

export interface ReportedStep { at: Date; state: DossierState; words: string; unit: string }

/** @returns false when this very step was told before */
export async function insertReportedStep(tx: Tx, dossierId: string, digest: Buffer, s: ReportedStep): Promise<boolean> {
  const rows = await tx`INSERT INTO dossiers.reported_step (dossier_id, digest, at, state, words, by_unit) VALUES (${dossierId}, ${digest}, ${s.at}, ${s.state}, ${s.words}, ${s.unit}) ON CONFLICT DO NOTHING RETURNING dossier_id`
  return rows.length === 1
}

export async function noteStepTime(tx: Tx, dossierId: string, at: Date): Promise<void> {
  await tx`UPDATE dossiers.reported SET last_step_at = greatest(last_step_at, ${at}::timestamptz), told_at = greatest(told_at, ${at}::timestamptz) WHERE dossier_id = ${dossierId}`
}

/** Oldest first. */
export async function listReportedSteps(db: Db, dossierId: string): Promise<ReportedStep[]> {
  return await db<ReportedStep[]>`SELECT at, state, words, by_unit AS unit FROM dossiers.reported_step WHERE dossier_id = ${dossierId} ORDER BY at, words`
}
