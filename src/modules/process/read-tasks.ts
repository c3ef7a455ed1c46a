import { handlingAgency, scopesOf, type Officer } from '../../platform/actor.ts'
import type { Db } from '../../platform/db.ts'
import { isId } from '../../platform/ids.ts'
import { toTask, type Task, type TaskRow } from './task.ts'

export interface TaskFilter {
  /** Those that this officer's roles reach: by agency, and where limited by unit, sector, procedure. */
  officer?: Officer
  agencyCode?: string
  roles?: readonly string[]
  assignee?: string
  /** Nobody has taken it. */
  unassigned?: boolean
  subject?: string
  act?: string
  procedureCode?: string
  /** Of these agencies and those below them; a unit narrows it to what that unit handles. */
  within?: readonly { agencyCode: string; unitId: string | null }[]
  dueBefore?: Date
  /** true: neither done nor cancelled; false: the others. */
  open?: boolean
  limit?: number
  offset?: number
}

const matter = (db: Db) => db`i.procedure_code, i.sector_code, i.unit_id`

/** The roles that reach a whole agency in one condition, which the index serves; each limited one in its own. */
function reachOf(db: Db, officer: Officer) {
  const scopes = scopesOf(officer).map((scope) => ({ ...scope, agencyCode: handlingAgency(officer, scope) }))
  const limited = scopes.filter((s) => s.procedureCode !== null || s.sectorCode !== null || s.unitId !== null)
  const whole = Map.groupBy(scopes.filter((s) => !limited.includes(s)), (s) => s.agencyCode)
  const parts = [
    ...[...whole].map(([agencyCode, own]) => db`(t.agency_code = ${agencyCode} AND t.role = ANY (${[...new Set(own.map((s) => s.role))]}))`),
    ...limited.map((s) => db`(t.agency_code = ${s.agencyCode} AND t.role = ${s.role} ${s.procedureCode === null ? db`` : db`AND i.procedure_code = ${s.procedureCode}`}
      ${s.sectorCode === null ? db`` : db`AND i.sector_code = ${s.sectorCode}`} ${s.unitId === null ? db`` : db`AND coalesce(t.given_unit, i.unit_id) = ${s.unitId}`})`),
  ]
  return parts.length === 0 ? db`false` : db`(${parts.map((part, n) => db`${n > 0 ? db` OR ` : db``}${part}`)})`
}

/** '/' follows '.' in the order of bytes: the agency and all below it. */
function withinOf(db: Db, within: NonNullable<TaskFilter['within']>) {
  const parts = within.map(({ agencyCode, unitId }) => db`((t.agency_code COLLATE "C" >= ${agencyCode} AND t.agency_code COLLATE "C" < ${`${agencyCode}/`}) ${unitId === null ? db`` : db`AND coalesce(t.given_unit, i.unit_id) = ${unitId}`})`)
  return parts.length === 0 ? db`false` : db`(${parts.map((part, n) => db`${n > 0 ? db` OR ` : db``}${part}`)})`
}

/** The conditions of a filter, on tasks `t` of instances `i`. */
export function conditionsOf(db: Db, filter: TaskFilter) {
  return db`true
      ${filter.officer === undefined ? db`` : db`AND ${reachOf(db, filter.officer)}`}
      ${filter.within === undefined ? db`` : db`AND ${withinOf(db, filter.within)}`}
      ${filter.agencyCode === undefined ? db`` : db`AND t.agency_code = ${filter.agencyCode}`}
      ${filter.roles === undefined ? db`` : db`AND t.role = ANY (${[...filter.roles]})`}
      ${filter.assignee === undefined ? db`` : db`AND t.assignee = ${filter.assignee}`}
      ${filter.unassigned ? db`AND t.assignee IS NULL` : db``}
      ${filter.subject === undefined ? db`` : db`AND t.subject = ${filter.subject}`}
      ${filter.act === undefined ? db`` : db`AND t.act = ${filter.act}`}
      ${filter.procedureCode === undefined ? db`` : db`AND i.procedure_code = ${filter.procedureCode}`}
      ${filter.dueBefore === undefined ? db`` : db`AND t.due_at < ${filter.dueBefore}`}
      ${filter.open === undefined ? db`` : filter.open ? db`AND t.done_at IS NULL AND t.cancelled_at IS NULL` : db`AND (t.done_at IS NOT NULL OR t.cancelled_at IS NOT NULL)`}`
}

/**
 * Tasks by urgency: the next due first; those with the same moment in the order in which they came. At most `limit` (200). The inbox of an officer is gathered
 * and then sorted; what a leader oversees may be a whole node and is read in its order, so that the instances of the page alone are looked up.
 */
export async function listTasks(db: Db, filter: TaskFilter): Promise<Task[]> {
  const found = db`SELECT t.* FROM process.task t LEFT JOIN process.instance i ON i.id = t.instance_id WHERE ${conditionsOf(db, filter)}`
  const rows = await db<TaskRow[]>`
    WITH found AS ${filter.within === undefined ? db`MATERIALIZED` : db`NOT MATERIALIZED`} (${found}), listed AS (SELECT * FROM found ORDER BY due_at, id LIMIT ${filter.limit ?? 200} OFFSET ${filter.offset ?? 0})
    SELECT t.*, ${matter(db)} FROM listed t JOIN process.instance i ON i.id = t.instance_id ORDER BY t.due_at, t.id`
  return rows.map(toTask)
}

/** How many there are, up to `most`. The instances are read only where the filter asks about them. */
export async function countTasks(db: Db, filter: TaskFilter, most = 1_000_000): Promise<number> {
  const [row] = await db<{ n: number }[]>`SELECT count(*)::int AS n FROM (SELECT 1 FROM process.task t LEFT JOIN process.instance i ON i.id = t.instance_id WHERE ${conditionsOf(db, filter)} LIMIT ${most}) AS listed`
  return row!.n
}

export async function getTask(db: Db, taskId: string): Promise<Task | undefined> {
  if (!isId(taskId)) return undefined
  const [row] = await db<TaskRow[]>`SELECT t.*, ${matter(db)} FROM process.task t JOIN process.instance i ON i.id = t.instance_id WHERE t.id = ${taskId}`
  return row && toTask(row)
}

/** The open task of a subject that is due first, of one act or role when given. */
export async function findOpenTask(db: Db, filter: { subject: string; act?: string; role?: string }): Promise<Task | undefined> {
  const [task] = await listTasks(db, { subject: filter.subject, open: true, limit: 1, ...(filter.act ? { act: filter.act } : {}), ...(filter.role ? { roles: [filter.role] } : {}) })
  return task
}
