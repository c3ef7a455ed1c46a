import { transact, type Ctx } from '../../platform/ctx.ts'
import type { Dossier } from './dossier.ts'
import { assertOfDesk } from './desk-scope.ts'
import { lockDossier, saveReason } from './dossiers.store.ts'
import { recordStep } from './record-step.ts'

/** Refuses to receive a dossier ("từ chối tiếp nhận") with the legal reason, which the refusal slip prints. @throws NOT_IN_STATE, NOT_FOUND */
export async function refuseDossier(ctx: Ctx, input: { dossierId: string; reason: string }): Promise<Dossier> {
  return transact(ctx, async (tx) => {
    const dossier = await lockDossier(tx, input.dossierId, ctx.node.config.code)
    const by = await assertOfDesk(ctx, dossier, 'dossiers.receive', tx)
    const refused = await recordStep(tx, ctx, dossier, 'refuse', { finishedAt: ctx.now }, by)
    await saveReason(tx, dossier.id, 'refuse', input.reason, ctx.now)
    return refused
  })
}
