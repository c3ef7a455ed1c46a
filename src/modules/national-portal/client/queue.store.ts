import type { Db, Tx } from '../../../platform/db.ts'
import type { LedgerEvent } from '../../../platform/ledger-event.ts'
import type { DossierFacts } from '../../dossiers/index.ts'
import type { Problem } from '../messages/check-message.ts'

/** A dossier that has to be told, as the courier took it. */
export interface DueDossier {
  id: string
  /** By which the portal knows it: the code, or the reference where it ended without one. */
  number: string
  facts: DossierFacts
  told: DossierFacts | null
  toldAt: Date | null
  changed: number
  changedAt: Date
  waitingSince: Date
  isKnown: boolean
  failures: number
  mended: Record<string, string>
  /** TechID of the owner, once the portal has told it. */
  account: string | null
}

/** A step that has to be told. */
export interface DueStep { position: number; dossierId: string; type: string; at: Date; actor: string; data: LedgerEvent['data'] }

/** Steps of one dossier told in one round at most: a long life does not keep the others waiting. */
const stepsAtOnce = 20

/** Notes the steps of dossiers handled here; of one dossier in the order of the ledger. */
export async function noteSteps(tx: Tx, steps: readonly LedgerEvent[]): Promise<void> {
  if (steps.length === 0) return
  // Of several in one helping the last has the facts as they now are.
  const last = [...new Map(steps.map((e) => [e.subject, e])).values()].sort((a, b) => (a.subject < b.subject ? -1 : 1))
  const rows = last.map((e) => ({ id: e.subject, facts: e.data, at: e.at.toISOString(), sendable: e.data.code !== null || e.data.state === 'not-accepted' || e.data.state === 'stopped' }))
  await tx`
    INSERT INTO national_portal.dossier (dossier_id, facts, changed_at, waiting_since, is_sendable)
    SELECT r.id, r.facts, r.at, r.at, r.sendable FROM jsonb_to_recordset(${tx.json(rows as never)}) AS r (id uuid, facts jsonb, at timestamptz, sendable boolean)
    ON CONFLICT (dossier_id) DO UPDATE SET facts = EXCLUDED.facts, changed = dossier.changed + 1, changed_at = greatest(dossier.changed_at, EXCLUDED.changed_at), waiting_since = coalesce(dossier.waiting_since, EXCLUDED.waiting_since), is_sendable = dossier.is_sendable OR EXCLUDED.is_sendable`
  await insertSteps(tx, steps)
}

/** Notes what happened inside dossiers that are told already: tasks done, papers issued. Of others nothing is noted. */
export async function noteChanges(tx: Tx, events: readonly LedgerEvent[], isStep: (event: LedgerEvent) => boolean): Promise<void> {
  if (events.length === 0) return
  const known = new Set((await tx<{ id: string }[]>`SELECT dossier_id AS id FROM national_portal.dossier WHERE dossier_id = ANY(${[...new Set(events.map((e) => e.subject))]}) ORDER BY dossier_id FOR UPDATE`).map((r) => r.id))
  const told = events.filter((e) => known.has(e.subject))
  if (told.length === 0) return
  const rows = told.map((e) => ({ id: e.subject, at: e.at.toISOString() }))
  await tx`
    UPDATE national_portal.dossier d SET changed = changed + 1, changed_at = greatest(changed_at, c.at), waiting_since = coalesce(waiting_since, c.at)
    FROM (SELECT r.id, max(r.at) AS at FROM jsonb_to_recordset(${tx.json(rows as never)}) AS r (id uuid, at timestamptz) GROUP BY r.id) AS c WHERE d.dossier_id = c.id`
  await insertSteps(tx, told.filter(isStep))
}

async function insertSteps(tx: Tx, steps: readonly LedgerEvent[]): Promise<void> {
  if (steps.length === 0) return
  const rows = steps.map((e) => ({ position: e.position, id: e.subject, type: e.type, at: e.at.toISOString(), actor: e.actor, data: e.data }))
  await tx`
    INSERT INTO national_portal.step (position, dossier_id, type, at, actor, data)
    SELECT position, id, type, at, actor, data FROM jsonb_to_recordset(${tx.json(rows as never)}) AS r (position bigint, id uuid, type text, at timestamptz, actor text, data jsonb) ON CONFLICT (position) DO NOTHING`
}

/** The dossiers that have waited longest and may go now, what failed before after the others, with their next steps. Nothing is locked while the portal is asked: the courier's lease keeps others away. */
export async function takeDue(db: Db, limit: number, now: Date): Promise<{ dossiers: DueDossier[]; steps: Map<string, DueStep[]> }> {
  const dossiers = await db<DueDossier[]>`
    SELECT dossier_id AS id, coalesce(facts->>'code', facts->>'reference') AS number, facts, told, told_at AS "toldAt", changed::int AS changed, changed_at AS "changedAt", waiting_since AS "waitingSince", is_known AS "isKnown", failures, mended, account FROM national_portal.dossier
    WHERE waiting_since IS NOT NULL AND dead_at IS NULL AND set_aside_at IS NULL AND is_sendable AND (retry_at IS NULL OR retry_at <= ${now}) ORDER BY failures, waiting_since LIMIT ${limit}`
  if (dossiers.length === 0) return { dossiers, steps: new Map() }
  const steps = await db<DueStep[]>`
    SELECT s.position::float8 AS position, s.dossier_id AS "dossierId", s.type, s.at, s.actor, s.data FROM unnest(${dossiers.map((d) => d.id)}::uuid[]) AS d (id),
      LATERAL (SELECT * FROM national_portal.step WHERE dossier_id = d.id ORDER BY position LIMIT ${stepsAtOnce}) AS s ORDER BY s.position`
  return { dossiers, steps: Map.groupBy(steps, (s) => s.dossierId) }
}

