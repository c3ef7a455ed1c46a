import { transact, type Ctx } from '../../../platform/ctx.ts'
import { assignTask } from '../../process/index.ts'
import { errors } from '../dossiers.errors.ts'
import { listCandidates } from './candidates.ts'
import { leadsStep, lockStep, type StepRef } from './step-of.ts'

/**
 * Who leads the agency, or the unit that handles the matter, gives a step to one of those who can do it ("phân công"), also when a colleague has it.
 * @throws NOT_FOUND, WRONG_TASK, STEP_NOT_YOURS for whom others lead, NO_CANDIDATE where that officer cannot do it
 */
export async function assignStep(ctx: Ctx, input: StepRef & { officerId: string }): Promise<void> {
  await transact(ctx, async (tx) => {
    const { task } = await lockStep(tx, ctx, input, 'dossiers.view')
    if (!leadsStep(ctx, task)) throw errors.STEP_NOT_YOURS()
    if (!(await listCandidates(ctx, task, tx)).some((c) => c.id === input.officerId)) throw errors.NO_CANDIDATE()
    if (task.assignee !== input.officerId) await assignTask(tx, ctx, { taskId: task.id, assignee: input.officerId })
  })
}
