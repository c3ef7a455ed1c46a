import type { Db, Tx } from '../../../platform/db.ts'

/** Who does a step instead of whom its process names ("thay đổi vai trò, đơn vị thực hiện bước"), from a day on. */
export interface StepOverride {
  id: string
  processKey: string
  elementId: string
  /** Of the steps of this agency; of all where null. */
  agencyCode: string | null
  /** Null: as the process says. */
  role: string | null
  /** Null: the unit that handles the matter. */
  unitId: string | null
  validFrom: Date
  /** Steps that are open then go along. */
  withOpen: boolean
  reason: string
  state: 'proposed' | 'confirmed' | 'dropped'
  proposedBy: string
  proposedAt: Date
  decidedBy: string | null
  decidedAt: Date | null
}

const columns = (db: Db) => db`
  id, process_key AS "processKey", element_id AS "elementId", agency_code AS "agencyCode", role, unit_id AS "unitId", valid_from AS "validFrom", with_open AS "withOpen", reason, state,
  proposed_by AS "proposedBy", proposed_at AS "proposedAt", decided_by AS "decidedBy", decided_at AS "decidedAt"`

export async function findStepOverride(db: Db, id: string): Promise<StepOverride | undefined> {
  const [row] = await db<StepOverride[]>`SELECT ${columns(db)} FROM process.step_override WHERE id = ${id}`
  return row
}

export async function lockStepOverride(tx: Tx, id: string): Promise<StepOverride | undefined> {
  const [row] = await tx<StepOverride[]>`SELECT ${columns(tx)} FROM process.step_override WHERE id = ${id} FOR UPDATE`
  return row
}

/** Of one process, or of all; those that wait for somebody first, then the latest. */
export async function listStepOverrides(db: Db, processKey?: string): Promise<StepOverride[]> {
  return await db<StepOverride[]>`SELECT ${columns(db)} FROM process.step_override ${processKey === undefined ? db`` : db`WHERE process_key = ${processKey}`} ORDER BY state <> 'proposed', valid_from DESC, id LIMIT 500`
}

/** Those that hold or will hold. */
export async function listConfirmed(db: Db): Promise<StepOverride[]> {
  return await db<StepOverride[]>`SELECT ${columns(db)} FROM process.step_override WHERE state = 'confirmed' ORDER BY valid_from, decided_at, id`
}

export async function insertStepOverride(tx: Tx, one: StepOverride): Promise<void> {
  await tx`
    INSERT INTO process.step_override (id, process_key, element_id, agency_code, role, unit_id, valid_from, with_open, reason, proposed_by, proposed_at)
    VALUES (${one.id}, ${one.processKey}, ${one.elementId}, ${one.agencyCode}, ${one.role}, ${one.unitId}, ${one.validFrom}, ${one.withOpen}, ${one.reason}, ${one.proposedBy}, ${one.proposedAt})`
}

/** Open steps for which a change is meant, those that another one keeps aside. */
export async function countOpenOf(db: Db, { processKey, elementId, agencyCode }: Pick<StepOverride, 'processKey' | 'elementId' | 'agencyCode'>): Promise<number> {
  const [row] = await db<{ n: number }[]>`SELECT count(*)::int AS n FROM process.task t WHERE ${openOf(db, { processKey, elementId, agencyCode })}`
  return row!.n
}

export function openOf(db: Db, { processKey, elementId, agencyCode }: Pick<StepOverride, 'processKey' | 'elementId' | 'agencyCode'>) {
  return db`t.element_id = ${elementId} AND t.done_at IS NULL AND t.cancelled_at IS NULL ${agencyCode === null ? db`` : db`AND t.agency_code COLLATE "C" = ${agencyCode}`}
    AND EXISTS (SELECT 1 FROM process.instance i JOIN process.definition d ON d.id = i.definition_id WHERE i.id = t.instance_id AND d.key = ${processKey})`
}
