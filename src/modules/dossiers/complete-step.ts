import { actorKey } from '../../platform/actor.ts'
import { transact, type Ctx } from '../../platform/ctx.ts'
import type { Sql, Tx } from '../../platform/db.ts'
import { isRefusal } from '../../platform/errors.ts'
import { byItself, gatherWrites } from '../../platform/gather.ts'
import { sentWithCommit } from '../../platform/safe-begin.ts'
import { completeReady, lockFreeTasks, lockTask, readyTask, type LockedTask, type Ready } from '../process/index.ts'
import type { Dossier } from './dossier.ts'
import { assertOfDesk } from './desk-scope.ts'
import { errors } from './dossiers.errors.ts'
import { assertEnterpriseCode } from './enterprise/assert-enterprise-code.ts'
import { findResultDraft, lockDossier, lockFreeDossiers, markReviewed, saveResultDraft } from './dossiers.store.ts'
import { recordStep } from './record-step.ts'

export interface StepInput {
  dossierId: string
  taskId: string
  outcome?: string
  note?: string
  /** For the step that drafts the result: the paper's template and its data, as the officer confirmed them. */
  draft?: { template: string; data: Record<string, unknown> }
}

interface Step { ctx: Ctx; input: StepInput }

/** A step that may be done, with what is locked for it. */
interface Checked extends Step { dossier: Dossier; ready: Ready }

const gatherers = new WeakMap<Sql, (step: Step) => Promise<Dossier>>()

/**
 * An officer completes the step before them: the process moves on, and the dossier with it where the step says so. Signing is
 * `signResult`; every other step ends here. Steps of different dossiers that come at nearly the same time share a transaction and its commit.
 * @throws NOT_FOUND, WRONG_TASK, RESULT_MISSING, ENTERPRISE_CODE_MISSING and the refusals of completeTask
 */
export function completeStep(ctx: Ctx, input: StepInput): Promise<Dossier> {
  const { db } = ctx
  let gather = gatherers.get(db)
  if (!gather) gatherers.set(db, gather = gatherWrites(completeSteps, { atOnce: 1, most: 50 }))
  return gather({ ctx, input })
}

/** One waits for its locks and says why it is refused; of several, who would wait or be refused goes by himself. */
async function completeSteps(steps: readonly Step[]): Promise<(Dossier | typeof byItself)[]> {
  return transact(steps[0]!.ctx, async (tx) => {
    if (steps.length === 1) return doSteps(tx, [await checkOne(tx, steps[0]!)])
    const checked = await checkFree(tx, steps)
    const able = checked.filter((one) => one !== undefined)
    const done = await doSteps(tx, able)
    return checked.map((one) => (one ? done[able.indexOf(one)]! : byItself))
  })
}

async function checkOne(tx: Tx, step: Step): Promise<Checked> {
  const { ctx, input } = step
  const [dossier, locked] = await Promise.all([lockDossier(tx, input.dossierId, ctx.node.config.code), lockTask(tx, input.taskId)])
  return check(tx, step, dossier, locked)
}

async function checkFree(tx: Tx, steps: readonly Step[]): Promise<(Checked | undefined)[]> {
  const [dossiers, tasks] = await Promise.all([lockFreeDossiers(tx, steps.map(({ input }) => input.dossierId), steps[0]!.ctx.node.config.code), lockFreeTasks(tx, steps.map(({ input }) => input.taskId))])
  return Promise.all(steps.map(async (step) => {
    const dossier = dossiers.get(step.input.dossierId)
    const locked = tasks.get(step.input.taskId)
    dossiers.delete(step.input.dossierId)
    if (!dossier || !locked) return undefined
    return check(tx, step, dossier, locked).catch((error: unknown) => {
      if (isRefusal(error)) return undefined
      throw error
    })
  }))
}

/** Everything that may refuse a step, before anything is written. */
async function check(tx: Tx, step: Step, dossier: Dossier, locked: LockedTask | undefined): Promise<Checked> {
  const { ctx, input } = step
  await assertOfDesk(ctx, dossier, 'dossiers.handle', tx)
  if (!locked || locked.task.subject !== dossier.id || locked.task.act === 'sign') throw errors.WRONG_TASK()
  const { act } = locked.task
  if (act === 'draft-result') {
    if (!input.draft) throw errors.RESULT_MISSING()
    assertEnterpriseCode(input.draft)
  }
  const draft = act === 'review' ? await findResultDraft(tx, dossier.id) : undefined
  if (act === 'review' && !draft) throw errors.RESULT_MISSING()
  const ready = readyTask(ctx, { taskId: input.taskId, outcome: input.outcome, note: input.note }, locked)
  if (ready.inPlaceOf && draft) assertNotDrafter(ctx, draft)
  return { ...step, dossier, ready }
}

/** Nobody checks or signs in another's place what he drafted himself: the two pairs of eyes would be one. @throws SAME_PERSON */
export function assertNotDrafter(ctx: Ctx, draft: { draftedBy: string }): void {
  if (draft.draftedBy === actorKey(ctx.actor)) throw errors.SAME_PERSON()
}

async function doSteps(tx: Tx, steps: readonly Checked[]): Promise<Dossier[]> {
  for (const { ctx, input, dossier, ready } of steps) {
    if (ready.task.act === 'draft-result') await sentWithCommit(tx, saveResultDraft(tx, dossier.id, { ...input.draft!, draftedAt: ctx.now, draftedBy: actorKey(ctx.actor) }))
    if (ready.task.act === 'review') await sentWithCommit(tx, markReviewed(tx, dossier.id, ctx.now, actorKey(ctx.actor)))
  }
  const completed = await completeReady(tx, steps.map((step) => step.ready))
  return Promise.all(steps.map(({ ctx, dossier, ready }, at) => afterStep(tx, ctx, dossier, ready.task.act, { inPlaceOf: completed[at]!.inPlaceOf })))
}

async function afterStep(tx: Tx, ctx: Ctx, dossier: Dossier, act: string | null, by: { inPlaceOf: string | undefined }): Promise<Dossier> {
  if (act === 'return') return recordStep(tx, ctx, dossier, 'return', { returnedAt: ctx.now }, by)
  return dossier.state === 'received' ? recordStep(tx, ctx, dossier, 'start', {}, by) : dossier
}
