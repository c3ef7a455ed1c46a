import { systemCtx, transact } from '../../../../platform/ctx.ts'
import type { JobHandler } from '../../../../platform/jobs.ts'
import { appendEvent } from '../../../ledger/index.ts'

export const requestClockQueue = 'identity.request-clock'

/** Runs when a clock of a request ends: one that still runs is an event, once, and stands on top of the queue. After an extension the job of the new end speaks. */
export const checkRequestClock: JobHandler = async (node, payload) => {
  const ctx = systemCtx(node, requestClockQueue)
  const id = String(payload.id)
  const clock = payload.clock === 'due' ? 'due' : 'answer'
  await transact(ctx, async (tx) => {
    const late = clock === 'answer'
      ? await tx`UPDATE identity.data_request SET alerted_answer_at = ${ctx.now} WHERE id = ${id} AND state = 'asked' AND answered_at IS NULL AND answer_by <= ${ctx.now} AND alerted_answer_at IS NULL`
      : await tx`UPDATE identity.data_request SET alerted_due_at = ${ctx.now} WHERE id = ${id} AND state IN ('asked', 'accepted') AND due_by <= ${ctx.now} AND alerted_due_at IS NULL`
    if (late.count > 0) await appendEvent(tx, ctx, { type: 'identity.data_request_overdue', subject: id, data: { clock } })
  })
}
