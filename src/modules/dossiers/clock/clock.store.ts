import type { Db, Tx } from '../../../platform/db.ts'
import type { ClockChange, ClockFacts, Step } from '../../calendar/index.ts'
import type { Dossier } from '../dossier.ts'

interface Row { dossierId: string; kind: ClockChange['kind']; at: Date; dueBefore: Date | null; dueAt: Date | null; reason: string | null; because: Step | null }

/** The facts from which the clock of each received dossier follows: reception, stops, extensions, changes of the calendar. */
export async function readClockFacts(db: Db, dossiers: readonly Dossier[]): Promise<Map<string, ClockFacts>> {
  const received = dossiers.filter((d) => d.receivedAt && d.limitValue && d.limitUnit)
  if (received.length === 0) return new Map()
  const ids = received.map((d) => d.id)
  // What was stopped before the reception had no clock yet. A stop may bear a later time than its end, when the two waited for each other.
  const rows = await db<Row[]>`
    SELECT dossier_id AS "dossierId", kind, at, due_before AS "dueBefore", due_at AS "dueAt", reason, because FROM (
      SELECT dossier_id, 'stop' AS kind, started_at AS at, NULL::timestamptz AS due_before, NULL::timestamptz AS due_at, reason, NULL::jsonb AS because, 1 AS n FROM dossiers.pause WHERE dossier_id = ANY(${ids})
      UNION ALL SELECT dossier_id, 'resume', greatest(started_at, ended_at), NULL, NULL, NULL, NULL, 2 FROM dossiers.pause WHERE dossier_id = ANY(${ids}) AND ended_at IS NOT NULL
      UNION ALL SELECT dossier_id, 'extension', extended_at, due_before, due_after, reason, NULL, 3 FROM dossiers.extension WHERE dossier_id = ANY(${ids})
      UNION ALL SELECT dossier_id, 'calendar', at, due_before, due_after, NULL, because, 4 FROM dossiers.due_change WHERE dossier_id = ANY(${ids})) c
    ORDER BY dossier_id, at, n`
  const changes = Map.groupBy(rows, (row) => row.dossierId)
  return new Map(received.map((d) => [d.id, {
    receivedAt: d.receivedAt!, limit: { value: d.limitValue!, unit: d.limitUnit! }, options: d.clockOptions ?? {}, ruleSet: d.ruleSet,
    changes: (changes.get(d.id) ?? []).filter((row) => row.at >= d.receivedAt!).map(changeOf),
  }]))
}

function changeOf({ kind, at, dueBefore, dueAt, reason, because }: Row): ClockChange {
  switch (kind) {
    case 'stop': return { kind, at, reason: reason === 'payment' ? 'payment' : 'supplement' }
    case 'resume': return { kind, at }
    case 'extension': return { kind, at, dueAt: dueAt!, reason: reason! }
    case 'calendar': return { kind, at, dueBefore: dueBefore!, dueAt: dueAt!, because: because! }
  }
}

export async function countExtensions(db: Db, dossierId: string): Promise<number> {
  const [row] = await db<{ n: number }[]>`SELECT count(*)::int AS n FROM dossiers.extension WHERE dossier_id = ${dossierId}`
  return row!.n
}

export interface Extension { number: number; dueBefore: Date; dueAfter: Date; reason: string; extendedAt: Date }

export async function listExtensions(db: Db, dossierId: string): Promise<Extension[]> {
  return await db<Extension[]>`SELECT number, due_before AS "dueBefore", due_after AS "dueAfter", reason, extended_at AS "extendedAt" FROM dossiers.extension WHERE dossier_id = ${dossierId} ORDER BY number`
}

export async function insertExtension(tx: Tx, dossierId: string, e: Extension & { extendedBy: string }): Promise<void> {
  await tx`INSERT INTO dossiers.extension (dossier_id, number, due_before, due_after, reason, extended_at, extended_by) VALUES (${dossierId}, ${e.number}, ${e.dueBefore}, ${e.dueAfter}, ${e.reason}, ${e.extendedAt}, ${e.extendedBy})`
}

export interface DueChange { id: string; dossierId: string; dueBefore: Date; dueCounted: Date; dueAfter: Date; because: Step; event: string; at: Date }

export async function insertDueChange(tx: Tx, c: DueChange): Promise<void> {
  await tx`INSERT INTO dossiers.due_change (id, dossier_id, due_before, due_counted, due_after, because, event, at) VALUES (${c.id}, ${c.dossierId}, ${c.dueBefore}, ${c.dueCounted}, ${c.dueAfter}, ${tx.json(c.because as never)}, ${c.event}, ${c.at})`
}

/** Received dossiers handled here that have no result yet, by id, after one of them. */
export async function listRunningIds(db: Db, nodeCode: string, after: string | undefined, limit: number): Promise<string[]> {
  const rows = await db<{ id: string }[]>`
    SELECT id FROM dossiers.dossier WHERE node_code = ${nodeCode} AND state IN ('received', 'in-progress', 'supplement-required', 'payment-required', 'withdrawal-requested') AND due_at IS NOT NULL
      ${after ? db`AND id > ${after}` : db``} ORDER BY id LIMIT ${limit}`
  return rows.map((row) => row.id)
}

export async function findClockStory(db: Db, dossierId: string): Promise<Step[]> {
  const [row] = await db<{ steps: Step[] }[]>`SELECT steps FROM dossiers.clock_story WHERE dossier_id = ${dossierId}`
  return row?.steps ?? []
}

export async function saveClockStory(tx: Tx, dossierId: string, steps: readonly Step[]): Promise<void> {
  await tx`INSERT INTO dossiers.clock_story (dossier_id, steps) VALUES (${dossierId}, ${tx.json(steps as never)}) ON CONFLICT (dossier_id) DO UPDATE SET steps = excluded.steps`
}
