import type { Db, Tx } from '../../../platform/db.ts'
import type { StepTime } from './step-time.ts'

/** The time of a step with what it belongs to. */
export interface PlacedStep extends StepTime { instanceId: string; subject: string; definitionId: string; elementId: string; procedureCode: string; agencyCode: string; unitId: string | null; beganAt: Date }
export type Place = Omit<PlacedStep, keyof StepTime | 'beganAt'>

export interface Count { procedure_code: string; definition_id: string; scope: string; month: string; element_id: string; bucket: number; n: number; office_waiting: number; office_working: number; office_stopped: number; wall: number }

/** Where tasks stand, by their ids. */
export async function readPlaces(db: Db, taskIds: readonly string[]): Promise<Map<string, Place>> {
  const rows = await db<(Place & { id: string })[]>`
    SELECT t.id, t.instance_id AS "instanceId", t.subject, i.definition_id AS "definitionId", t.element_id AS "elementId", coalesce(i.procedure_code, '') AS "procedureCode", t.agency_code AS "agencyCode", i.unit_id AS "unitId"
    FROM process.task t JOIN process.instance i ON i.id = t.instance_id WHERE t.id = ANY (${[...taskIds]}::uuid[])`
  return new Map(rows.map(({ id, ...place }) => [id, place]))
}

interface Row extends Place {
  taskId: string; beganAt: Date; since: Date; isHeld: boolean; isStopped: boolean; ended: StepTime['ended']
  office_waiting: number; office_working: number; office_stopped: number; wall_waiting: number; wall_working: number; wall_stopped: number
}

/** Known steps with these ids, and the open ones of these instances. */
export async function readKnown(db: Db, taskIds: readonly string[], instanceIds: readonly string[]): Promise<PlacedStep[]> {
  const rows = await db<Row[]>`
    SELECT ${columns(db)} FROM process.step_time WHERE task_id = ANY (${[...taskIds]}::uuid[])
    UNION SELECT ${columns(db)} FROM process.step_time WHERE instance_id = ANY (${[...instanceIds]}::uuid[]) AND ended IS NULL`
  return rows.map(toStep)
}

export const columns = (db: Db) => db`
  task_id AS "taskId", instance_id AS "instanceId", subject, definition_id AS "definitionId", element_id AS "elementId", procedure_code AS "procedureCode", agency_code AS "agencyCode", unit_id AS "unitId", began_at AS "beganAt", since, is_held AS "isHeld",
  is_stopped AS "isStopped", ended, office_waiting, office_working, office_stopped, wall_waiting, wall_working, wall_stopped`

export function toStep({ office_waiting, office_working, office_stopped, wall_waiting, wall_working, wall_stopped, ...step }: Row): PlacedStep {
  return { ...step, office: { waiting: office_waiting, working: office_working, stopped: office_stopped }, wall: { waiting: wall_waiting, working: wall_working, stopped: wall_stopped } }
}

export async function writeSteps(tx: Tx, steps: readonly PlacedStep[]): Promise<void> {
  if (steps.length === 0) return
  const rows = steps.map(({ office, wall, ...step }) => ({ ...step, office, wall }))
  await tx`
    INSERT INTO process.step_time (task_id, instance_id, subject, definition_id, element_id, procedure_code, agency_code, unit_id, began_at, since, is_held, is_stopped, ended, office_waiting, office_working, office_stopped, wall_waiting, wall_working, wall_stopped)
    SELECT "taskId", "instanceId", subject, "definitionId", "elementId", "procedureCode", "agencyCode", "unitId", "beganAt", since, "isHeld", "isStopped", ended,
      (office->>'waiting')::int, (office->>'working')::int, (office->>'stopped')::int, (wall->>'waiting')::int, (wall->>'working')::int, (wall->>'stopped')::int
    FROM jsonb_to_recordset(${tx.json(rows as never)}) AS r ("taskId" uuid, "instanceId" uuid, subject text, "definitionId" uuid, "elementId" text, "procedureCode" text, "agencyCode" text, "unitId" text, "beganAt" timestamptz, since timestamptz, "isHeld" boolean, "isStopped" boolean, ended text, office jsonb, wall jsonb)
    ON CONFLICT (task_id) DO UPDATE SET since = EXCLUDED.since, is_held = EXCLUDED.is_held, is_stopped = EXCLUDED.is_stopped, ended = EXCLUDED.ended, office_waiting = EXCLUDED.office_waiting, office_working = EXCLUDED.office_working,
      office_stopped = EXCLUDED.office_stopped, wall_waiting = EXCLUDED.wall_waiting, wall_working = EXCLUDED.wall_working, wall_stopped = EXCLUDED.wall_stopped, element_id = EXCLUDED.element_id, definition_id = EXCLUDED.definition_id`
}

export async function writeCounts(tx: Tx, counts: readonly Count[]): Promise<void> {
  if (counts.length === 0) return
  await tx`
    INSERT INTO process.step_count SELECT * FROM jsonb_populate_recordset(NULL::process.step_count, ${tx.json(counts as never)})
    ON CONFLICT (procedure_code, definition_id, scope, month, element_id, bucket) DO UPDATE SET n = step_count.n + EXCLUDED.n, office_waiting = step_count.office_waiting + EXCLUDED.office_waiting,
      office_working = step_count.office_working + EXCLUDED.office_working, office_stopped = step_count.office_stopped + EXCLUDED.office_stopped, wall = step_count.wall + EXCLUDED.wall`
}
