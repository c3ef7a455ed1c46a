import { systemCtx, transact } from '../../../../platform/ctx.ts'
import type { JobHandler } from '../../../../platform/jobs.ts'
import { appendEvent } from '../../../ledger/index.ts'
import { readContact, tell } from '../tell.ts'
import { findProblem, openStatement } from './problem.ts'

export const problemClockQueue = 'identity.problem-clock'

/**
 * Runs at the moment at which a clock of a problem ends. Where it still runs, the delay is an event, the problem goes to the top of the
 * queue, and whoever reported it is told that it is late. A repeat finds it alerted.
 */
export const checkProblemClock: JobHandler = async (node, payload) => {
  const ctx = systemCtx(node, problemClockQueue)
  const id = String(payload.id)
  const clock = payload.clock === 'result' ? 'result' : 'inform'
  await transact(ctx, async (tx) => {
    const late = clock === 'inform'
      ? await tx`UPDATE identity.account_problem SET alerted_inform_at = ${ctx.now} WHERE id = ${id} AND state <> 'closed' AND informed_at IS NULL AND inform_by <= ${ctx.now} AND alerted_inform_at IS NULL`
      : await tx`UPDATE identity.account_problem SET alerted_result_at = ${ctx.now} WHERE id = ${id} AND state <> 'closed' AND result_by <= ${ctx.now} AND alerted_result_at IS NULL`
    if (late.count === 0) return
    await appendEvent(tx, ctx, { type: 'identity.problem_overdue', subject: id, data: { clock } })
    const problem = (await findProblem(tx, id))!
    const contact = readContact(openStatement(node, problem)?.contact ?? '')
    if (contact) await tell(tx, ctx, contact, { base: 'identity.life.problem.told.late.', key: `identity.problem:${id}:late:${clock}`, lang: problem.lang, params: { reference: problem.reference } })
  })
}
