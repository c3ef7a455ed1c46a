import type { Ctx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import { appendEvent } from '../ledger/index.ts'
import { errors } from './process.errors.ts'

/**
 * Stops the clock of a subject's process while the applicant must supply or pay: its tasks cannot be completed and its timers do not
 * fire until `resumeProcess`. Refuses with PROCESS_NOT_RUNNING.
 */
export async function pauseProcess(tx: Tx, ctx: Ctx, input: { subject: string }): Promise<void> {
  const [paused] = await tx<{ id: string }[]>`UPDATE process.instance SET state = 'paused', paused_at = ${ctx.now} WHERE subject = ${input.subject} AND state = 'running' RETURNING id`
  if (!paused) throw errors.PROCESS_NOT_RUNNING()
  await appendEvent(tx, ctx, { type: 'process.paused', subject: input.subject, data: { instanceId: paused.id } })
}
