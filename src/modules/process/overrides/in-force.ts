import type { Db, Sql, Tx } from '../../../platform/db.ts'
import { onCommit } from '../../../platform/safe-begin.ts'
import type { LiveInstance } from '../instance.store.ts'
import type { Task } from '../task.ts'
import { listConfirmed, type StepOverride } from './step-override.store.ts'

/** How long another process of the node may go on as before a change, as with the calendar. */
const staleAfterMs = 2_000

interface Kept { all: Promise<readonly StepOverride[]>; readAt: number }
const kept = new WeakMap<Sql, Kept>()

/** Changes that were confirmed, read once per pool and kept; when they are older than two seconds the known ones are answered and new ones read behind. Never asks for a second connection. */
export async function loadOverrides(pool: Sql, tx?: Tx): Promise<readonly StepOverride[]> {
  const known = kept.get(pool)
  if (!known && tx) {
    const all = await listConfirmed(tx)
    kept.set(pool, { all: Promise.resolve(all), readAt: performance.now() })
    return all
  }
  if (!known) return read(pool)
  if (performance.now() - known.readAt > staleAfterMs) {
    known.readAt = performance.now()
    listConfirmed(pool).then((all) => kept.set(pool, { all: Promise.resolve(all), readAt: performance.now() }), () => undefined)
  }
  return known.all
}

function read(pool: Sql): Promise<readonly StepOverride[]> {
  const all = listConfirmed(pool)
  kept.set(pool, { all, readAt: performance.now() })
  all.catch(() => kept.delete(pool))
  return all
}

/** What is kept is read anew once this transaction has committed. */
export const forgetOverrides = (pool: Sql, tx: Tx): void => onCommit(tx, () => void kept.delete(pool))

/** The change that holds for a step of an agency at a moment: its own before that of all agencies, then the latest. Undefined where the process holds. */
export function overrideOf(all: readonly StepOverride[], step: { processKey: string; elementId: string; agencyCode: string }, at: Date): StepOverride | undefined {
  const fitting = all.filter((one) => one.processKey === step.processKey && one.elementId === step.elementId && one.validFrom <= at && (one.agencyCode === null || one.agencyCode === step.agencyCode))
  return fitting.findLast((one) => one.agencyCode !== null) ?? fitting.at(-1)
}

/** A new task as the change of its step has it. */
export function underOverride(all: readonly StepOverride[], instance: Pick<LiveInstance, 'agency_code' | 'agency_by_role'>, processKey: string, task: Task): Task {
  const found = overrideOf(all, { processKey, elementId: task.elementId, agencyCode: task.agencyCode }, task.createdAt)
  if (!found) return task
  const role = found.role ?? task.role
  return { ...task, role, agencyCode: role === task.role ? task.agencyCode : instance.agency_by_role[role] ?? instance.agency_code, unitId: found.unitId, matter: { ...task.matter, unitId: found.unitId ?? task.matter.unitId } }
}

/** Units to which open steps of a subject were given, beside the one that handles the matter. */
export async function unitsGivenSteps(db: Db, subject: string): Promise<string[]> {
  const rows = await db<{ unitId: string }[]>`SELECT DISTINCT given_unit AS "unitId" FROM process.task WHERE subject = ${subject} AND given_unit IS NOT NULL AND done_at IS NULL AND cancelled_at IS NULL`
  return rows.map((row) => row.unitId)
}
