import { transact, type Ctx } from '../../platform/ctx.ts'
import { demandFreshProof } from '../identity/index.ts'
import { completeTask, getTask } from '../process/index.ts'
import { assertNotDrafter } from './complete-step.ts'
import type { Dossier } from './dossier.ts'
import { assertOfDesk } from './desk-scope.ts'
import { errors } from './dossiers.errors.ts'
import { assertEnterpriseCode } from './enterprise/assert-enterprise-code.ts'
import { findResultDraft, lockDossier } from './dossiers.store.ts'
import { orderResult, settleResult, storeResult, tellOfLetter } from './papers/issue-result.ts'
import { papersMayWait } from './papers/papers-may-wait.ts'
import { recordStep } from './record-step.ts'

/**
 * The leader signs the result ("ký ban hành"): it gets its number of the year, the leader's signature and the agency's seal, and is
 * kept; the dossier is finished. Handing it over is a later step: signed is not returned.
 * @throws NOT_FOUND, WRONG_TASK, RESULT_MISSING, ENTERPRISE_CODE_MISSING, FRESH_PROOF_NEEDED and the refusals of completeTask
 */
export async function signResult(ctx: Ctx, input: { dossierId: string; taskId: string; note?: string }): Promise<Dossier> {
  const { actor } = ctx
  return transact(ctx, async (tx) => {
    const [dossier, task, draft] = await Promise.all([lockDossier(tx, input.dossierId, ctx.node.config.code), getTask(tx, input.taskId), findResultDraft(tx, input.dossierId)])
    await assertOfDesk(ctx, dossier, 'dossiers.handle', tx)
    if (!task || task.subject !== dossier.id || task.act !== 'sign' || actor.kind !== 'officer') throw errors.WRONG_TASK()
    const provedAt = await demandFreshProof(tx, ctx)
    if (!draft) throw errors.RESULT_MISSING()
    assertEnterpriseCode(draft)
    const { inPlaceOf } = await completeTask(tx, ctx, { taskId: task.id, outcome: task.outcomes[0]?.value, note: input.note })
    if (inPlaceOf) assertNotDrafter(ctx, draft)
    const result = await settleResult(tx, ctx, actor, dossier, draft, { key: `result:${dossier.id}`, inPlace: inPlaceOf !== undefined })
    const documentId = papersMayWait(ctx.node, dossier) ? await orderResult(tx, ctx, result) : await storeResult(tx, ctx, result)
    const finished = await recordStep(tx, ctx, dossier, 'finish', { finishedAt: ctx.now }, { inPlaceOf, provedAt })
    if (documentId) await tellOfLetter(tx, ctx, { id: documentId, kind: 'result', subject: dossier.id })
    return finished
  })
}
