import { createCtx } from '../../platform/ctx.ts'
import type { Follower } from '../../platform/module.ts'
import { assignTask } from './assign-task.ts'

/** Tasks that an officer had taken go back to the inbox of their role when he leaves his post: nobody waits for who is not there. */
export const returnTasks: Follower = {
  name: 'process.return-tasks',
  title: 'process.follower.return-tasks',
  types: ['identity.officer_moved', 'identity.officer_left'],
  async handle(tx, events, node) {
    const ctx = createCtx(node, { actor: { kind: 'system', id: 'process.return-tasks' } })
    for (const { subject } of events) {
      const open = await tx<{ id: string }[]>`SELECT id FROM process.task WHERE assignee = ${subject} AND done_at IS NULL AND cancelled_at IS NULL ORDER BY due_at`
      for (const { id } of open) await assignTask(tx, ctx, { taskId: id, assignee: null })
    }
  },
}
