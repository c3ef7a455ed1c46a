import type { Ctx } from '../../platform/ctx.ts'
import type { Db, Fragment, Tx } from '../../platform/db.ts'
import { newId } from '../../platform/ids.ts'
import { addWorkingTime, calendarOf, loadCalendar, nextOpen, type Calendar } from '../calendar/index.ts'
import { appendEvent } from '../ledger/index.ts'
import { enqueueAll, type JobRequest } from '../../platform/jobs.ts'
import { sentWithCommit } from '../../platform/safe-begin.ts'
import type { Move } from './advance.ts'
import type { ConditionContext } from './condition.ts'
import { clockMs, parseDuration, workingMs } from './duration.ts'
import { itemOf, type Marking, type Token } from './marking.ts'
import { indexOf, outcomesOf, triggerOf, type Label, type ProcessModel, type ProcessNode, type Trigger, type UserTaskNode } from './model.ts'
import { insertInstance, insertTimers, saveMoves, type NewTask, type NewTimer } from './moves.store.ts'
import { loadOverrides, underOverride } from './overrides/in-force.ts'
import type { StepOverride } from './overrides/step-override.store.ts'
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

export const instanceColumns = (db: Db): Fragment => db`id, definition_id, subject, agency_code, agency_by_role, state, marking, outcomes, variables, paused_at, procedure_code, sector_code, unit_id`

/** The instance of a subject or with an id, under its lock. */
export async function lockInstance(tx: Tx, by: { subject: string } | { id: string }): Promise<LiveInstance | undefined> {
  const [instance] = await tx<LiveInstance[]>`
    SELECT ${instanceColumns(tx)} FROM process.instance WHERE ${'id' in by ? tx`id = ${by.id}` : tx`subject = ${by.subject}`} AND state IN ('running', 'paused') FOR UPDATE`
  return instance
}

/** What is to be written of a move: the instance as the act leaves it, and where it goes. */
export interface Moved {
  ctx: Ctx
  instance: LiveInstance
  model: ProcessModel
  move: Move
  /** The token that moved: what it had open is done, not cancelled. */
  token?: number | undefined
  /** The task that a person completed by it. */
  done?: { task: string; outcome: string | null; note: string | null; inPlaceOf: string | null }
}

/** Writes what a move did — new tasks, timers, jobs, the marking, the events — in one flight of statements. Returns the tasks that came to be. */
export async function applyMove(tx: Tx, ctx: Ctx, instance: LiveInstance, model: ProcessModel, move: Move, token?: number): Promise<Task[]> {
  return (await applyMoves(tx, [{ ctx, instance, model, move, token }]))[0]!
}

/** The same for moves of several instances, in as many statements as for one. Returns the new tasks of each. */
export async function applyMoves(tx: Tx, moves: readonly Moved[]): Promise<Task[][]> {
  const plans = await plansOf(tx, moves)
  await Promise.all([sentWithCommit(tx, saveMoves(tx, moves, plans.flatMap((plan) => plan.tasks))), ...follow(tx, plans)])
  return plans.map((plan) => plan.tasks.map(({ task }) => task))
}

/** The same for an instance that begins and has no row yet. */
export async function applyFirstMove(tx: Tx, moved: Moved): Promise<Task[]> {
  const plans = await plansOf(tx, [moved])
  const tasks = plans.flatMap((plan) => plan.tasks)
  await Promise.all([insertInstance(tx, moved, tasks), ...follow(tx, plans)])
  return tasks.map(({ task }) => task)
}

interface Plan { moved: Moved; tasks: NewTask[]; timers: NewTimer[]; jobs: JobRequest[] }

async function plansOf(tx: Tx, moves: readonly Moved[]): Promise<Plan[]> {
  const { db } = moves[0]!.ctx
  const [calendar, overrides] = [await loadCalendar(db, tx), await loadOverrides(db, tx)]
  return moves.map((moved) => planOf(calendarOf(calendar, moved.instance.agency_code), overrides, moved))
}

