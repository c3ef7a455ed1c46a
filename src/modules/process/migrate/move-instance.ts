import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { addWorkingTime, calendarOf, loadCalendar, nextOpen, workingTimeBetween, type Calendar } from '../../calendar/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import { modelOf } from '../definition.store.ts'
import { parseDuration, workingMs } from '../duration.ts'
import { applyMove, lockInstance, type LiveInstance } from '../instance.store.ts'
import { indexOf, outcomesOf, stepKey, type Problem, type ProcessModel, type UserTaskNode } from '../model.ts'
import { loadOverrides, overrideOf } from '../overrides/in-force.ts'
import { counterpart, moveMarking, type Mapping, type MovedMarking } from './move-marking.ts'
import { insertMoveItem, type MoveItem, type MovedStep, type VersionMove } from './version-move.store.ts'

/** Why a version as a whole cannot be left for another: the time that the law gives would change under the dossiers. */
export function versionProblems(from: ProcessModel, to: ProcessModel): Problem[] {
  return from.limit === to.limit ? [] : [{ key: 'process.move.refused.limit', params: { from: from.limit ?? '–', to: to.limit ?? '–' } }]
}

/**
 * Moves one running process to another version, or leaves it and says why, in the caller's transaction; either is kept in the report of the move. Open tasks stay with who has them, unless the
 * step is of another role there; a step whose time limit is another gets what it would have had from its beginning. What was promised for the dossier does not move.
 * Undefined where it no longer runs under a version that is left.
 */
export async function moveInstance(tx: Tx, ctx: Ctx, move: VersionMove, instanceId: string): Promise<MoveItem['result'] | undefined> {
  const instance = await lockInstance(tx, { id: instanceId })
  if (!instance || !move.fromDefinitions.includes(instance.definition_id)) return undefined
  const [from, to] = [await modelOf(tx, instance.definition_id), await modelOf(tx, move.toDefinition)]
  const [row] = await tx<{ taken: string[]; fromVersion: number; toVersion: number }[]>`
    SELECT i.taken, d.version AS "fromVersion", (SELECT version FROM process.definition WHERE id = ${move.toDefinition}) AS "toVersion" FROM process.instance i JOIN process.definition d ON d.id = i.definition_id WHERE i.id = ${instance.id}`
  const { taken, fromVersion, toVersion } = row!
  const mapping: Mapping = new Map(Object.entries(move.mapping[instance.definition_id] ?? {}))
  const limits = versionProblems(from, to)
  const moved = limits.length > 0 ? { refused: limits } : moveMarking(from, to, { marking: instance.marking, taken }, mapping)
  const item = { instanceId: instance.id, subject: instance.subject, fromDefinition: instance.definition_id, at: ctx.now }
  if ('refused' in moved) {
    await insertMoveItem(tx, move.id, { ...item, result: 'left', problems: moved.refused, steps: [] })
    return 'left'
  }
  const steps = await moveTasks(tx, ctx, instance, from, to, moved)
  await writeInstance(tx, ctx, instance, { from, to, mapping, moved, definitionId: move.toDefinition })
  await insertMoveItem(tx, move.id, { ...item, result: 'moved', problems: [], steps })
  await appendEvent(tx, ctx, {
    type: 'process.version_changed', subject: instance.subject,
    data: { instanceId: instance.id, moveId: move.id, fromDefinition: instance.definition_id, toDefinition: move.toDefinition, fromVersion, toVersion, steps: steps.map(({ taskId, from: was, to: is, dueFrom, dueTo, returned }) => ({ taskId, from: was, to: is, dueFrom, dueTo, returned })) },
  })
  return 'moved'
}

interface Relocated { from: ProcessModel; to: ProcessModel; mapping: Mapping; moved: MovedMarking; definitionId: string }

