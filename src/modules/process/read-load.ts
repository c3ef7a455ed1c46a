import type { Db } from '../../platform/db.ts'
import { conditionsOf, type TaskFilter } from './read-tasks.ts'

/** Open steps of one officer, unit or kind of step. `key`: null for what nobody has taken, or what belongs to no unit. */
export interface Load {
  key: string | null
  open: number
  /** The time of the step is over. */
  late: number
  /** It ends before the moment asked about. */
  soon: number
  /** Hours on the wall clock for which they have been open, on average. */
  waitingHours: number
}

/** Where open steps lie, the fullest first; steps of paused processes wait for the applicant and do not count. */
export async function readLoad(db: Db, filter: Pick<TaskFilter, 'within'>, by: 'assignee' | 'unit' | 'act', moment: { now: Date; soon: Date }): Promise<Load[]> {
  const key = by === 'assignee' ? db`t.assignee` : by === 'unit' ? db`i.unit_id` : db`coalesce(t.act, 'other')`
  return await db<Load[]>`
    SELECT ${key} AS key, count(*)::int AS open, count(*) FILTER (WHERE t.due_at < ${moment.now})::int AS late, count(*) FILTER (WHERE t.due_at >= ${moment.now} AND t.due_at < ${moment.soon})::int AS soon,
      coalesce(avg(extract(epoch FROM ${moment.now} - t.created_at)) / 3600, 0)::float8 AS "waitingHours"
    FROM process.task t JOIN process.instance i ON i.id = t.instance_id AND i.state = 'running' WHERE ${conditionsOf(db, { ...filter, open: true })}
    GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 100`
}
