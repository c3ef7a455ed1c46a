import type { Db, Tx } from '../../../platform/db.ts'
import type { Applicant } from '../../forms/index.ts'
import type { RepresentedOrganisation } from './represented.ts'

/** A visit ("lượt tiếp nhận"): one person before one officer, or one letter on his table, and everything that is filed for that person. */
export interface Visit {
  id: string
  channel: 'desk' | 'post' | 'assisted'
  /** Where the officer sits: the place of receipt, or of help. */
  agencyCode: string
  officerId: string
  accountId: string | null
  /** Opaque subject of the person at this node; null for whom it does not know. */
  ownerSubject: string | null
  /** What card or account say; null once the visit is closed. */
  person: Partial<Applicant> | null
  /** For which organisation that person comes. */
  organisation: RepresentedOrganisation | null
  /** Dates of the envelope and of the arrival, 'YYYY-MM-DD'; for letters only. */
  postedOn: string | null
  arrivedOn: string | null
  startedAt: Date
}

const columns = (db: Db) => db`id, channel, agency_code AS "agencyCode", officer_id AS "officerId", account_id AS "accountId", owner_subject AS "ownerSubject", person, organisation, posted_on::text AS "postedOn", arrived_on::text AS "arrivedOn", started_at AS "startedAt"`

export async function insertVisit(tx: Tx, v: Omit<Visit, 'organisation'>): Promise<void> {
  await tx`INSERT INTO dossiers.visit (id, channel, agency_code, officer_id, account_id, owner_subject, person, posted_on, arrived_on, started_at)
    VALUES (${v.id}, ${v.channel}, ${v.agencyCode}, ${v.officerId}, ${v.accountId}, ${v.ownerSubject}, ${tx.json(v.person as never)}, ${v.postedOn}, ${v.arrivedOn}, ${v.startedAt})`
}

/** An open visit of this officer; a colleague's is as if it did not exist. */
export async function findVisit(db: Db, id: string, officerId: string): Promise<Visit | undefined> {
  const [row] = await db<Visit[]>`SELECT ${columns(db)} FROM dossiers.visit WHERE id = ${id} AND officer_id = ${officerId} AND closed_at IS NULL`
  return row
}

export async function listOpenVisits(db: Db, officerId: string): Promise<Visit[]> {
  return await db<Visit[]>`SELECT ${columns(db)} FROM dossiers.visit WHERE officer_id = ${officerId} AND closed_at IS NULL ORDER BY started_at DESC LIMIT 50`
}

export async function saveOrganisation(tx: Tx, id: string, organisation: RepresentedOrganisation | null): Promise<void> {
  await tx`UPDATE dossiers.visit SET organisation = ${organisation && tx.json(organisation as never)} WHERE id = ${id} AND closed_at IS NULL`
}

export async function markVisitClosed(tx: Tx, id: string, at: Date): Promise<void> {
  await tx`UPDATE dossiers.visit SET person = NULL, organisation = NULL, closed_at = ${at} WHERE id = ${id} AND closed_at IS NULL`
}

/** Where a dossier was taken in; it need not be where it is decided. */
export interface Reception { visitId: string | null; agencyCode: string; postedOn: string | null; arrivedOn: string | null }

export async function insertReception(tx: Tx, dossierId: string, r: Reception): Promise<void> {
  await tx`INSERT INTO dossiers.reception (dossier_id, visit_id, agency_code, posted_on, arrived_on) VALUES (${dossierId}, ${r.visitId}, ${r.agencyCode}, ${r.postedOn}, ${r.arrivedOn}) ON CONFLICT (dossier_id) DO NOTHING`
}

export async function findReception(db: Db, dossierId: string): Promise<Reception | undefined> {
  const [row] = await db<Reception[]>`SELECT visit_id AS "visitId", agency_code AS "agencyCode", posted_on::text AS "postedOn", arrived_on::text AS "arrivedOn" FROM dossiers.reception WHERE dossier_id = ${dossierId}`
  return row
}

/** Ids of what was filed during a visit, in that order. */
export async function listFiledIds(db: Db, visitId: string): Promise<string[]> {
  const rows = await db<{ id: string }[]>`SELECT r.dossier_id AS id FROM dossiers.reception r WHERE r.visit_id = ${visitId} ORDER BY r.dossier_id`
  return rows.map((row) => row.id)
}
