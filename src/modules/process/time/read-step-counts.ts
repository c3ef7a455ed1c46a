import type { Db } from '../../../platform/db.ts'
import { calendarOf, type Calendar } from '../../calendar/index.ts'
import { modelOf } from '../definition.store.ts'
import { scopeOfUnit } from './count-step-time.ts'
import { countUntil, quantile, type Phase } from './step-time.ts'
import { columns, toStep, type PlacedStep } from './step-time.store.ts'

/** An agency with all below it, or one unit of it. */
export interface Within { agencyCode: string; unitId: string | null }

/** Which steps: of one procedure under one version of its process, done from one month to another (each its first day, 'YYYY-MM-DD'; both count). */
export interface StepsAsked { procedureCode: string; definitionId: string; within: readonly Within[]; from: string; until: string }

/** The time of one element of a process, in seconds; `median` and `p90` are office time without stops and at most 4 % off. */
export interface ElementTime { n: number; median: number; p90: number; sum: number; office: Record<Phase, number>; wall: number; /** At it now. */ standing: number }

/** Procedures of which steps are counted here, by code: each read from the index by one leap. */
export async function listTimedProcedures(db: Db): Promise<string[]> {
  const rows = await db<{ code: string }[]>`
    WITH RECURSIVE leap AS ((SELECT min(procedure_code) AS code FROM process.step_count) UNION ALL SELECT (SELECT min(procedure_code) FROM process.step_count WHERE procedure_code > leap.code) FROM leap WHERE leap.code IS NOT NULL)
    SELECT code FROM leap WHERE code IS NOT NULL AND code <> ''`
  return rows.map((row) => row.code)
}

/** Versions under which steps of a procedure are counted, the newest first. */
export async function listTimedVersions(db: Db, procedureCode: string): Promise<{ definitionId: string; key: string; version: number; publishedAt: Date }[]> {
  return await db<{ definitionId: string; key: string; version: number; publishedAt: Date }[]>`
    WITH RECURSIVE leap AS (
      (SELECT definition_id AS id FROM process.step_count WHERE procedure_code = ${procedureCode} ORDER BY definition_id LIMIT 1)
      UNION ALL SELECT (SELECT definition_id FROM process.step_count WHERE procedure_code = ${procedureCode} AND definition_id > leap.id ORDER BY definition_id LIMIT 1) FROM leap WHERE leap.id IS NOT NULL)
    SELECT d.id AS "definitionId", d.key, d.version, d.published_at AS "publishedAt" FROM leap JOIN process.definition d ON d.id = leap.id ORDER BY d.published_at DESC, d.version DESC, d.id`
}

/** The time of each element by its id; elements at which nobody was are not there. */
export async function readElementTimes(db: Db, asked: StepsAsked): Promise<Map<string, ElementTime>> {
  const scopes = asked.within.map(({ agencyCode, unitId }) => (unitId === null ? agencyCode : scopeOfUnit(agencyCode, unitId)))
  const steps = (await modelOf(db, asked.definitionId)).nodes.filter((node) => node.kind === 'user').map((node) => node.id)
  const [counts, standing] = await Promise.all([
    db<{ element: string; bucket: number; n: number; waiting: number; working: number; stopped: number; wall: number }[]>`
      SELECT element_id AS element, bucket, sum(n)::int AS n, sum(office_waiting) AS waiting, sum(office_working) AS working, sum(office_stopped) AS stopped, sum(wall) AS wall
      FROM process.step_count WHERE procedure_code = ${asked.procedureCode} AND definition_id = ${asked.definitionId} AND scope = ANY (${scopes}) AND month BETWEEN ${asked.from} AND ${asked.until} GROUP BY element_id, bucket`,
    Promise.all(steps.map(async (element): Promise<[string, number]> => [element, (await db<{ n: number }[]>`SELECT count(*)::int AS n FROM process.step_time WHERE ${placeOf(db, asked, element)} AND ended IS NULL`)[0]!.n])),
  ])
  const at = new Map(standing.filter(([, n]) => n > 0))
  const elements = Map.groupBy(counts, (row) => row.element)
  return new Map([...new Set([...elements.keys(), ...at.keys()])].map((element): [string, ElementTime] => {
    const rows = elements.get(element) ?? []
    const sum = (of: 'n' | Phase | 'wall'): number => rows.reduce((all, row) => all + row[of], 0)
    const buckets = new Map(rows.map((row) => [row.bucket, row.n]))
    const office = { waiting: sum('waiting'), working: sum('working'), stopped: sum('stopped') }
    return [element, { n: sum('n'), median: quantile(buckets, 0.5) ?? 0, p90: quantile(buckets, 0.9) ?? 0, sum: office.waiting + office.working, office, wall: sum('wall'), standing: at.get(element) ?? 0 }]
  }))
}

/** Those who were at one element, the slowest first; or who are there now, the longest there first, with their time until now. */
export async function listBehindElement(db: Db, asked: StepsAsked & { elementId: string; standing: boolean }, { limit, offset, calendar, now }: { limit: number; offset: number; calendar: Calendar; now: Date }): Promise<PlacedStep[]> {
  // What is skipped is skipped in the index; whole rows are read for the page alone.
  const order = asked.standing ? db`began_at, task_id` : db`busy DESC, task_id`
  const rows = await db<Parameters<typeof toStep>[0][]>`
    WITH listed AS MATERIALIZED (
      SELECT task_id FROM process.step_time WHERE ${placeOf(db, asked, asked.elementId)}
        ${asked.standing ? db`AND ended IS NULL` : db`AND ended = 'done' AND since >= (${asked.from}::date)::timestamp AT TIME ZONE 'Asia/Ho_Chi_Minh' AND since < (${asked.until}::date + interval '1 month') AT TIME ZONE 'Asia/Ho_Chi_Minh'`}
      ORDER BY ${order} LIMIT ${limit} OFFSET ${offset})
    SELECT ${columns(db)} FROM process.step_time WHERE task_id IN (SELECT task_id FROM listed) ORDER BY ${order}`
  return rows.map(toStep).map((step) => ({ ...step, ...countUntil(step, calendarOf(calendar, step.agencyCode), now) }))
}

/** Of one step, below these agencies. '/' follows '.' in the order of bytes: the agency and all below it. The office is asked for by itself, because the index begins with it. */
function placeOf(db: Db, { procedureCode, definitionId, within }: StepsAsked, elementId: string) {
  const officeOf = (agencyCode: string): string | undefined => agencyCode.split('.').length > 1 ? agencyCode.split('.').slice(0, 2).join('.') : undefined
  const [first] = within
  const office = within.length === 1 ? officeOf(first!.agencyCode) : undefined
  const parts = within.map(({ agencyCode, unitId }) => db`((agency_code = ${agencyCode} OR agency_code >= ${`${agencyCode}.`} AND agency_code < ${`${agencyCode}/`}) ${unitId === null ? db`` : db`AND unit_id = ${unitId}`})`)
  return db`place = ${`${procedureCode}|${definitionId}|${elementId}`} ${office === undefined ? db`` : db`AND office = ${office}`} AND (${parts.length === 0 ? db`false` : parts.map((part, n) => db`${n > 0 ? db` OR ` : db``}${part}`)})`
}
