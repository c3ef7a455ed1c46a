import { systemCtx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { civilDate } from '../../../platform/i18n.ts'
import { newId } from '../../../platform/ids.ts'
import { enqueue, type JobHandler } from '../../../platform/jobs.ts'
import type { Follower } from '../../../platform/module.ts'
import type { Node } from '../../../platform/node.ts'
import { loadCalendar } from '../../calendar/index.ts'
import type { ProcedureInput } from '../content.ts'
import { reviewVersion, type Verdict } from './rules.ts'

export const reviewQueue = 'catalogue.review'
const batch = 100

interface Row { code: string; version: number; content: ProcedureInput; decisionNumber: string | null; decisionDate: string | null; publishedAt: Date; owner: string | null; ownerName: string | null }

/** Checks the versions in force of these procedures: new findings are kept, those that are no longer found are closed. Returns how many were checked. */
export async function reviewProcedures(tx: Tx, node: Node, codes: readonly string[], now: Date): Promise<number> {
  const calendar = await loadCalendar(node.db, tx)
  const today = civilDate(now)
  const rows = await tx<Row[]>`
    SELECT p.code, p.version, v.content, v.decision_number AS "decisionNumber", v.decision_date AS "decisionDate", v.published_at AS "publishedAt", p.owner_code AS owner, p.owner_name AS "ownerName"
    FROM catalogue.procedure p JOIN catalogue.procedure_version v ON v.code = p.code AND v.version = p.version WHERE p.code = ANY(${[...codes]}) AND p.abolished_on IS NULL`
  const verdicts = rows.map((row) => ({ row, verdict: reviewVersion({ ...row, today, calendar }) }))
  await keepResults(tx, verdicts, codes, now)
  await keepFindings(tx, verdicts, codes, now)
  return rows.length
}

interface Judged { row: Row; verdict: Verdict }

async function keepResults(tx: Tx, verdicts: readonly Judged[], codes: readonly string[], now: Date): Promise<void> {
  const results = verdicts.map(({ row, verdict }) => ({ code: row.code, version: row.version, owner: row.owner, name: row.ownerName, complete: verdict.complete, decided: verdict.decidedInTime, published: verdict.publishedInTime }))
  await tx`DELETE FROM catalogue.review_result WHERE procedure_code = ANY(${[...codes]}) AND procedure_code <> ALL(${results.map((r) => r.code)})`
  await tx`
    INSERT INTO catalogue.review_result (procedure_code, version, owner_code, owner_name, complete, decided_in_time, published_in_time, reviewed_at)
    SELECT code, version, owner, name, complete, decided, published, ${now} FROM jsonb_to_recordset(${tx.json(results as never)}) AS r (code text, version int, owner text, name text, complete boolean, decided boolean, published boolean)
    ON CONFLICT (procedure_code) DO UPDATE SET version = excluded.version, owner_code = excluded.owner_code, owner_name = excluded.owner_name, complete = excluded.complete,
      decided_in_time = excluded.decided_in_time, published_in_time = excluded.published_in_time, reviewed_at = excluded.reviewed_at`
}

async function keepFindings(tx: Tx, verdicts: readonly Judged[], codes: readonly string[], now: Date): Promise<void> {
  const found = verdicts.flatMap(({ row, verdict }) => verdict.findings.map((f) => ({ id: newId(), code: row.code, version: row.version, owner: row.owner, name: row.ownerName, ...f })))
  await tx`
    INSERT INTO catalogue.finding (id, procedure_code, version, rule, severity, owner_code, owner_name, params, found_at)
    SELECT id, code, version, rule, severity, owner, name, params, ${now} FROM jsonb_to_recordset(${tx.json(found as never)}) AS f (id uuid, code text, version int, rule text, severity text, owner text, name text, params jsonb)
    ON CONFLICT (procedure_code, rule) WHERE state <> 'closed' AND rule <> 'manual'
    DO UPDATE SET version = excluded.version, severity = excluded.severity, owner_code = excluded.owner_code, owner_name = excluded.owner_name, params = excluded.params
    WHERE (finding.version, finding.params, finding.severity, finding.owner_code) IS DISTINCT FROM (excluded.version, excluded.params, excluded.severity, excluded.owner_code)`
  const living = verdicts.map(({ row }) => row.code)
  await tx`
    UPDATE catalogue.finding f SET state = 'closed', closed_at = ${now}, closed_how = CASE WHEN f.procedure_code = ANY(${living}) THEN 'corrected' ELSE 'abolished' END
    WHERE f.procedure_code = ANY(${[...codes]}) AND f.state <> 'closed' AND (f.rule <> 'manual' OR f.procedure_code <> ALL(${living}))
      AND NOT EXISTS (SELECT 1 FROM unnest(${found.map((f) => f.code)}::text[], ${found.map((f) => f.rule)}::text[]) AS n (code, rule) WHERE n.code = f.procedure_code AND n.rule = f.rule)`
}

/** After each publication: what it corrected is closed, what it brought is found. */
export const reviewFollower: Follower = {
  name: 'catalogue.review',
  title: 'catalogue.review.follower',
  types: ['catalogue.procedure_published', 'catalogue.procedure_abolished'],
  patient: true,
  async handle(tx, events, node) {
    const codes = [...new Set(events.map((e) => e.subject))]
    for (let i = 0; i < codes.length; i += batch) await reviewProcedures(tx, node, codes.slice(i, i + batch), systemCtx(node, 'catalogue.review').now)
  },
}

const dayMs = 86_400_000

/** Everything anew, in small transactions, and once more tomorrow: laws lose their force while procedures stand still. */
export const reviewAll: JobHandler = async (node, payload) => {
  const { now } = systemCtx(node, reviewQueue)
  for (let after = ''; ;) {
    const codes = (await node.db<{ code: string }[]>`SELECT code FROM catalogue.procedure WHERE code > ${after} ORDER BY code LIMIT ${batch}`).map((r) => r.code)
    if (codes.length > 0) await node.db.begin((tx) => reviewProcedures(tx as Tx, node, codes, now))
    const last = codes.at(-1)
    if (!last || codes.length < batch) break
    after = last
  }
  if (payload.daily === true) await node.db.begin((tx) => planReview(tx as Tx, new Date(now.getTime() + dayMs)))
}

/** The next daily review: at three in the night, local time, after `from`; planned once however often it is asked for. */
export async function planReview(tx: Tx, from: Date): Promise<void> {
  const day = civilDate(from)
  await enqueue(tx, { queue: reviewQueue, payload: { daily: true }, runAt: new Date(`${day}T03:00:00+07:00`), key: `daily ${day}` })
}
