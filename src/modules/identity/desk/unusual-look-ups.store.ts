import type { Db } from '../../../platform/db.ts'

/** More people looked up than dossiers explain, on one day. */
export interface UnusualLookUps {
  id: string
  officerId: string
  officer: string
  at: Date
  people: number
  dossiers: number
  hours: number
  finding: 'explained' | 'misuse' | null
  note: string | null
  foundAt: Date | null
}

const columns = (db: Db) => db`u.id, u.officer_id AS "officerId", o.name AS officer, u.at, u.people, u.dossiers, u.hours, u.finding, u.note, u.found_at AS "foundAt"`
const below = (db: Db, agencyCode: string) => db`(u.agency_code = ${agencyCode} OR u.agency_code LIKE ${`${agencyCode}.%`})`

/** Of an agency and those below it: open ones first, then the newest. */
export async function listUnusual(db: Db, agencyCode: string, page: { limit: number; offset: number }): Promise<{ rows: UnusualLookUps[]; total: number }> {
  const rows = await db<(UnusualLookUps & { total: number })[]>`
    SELECT ${columns(db)}, count(*) OVER ()::int AS total FROM identity.unusual_look_ups u JOIN identity.officer o ON o.id = u.officer_id WHERE ${below(db, agencyCode)}
    ORDER BY (u.finding IS NULL) DESC, u.at DESC LIMIT ${page.limit} OFFSET ${page.offset}`
  return { rows, total: rows[0]?.total ?? 0 }
}

export async function findUnusual(db: Db, id: string, agencyCode: string): Promise<UnusualLookUps | undefined> {
  const [row] = await db<UnusualLookUps[]>`SELECT ${columns(db)} FROM identity.unusual_look_ups u JOIN identity.officer o ON o.id = u.officer_id WHERE u.id = ${id} AND ${below(db, agencyCode)}`
  return row
}

/** What the officer looked up in the hours before: when and what for, not who. */
export async function lookUpsBehind(db: Db, alert: UnusualLookUps): Promise<{ at: Date; kind: string; purpose: string; dossierCode: string | null; found: boolean }[]> {
  const since = new Date(alert.at.getTime() - alert.hours * 3_600_000)
  return db<{ at: Date; kind: string; purpose: string; dossierCode: string | null; found: boolean }[]>`
    SELECT at, kind, purpose, dossier_code AS "dossierCode", (account_id IS NOT NULL OR organisation_id IS NOT NULL) AS found FROM identity.look_up
    WHERE officer_id = ${alert.officerId} AND at > ${since} AND at <= ${alert.at}::timestamptz + interval '1 day' ORDER BY at DESC LIMIT 200`
}

/** Accounts opened at the agency's desks to which the person objected. */
export async function listObjected(db: Db, agencyCode: string): Promise<{ id: string; consentNumber: string; officer: string; objectedAt: Date }[]> {
  return db<{ id: string; consentNumber: string; officer: string; objectedAt: Date }[]>`
    SELECT u.id, u.consent_number AS "consentNumber", o.name AS officer, u.objected_at AS "objectedAt" FROM identity.account_request u JOIN identity.officer o ON o.id = u.officer_id
    WHERE ${below(db, agencyCode)} AND u.objected_at IS NOT NULL ORDER BY u.objected_at DESC LIMIT 50`
}