/** Facts that the portal was told last, of those of these dossiers that it knows and of which no step waits. */
export async function readTold(db: Db, ids: readonly string[]): Promise<Map<string, DossierFacts>> {
  const rows = await db<{ id: string; told: DossierFacts }[]>`
    SELECT dossier_id AS id, told FROM national_portal.dossier d WHERE dossier_id = ANY(${[...ids]}) AND is_known AND told IS NOT NULL AND NOT EXISTS (SELECT FROM national_portal.step s WHERE s.dossier_id = d.dossier_id)`
  return new Map(rows.map((r) => [r.id, r.told]))
}

export async function saveAccount(db: Db, id: string, account: string): Promise<void> {
  await db`UPDATE national_portal.dossier SET account = ${account} WHERE dossier_id = ${id}`
}

export async function markKnown(db: Db, ids: readonly string[], now: Date): Promise<void> {
  await db`UPDATE national_portal.dossier SET is_known = true, sent_at = ${now} WHERE dossier_id = ANY(${[...ids]})`
}

/** These steps were told, of each dossier in order; its facts as the portal has them now go with it. */
export async function markTold(tx: Tx, told: readonly { step: DueStep; facts: DossierFacts }[]): Promise<void> {
  const last = [...new Map(told.map((t) => [t.step.dossierId, t])).values()].map((t) => ({ id: t.step.dossierId, facts: t.facts, at: t.step.at.toISOString() }))
  await tx`DELETE FROM national_portal.step WHERE position = ANY(${told.map((t) => t.step.position)}::bigint[])`
  await tx`UPDATE national_portal.dossier d SET told = r.facts, told_at = r.at FROM jsonb_to_recordset(${tx.json(last as never)}) AS r (id uuid, facts jsonb, at timestamptz) WHERE d.dossier_id = r.id`
}

/** The portal has the dossier as it was when it was taken; what changed since waits on. */
export async function markCovered(db: Db, dossiers: readonly Pick<DueDossier, 'id' | 'changed'>[], now: Date): Promise<void> {
  await db`
    UPDATE national_portal.dossier d SET covered = r.changed, sent_at = ${now}, failures = 0, retry_at = NULL, waiting_since = CASE WHEN d.changed > r.changed THEN d.changed_at END
    FROM jsonb_to_recordset(${db.json(dossiers.map(({ id, changed }) => ({ id, changed })) as never)}) AS r (id uuid, changed bigint) WHERE d.dossier_id = r.id`
}

/** It cannot be told: the portal refused it in these words, or it does not fit the format. It waits for an administrator, and its later steps behind it. */
export async function markDead(db: Db, id: string, why: { answer?: string; problems?: readonly Problem[] }, now: Date): Promise<void> {
  await db`UPDATE national_portal.dossier SET dead_at = ${now}, dead_answer = ${why.answer?.slice(0, 500) ?? null}, dead_problems = ${why.problems ? db.json(why.problems as never) : null} WHERE dossier_id = ${id}`
}

export async function markFailed(db: Db, id: string, retryAt: Date): Promise<void> {
  await db`UPDATE national_portal.dossier SET failures = failures + 1, retry_at = ${retryAt} WHERE dossier_id = ${id}`
}

/** It has to be told again, as new where the portal does not have it. */
export async function markDiffering(tx: Tx, id: string, difference: 'absent' | 'state' | 'fields', portalState: string | null, now: Date): Promise<void> {
  await tx`
    UPDATE national_portal.dossier SET difference = ${difference}, differed_at = coalesce(differed_at, ${now}), portal_state = ${portalState}, checked_at = ${now}, changed = changed + 1, waiting_since = coalesce(waiting_since, ${now}),
      is_known = is_known AND ${difference !== 'absent'} WHERE dossier_id = ${id}`
}

export async function markSame(tx: Tx, id: string, portalState: string, now: Date): Promise<void> {
  await tx`UPDATE national_portal.dossier SET difference = NULL, differed_at = NULL, portal_state = ${portalState}, checked_at = ${now} WHERE dossier_id = ${id}`
}

/** Dossiers that the portal should have as we do, those first that were not compared for longest; what is on its way is left out. */
export async function listToCompare(db: Db, before: Date, limit: number): Promise<{ id: string; number: string; told: DossierFacts }[]> {
  return await db<{ id: string; number: string; told: DossierFacts }[]>`
    SELECT dossier_id AS id, coalesce(facts->>'code', facts->>'reference') AS number, told FROM national_portal.dossier WHERE is_known AND waiting_since IS NULL AND dead_at IS NULL AND set_aside_at IS NULL AND told IS NOT NULL AND (checked_at IS NULL OR checked_at < ${before}) ORDER BY checked_at NULLS FIRST LIMIT ${limit}`
}
