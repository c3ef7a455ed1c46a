import { transact, type Ctx } from '../../../platform/ctx.ts'
import { assertOfDesk } from '../desk-scope.ts'
import type { Dossier } from '../dossier.ts'
import { lockDossier, saveReason } from '../dossiers.store.ts'
import { recordStep } from '../record-step.ts'

/**
 * The desk does not agree to a withdrawal ("không chấp nhận đề nghị rút hồ sơ"): a result is about to be signed, others have rights in the matter. The dossier goes on where it
 * was; its clock never stopped for the wish. The person reads the reason. @throws NOT_IN_STATE, NOT_FOUND
 */
export async function declineWithdrawal(ctx: Ctx, input: { dossierId: string; reason: string }): Promise<Dossier> {
  return transact(ctx, async (tx) => {
    const dossier = await lockDossier(tx, input.dossierId, ctx.node.config.code)
    const by = await assertOfDesk(ctx, dossier, 'dossiers.receive', tx)
    await saveReason(tx, dossier.id, 'decline-withdrawal', input.reason, ctx.now)
    return recordStep(tx, ctx, dossier, 'decline-withdrawal', {}, by)
  })
}
