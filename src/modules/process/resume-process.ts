import type { Ctx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import { calendarOf, loadCalendar, shiftForPause } from '../calendar/index.ts'
import { appendEvent } from '../ledger/index.ts'
import { errors } from './process.errors.ts'

interface Due { id: string; at: Date; working: boolean }

/** Goes on after `pauseProcess`: what was left of each open task and timer at the stop is left from now. Refuses with PROCESS_NOT_RUNNING when it is not paused. */
export async function resumeProcess(tx: Tx, ctx: Ctx, input: { subject: string }): Promise<void> {
  const [instance] = await tx<{ id: string; agency_code: string; paused_at: Date }[]>`SELECT id, agency_code, paused_at FROM process.instance WHERE subject = ${input.subject} AND state = 'paused' FOR UPDATE`
  if (!instance) throw errors.PROCESS_NOT_RUNNING()
  const calendar = calendarOf(await loadCalendar(ctx.db, tx), instance.agency_code)
  const [tasks, timers] = await Promise.all([
    tx<Due[]>`SELECT id, due_at AS at, true AS working FROM process.task WHERE instance_id = ${instance.id} AND done_at IS NULL AND cancelled_at IS NULL`,
    tx<Due[]>`SELECT id, fire_at AS at, working_time AS working FROM process.timer WHERE instance_id = ${instance.id} AND fired_at IS NULL AND cancelled_at IS NULL`,
  ])
  const shifted = ({ at, working }: Due): Date =>
    working ? shiftForPause(calendar, at, instance.paused_at, ctx.now, { unit: 'hour' }) : new Date(at.getTime() + Math.max(0, ctx.now.getTime() - instance.paused_at.getTime()))
  await Promise.all([
    ...tasks.map((task) => tx`UPDATE process.task SET due_at = ${shifted(task)} WHERE id = ${task.id}`),
    ...timers.map((timer) => tx`UPDATE process.timer SET fire_at = ${shifted(timer)} WHERE id = ${timer.id}`),
    tx`UPDATE process.instance SET state = 'running', paused_at = NULL WHERE id = ${instance.id}`,
    appendEvent(tx, ctx, { type: 'process.resumed', subject: input.subject, data: { instanceId: instance.id } }),
  ])
}
