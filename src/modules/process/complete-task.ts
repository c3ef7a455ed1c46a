import { actorKey } from '../../platform/actor.ts'
import type { Ctx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import { isId } from '../../platform/ids.ts'
import { appendEvent } from '../ledger/index.ts'
import { comeTo } from './advance.ts'
import { byConditions } from './chooser.ts'
import { modelOf } from './definition.store.ts'
import { applyMove, contextOf, type LiveInstance } from './instance.store.ts'
import { stepKey } from './model.ts'
import { errors } from './process.errors.ts'
import { takeDecisions } from './take-decisions.ts'
import { mayDo, scopeFor, toTask, type Task, type TaskRow } from './task.ts'

export interface CompleteTask {
  taskId: string
  /** One of the task's outcomes; without one the process takes its default way. */
  outcome?: string
  note?: string
  variables?: Record<string, unknown>
}

/** What a completed task led to. */
export interface Completed { /** Officer in whose place it was done. */ inPlaceOf: string | undefined; ended: boolean; instanceId: string; subject: string; completed: Task; tasks: Task[] }

/**
 * Completes an open task and moves the process on, in the caller's transaction, which must not commit after a refusal.
 * Refuses with TASK_NOT_FOUND; TASK_ALREADY_DONE (also for the slower of two people at once); TASK_NOT_YOURS for an officer of
 * another agency or role; TASK_OF_ANOTHER when it is assigned to a colleague whom one does not stand in for; PROCESS_PAUSED; OUTCOME_UNKNOWN.
 */
export async function completeTask(tx: Tx, ctx: Ctx, input: CompleteTask): Promise<Completed> {
  if (!isId(input.taskId)) throw errors.TASK_NOT_FOUND()
  // One flight, in this order: the instance's row is the lock under which the rest happens, in every act.
  const [[instance], [row]] = await Promise.all([
    tx<LiveInstance[]>`
      SELECT id, definition_id, subject, agency_code, agency_by_role, state, marking, outcomes, variables, paused_at, procedure_code, sector_code, unit_id
      FROM process.instance WHERE id = (SELECT instance_id FROM process.task WHERE id = ${input.taskId}) FOR UPDATE`,
    tx<TaskRow[]>`
      UPDATE process.task SET done_at = ${ctx.now}, done_by = ${actorKey(ctx.actor)}, outcome = ${input.outcome ?? null}, note = ${input.note ?? null}
      WHERE id = ${input.taskId} AND done_at IS NULL AND cancelled_at IS NULL RETURNING *`,
  ])
  if (!instance) throw errors.TASK_NOT_FOUND()
  if (!row) throw errors.TASK_ALREADY_DONE()
  const task = toTask({ ...row, procedure_code: instance.procedure_code, sector_code: instance.sector_code, unit_id: instance.unit_id })
  const inPlaceOf = scopeFor(ctx.actor, task)?.inPlaceOf
  assertMayComplete(ctx, instance, task, input.outcome)
  instance.variables = { ...instance.variables, ...input.variables }
  if (input.outcome !== undefined) instance.outcomes = { ...instance.outcomes, [stepKey(task.elementId)]: input.outcome }
  const model = await modelOf(tx, instance.definition_id)
  const outcome = input.outcome ?? null
  const move = await takeDecisions(tx, ctx, instance, model, comeTo(model, instance.marking, row.token!, byConditions(model, contextOf(instance, outcome))), outcome)
  const [, , tasks] = await Promise.all([
    appendEvent(tx, ctx, { type: 'process.task_completed', subject: instance.subject, data: { taskId: task.id, elementId: task.elementId, act: task.act, role: task.role, agencyCode: task.agencyCode, outcome, due: task.dueAt, ...(inPlaceOf ? { inPlaceOf } : {}) } }),
    inPlaceOf && tx`UPDATE process.task SET in_place_of = ${inPlaceOf} WHERE id = ${task.id}`,
    applyMove(tx, ctx, instance, model, move, row.token!),
  ])
  return { inPlaceOf, ended: move.ended, instanceId: instance.id, subject: instance.subject, completed: task, tasks }
}

function assertMayComplete(ctx: Ctx, instance: LiveInstance, task: Task, outcome: string | undefined): void {
  if (!mayDo(ctx.actor, task)) throw errors.TASK_NOT_YOURS()
  if (task.assignee !== null && ctx.actor.kind === 'officer' && task.assignee !== ctx.actor.id && scopeFor(ctx.actor, task)?.inPlaceOf !== task.assignee) throw errors.TASK_OF_ANOTHER()
  if (instance.state === 'paused') throw errors.PROCESS_PAUSED()
  if (instance.state !== 'running') throw errors.PROCESS_NOT_RUNNING()
  if (outcome !== undefined && task.outcomes.length > 0 && !task.outcomes.some((one) => one.value === outcome)) throw errors.OUTCOME_UNKNOWN({ outcome })
}
