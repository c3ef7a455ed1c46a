import { actorKey } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import { resumeProcess } from '../../process/index.ts'
import { dueAfterStop } from '../answer-supplement.ts'
import { assertOfDesk } from '../desk-scope.ts'
import type { Dossier } from '../dossier.ts'
import { closePause, lockDossier } from '../dossiers.store.ts'
import { recordStep } from '../record-step.ts'
import { settlePaymentRequest } from './payment.store.ts'

/** The desk has the money or the receipt of who took it: the clock goes on with the time that was left. @throws NOT_IN_STATE, NOT_FOUND */
export async function confirmPayment(ctx: Ctx, input: { dossierId: string; receipt: string }): Promise<Dossier> {
  return transact(ctx, async (tx) => {
    const dossier = await lockDossier(tx, input.dossierId, ctx.node.config.code)
    const by = await assertOfDesk(ctx, dossier, 'dossiers.receive', tx)
    const dueAt = await dueAfterStop(tx, ctx, dossier)
    const resumed = await recordStep(tx, ctx, dossier, 'confirm-payment', { dueAt, pausedAt: null }, by)
    await settlePaymentRequest(tx, dossier.id, { at: ctx.now, receipt: input.receipt, by: actorKey(ctx.actor) })
    await closePause(tx, dossier.id, ctx.now, dueAt)
    await resumeProcess(tx, ctx, { subject: dossier.id })
    return resumed
  })
}
