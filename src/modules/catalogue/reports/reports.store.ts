import type { Db } from '../../../platform/db.ts'
import { isId } from '../../../platform/ids.ts'
import type { Report, ReportKind, ReportState } from './report.ts'

const columns = (db: Db) => db`id, reference, kind, procedure_code AS code, owner_code AS owner, owner_name AS "ownerName", words, reporter, reporter_agency AS "reporterAgency", contact, from_node AS "fromNode", sent_on AS "sentOn",
  state, outcome, answer, answered_at AS "answeredAt", created_at AS "createdAt"`

/** Whose reports an officer sees: those to the agency, above and below it; `all` for who reviews the catalogue. */
export interface ReportScope { all: boolean; agency: string }
export interface ReportFilter { kind?: ReportKind | undefined; state?: ReportState | undefined; page?: number }

const inScope = (db: Db, { all, agency }: ReportScope) => (all ? db`true` : db`(owner_code = ${agency} OR owner_code LIKE ${`${agency}.%`} OR ${agency} LIKE owner_code || '.%')`)
const pageSize = 20

export async function listReports(db: Db, scope: ReportScope, { kind, state, page: asked = 1 }: ReportFilter): Promise<{ rows: Report[]; total: number; page: number; pages: number }> {
  const where = () => db`${inScope(db, scope)} AND NOT sent_on ${kind ? db`AND kind = ${kind}` : db``} ${state ? db`AND state = ${state}` : db``}`
  const total = (await db<{ n: number }[]>`SELECT count(*)::int AS n FROM catalogue.report WHERE ${where()}`)[0]!.n
  const pages = Math.max(1, Math.ceil(total / pageSize))
  const page = Math.min(Math.max(asked, 1), pages)
  const rows = await db<Report[]>`SELECT ${columns(db)} FROM catalogue.report WHERE ${where()} ORDER BY (state = 'answered'), created_at DESC, id LIMIT ${pageSize} OFFSET ${(page - 1) * pageSize}`
  return { rows, total, page, pages }
}

/** Undefined also for a report that is not the reader's business. */
export async function findReport(db: Db, scope: ReportScope, id: string): Promise<Report | undefined> {
  if (!isId(id)) return undefined
  const [row] = await db<Report[]>`SELECT ${columns(db)} FROM catalogue.report WHERE id = ${id} AND NOT sent_on AND ${inScope(db, scope)}`
  return row
}

export async function findByReference(db: Db, reference: string): Promise<Report | undefined> {
  const [row] = await db<Report[]>`SELECT ${columns(db)} FROM catalogue.report WHERE reference = ${reference}`
  return row
}

/** How many reports came lately from one session and from one address. */
export async function countRecent(db: Db, keys: { session: string; address: string }, since: Date): Promise<{ session: number; address: number }> {
  const [row] = await db<{ session: number; address: number }[]>`
    SELECT count(*) FILTER (WHERE session_key = ${keys.session})::int AS session, count(*) FILTER (WHERE address_key = ${keys.address})::int AS address FROM catalogue.report WHERE created_at > ${since}`
  return row!
}