async function writeInstance(tx: Tx, ctx: Ctx, instance: LiveInstance, { from, to, mapping, moved, definitionId }: Relocated): Promise<void> {
  // A condition that looks at the answer of an earlier step finds it under the step's new id.
  const outcomes = Object.fromEntries(from.nodes.flatMap((node): [string, string][] => {
    const answer = instance.outcomes[stepKey(node.id)]
    return answer === undefined ? [] : [[stepKey(counterpart(from, to, mapping, node.id) ?? node.id), answer]]
  }))
  // Timers of events that are new in this version begin to run, those of events that are gone are cancelled.
  await applyMove(tx, ctx, { ...instance, outcomes }, to, { marking: moved.marking, entered: moved.armed, gone: moved.disarmed, taken: [], told: [], ends: [], ended: false })
  await tx`UPDATE process.instance SET definition_id = ${definitionId}, taken = ${moved.taken}, state = ${instance.state} WHERE id = ${instance.id}`
  const places = moved.marking.tokens.map(({ id, at }) => ({ id, at }))
  await tx`
    UPDATE process.timer r SET element_id = p.at FROM jsonb_to_recordset(${tx.json(places)}) AS p (id int, at text)
    WHERE r.instance_id = ${instance.id} AND r.token = p.id AND r.fired_at IS NULL AND r.cancelled_at IS NULL AND r.element_id <> p.at`
}

interface OpenTask { id: string; token: number; element_id: string; role: string; given_unit: string | null; assignee: string | null; agency_code: string; created_at: Date; due_at: Date; item: unknown }

async function moveTasks(tx: Tx, ctx: Ctx, instance: LiveInstance, from: ProcessModel, to: ProcessModel, { marking }: MovedMarking): Promise<MovedStep[]> {
  const calendar = calendarOf(await loadCalendar(ctx.db, tx), instance.agency_code)
  const open = await tx<OpenTask[]>`SELECT id, token, element_id, role, given_unit, assignee, agency_code, created_at, due_at, item FROM process.task WHERE instance_id = ${instance.id} AND done_at IS NULL AND cancelled_at IS NULL ORDER BY id`
  const overrides = await loadOverrides(ctx.db, tx)
  const steps: MovedStep[] = []
  for (const task of open) {
    const [was, is] = [indexOf(from).node(task.element_id), indexOf(to).node(marking.tokens.find((token) => token.id === task.token)!.at)]
    if (was.kind !== 'user' || is.kind !== 'user') throw new Error(`task ${task.id} does not stand at a step of a person`)
    const dueTo = dueAfter(calendar, task, was, is)
    const instead = overrideOf(overrides, { processKey: to.key, elementId: is.id, agencyCode: task.agency_code }, ctx.now)
    const [role, unit] = [instead?.role ?? is.role, instead?.unitId ?? null]
    const isOfOthers = role !== task.role || unit !== task.given_unit
    const step: MovedStep = { taskId: task.id, from: was.id, to: is.id, dueFrom: task.due_at, dueTo, returned: isOfOthers && task.assignee !== null }
    const about = typeof task.item === 'string' || typeof task.item === 'number' ? ` (${task.item})` : ''
    await tx`
      UPDATE process.task SET element_id = ${is.id}, name_vi = ${is.name.vi + about}, name_en = ${is.name.en + about}, act = ${is.act ?? null}, outcomes = ${tx.json(outcomesOf(to, is.id) as never)}, due_at = ${dueTo}
        ${isOfOthers ? tx`, role = ${role}, given_unit = ${unit}, agency_code = ${role === task.role ? task.agency_code : instance.agency_by_role[role] ?? instance.agency_code}, assignee = NULL` : tx``}
      WHERE id = ${task.id}`
    if (step.returned) await appendEvent(tx, ctx, { type: 'process.task_assigned', subject: instance.subject, data: { taskId: task.id, elementId: is.id, assignee: null } })
    steps.push(step)
  }
  return steps
}

/** When a step is due whose time limit is another now: stops that have moved the date keep their length. */
function dueAfter(calendar: Calendar, task: Pick<OpenTask, 'created_at' | 'due_at'>, was: UserTaskNode, is: UserTaskNode): Date {
  const change = workingMs(parseDuration(is.limit)!) - workingMs(parseDuration(was.limit)!)
  if (change === 0) return task.due_at
  const begin = nextOpen(calendar, task.created_at)
  return addWorkingTime(calendar, begin, Math.max(0, workingTimeBetween(calendar, begin, task.due_at) + change))
}
