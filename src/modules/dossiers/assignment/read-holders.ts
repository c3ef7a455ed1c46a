import type { Ctx } from '../../../platform/ctx.ts'
import { officerNames } from '../../identity/index.ts'
import { mayDo, type Task } from '../../process/index.ts'
import { listCandidates } from './candidates.ts'
import type { StepHolder } from './pages/step-holders.tsx'
import { leadsStep } from './step-of.ts'

/** Who holds the open steps of a dossier, and what the officer can change about that. */
export async function readHolders(ctx: Ctx, tasks: readonly Task[]): Promise<StepHolder[]> {
  const { actor } = ctx
  if (actor.kind !== 'officer') return []
  const names = await officerNames(ctx.db, tasks.flatMap((task) => (task.assignee ? [task.assignee] : [])))
  const handles = actor.permissions.has('dossiers.handle')
  return Promise.all(tasks.map(async (task) => ({
    task, holder: task.assignee ? names.get(task.assignee) : undefined, mine: task.assignee === actor.id, mayTake: handles && task.assignee === null && mayDo(actor, task) && task.agencyCode === actor.agencyCode,
    candidates: leadsStep(ctx, task) && task.agencyCode === actor.agencyCode ? await listCandidates(ctx, task) : [],
  })))
}
