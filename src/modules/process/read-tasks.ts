import type { Db } from '../../platform/db.ts'
import { isId } from '../../platform/ids.ts'
import { toTask, type Task, type TaskRow } from './task.ts'

export interface TaskFilter {
  agencyCode?: string
  roles?: readonly string[]
  assignee?: string
  subject?: string
  act?: string
  /** true: neither done nor cancelled; false: the others. */
  open?: boolean
  limit?: number
}

/** Tasks by urgency: the next due first; those with the same moment in the order in which they came. At most `limit` (200). */
export async function listTasks(db: Db, filter: TaskFilter): Promise<Task[]> {
  const rows = await db<TaskRow[]>`
    SELECT * FROM process.task WHERE true
      ${filter.agencyCode === undefined ? db`` : db`AND agency_code = ${filter.agencyCode}`}
      ${filter.roles === undefined ? db`` : db`AND role = ANY (${[...filter.roles]})`}
      ${filter.assignee === undefined ? db`` : db`AND assignee = ${filter.assignee}`}
      ${filter.subject === undefined ? db`` : db`AND subject = ${filter.subject}`}
      ${filter.act === undefined ? db`` : db`AND act = ${filter.act}`}
      ${filter.open === undefined ? db`` : filter.open ? db`AND done_at IS NULL AND cancelled_at IS NULL` : db`AND (done_at IS NOT NULL OR cancelled_at IS NOT NULL)`}
    ORDER BY due_at, id LIMIT ${filter.limit ?? 200}`
  return rows.map(toTask)
}

export async function getTask(db: Db, taskId: string): Promise<Task | undefined> {
  if (!isId(taskId)) return undefined
  const [row] = await db<TaskRow[]>`SELECT * FROM process.task WHERE id = ${taskId}`
  return row && toTask(row)
}

/** The open task of a subject that is due first, of one act or role when given. */
export async function findOpenTask(db: Db, filter: { subject: string; act?: string; role?: string }): Promise<Task | undefined> {
  const [task] = await listTasks(db, { subject: filter.subject, open: true, limit: 1, ...(filter.act ? { act: filter.act } : {}), ...(filter.role ? { roles: [filter.role] } : {}) })
  return task
}
