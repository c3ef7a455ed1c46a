import { actorKey } from '../../platform/actor.ts'
import type { Ctx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import { isId } from '../../platform/ids.ts'
import { appendEvent } from '../ledger/index.ts'
import { comeTo } from './advance.ts'
import { byConditions } from './chooser.ts'
import { modelOf } from './definition.store.ts'
import { applyMoves, contextOf, instanceColumns, type LiveInstance, type Moved } from './instance.store.ts'
import { stepKey } from './model.ts'
import { few } from './moves.store.ts'
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

/** An open or closed task with its instance, both locked until the transaction ends. */
export interface LockedTask { task: Task; token: number; instance: LiveInstance }

/** A locked task that may be completed as somebody asks. */
export interface Ready extends LockedTask { ctx: Ctx; input: CompleteTask; inPlaceOf: string | undefined }

/**
 * Completes an open task and moves the process on, in the caller's transaction, which must not commit after a refusal.
 * Refuses with TASK_NOT_FOUND; TASK_ALREADY_DONE (also for the slower of two people at once); TASK_NOT_YOURS for an officer of
 * another agency or role; TASK_OF_ANOTHER when it is assigned to a colleague whom one does not stand in for; PROCESS_PAUSED; OUTCOME_UNKNOWN.
 */
export async function completeTask(tx: Tx, ctx: Ctx, input: CompleteTask): Promise<Completed> {
  const locked = await lockTask(tx, input.taskId)
  if (!locked) throw errors.TASK_NOT_FOUND()
  const [completed] = await completeReady(tx, [readyTask(ctx, input, locked)])
  return completed!
}

/** Waits until it has a task and its instance for itself; undefined where there is none. */
export async function lockTask(tx: Tx, taskId: string): Promise<LockedTask | undefined> {
  if (!isId(taskId)) return undefined
  // One flight, in this order: the instance's row is the lock under which the rest happens, in every act.
  const [[instance], [row]] = await Promise.all([
    tx<LiveInstance[]>`SELECT ${instanceColumns(tx)} FROM process.instance WHERE id = (SELECT instance_id FROM process.task WHERE id = ${taskId}) FOR UPDATE`,
    tx<TaskRow[]>`SELECT * FROM process.task WHERE id = ${taskId} FOR UPDATE`,
  ])
  return instance && row && lockedTask(instance, row)
}

/** Locks those of many tasks that nobody else has locked, waiting for none; of an instance the first. The others are left out. */
export async function lockFreeTasks(tx: Tx, taskIds: readonly string[]): Promise<Map<string, LockedTask>> {
  const ids = taskIds.filter(isId)
  const [instances, rows] = await Promise.all([
    tx<LiveInstance[]>`
      WITH asked AS MATERIALIZED (SELECT DISTINCT t.instance_id FROM unnest(${ids}::uuid[]) WITH ORDINALITY AS a (id) JOIN process.task t USING (id) WHERE ${few(tx)})
      SELECT ${instanceColumns(tx)} FROM asked a JOIN process.instance i ON i.id = a.instance_id FOR UPDATE OF i SKIP LOCKED`,
    tx<TaskRow[]>`SELECT t.* FROM unnest(${ids}::uuid[]) WITH ORDINALITY AS a (id) JOIN process.task t USING (id) WHERE ${few(tx)} FOR UPDATE OF t SKIP LOCKED`,
  ])
  const free = new Map(instances.map((one) => [one.id, one]))
  const found = new Map<string, LockedTask>()
  for (const row of rows) {
    const instance = free.get(row.instance_id)
    if (instance) found.set(row.id, lockedTask(instance, row))
    free.delete(row.instance_id)
  }
  return found
}

function lockedTask(instance: LiveInstance, row: TaskRow): LockedTask {
  return { task: toTask({ ...row, procedure_code: instance.procedure_code, sector_code: instance.sector_code, unit_id: instance.unit_id }), token: row.token!, instance }
}

/** Checks a locked task for who asks to complete it, with the refusals of `completeTask`. */
export function readyTask(ctx: Ctx, input: CompleteTask, locked: LockedTask): Ready {
  const { task, instance } = locked
  if (task.doneAt || task.cancelledAt) throw errors.TASK_ALREADY_DONE()
  if (!mayDo(ctx.actor, task)) throw errors.TASK_NOT_YOURS()
  const inPlaceOf = scopeFor(ctx.actor, task)?.inPlaceOf
  if (task.assignee !== null && ctx.actor.kind === 'officer' && task.assignee !== ctx.actor.id && inPlaceOf !== task.assignee) throw errors.TASK_OF_ANOTHER()
  if (instance.state === 'paused') throw errors.PROCESS_PAUSED()
  if (instance.state !== 'running') throw errors.PROCESS_NOT_RUNNING()
  if (input.outcome !== undefined && task.outcomes.length > 0 && !task.outcomes.some((one) => one.value === input.outcome)) throw errors.OUTCOME_UNKNOWN({ outcome: input.outcome })
  return { ...locked, ctx, input, inPlaceOf }
}

/** Completes tasks of different instances and moves these on, in as many statements as for one. A decision table may still refuse one, and with it all. */
export async function completeReady(tx: Tx, ready: readonly Ready[]): Promise<Completed[]> {
  if (ready.length === 0) return []
  const moves: Moved[] = []
  for (const one of ready) moves.push(await moveOf(tx, one))
  const events = ready.map(({ ctx, task, input, inPlaceOf, instance }) =>
    appendEvent(tx, ctx, { type: 'process.task_completed', subject: instance.subject, data: { taskId: task.id, elementId: task.elementId, act: task.act, role: task.role, agencyCode: task.agencyCode, outcome: input.outcome ?? null, due: task.dueAt, ...(inPlaceOf ? { inPlaceOf } : {}) } }))
  const [tasks] = await Promise.all([applyMoves(tx, moves), ...events])
  return ready.map(({ ctx, input, inPlaceOf, instance, task }, at) => ({
    inPlaceOf, ended: moves[at]!.move.ended, instanceId: instance.id, subject: instance.subject, tasks: tasks[at]!,
    completed: { ...task, doneAt: ctx.now, doneBy: actorKey(ctx.actor), outcome: input.outcome ?? null, note: input.note ?? null },
  }))
}

async function moveOf(tx: Tx, { ctx, input, task, token, instance: before, inPlaceOf }: Ready): Promise<Moved> {
  const outcome = input.outcome ?? null
  const instance: LiveInstance = { ...before, variables: { ...before.variables, ...input.variables }, outcomes: outcome === null ? before.outcomes : { ...before.outcomes, [stepKey(task.elementId)]: outcome } }
  const model = await modelOf(tx, instance.definition_id)
  const move = await takeDecisions(tx, ctx, instance, model, comeTo(model, instance.marking, token, byConditions(model, contextOf(instance, outcome))), outcome)
  return { ctx, instance, model, move, token, done: { task: task.id, outcome, note: input.note ?? null, inPlaceOf: inPlaceOf ?? null } }
}
