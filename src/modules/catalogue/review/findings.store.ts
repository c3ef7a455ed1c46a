import type { Db } from '../../../platform/db.ts'
import type { Params, Severity } from './rules.ts'

export const findingStates = ['open', 'asked', 'answered', 'closed'] as const
export type FindingState = (typeof findingStates)[number]

export interface Finding {
  id: string
  code: string
  version: number
  name: { vi: string; en: string } | null
  rule: string
  severity: Severity
  owner: string | null
  ownerName: string | null
  params: Params
  state: FindingState
  foundAt: Date
  askedAt: Date | null
  dueAt: Date | null
  request: string | null
  answer: string | null
  answeredAt: Date | null
  closedAt: Date | null
  closedHow: 'corrected' | 'accepted' | 'abolished' | null
}

export interface FindingFilter { rule?: string | undefined; severity?: Severity | undefined; owner?: string | undefined; state?: FindingState | undefined; overdue?: boolean; code?: string; page?: number; size?: number }

/** Stands for procedures whose ministry is not known. */
export const noOwner = '-'

const columns = (db: Db) => db`f.id, f.procedure_code AS code, f.version, CASE WHEN p.code IS NULL THEN NULL ELSE jsonb_build_object('vi', p.name_vi, 'en', p.name_en) END AS name, f.rule, f.severity, f.owner_code AS owner, f.owner_name AS "ownerName",
  f.params, f.state, f.found_at AS "foundAt", f.asked_at AS "askedAt", f.due_at AS "dueAt", f.request, f.answer, f.answered_at AS "answeredAt", f.closed_at AS "closedAt", f.closed_how AS "closedHow"`

/** Living findings unless a state is asked for. */
const where = (db: Db, f: FindingFilter, now: Date) => db`${f.state ? db`f.state = ${f.state}` : f.code ? db`true` : db`f.state <> 'closed'`} ${f.rule ? db`AND f.rule = ${f.rule}` : db``} ${f.severity ? db`AND f.severity = ${f.severity}` : db``}
  ${f.owner === noOwner ? db`AND f.owner_code IS NULL` : f.owner ? db`AND f.owner_code = ${f.owner}` : db``} ${f.code ? db`AND f.procedure_code = ${f.code}` : db``} ${f.overdue ? db`AND f.state = 'asked' AND f.due_at < ${now}` : db``}`

export async function listFindings(db: Db, filter: FindingFilter, now: Date): Promise<{ rows: Finding[]; total: number; page: number; pages: number }> {
  const size = filter.size ?? 30
  const total = (await db<{ n: number }[]>`SELECT count(*)::int AS n FROM catalogue.finding f WHERE ${where(db, filter, now)}`)[0]!.n
  const pages = Math.max(1, Math.ceil(total / size))
  const page = Math.min(Math.max(filter.page ?? 1, 1), pages)
  const rows = await db<Finding[]>`
    SELECT ${columns(db)} FROM catalogue.finding f LEFT JOIN catalogue.procedure p ON p.code = f.procedure_code WHERE ${where(db, filter, now)}
    ORDER BY (f.state = 'closed'), f.due_at NULLS LAST, array_position('{error,warning,notice}'::text[], f.severity), f.procedure_code, f.rule, f.id LIMIT ${size} OFFSET ${(page - 1) * size}`
  return { rows, total, page, pages }
}

/** How many living findings each rule has, under the other conditions. */
export async function countByRule(db: Db, filter: FindingFilter, now: Date): Promise<Map<string, number>> {
  const rows = await db<{ rule: string; n: number }[]>`SELECT f.rule, count(*)::int AS n FROM catalogue.finding f WHERE ${where(db, { ...filter, rule: undefined }, now)} GROUP BY f.rule ORDER BY n DESC`
  return new Map(rows.map((r) => [r.rule, r.n]))
}

export interface OwnerResult { owner: string | null; name: string | null; procedures: number; complete: number; decided: number; decidedKnown: number; published: number; publishedKnown: number; errors: number; warnings: number; notices: number; asked: number; overdue: number }

/** Indicators and living findings of each ministry, the one with most procedures first. */
export async function resultsByOwner(db: Db, now: Date): Promise<OwnerResult[]> {
  return db<OwnerResult[]>`
    WITH r AS (SELECT coalesce(owner_code, '') AS owner, max(owner_name) AS name, count(*)::int AS procedures, count(*) FILTER (WHERE complete)::int AS complete,
        count(*) FILTER (WHERE decided_in_time)::int AS decided, count(decided_in_time)::int AS "decidedKnown", count(*) FILTER (WHERE published_in_time)::int AS published, count(published_in_time)::int AS "publishedKnown"
      FROM catalogue.review_result GROUP BY 1),
    f AS (SELECT coalesce(owner_code, '') AS owner, count(*) FILTER (WHERE severity = 'error')::int AS errors, count(*) FILTER (WHERE severity = 'warning')::int AS warnings, count(*) FILTER (WHERE severity = 'notice')::int AS notices,
        count(*) FILTER (WHERE state = 'asked')::int AS asked, count(*) FILTER (WHERE state = 'asked' AND due_at < ${now})::int AS overdue
      FROM catalogue.finding WHERE state <> 'closed' GROUP BY 1)
    SELECT nullif(r.owner, '') AS owner, CASE WHEN r.owner = '' THEN NULL ELSE r.name END AS name, r.procedures, r.complete, r.decided, r."decidedKnown", r.published, r."publishedKnown",
      coalesce(f.errors, 0) AS errors, coalesce(f.warnings, 0) AS warnings, coalesce(f.notices, 0) AS notices, coalesce(f.asked, 0) AS asked, coalesce(f.overdue, 0) AS overdue
    FROM r LEFT JOIN f USING (owner) ORDER BY r.procedures DESC, r.owner`
}
