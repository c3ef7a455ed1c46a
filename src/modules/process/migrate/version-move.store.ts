import type { Db, Tx } from '../../../platform/db.ts'
import type { Label, Problem } from '../model.ts'

/** A planned move of running dossiers to another version of their process ("chuyển phiên bản"). */
export interface VersionMove {
  id: string
  processKey: string
  fromDefinitions: string[]
  toDefinition: string
  /** By the id of each version that is left: elements that go under another id; empty text where one goes nowhere. */
  mapping: Record<string, Record<string, string>>
  reason: string
  state: 'planned' | 'running' | 'done' | 'cancelled'
  plannedFor: Date
  plannedBy: string
  plannedAt: Date
  expected: number
  startedAt: Date | null
  endedAt: Date | null
}

/** An open step that was moved. */
export interface MovedStep { taskId: string; from: string; to: string; dueFrom: Date; dueTo: Date; /** Its officer lost it: the new step is of another role. */ returned: boolean }

export interface MoveItem { instanceId: string; subject: string; fromDefinition: string; result: 'moved' | 'left'; problems: Problem[]; steps: MovedStep[]; at: Date }

const columns = (db: Db) => db`
  id, process_key AS "processKey", from_definitions AS "fromDefinitions", to_definition AS "toDefinition", mapping, reason, state, planned_for AS "plannedFor", planned_by AS "plannedBy", planned_at AS "plannedAt", expected, started_at AS "startedAt", ended_at AS "endedAt"`

export async function findVersionMove(db: Db, id: string): Promise<VersionMove | undefined> {
  const [row] = await db<VersionMove[]>`SELECT ${columns(db)} FROM process.version_move WHERE id = ${id}`
  return row
}

export async function lockVersionMove(tx: Tx, id: string): Promise<VersionMove | undefined> {
  const [row] = await tx<VersionMove[]>`SELECT ${columns(tx)} FROM process.version_move WHERE id = ${id} FOR UPDATE`
  return row
}

/** The latest first, at most a hundred. */
export async function listVersionMoves(db: Db): Promise<VersionMove[]> {
  return await db<VersionMove[]>`SELECT ${columns(db)} FROM process.version_move ORDER BY planned_at DESC, id LIMIT 100`
}

export async function insertVersionMove(tx: Tx, move: VersionMove): Promise<void> {
  await tx`
    INSERT INTO process.version_move (id, process_key, from_definitions, to_definition, mapping, reason, state, planned_for, planned_by, planned_at, expected)
    VALUES (${move.id}, ${move.processKey}, ${move.fromDefinitions}, ${move.toDefinition}, ${tx.json(move.mapping)}, ${move.reason}, ${move.state}, ${move.plannedFor}, ${move.plannedBy}, ${move.plannedAt}, ${move.expected})`
}

export async function setMoveState(tx: Tx, id: string, state: VersionMove['state'], now: Date): Promise<void> {
  await tx`
    UPDATE process.version_move SET state = ${state}, started_at = CASE WHEN ${state} = 'running' THEN ${now}::timestamptz ELSE started_at END, ended_at = CASE WHEN ${state} IN ('done', 'cancelled') THEN ${now}::timestamptz END
    WHERE id = ${id}`
}

export async function insertMoveItem(tx: Tx, moveId: string, item: MoveItem): Promise<void> {
  await tx`
    INSERT INTO process.version_move_item (move_id, instance_id, subject, from_definition, result, problems, steps, at)
    VALUES (${moveId}, ${item.instanceId}, ${item.subject}, ${item.fromDefinition}, ${item.result}, ${tx.json(item.problems as never)}, ${tx.json(item.steps as never)}, ${item.at})`
}

/** The place of a dossier in the order of a move. */
export interface MovePlace { definitionId: string; id: string }

/** Dossiers behind a place that a move has not looked at yet, some of them; from the beginning where no place is given. */
export async function listToMove(db: Db, move: VersionMove, after: MovePlace | undefined, limit: number): Promise<MovePlace[]> {
  return await db<MovePlace[]>`
    SELECT i.definition_id AS "definitionId", i.id FROM process.instance i WHERE i.definition_id = ANY (${move.fromDefinitions}) AND i.state IN ('running', 'paused')
      ${after ? db`AND (i.definition_id, i.id) > (${after.definitionId}, ${after.id})` : db``}
      AND NOT EXISTS (SELECT 1 FROM process.version_move_item m WHERE m.move_id = ${move.id} AND m.instance_id = i.id) ORDER BY i.definition_id, i.id LIMIT ${limit}`
}

export async function countMoveItems(db: Db, moveId: string): Promise<{ moved: number; left: number }> {
  const [row] = await db<{ moved: number; left: number }[]>`SELECT count(*) FILTER (WHERE result = 'moved')::int AS moved, count(*) FILTER (WHERE result = 'left')::int AS "left" FROM process.version_move_item WHERE move_id = ${moveId}`
  return row!
}

/** In the order in which they were looked at. */
export async function listMoveItems(db: Db, moveId: string, { result, limit, offset }: { result?: MoveItem['result'] | undefined; limit: number; offset: number }): Promise<MoveItem[]> {
  const rows = await db<(Omit<MoveItem, 'steps'> & { steps: (Omit<MovedStep, 'dueFrom' | 'dueTo'> & { dueFrom: string; dueTo: string })[] })[]>`
    SELECT instance_id AS "instanceId", subject, from_definition AS "fromDefinition", result, problems, steps, at FROM process.version_move_item
    WHERE move_id = ${moveId} ${result ? db`AND result = ${result}` : db``} ORDER BY at, instance_id LIMIT ${limit} OFFSET ${offset}`
  return rows.map((row) => ({ ...row, steps: row.steps.map((step) => ({ ...step, dueFrom: new Date(step.dueFrom), dueTo: new Date(step.dueTo) })) }))
}

export interface Version { definitionId: string; key: string; version: number; name: Label; publishedAt: Date; validFrom: Date; /** Dossiers that run under it. */ running: number }

/** Versions of processes, all or of one, with how many dossiers run under each; by name, the newest first. */
export async function listVersionsOfProcesses(db: Db, key?: string): Promise<Version[]> {
  return await db<Version[]>`
    SELECT d.id AS "definitionId", d.key, d.version, jsonb_build_object('vi', d.name_vi, 'en', d.name_en) AS name, d.published_at AS "publishedAt", d.valid_from AS "validFrom", coalesce(r.n, 0)::int AS running
    FROM process.definition d LEFT JOIN (SELECT definition_id, count(*) AS n FROM process.instance WHERE state IN ('running', 'paused') GROUP BY definition_id) r ON r.definition_id = d.id
    ${key === undefined ? db`` : db`WHERE d.key = ${key}`} ORDER BY d.name_vi, d.key, d.version DESC`
}
