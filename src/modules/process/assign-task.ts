import type { Ctx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import { isId } from '../../platform/ids.ts'
import { appendEvent } from '../ledger/index.ts'
import { errors } from './process.errors.ts'
import { toTask, type Task, type TaskRow } from './task.ts'

/**
 * Gives an open task to an officer, or back to the inbox of its role (`assignee: null`). Whether that officer has the role is the
 * caller's to check. Refuses with TASK_NOT_FOUND, TASK_ALREADY_DONE, or TASK_NOT_YOURS for an officer of another agency.
 */
export async function assignTask(tx: Tx, ctx: Ctx, input: { taskId: string; assignee: string | null }): Promise<Task> {
  if (!isId(input.taskId)) throw errors.TASK_NOT_FOUND()
  const [row] = await tx<TaskRow[]>`SELECT t.*, i.procedure_code, i.sector_code, i.unit_id FROM process.task t JOIN process.instance i ON i.id = t.instance_id WHERE t.id = ${input.taskId} FOR UPDATE OF t`
  if (!row) throw errors.TASK_NOT_FOUND()
  if (row.done_at || row.cancelled_at) throw errors.TASK_ALREADY_DONE()
  if (ctx.actor.kind === 'officer' ? ctx.actor.agencyCode !== row.agency_code : ctx.actor.kind !== 'system') throw errors.TASK_NOT_YOURS()
  await Promise.all([
    tx`UPDATE process.task SET assignee = ${input.assignee} WHERE id = ${input.taskId}`,
    appendEvent(tx, ctx, { type: 'process.task_assigned', subject: row.subject, data: { taskId: row.id, elementId: row.element_id, assignee: input.assignee } }),
  ])
  return { ...toTask(row), assignee: input.assignee }
}
