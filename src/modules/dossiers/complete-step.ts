import { actorKey } from '../../platform/actor.ts'
import { transact, type Ctx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import { completeTask, getTask } from '../process/index.ts'
import type { Dossier } from './dossier.ts'
import { assertOfDesk } from './desk-scope.ts'
import { errors } from './dossiers.errors.ts'
import { assertEnterpriseCode } from './enterprise/assert-enterprise-code.ts'
import { findResultDraft, lockDossier, markReviewed, saveResultDraft } from './dossiers.store.ts'
import { recordStep } from './record-step.ts'

export interface StepInput {
  dossierId: string
  taskId: string
  outcome?: string
  note?: string
  /** For the step that drafts the result: the paper's template and its data, as the officer confirmed them. */
  draft?: { template: string; data: Record<string, unknown> }
}

/**
 * An officer completes the step before them: the process moves on, and the dossier with it where the step says so. Signing is
 * `signResult`; every other step ends here. @throws NOT_FOUND, WRONG_TASK, RESULT_MISSING, ENTERPRISE_CODE_MISSING and the refusals of completeTask
 */
export async function completeStep(ctx: Ctx, input: StepInput): Promise<Dossier> {
  return transact(ctx, async (tx) => {
    const [dossier, task] = await Promise.all([lockDossier(tx, input.dossierId, ctx.node.config.code), getTask(tx, input.taskId)])
    await assertOfDesk(ctx, dossier, 'dossiers.handle', tx)
    if (!task || task.subject !== dossier.id || task.act === 'sign') throw errors.WRONG_TASK()
    await beforeStep(tx, ctx, dossier, task.act, input)
    const { inPlaceOf } = await completeTask(tx, ctx, { taskId: task.id, outcome: input.outcome, note: input.note })
    if (task.act === 'review' && inPlaceOf) await assertNotOwnDraft(tx, ctx, dossier.id)
    return afterStep(tx, ctx, dossier, task.act, { inPlaceOf })
  })
}

/** Nobody checks or signs in another's place what he drafted himself: the two pairs of eyes would be one. @throws SAME_PERSON */
export async function assertNotOwnDraft(tx: Tx, ctx: Ctx, dossierId: string): Promise<void> {
  if ((await findResultDraft(tx, dossierId))?.draftedBy === actorKey(ctx.actor)) throw errors.SAME_PERSON()
}

async function beforeStep(tx: Tx, ctx: Ctx, dossier: Dossier, act: string | null, input: StepInput): Promise<void> {
  if (act === 'draft-result') {
    if (!input.draft) throw errors.RESULT_MISSING()
    assertEnterpriseCode(input.draft)
    await saveResultDraft(tx, dossier.id, { ...input.draft, draftedAt: ctx.now, draftedBy: actorKey(ctx.actor) })
  }
  if (act === 'review') {
    if (!(await findResultDraft(tx, dossier.id))) throw errors.RESULT_MISSING()
    await markReviewed(tx, dossier.id, ctx.now, actorKey(ctx.actor))
  }
}

async function afterStep(tx: Tx, ctx: Ctx, dossier: Dossier, act: string | null, by: { inPlaceOf: string | undefined }): Promise<Dossier> {
  if (act === 'return') return recordStep(tx, ctx, dossier, 'return', { returnedAt: ctx.now }, by)
  return dossier.state === 'received' ? recordStep(tx, ctx, dossier, 'start', {}, by) : dossier
}
