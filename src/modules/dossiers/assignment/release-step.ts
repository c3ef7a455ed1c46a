import { transact, type Ctx } from '../../../platform/ctx.ts'
import { assignTask } from '../../process/index.ts'
import { errors } from '../dossiers.errors.ts'
import { lockStep, type StepRef } from './step-of.ts'

/** Who holds a step lays it back into the inbox of its role ("trả lại việc"). @throws NOT_FOUND, WRONG_TASK, STEP_NOT_YOURS */
export async function releaseStep(ctx: Ctx, ref: StepRef): Promise<void> {
  await transact(ctx, async (tx) => {
    const { task, officer } = await lockStep(tx, ctx, ref)
    if (task.assignee !== officer.id) throw errors.STEP_NOT_YOURS()
    await assignTask(tx, ctx, { taskId: task.id, assignee: null })
  })
}
