import { actorKey } from '../../platform/actor.ts'
import type { Ctx } from '../../platform/ctx.ts'
import type { Db, Fragment, Tx } from '../../platform/db.ts'
import { newId } from '../../platform/ids.ts'
import { addWorkingTime, calendarOf, loadCalendar, nextOpen, type Calendar } from '../calendar/index.ts'
import { appendEvent } from '../ledger/index.ts'
import { enqueueAll, type JobRequest } from '../../platform/jobs.ts'
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

export const instanceColumns = (db: Db): Fragment => db`id, definition_id, subject, agency_code, agency_by_role, state, marking, outcomes, variables, paused_at, procedure_code, sector_code, unit_id`

/** The instance of a subject or with an id, under its lock. */
export async function lockInstance(tx: Tx, by: { subject: string } | { id: string }): Promise<LiveInstance | undefined> {
  const [instance] = await tx<LiveInstance[]>`
    SELECT ${instanceColumns(tx)} FROM process.instance WHERE ${'id' in by ? tx`id = ${by.id}` : tx`subject = ${by.subject}`} AND state IN ('running', 'paused') FOR UPDATE`
  return instance
}

/** What a move of an instance is to write: the instance as the act leaves it, and where it is known. */
export interface Moved {
  ctx: Ctx
  instance: LiveInstance
  model: ProcessModel
  move: Move
  /** The token that moved: what it had open is done, not cancelled. */
  token?: number | undefined
  /** The task that a person completed by it. */
  done?: { task: string; outcome: string | null; note: string | null; inPlaceOf: string | null }
  /** It begins; its row is not there yet. */
  isNew?: true
}

/** Writes what a move did — new tasks, timers, jobs, the marking, the events — in one flight of statements. Returns the tasks that came to be. */
export async function applyMove(tx: Tx, ctx: Ctx, instance: LiveInstance, model: ProcessModel, move: Move, token?: number): Promise<Task[]> {
  return (await applyMoves(tx, [{ ctx, instance, model, move, token }]))[0]!
}

/** The same for moves of several instances: not a statement more. Returns the new tasks of each. */
export async function applyMoves(tx: Tx, moves: readonly Moved[]): Promise<Task[][]> {
  const calendar = await loadCalendar(moves[0]!.ctx.db, tx)
  const plans = moves.map((one) => planned(calendarOf(calendar, one.instance.agency_code), one))
  await Promise.all([
    saveMoves(tx, moves, plans.flatMap((plan) => plan.tasks)),
    ...insertTimers(tx, plans.flatMap((plan) => plan.timers)),
    enqueueAll(tx, plans.flatMap((plan) => plan.jobs)),
    ...moves.map((one, at) => follow(tx, one, plans[at]!)),
  ])
  return plans.map((plan) => plan.tasks.map(({ task }) => task))
}

interface NewTimer { id: string; instance_id: string; task_id: string | null; token: number; element_id: string; working_time: boolean; fire_at: Date }
interface Plan { tasks: { task: Task; token: number }[]; timers: NewTimer[]; jobs: JobRequest[] }

function planned(calendar: Calendar, { ctx, instance, model, move }: Moved): Plan {
  const plan: Plan = { tasks: [], timers: [], jobs: [] }
  const index = indexOf(model)
  for (const token of move.entered) {
    const node = index.node(token.at)
    const timer = triggerOf(node)
    if (node.kind === 'user' && !token.items) plan.tasks.push({ task: newTask(ctx, calendar, instance, model, node, move.marking, token), token: token.id })
    else if (timer?.type === 'timer') plan.timers.push(newTimer(ctx, calendar, instance, token, timer, plan.tasks.find((one) => one.token === token.in)?.task.id ?? null))
    else if (node.kind === 'service' && !token.items) plan.jobs.push(serviceJob(instance.id, token.id))
  }
  return plan
}

/** What a move cancels and tells, and its events. */
async function follow(tx: Tx, { ctx, instance, model, move, token }: Moved, { tasks }: Plan): Promise<void> {
  const append = (type: string, data: object): Promise<void> => appendEvent(tx, ctx, { type, subject: instance.subject, data })
  const cancelled = move.gone.filter((id) => id !== token)
  await Promise.all([
    ...tasks.map(({ task }) => append('process.task_created', { taskId: task.id, elementId: task.elementId, act: task.act, role: task.role, agencyCode: task.agencyCode, due: task.dueAt })),
    ...move.told.map((id) => tell(tx, ctx, instance, indexOf(model).node(id))),
    ...(cancelled.length > 0 ? [cancelAt(tx, ctx, instance, cancelled)] : []),
    ...(move.ended ? [append('process.ended', { instanceId: instance.id })] : []),
  ])
}

export const serviceQueue = 'process.service'
export const signalQueue = 'process.signal'

export function serviceJob(instanceId: string, token: number): JobRequest {
  return { queue: serviceQueue, payload: { instanceId, token } }
}

/**
 * Holds for every row of a list WITH ORDINALITY that a statement is given, and lets the planner expect few of them: each is looked up by index, also on a
 * node whose tables were small when the connection planned the statement.
 */
