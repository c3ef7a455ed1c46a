import { transact, type Ctx } from '../../../platform/ctx.ts'
import { assignTask, mayDo } from '../../process/index.ts'
import { errors } from '../dossiers.errors.ts'
import { lockStep, type StepRef } from './step-of.ts'

/** An officer takes an open step from the inbox of his role ("nhận việc"). @throws NOT_FOUND, WRONG_TASK, STEP_NOT_YOURS, STEP_TAKEN by a colleague */
export async function takeStep(ctx: Ctx, ref: StepRef): Promise<void> {
  await transact(ctx, async (tx) => {
    const { task, officer } = await lockStep(tx, ctx, ref)
    if (!mayDo(officer, task)) throw errors.STEP_NOT_YOURS()
    if (task.assignee === officer.id) return
    if (task.assignee) throw errors.STEP_TAKEN()
    await assignTask(tx, ctx, { taskId: task.id, assignee: officer.id })
  })
}
