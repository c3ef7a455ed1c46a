import type { Ctx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import { enqueueAll } from '../../platform/jobs.ts'
import { calendarOf, loadCalendar, shiftForPause } from '../calendar/index.ts'
import { appendEvent } from '../ledger/index.ts'
import { modelOf } from './definition.store.ts'
import { lockInstance, serviceJob } from './instance.store.ts'
import { indexOf } from './model.ts'
import { errors } from './process.errors.ts'

interface Due { id: string; at: Date; working: boolean }

/** Goes on after `pauseProcess`: what was left of each open task and timer at the stop is left from now. Refuses with PROCESS_NOT_RUNNING when it is not paused. */
export async function resumeProcess(tx: Tx, ctx: Ctx, input: { subject: string }): Promise<void> {
  const instance = await lockInstance(tx, input)
  if (!instance?.paused_at) throw errors.PROCESS_NOT_RUNNING()
  const pausedAt = instance.paused_at
  const calendar = calendarOf(await loadCalendar(ctx.db, tx), instance.agency_code)
  const model = await modelOf(tx, instance.definition_id)
  const [tasks, timers] = await Promise.all([
    tx<Due[]>`SELECT id, due_at AS at, true AS working FROM process.task WHERE instance_id = ${instance.id} AND done_at IS NULL AND cancelled_at IS NULL`,
    tx<Due[]>`SELECT id, fire_at AS at, working_time AS working FROM process.timer WHERE instance_id = ${instance.id} AND fired_at IS NULL AND cancelled_at IS NULL`,
  ])
  const shifted = ({ at, working }: Due): Date =>
    working ? shiftForPause(calendar, at, pausedAt, ctx.now, { unit: 'hour' }) : new Date(at.getTime() + Math.max(0, ctx.now.getTime() - pausedAt.getTime()))
  await Promise.all([
    ...tasks.map((task) => tx`UPDATE process.task SET due_at = ${shifted(task)} WHERE id = ${task.id}`),
    ...timers.map((timer) => tx`UPDATE process.timer SET fire_at = ${shifted(timer)} WHERE id = ${timer.id}`),
    enqueueAll(tx, instance.marking.tokens.filter((token) => !token.items && indexOf(model).node(token.at).kind === 'service').map((token) => serviceJob(instance.id, token.id))),
    tx`UPDATE process.instance SET state = 'running', paused_at = NULL WHERE id = ${instance.id}`,
    appendEvent(tx, ctx, { type: 'process.resumed', subject: input.subject, data: { instanceId: instance.id } }),
  ])
}
