import { actorKey } from '../../platform/actor.ts'
import { transact, type Ctx } from '../../platform/ctx.ts'
import { newId } from '../../platform/ids.ts'
import { pauseProcess } from '../process/index.ts'
import type { Dossier } from './dossier.ts'
import { assertOfDesk } from './desk-scope.ts'
import { insertSupplementRequest, lockDossier, openPause } from './dossiers.store.ts'
import { recordStep } from './record-step.ts'

/**
 * Asks the applicant to complete the dossier ("yêu cầu bổ sung"): one consolidated request with its reason. The clock stops until the answer.
 * A second request makes the dossier late (indicator 2.1 of Decision 766/2022): what is missing is said in one go.
 * `items` name components of the published version or parts of the declaration; nothing else can be asked for.
 * @throws NOT_IN_STATE, NOT_FOUND
 */
export async function requestSupplement(ctx: Ctx, input: { dossierId: string; reason: string; items: string[] }): Promise<Dossier> {
  return transact(ctx, async (tx) => {
    const dossier = await lockDossier(tx, input.dossierId, ctx.node.config.code)
    const by = await assertOfDesk(ctx, dossier, 'dossiers.handle', tx)
    await insertSupplementRequest(tx, dossier.id, { id: newId(ctx.now.getTime()), reason: input.reason, items: input.items, requestedAt: ctx.now, requestedBy: actorKey(ctx.actor) })
    const asked = await recordStep(tx, ctx, dossier, 'request-supplement', { pausedAt: ctx.now, supplements: dossier.supplements + 1, isLate: dossier.isLate || dossier.supplements > 0 }, by)
    await openPause(tx, { id: newId(ctx.now.getTime()), dossierId: dossier.id, reason: 'supplement', startedAt: ctx.now, dueBefore: dossier.dueAt })
    if (dossier.receivedAt) await pauseProcess(tx, ctx, { subject: dossier.id })
    return asked
  })
}
