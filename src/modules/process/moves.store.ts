import { actorKey } from '../../platform/actor.ts'
import type { Db, Fragment, Tx } from '../../platform/db.ts'
import type { Moved } from './instance.store.ts'
import type { Marking } from './marking.ts'
import { indexOf, triggerOf, type ProcessModel } from './model.ts'
import type { Task } from './task.ts'

export interface NewTask { task: Task; token: number }
export interface NewTimer { id: string; instance_id: string; task_id: string | null; token: number; element_id: string; working_time: boolean; fire_at: Date }

/**
 * Holds for every row of a list WITH ORDINALITY that a statement is given, and lets the planner expect few of them: each is looked up by index, also on a
 * node whose tables were small when the connection planned the statement.
 */
export const few = (db: Db): Fragment => db`ordinality BETWEEN 1 AND 100000`

/** Tasks that were completed, their instances as they now stand and the new tasks, of however many moves, in one statement. */
export async function saveMoves(tx: Tx, moves: readonly Moved[], tasks: readonly NewTask[]): Promise<void> {
  const rows = moves.map(({ ctx, instance, model, move, done }) => ({
    id: instance.id, at: ctx.now, marking: move.marking, outcomes: instance.outcomes, variables: instance.variables, signals: signalsOf(model, move.marking), taken: [...new Set(move.taken)], ended: move.ended,
    ...(done && { task: done.task, by: actorKey(ctx.actor), outcome: done.outcome, note: done.note, in_place_of: done.inPlaceOf }),
  }))
  await tx`
    WITH move AS MATERIALIZED (SELECT * FROM ROWS FROM (jsonb_to_recordset(${tx.json(rows as never)}) AS (
        id uuid, at timestamptz, marking jsonb, outcomes jsonb, variables jsonb, signals text[], taken text[], ended boolean, task uuid, by text, outcome text, note text, in_place_of uuid)) WITH ORDINALITY AS m WHERE ${few(tx)}),
    done AS (UPDATE process.task t SET done_at = m.at, done_by = m.by, outcome = m.outcome, note = m.note, in_place_of = m.in_place_of FROM move m WHERE t.id = m.task),
    moved AS (
      UPDATE process.instance i SET marking = m.marking, outcomes = m.outcomes, variables = m.variables, signals = m.signals,
        taken = i.taken || (SELECT coalesce(array_agg(f), '{}') FROM unnest(m.taken) AS f WHERE f <> ALL (i.taken)),
        state = CASE WHEN m.ended THEN 'ended' ELSE 'running' END, ended_at = CASE WHEN m.ended THEN m.at END
      FROM move m WHERE i.id = m.id)
    ${insertTasks(tx, tasks)}`
}

/** An instance that begins where its first move brought it, and its first tasks. */
export async function insertInstance(tx: Tx, { ctx, instance: i, model, move }: Moved, tasks: readonly NewTask[]): Promise<void> {
  await tx`
    WITH begun AS (
      INSERT INTO process.instance (id, definition_id, subject, agency_code, agency_by_role, state, marking, taken, variables, signals, started_at, ended_at, procedure_code, sector_code, unit_id)
      VALUES (${i.id}, ${i.definition_id}, ${i.subject}, ${i.agency_code}, ${tx.json(i.agency_by_role)}, ${move.ended ? 'ended' : 'running'}, ${tx.json(move.marking as never)}, ${[...new Set(move.taken)]}, ${tx.json(i.variables as never)},
        ${signalsOf(model, move.marking)}, ${ctx.now}, ${move.ended ? ctx.now : null}, ${i.procedure_code}, ${i.sector_code}, ${i.unit_id}))
    ${insertTasks(tx, tasks)}`
}

function insertTasks(tx: Tx, tasks: readonly NewTask[]): Fragment {
  const rows = tasks.map(({ task: t, token }) => ({
    id: t.id, instance_id: t.instanceId, subject: t.subject, element_id: t.elementId, token, item: t.item ?? undefined, name_vi: t.name.vi, name_en: t.name.en, act: t.act, role: t.role,
    agency_code: t.agencyCode, outcomes: t.outcomes, given_unit: t.unitId, created_at: t.createdAt, due_at: t.dueAt,
  }))
  return tx`
    INSERT INTO process.task (id, instance_id, subject, element_id, token, item, name_vi, name_en, act, role, agency_code, outcomes, given_unit, created_at, due_at)
    SELECT * FROM jsonb_to_recordset(${tx.json(rows as never)}) AS t (id uuid, instance_id uuid, subject text, element_id text, token int, item jsonb, name_vi text, name_en text, act text, role text,
      agency_code text, outcomes jsonb, given_unit text, created_at timestamptz, due_at timestamptz)`
}

export async function insertTimers(tx: Tx, timers: readonly NewTimer[]): Promise<void> {
  await tx`
    INSERT INTO process.timer (id, instance_id, task_id, token, element_id, working_time, fire_at)
    SELECT * FROM jsonb_to_recordset(${tx.json(timers as never)}) AS t (id uuid, instance_id uuid, task_id uuid, token int, element_id text, working_time boolean, fire_at timestamptz)`
}

/** Names of the signals for which a marking waits. */
function signalsOf(model: ProcessModel, { tokens }: Marking): string[] {
  const index = indexOf(model)
  return [...new Set(tokens.flatMap((token) => {
    const trigger = triggerOf(index.node(token.at))
    return trigger?.type === 'signal' ? [trigger.name] : []
  }))]
}
