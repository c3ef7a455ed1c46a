import { actorKey } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { isRefusal, type Refusal } from '../../../platform/errors.ts'
import { enqueue } from '../../../platform/jobs.ts'
import { newId } from '../../../platform/ids.ts'
import { appendEvent } from '../../ledger/index.ts'
import { assignTask, mayDo } from '../../process/index.ts'
import { errors } from '../dossiers.errors.ts'
import { insertHandover, type HandedStep } from './assignment.store.ts'
import { listCandidates } from './candidates.ts'
import { minutesQueue } from './issue-minutes.ts'
import { lockStep, type StepRef } from './step-of.ts'

/** What became of it: the id of the hand-over where anything was handed over, and why the others were not, by step. */
export interface HandedOver { id: string | undefined; refused: ReadonlyMap<string, Refusal> }

/**
 * An officer hands steps of his to a colleague ("bàn giao hồ sơ"), with one reason: those that are his and that the colleague can do. The minutes, which say in
 * which state each dossier was, are typeset and sealed afterwards.
 */
export async function handOver(ctx: Ctx, input: { steps: readonly StepRef[]; officerId: string; reason: string }): Promise<HandedOver> {
  const refused = new Map<string, Refusal>()
  const id = await transact(ctx, async (tx) => {
    const items: HandedStep[] = []
    // In one order for everybody, so that two who hand over the same dossiers never wait for each other.
    for (const ref of [...input.steps].sort((a, b) => (a.dossierId < b.dossierId ? -1 : 1))) {
      try {
        items.push(await handOne(tx, ctx, ref, input.officerId))
      } catch (error) {
        // A refusal comes before anything is written.
        if (!isRefusal(error)) throw error
        refused.set(ref.taskId, error)
      }
    }
    if (items.length === 0 || ctx.actor.kind !== 'officer') return undefined
    const handover = newId(ctx.now.getTime())
    const { id: from, agencyCode } = ctx.actor
    await insertHandover(tx, { id: handover, agencyCode, fromOfficer: from, toOfficer: input.officerId, reason: input.reason, items, at: ctx.now, by: actorKey(ctx.actor) })
    await appendEvent(tx, ctx, { type: 'handover.made', subject: handover, data: { agency: agencyCode, from, to: input.officerId, dossiers: items.map((i) => i.dossierId) } })
    await enqueue(tx, { queue: minutesQueue, key: handover, payload: { handoverId: handover } })
    return handover
  })
  ctx.node.nudge('jobs')
  return { id, refused }
}

async function handOne(tx: Tx, ctx: Ctx, ref: StepRef, officerId: string): Promise<HandedStep> {
  const { dossier, task, officer } = await lockStep(tx, ctx, ref)
  // His own, or one of his role that nobody has taken.
  if (task.assignee ? task.assignee !== officer.id : !mayDo(officer, task)) throw errors.STEP_NOT_YOURS()
  if (officerId === officer.id || !(await listCandidates(ctx, task, tx)).some((c) => c.id === officerId)) throw errors.NO_CANDIDATE()
  await assignTask(tx, ctx, { taskId: task.id, assignee: officerId })
  return { dossierId: dossier.id, taskId: task.id, step: task.name, state: dossier.state, dueAt: task.dueAt.toISOString() }
}
