import type { Ctx } from '../../../platform/ctx.ts'
import type { Db, Tx } from '../../../platform/db.ts'
import { civilDate } from '../../../platform/i18n.ts'
import { createMemory } from '../../../platform/memory.ts'
import { publicChanged } from '../../../platform/public-state.ts'
import { appendEvents } from '../../ledger/index.ts'
import { beginningOf, planProjection } from '../keep-versions.ts'
import { project } from '../procedure.store.ts'

/** Final: from this moment no dossier is filed for the procedure; running ones finish on their version. */
export interface Abolition {
  code: string
  /** 'YYYY-MM-DD' */
  abolishedOn: string
  abolishedAt: Date
  decisionNumber: string
  decisionDate: string | null
  /** The original with which a copy fell. */
  cascadeOf: string | null
  publishedAt: Date
}

/**
 * Abolishes procedures and, with an original, every copy that provinces made of it (S4 art. 19). An abolition that is published late begins
 * when it is published: what was accepted before stays lawful.
 */
export async function abolishProcedures(tx: Tx, ctx: Ctx, codes: readonly string[], decision: { number: string; issuedOn: string | null; effectiveOn: string }): Promise<string[]> {
  if (codes.length === 0) return []
  const today = civilDate(ctx.now)
  const on = decision.effectiveOn > today ? decision.effectiveOn : today
  const copies = await tx<{ code: string; baseCode: string }[]>`SELECT DISTINCT code, base_code AS "baseCode" FROM catalogue.local_part WHERE base_code = ANY(${[...codes]}) ORDER BY code`
  const common = { abolishedOn: on, abolishedAt: on > today ? beginningOf(on) : ctx.now, decisionNumber: decision.number, decisionDate: decision.issuedOn, publishedAt: ctx.now }
  const all = [...codes.map((code) => ({ code, cascadeOf: null, ...common })), ...copies.map((c) => ({ code: c.code, cascadeOf: c.baseCode, ...common }))]
  const fresh = await keepAbolitions(tx, ctx, all)
  await appendEvents(tx, ctx, fresh.map((a) => ({ type: 'catalogue.procedure_abolished', subject: a.code, data: { code: a.code, abolishedOn: a.abolishedOn, ...(a.cascadeOf ? { cascadeOf: a.cascadeOf } : {}) } })))
  return fresh.map((a) => a.code)
}

/** Writes abolitions that are not known yet and ends the versions; returns those that are new. */
export async function keepAbolitions(tx: Tx, ctx: Ctx, abolitions: readonly Abolition[]): Promise<Abolition[]> {
  const rows = abolitions.map((a) => ({ ...a, abolishedAt: a.abolishedAt.toISOString(), publishedAt: a.publishedAt.toISOString() }))
  const added = await tx<{ code: string }[]>`
    INSERT INTO catalogue.abolition (code, abolished_on, abolished_at, decision_number, decision_date, cascade_of, published_at)
    SELECT code, "abolishedOn", "abolishedAt", "decisionNumber", "decisionDate", "cascadeOf", "publishedAt"
    FROM jsonb_to_recordset(${tx.json(rows as never)}) AS a (code text, "abolishedOn" date, "abolishedAt" timestamptz, "decisionNumber" text, "decisionDate" date, "cascadeOf" text, "publishedAt" timestamptz)
    ON CONFLICT (code) DO NOTHING RETURNING code`
  const codes = new Set(added.map((r) => r.code))
  publicChanged(tx)
  await endVersions(tx, [...codes])
  const today = civilDate(ctx.now)
  await project(tx, [...codes], today, ctx.now)
  const fresh = abolitions.filter((a) => codes.has(a.code))
  for (const a of fresh.filter((later) => later.abolishedOn > today && later.cascadeOf === null)) await planProjection(tx, a.code, a.abolishedOn, 'abolished')
  return fresh
}

/** No version of an abolished procedure is in force from its day on; one that was to come never comes. */
export async function endVersions(tx: Tx, codes: readonly string[]): Promise<void> {
  await tx`
    UPDATE catalogue.procedure_version v SET valid_to = greatest(v.valid_from, a.abolished_on) FROM catalogue.abolition a
    WHERE a.code = v.code AND v.code = ANY(${[...codes]}) AND (v.valid_to IS NULL OR v.valid_to > greatest(v.valid_from, a.abolished_on))`
}

const columns = (db: Db) => db`code, abolished_on AS "abolishedOn", abolished_at AS "abolishedAt", decision_number AS "decisionNumber", decision_date AS "decisionDate", cascade_of AS "cascadeOf", published_at AS "publishedAt"`

/** Abolitions of these codes, or all. */
export async function listAbolitions(db: Db, codes?: readonly string[]): Promise<Abolition[]> {
  return await db<Abolition[]>`SELECT ${columns(db)} FROM catalogue.abolition ${codes ? db`WHERE code = ANY(${[...codes]})` : db``} ORDER BY code`
}

const known = createMemory({ capacity: 1 })

/**
 * The abolition of a procedure, in force or announced, or undefined. Every page and every filing asks, so all abolitions of a
 * database are read together; inside a transaction the database is asked.
 */
export async function findAbolition(db: Db, code: string): Promise<Abolition | undefined> {
  if ('savepoint' in db) return (await listAbolitions(db, [code]))[0]
  const all = await known.remember(db, 'all', async () => new Map((await listAbolitions(db)).map((a) => [a.code, a])))
  return all.get(code)
}

/** Whether filing a dossier is closed at a moment. */
export async function isAbolished(db: Db, code: string, at: Date): Promise<boolean> {
  const found = await findAbolition(db, code)
  return found !== undefined && found.abolishedAt <= at
}