function planOf(calendar: Calendar, overrides: readonly StepOverride[], moved: Moved): Plan {
  const { ctx, instance, model, move } = moved
  const plan: Plan = { moved, tasks: [], timers: [], jobs: [] }
  for (const token of move.entered) {
    const node = indexOf(model).node(token.at)
    const timer = triggerOf(node)
    if (node.kind === 'user' && !token.items) plan.tasks.push({ task: underOverride(overrides, instance, model.key, newTask(ctx, calendar, instance, model, node, move.marking, token)), token: token.id })
    else if (timer?.type === 'timer') plan.timers.push(newTimer(ctx, calendar, instance, token, timer, plan.tasks.find((one) => one.token === token.in)?.task.id ?? null))
    else if (node.kind === 'service' && !token.items) plan.jobs.push(serviceJob(instance.id, token.id))
  }
  return plan
}

/** What moves plan, cancel and tell besides their tasks, and their events. */
function follow(tx: Tx, plans: readonly Plan[]): PromiseLike<unknown>[] {
  const timers = plans.flatMap((plan) => plan.timers)
  const jobs = plans.flatMap((plan) => plan.jobs)
  return [...(timers.length > 0 ? [insertTimers(tx, timers)] : []), ...(jobs.length > 0 ? [enqueueAll(tx, jobs)] : []), ...plans.flatMap((plan) => followOne(tx, plan))]
}

function followOne(tx: Tx, { moved: { ctx, instance, model, move, token }, tasks }: Plan): Promise<unknown>[] {
  const { subject } = instance
  const cancelled = move.gone.filter((id) => id !== token)
  return [
    ...tasks.map(({ task }) => appendEvent(tx, ctx, { type: 'process.task_created', subject, data: { taskId: task.id, elementId: task.elementId, act: task.act, role: task.role, agencyCode: task.agencyCode, due: task.dueAt } })),
    ...move.told.map((id) => tell(tx, ctx, instance, indexOf(model).node(id))),
    ...(cancelled.length > 0 ? [cancelAt(tx, ctx, instance, cancelled)] : []),
    ...(move.ended ? [appendEvent(tx, ctx, { type: 'process.ended', subject, data: { instanceId: instance.id } })] : []),
  ]
}

export const serviceQueue = 'process.service'
export const signalQueue = 'process.signal'

export function serviceJob(instanceId: string, token: number): JobRequest {
  return { queue: serviceQueue, payload: { instanceId, token } }
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
  const data = { instanceId: instance.id, elementId: node.id, name: what.name }
  if (what.type === 'message') return await appendEvent(tx, ctx, { type: 'process.message_sent', subject: instance.subject, data })
  await appendEvent(tx, ctx, { type: 'process.signal_sent', subject: instance.subject, data })
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
    dueAt: workingMoment(calendar, ctx.now, node.limit), doneAt: null, doneBy: null, cancelledAt: null, outcome: null, note: null, item, unitId: null,
    matter: { procedureCode: instance.procedure_code, sectorCode: instance.sector_code, unitId: instance.unit_id },
  }
}

function newTimer(ctx: Ctx, calendar: Calendar, instance: LiveInstance, token: Token, { duration, workingTime }: Trigger & { type: 'timer' }, taskId: string | null): NewTimer {
  const fireAt = workingTime ? workingMoment(calendar, ctx.now, duration) : new Date(ctx.now.getTime() + clockMs(parseDuration(duration)!))
  return { id: newId(), instance_id: instance.id, task_id: taskId, token: token.id, element_id: token.at, working_time: workingTime, fire_at: fireAt }
}

function workingMoment(calendar: Calendar, from: Date, duration: string): Date {
  return addWorkingTime(calendar, nextOpen(calendar, from), workingMs(parseDuration(duration)!))
}
