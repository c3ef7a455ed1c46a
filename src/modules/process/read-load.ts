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

const by = ['assignee', 'unit', 'act'] as const

/** Where open steps lie, by officer, by unit and by kind of step, the fullest first, in one reading; steps of paused processes wait for the applicant and do not count. */
export async function readLoad(db: Db, filter: Pick<TaskFilter, 'within'>, moment: { now: Date; soon: Date }): Promise<Record<(typeof by)[number], Load[]>> {
  const rows = await db<(Load & { by: number })[]>`
    SELECT CASE grouping(t.assignee, coalesce(t.given_unit, i.unit_id), coalesce(t.act, 'other')) WHEN 3 THEN t.assignee WHEN 5 THEN coalesce(t.given_unit, i.unit_id) ELSE coalesce(t.act, 'other') END AS key,
      CASE grouping(t.assignee, coalesce(t.given_unit, i.unit_id), coalesce(t.act, 'other')) WHEN 3 THEN 0 WHEN 5 THEN 1 ELSE 2 END AS by, count(*)::int AS open, count(*) FILTER (WHERE t.due_at < ${moment.now})::int AS late, count(*) FILTER (WHERE t.due_at >= ${moment.now} AND t.due_at < ${moment.soon})::int AS soon,
      coalesce(avg(date_part('epoch', ${moment.now}::timestamptz - t.created_at)) / 3600, 0)::float8 AS "waitingHours"
    FROM process.task t JOIN process.instance i ON i.id = t.instance_id AND i.state = 'running' WHERE ${conditionsOf(db, { ...filter, open: true })}
    GROUP BY GROUPING SETS ((t.assignee), (coalesce(t.given_unit, i.unit_id)), (coalesce(t.act, 'other'))) ORDER BY 3 DESC, 1`
  const of = (kind: number): Load[] => rows.filter((row) => row.by === kind).slice(0, 100).map(({ by: _, ...load }) => load)
  return { assignee: of(0), unit: of(1), act: of(2) }
}
