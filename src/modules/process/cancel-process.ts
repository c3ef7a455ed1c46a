import type { Ctx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import { appendEvent } from '../ledger/index.ts'
import { errors } from './process.errors.ts'

/** Ends a subject's process before its end, running or paused (withdrawal, stop): open tasks and timers are cancelled. Refuses with PROCESS_NOT_RUNNING. */
export async function cancelProcess(tx: Tx, ctx: Ctx, input: { subject: string }): Promise<void> {
  const [instance] = await tx<{ id: string }[]>`
    UPDATE process.instance SET state = 'cancelled', ended_at = ${ctx.now}, paused_at = NULL, signals = '{}', marking = '{"tokens": [], "next": 1, "done": []}'
    WHERE subject = ${input.subject} AND state IN ('running', 'paused') RETURNING id`
  if (!instance) throw errors.PROCESS_NOT_RUNNING()
  await Promise.all([
    tx`UPDATE process.task SET cancelled_at = ${ctx.now} WHERE instance_id = ${instance.id} AND done_at IS NULL AND cancelled_at IS NULL`,
    tx`UPDATE process.timer SET cancelled_at = ${ctx.now} WHERE instance_id = ${instance.id} AND fired_at IS NULL AND cancelled_at IS NULL`,
    appendEvent(tx, ctx, { type: 'process.cancelled', subject: input.subject, data: { instanceId: instance.id } }),
  ])
}
