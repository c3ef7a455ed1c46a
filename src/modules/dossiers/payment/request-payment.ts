import { actorKey } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import { newId } from '../../../platform/ids.ts'
import { decide } from '../../decisions/index.ts'
import { pauseProcess } from '../../process/index.ts'
import { assertOfDesk } from '../desk-scope.ts'
import type { Dossier } from '../dossier.ts'
import { lockDossier, openPause } from '../dossiers.store.ts'
import { recordStep } from '../record-step.ts'
import { feeOfDossier } from './fee-of-answers.ts'
import { insertPaymentRequest } from './payment.store.ts'

/**
 * Asks the applicant to pay before the dossier goes on ("yêu cầu thực hiện nghĩa vụ tài chính"): what, how much in đồng, by which notice or rule. The clock stands until it
 * is paid. An amount that is the fee by the procedure's decision table is kept with that decision. @throws NOT_IN_STATE, NOT_FOUND
 */
export async function requestPayment(ctx: Ctx, input: { dossierId: string; name: string; amount: number; basis: string }): Promise<Dossier> {
  return transact(ctx, async (tx) => {
    const dossier = await lockDossier(tx, input.dossierId, ctx.node.config.code)
    const by = await assertOfDesk(ctx, dossier, 'dossiers.handle', tx)
    const asked = await recordStep(tx, ctx, dossier, 'request-payment', { pausedAt: ctx.now }, by)
    const fee = await feeOfDossier(tx, ctx, dossier)
    const decision = fee?.answer === input.amount ? await decide(tx, ctx, fee.key, fee.inputs, dossier.submittedAt) : undefined
    await insertPaymentRequest(tx, dossier.id, { id: newId(ctx.now.getTime()), name: input.name, amount: input.amount, basis: input.basis, decisionId: decision?.id ?? null, requestedAt: ctx.now, requestedBy: actorKey(ctx.actor) })
    await openPause(tx, { id: newId(ctx.now.getTime()), dossierId: dossier.id, reason: 'payment', startedAt: ctx.now, dueBefore: dossier.dueAt })
    await pauseProcess(tx, ctx, { subject: dossier.id })
    return asked
  })
}
