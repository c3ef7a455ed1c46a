import type { Ctx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import { newId } from '../../platform/ids.ts'
import { addWorkingTime, calendarOf, loadCalendar, nextOpen, type Calendar } from '../calendar/index.ts'
import { appendEvent } from '../ledger/index.ts'
import type { Marking, Move } from './advance.ts'
import type { ConditionContext } from './condition.ts'
import { clockMs, parseDuration, workingMs } from './duration.ts'
import { indexOf, outcomesOf, type BoundaryTimerNode, type ProcessModel, type TimerNode, type UserTaskNode } from './model.ts'
import type { Task } from './task.ts'

/** A running instance as the acts see it, under the lock of its row. */
export interface LiveInstance {
  id: string
  definition_id: string
  subject: string
  agency_code: string
  agency_by_role: Record<string, string>
  state: 'running' | 'paused' | 'ended' | 'cancelled'
  marking: Marking
  outcomes: Record<string, string>
  variables: Record<string, unknown>
  paused_at: Date | null
  procedure_code: string | null
  sector_code: string | null
  unit_id: string | null
}

export function contextOf(instance: Pick<LiveInstance, 'outcomes' | 'variables'>, outcome: string | null): ConditionContext {
  return { outcome, outcomes: instance.outcomes, variables: instance.variables }
}

/** Writes what a move did — new tasks, timers, the marking, the events — in one flight of statements. Returns the tasks that came to be. */
export async function applyMove(tx: Tx, ctx: Ctx, instance: LiveInstance, model: ProcessModel, move: Move): Promise<Task[]> {
  const calendar = calendarOf(await loadCalendar(ctx.db, tx), instance.agency_code)
  const writes: PromiseLike<unknown>[] = [saveInstance(tx, ctx, instance, move)]
  const tasks: Task[] = []
  for (const id of move.entered) {
    const node = indexOf(model).node(id)
    if (node.kind === 'user') {
      const task = newTask(ctx, calendar, instance, model, node)
      tasks.push(task)
      writes.push(insertTask(tx, task))
      for (const boundary of indexOf(model).boundaries(id)) writes.push(insertTimer(tx, ctx, calendar, instance, boundary, task.id))
      writes.push(appendEvent(tx, ctx, { type: 'process.task_created', subject: instance.subject, data: { taskId: task.id, elementId: id, act: task.act, role: task.role, agencyCode: task.agencyCode, due: task.dueAt } }))
    } else if (node.kind === 'timer') writes.push(insertTimer(tx, ctx, calendar, instance, node, null))
  }
  if (move.ended) writes.push(appendEvent(tx, ctx, { type: 'process.ended', subject: instance.subject, data: { instanceId: instance.id } }))
  await Promise.all(writes)
  return tasks
}

function saveInstance(tx: Tx, ctx: Ctx, instance: LiveInstance, move: Move): PromiseLike<unknown> {
  return tx`
    UPDATE process.instance SET marking = ${tx.json(move.marking as never)}, outcomes = ${tx.json(instance.outcomes)}, variables = ${tx.json(instance.variables as never)},
      taken = taken || (SELECT coalesce(array_agg(f), '{}') FROM unnest(${move.taken}::text[]) AS f WHERE f <> ALL (taken)),
      state = ${move.ended ? 'ended' : 'running'}, ended_at = ${move.ended ? ctx.now : null}
    WHERE id = ${instance.id}`
}

function newTask(ctx: Ctx, calendar: Calendar, instance: LiveInstance, model: ProcessModel, node: UserTaskNode): Task {
  return {
    id: newId(), instanceId: instance.id, subject: instance.subject, elementId: node.id, name: node.name, act: node.act ?? null, role: node.role,
    agencyCode: instance.agency_by_role[node.role] ?? instance.agency_code, outcomes: outcomesOf(model, node.id), assignee: null, createdAt: ctx.now,
    dueAt: workingMoment(calendar, ctx.now, node.limit), doneAt: null, doneBy: null, cancelledAt: null, outcome: null, note: null,
    matter: { procedureCode: instance.procedure_code, sectorCode: instance.sector_code, unitId: instance.unit_id },
  }
}

function insertTask(tx: Tx, task: Task): PromiseLike<unknown> {
  return tx`
    INSERT INTO process.task (id, instance_id, subject, element_id, name_vi, name_en, act, role, agency_code, outcomes, created_at, due_at)
    VALUES (${task.id}, ${task.instanceId}, ${task.subject}, ${task.elementId}, ${task.name.vi}, ${task.name.en}, ${task.act}, ${task.role}, ${task.agencyCode}, ${tx.json(task.outcomes as never)}, ${task.createdAt}, ${task.dueAt})`
}

function insertTimer(tx: Tx, ctx: Ctx, calendar: Calendar, instance: LiveInstance, node: TimerNode | BoundaryTimerNode, taskId: string | null): PromiseLike<unknown> {
  const fireAt = node.workingTime ? workingMoment(calendar, ctx.now, node.duration) : new Date(ctx.now.getTime() + clockMs(parseDuration(node.duration)!))
  return tx`
    INSERT INTO process.timer (id, instance_id, task_id, element_id, working_time, fire_at)
    VALUES (${newId()}, ${instance.id}, ${taskId}, ${node.id}, ${node.workingTime}, ${fireAt})`
}

function workingMoment(calendar: Calendar, from: Date, duration: string): Date {
  return addWorkingTime(calendar, nextOpen(calendar, from), workingMs(parseDuration(duration)!))
}
