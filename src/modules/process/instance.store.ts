import type { Ctx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import { newId } from '../../platform/ids.ts'
import { addWorkingTime, calendarOf, loadCalendar, nextOpen, type Calendar } from '../calendar/index.ts'
import { appendEvent } from '../ledger/index.ts'
import { enqueue, enqueueAll, type JobRequest } from '../../platform/jobs.ts'
import type { Move } from './advance.ts'
import type { ConditionContext } from './condition.ts'
import { clockMs, parseDuration, workingMs } from './duration.ts'
import { itemOf, type Marking, type Token } from './marking.ts'
import { indexOf, outcomesOf, triggerOf, type Label, type ProcessModel, type ProcessNode, type Trigger, type UserTaskNode } from './model.ts'
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

/** The instance of a subject or with an id, under its lock. */
export async function lockInstance(tx: Tx, by: { subject: string } | { id: string }): Promise<LiveInstance | undefined> {
  const [instance] = await tx<LiveInstance[]>`
    SELECT id, definition_id, subject, agency_code, agency_by_role, state, marking, outcomes, variables, paused_at, procedure_code, sector_code, unit_id
    FROM process.instance WHERE ${'id' in by ? tx`id = ${by.id}` : tx`subject = ${by.subject}`} AND state IN ('running', 'paused') FOR UPDATE`
  return instance
}

/** Writes what a move did — new tasks, timers, jobs, the marking, the events — in one flight of statements. Returns the tasks that came to be. */
export async function applyMove(tx: Tx, ctx: Ctx, instance: LiveInstance, model: ProcessModel, move: Move, moved?: number): Promise<Task[]> {
  const calendar = calendarOf(await loadCalendar(ctx.db, tx), instance.agency_code)
  const writes: PromiseLike<unknown>[] = [saveInstance(tx, ctx, instance, model, move)]
  const cancelled = move.gone.filter((id) => id !== moved)
  if (cancelled.length > 0) writes.push(cancelAt(tx, ctx, instance, cancelled))
  const tasks = new Map<number, Task>()
  for (const token of move.entered) {
    const node = indexOf(model).node(token.at)
    const timer = triggerOf(node)
    if (node.kind === 'user' && !token.items) {
      const task = newTask(ctx, calendar, instance, model, node, move.marking, token)
      tasks.set(token.id, task)
      writes.push(insertTask(tx, task, token), appendEvent(tx, ctx, { type: 'process.task_created', subject: instance.subject, data: { taskId: task.id, elementId: node.id, act: task.act, role: task.role, agencyCode: task.agencyCode, due: task.dueAt } }))
    } else if (timer?.type === 'timer') writes.push(insertTimer(tx, ctx, calendar, instance, token, timer, tasks.get(token.in ?? 0)?.id ?? null))
    else if (node.kind === 'service' && !token.items) writes.push(enqueue(tx, serviceJob(instance.id, token.id)))
  }
  for (const id of move.told) writes.push(tell(tx, ctx, instance, indexOf(model).node(id)))
  if (move.ended) writes.push(appendEvent(tx, ctx, { type: 'process.ended', subject: instance.subject, data: { instanceId: instance.id } }))
  await Promise.all(writes)
  return [...tasks.values()]
}

export const serviceQueue = 'process.service'
export const signalQueue = 'process.signal'

export function serviceJob(instanceId: string, token: number): JobRequest {
  return { queue: serviceQueue, payload: { instanceId, token } }
}

function saveInstance(tx: Tx, ctx: Ctx, instance: LiveInstance, model: ProcessModel, move: Move): PromiseLike<unknown> {
  const signals = new Set(move.marking.tokens.map((token) => triggerOf(indexOf(model).node(token.at))).flatMap((trigger) => (trigger?.type === 'signal' ? [trigger.name] : [])))
  return tx`
    UPDATE process.instance SET marking = ${tx.json(move.marking as never)}, outcomes = ${tx.json(instance.outcomes)}, variables = ${tx.json(instance.variables as never)}, signals = ${[...signals]},
      taken = taken || (SELECT coalesce(array_agg(f), '{}') FROM unnest(${move.taken}::text[]) AS f WHERE f <> ALL (taken)),
      state = ${move.ended ? 'ended' : 'running'}, ended_at = ${move.ended ? ctx.now : null}
    WHERE id = ${instance.id}`
}

/** Takes back what tokens that are gone had open. */
async function cancelAt(tx: Tx, ctx: Ctx, instance: LiveInstance, tokens: readonly number[]): Promise<void> {
  const tasks = await tx<{ id: string }[]>`
    WITH timers AS (UPDATE process.timer SET cancelled_at = ${ctx.now} WHERE instance_id = ${instance.id} AND token = ANY (${[...tokens]}::int[]) AND fired_at IS NULL AND cancelled_at IS NULL)
    UPDATE process.task SET cancelled_at = ${ctx.now} WHERE instance_id = ${instance.id} AND token = ANY (${[...tokens]}::int[]) AND done_at IS NULL AND cancelled_at IS NULL RETURNING id`
  await Promise.all(tasks.map(({ id }) => appendEvent(tx, ctx, { type: 'process.task_cancelled', subject: instance.subject, data: { taskId: id } })))
}

/** A message goes out as an event of the ledger; a signal also to every other running process that waits for it. */
async function tell(tx: Tx, ctx: Ctx, instance: LiveInstance, node: ProcessNode): Promise<void> {
  const what = node.kind === 'throw' || node.kind === 'end' ? node.throws : undefined
  if (what?.type !== 'message' && what?.type !== 'signal') return
  await appendEvent(tx, ctx, { type: what.type === 'message' ? 'process.message_sent' : 'process.signal_sent', subject: instance.subject, data: { instanceId: instance.id, elementId: node.id, name: what.name } })
  if (what.type === 'message') return
  const others = await tx<{ id: string }[]>`SELECT id FROM process.instance WHERE signals <> '{}' AND signals @> ARRAY[${what.name}] AND state IN ('running', 'paused') AND id <> ${instance.id}`
  await enqueueAll(tx, others.map(({ id }) => ({ queue: signalQueue, payload: { instanceId: id, name: what.name } })))
}

/** The step's name, with the thing for which it is done where it is done for several. */
function nameFor({ name }: UserTaskNode, item: unknown): Label {
  return typeof item === 'string' || typeof item === 'number' ? { vi: `${name.vi} (${item})`, en: `${name.en} (${item})` } : name
}

function newTask(ctx: Ctx, calendar: Calendar, instance: LiveInstance, model: ProcessModel, node: UserTaskNode, marking: Marking, token: Token): Task {
  const item = itemOf(marking.tokens, token.id)?.item ?? null
  return {
    id: newId(), instanceId: instance.id, subject: instance.subject, elementId: node.id, name: nameFor(node, item), act: node.act ?? null, role: node.role,
    agencyCode: instance.agency_by_role[node.role] ?? instance.agency_code, outcomes: outcomesOf(model, node.id), assignee: null, createdAt: ctx.now,
    dueAt: workingMoment(calendar, ctx.now, node.limit), doneAt: null, doneBy: null, cancelledAt: null, outcome: null, note: null, item,
    matter: { procedureCode: instance.procedure_code, sectorCode: instance.sector_code, unitId: instance.unit_id },
  }
}

function insertTask(tx: Tx, task: Task, token: Token): PromiseLike<unknown> {
  return tx`
    INSERT INTO process.task (id, instance_id, subject, element_id, token, item, name_vi, name_en, act, role, agency_code, outcomes, created_at, due_at)
    VALUES (${task.id}, ${task.instanceId}, ${task.subject}, ${task.elementId}, ${token.id}, ${task.item === null ? null : tx.json(task.item as never)}, ${task.name.vi}, ${task.name.en}, ${task.act}, ${task.role}, ${task.agencyCode}, ${tx.json(task.outcomes as never)}, ${task.createdAt}, ${task.dueAt})`
}

function insertTimer(tx: Tx, ctx: Ctx, calendar: Calendar, instance: LiveInstance, token: Token, { duration, workingTime }: Trigger & { type: 'timer' }, taskId: string | null): PromiseLike<unknown> {
  const fireAt = workingTime ? workingMoment(calendar, ctx.now, duration) : new Date(ctx.now.getTime() + clockMs(parseDuration(duration)!))
  return tx`
    INSERT INTO process.timer (id, instance_id, task_id, token, element_id, working_time, fire_at)
    VALUES (${newId()}, ${instance.id}, ${taskId}, ${token.id}, ${token.at}, ${workingTime}, ${fireAt})`
}

function workingMoment(calendar: Calendar, from: Date, duration: string): Date {
  return addWorkingTime(calendar, nextOpen(calendar, from), workingMs(parseDuration(duration)!))
}