export const few = (db: Db): Fragment => db`ordinality BETWEEN 1 AND 100000`

function signalsOf(model: ProcessModel, { tokens }: Marking): string[] {
  const index = indexOf(model)
  return [...new Set(tokens.flatMap((token) => {
    const trigger = triggerOf(index.node(token.at))
    return trigger?.type === 'signal' ? [trigger.name] : []
  }))]
}

/** Completed tasks, the instances as they now stand and the new tasks, of however many moves, in one statement. */
function saveMoves(tx: Tx, moves: readonly Moved[], tasks: readonly { task: Task; token: number }[]): PromiseLike<unknown> {
  const instances = moves.map(({ ctx, instance, model, move, done, isNew }) => ({
    id: instance.id, at: ctx.now, marking: move.marking, outcomes: instance.outcomes, variables: instance.variables, signals: signalsOf(model, move.marking), taken: [...new Set(move.taken)], state: move.ended ? 'ended' : 'running',
    ...(done && { task: done.task, by: actorKey(ctx.actor), outcome: done.outcome, note: done.note, in_place_of: done.inPlaceOf }),
    ...(isNew && { definition_id: instance.definition_id, subject: instance.subject, agency_code: instance.agency_code, agency_by_role: instance.agency_by_role, procedure_code: instance.procedure_code, sector_code: instance.sector_code, unit_id: instance.unit_id }),
  }))
  const rows = tasks.map(({ task, token }) => ({
    id: task.id, instance_id: task.instanceId, subject: task.subject, element_id: task.elementId, token, item: task.item ?? undefined, name_vi: task.name.vi, name_en: task.name.en, act: task.act, role: task.role, agency_code: task.agencyCode, outcomes: task.outcomes, created_at: task.createdAt, due_at: task.dueAt,
  }))
  return tx`
    WITH move AS MATERIALIZED (SELECT * FROM ROWS FROM (jsonb_to_recordset(${tx.json(instances as never)}) AS (
        id uuid, at timestamptz, marking jsonb, outcomes jsonb, variables jsonb, signals text[], taken text[], state text, task uuid, by text, outcome text, note text, in_place_of uuid,
        definition_id uuid, subject text, agency_code text, agency_by_role jsonb, procedure_code text, sector_code text, unit_id text)) WITH ORDINALITY AS m WHERE ${few(tx)}),
    done AS (UPDATE process.task t SET done_at = m.at, done_by = m.by, outcome = m.outcome, note = m.note, in_place_of = m.in_place_of FROM move m WHERE t.id = m.task),
    moved AS (
      UPDATE process.instance i SET marking = m.marking, outcomes = m.outcomes, variables = m.variables, signals = m.signals, state = m.state, ended_at = CASE WHEN m.state = 'ended' THEN m.at END,
        taken = i.taken || (SELECT coalesce(array_agg(f), '{}') FROM unnest(m.taken) AS f WHERE f <> ALL (i.taken))
      FROM move m WHERE i.id = m.id AND m.definition_id IS NULL),
    begun AS (
      INSERT INTO process.instance (id, definition_id, subject, agency_code, agency_by_role, state, marking, taken, outcomes, variables, signals, started_at, ended_at, procedure_code, sector_code, unit_id)
      SELECT id, definition_id, subject, agency_code, agency_by_role, state, marking, taken, outcomes, variables, signals, at, CASE WHEN state = 'ended' THEN at END, procedure_code, sector_code, unit_id FROM move WHERE definition_id IS NOT NULL)
    INSERT INTO process.task (id, instance_id, subject, element_id, token, item, name_vi, name_en, act, role, agency_code, outcomes, created_at, due_at)
    SELECT * FROM jsonb_to_recordset(${tx.json(rows as never)}) AS t (id uuid, instance_id uuid, subject text, element_id text, token int, item jsonb, name_vi text, name_en text, act text, role text, agency_code text, outcomes jsonb, created_at timestamptz, due_at timestamptz)`
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

function newTimer(ctx: Ctx, calendar: Calendar, instance: LiveInstance, token: Token, { duration, workingTime }: Trigger & { type: 'timer' }, taskId: string | null): NewTimer {
  const fireAt = workingTime ? workingMoment(calendar, ctx.now, duration) : new Date(ctx.now.getTime() + clockMs(parseDuration(duration)!))
  return { id: newId(), instance_id: instance.id, task_id: taskId, token: token.id, element_id: token.at, working_time: workingTime, fire_at: fireAt }
}

function insertTimers(tx: Tx, timers: readonly NewTimer[]): PromiseLike<unknown>[] {
  if (timers.length === 0) return []
  return [tx`
    INSERT INTO process.timer (id, instance_id, task_id, token, element_id, working_time, fire_at)
    SELECT * FROM jsonb_to_recordset(${tx.json(timers as never)}) AS t (id uuid, instance_id uuid, task_id uuid, token int, element_id text, working_time boolean, fire_at timestamptz)`]
}

function workingMoment(calendar: Calendar, from: Date, duration: string): Date {
  return addWorkingTime(calendar, nextOpen(calendar, from), workingMs(parseDuration(duration)!))
}
