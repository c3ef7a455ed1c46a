import { actorKey } from '../../platform/actor.ts'
import type { Ctx } from '../../platform/ctx.ts'
import type { Db, Sql, Tx } from '../../platform/db.ts'
import { gatherWrites } from '../../platform/gather.ts'
import { withMandate } from '../ledger/index.ts'
import { factsOf, type Applicant, type AttachedFile, type Dossier } from './dossier.ts'

export interface Kept { form: { key: string; version: number }; answers: Record<string, unknown>; summary?: unknown; applicant: Applicant; files: readonly AttachedFile[]; filingKey: string }

/** `fresh`: false when the filing key was known; `same`: whether that first filing said the same. */
export interface Submitted { id: string; reference: string; fresh: boolean; same: boolean }

/** Keeps a dossier in the caller's transaction; a known filing key answers with the first dossier. */
export async function file(tx: Tx, ctx: Ctx, kept: Kept, dossier: Dossier): Promise<Submitted> {
  return (await fileDossiers(tx, [rowOf(ctx, kept, dossier)]))[0]!
}

const gatherers = new WeakMap<Sql, (row: Row) => Promise<Submitted>>()

/** The same without a transaction of the caller's: filings that come at nearly the same time share one statement and one commit. */
export function fileTogether(ctx: Ctx, kept: Kept, dossier: Dossier): Promise<Submitted> {
  const { db } = ctx
  let gather = gatherers.get(db)
  if (!gather) gatherers.set(db, gather = gatherWrites((rows: Row[]) => fileDossiers(db, rows), { atOnce: 2, most: 50 }))
  return gather(rowOf(ctx, kept, dossier))
}

type Row = ReturnType<typeof rowOf>

function rowOf(ctx: Ctx, s: Kept, d: Dossier) {
  return {
    id: d.id, reference: d.reference, filing_key: s.filingKey, procedure_code: d.procedureCode, procedure_version: d.procedureVersion, node_code: d.nodeCode, origin_node: d.originNode,
    agency_code: d.agencyCode, place_code: d.placeCode, channel: d.channel, return_way: d.returnWay, account_id: d.accountId, owner_node: d.ownerNode, owner_subject: d.ownerSubject, mandate_id: d.mandateId, filer_account_id: d.filerAccountId,
    limit_value: d.limitValue, limit_unit: d.limitUnit, submitted_at: d.submittedAt.toISOString(), form_key: s.form.key, form_version: s.form.version, answers: s.answers, summary: s.summary ?? null, applicant: s.applicant, files: s.files,
    actor: actorKey(ctx.actor), event: withMandate(ctx, factsOf(d)),
  }
}

/** Dossiers, contents, files and events in one statement; answers in the order of the rows. In the order of the keys, so that two at once with the same keys wait for each other and not in a circle. */
async function fileDossiers(db: Db, rows: readonly Row[]): Promise<Submitted[]> {
  const fresh = new Set((await db<{ id: string }[]>`
    WITH wanted AS MATERIALIZED (SELECT * FROM jsonb_to_recordset(${db.json(rows as never)}) AS r (
        id uuid, reference text, filing_key text, procedure_code text, procedure_version int, node_code text, origin_node text, agency_code text, place_code text, channel text, return_way text, account_id uuid, owner_node text, owner_subject text,
        mandate_id uuid, filer_account_id uuid, limit_value int, limit_unit text, submitted_at timestamptz, form_key text, form_version int, answers jsonb, summary jsonb, applicant jsonb, files jsonb, actor text, event jsonb)),
    kept AS (
      INSERT INTO dossiers.dossier (id, reference, filing_key, procedure_code, procedure_version, node_code, origin_node, agency_code, place_code, channel, state, return_way, account_id, owner_node, owner_subject, mandate_id, filer_account_id, limit_value, limit_unit, submitted_at)
      SELECT id, reference, filing_key, procedure_code, procedure_version, node_code, origin_node, agency_code, place_code, channel, 'new', return_way, account_id, owner_node, owner_subject, mandate_id, filer_account_id, limit_value, limit_unit, submitted_at FROM wanted ORDER BY filing_key
      ON CONFLICT (filing_key) DO NOTHING RETURNING id),
    content AS (
      INSERT INTO dossiers.content (dossier_id, form_key, form_version, answers, summary, applicant)
      SELECT w.id, w.form_key, w.form_version, w.answers, w.summary, w.applicant FROM wanted w JOIN kept USING (id)),
    attached AS (
      INSERT INTO dossiers.attachment (id, dossier_id, field, file_id, file_name, mime_type, size, added_at)
      SELECT (f->>'id')::uuid, w.id, f->>'field', f->>'fileId', f->>'fileName', f->>'mimeType', (f->>'size')::int, w.submitted_at FROM wanted w JOIN kept USING (id), jsonb_array_elements(w.files) AS f)
    SELECT w.id, ledger.append('dossier.submitted', w.id::text, w.actor, w.event, w.submitted_at) FROM wanted w JOIN kept USING (id)`).map((row) => row.id))
  const known = await firstOf(db, rows.filter((row) => !fresh.has(row.id)))
  return rows.map((row) => (fresh.has(row.id) ? { id: row.id, reference: row.reference, fresh: true, same: true } : known.get(row.id)!))
}

/** What was filed first under the keys of rows that came again. */
async function firstOf(db: Db, again: readonly Row[]): Promise<Map<string, Submitted>> {
  if (again.length === 0) return new Map()
  const rows = await db<(Submitted & { asked: string })[]>`
    SELECT w.id AS asked, d.id, d.reference, false AS fresh, d.procedure_code = w.procedure_code AND c.answers = w.answers AS same
    FROM jsonb_to_recordset(${db.json(again.map(({ id, filing_key, procedure_code, answers }) => ({ id, filing_key, procedure_code, answers })) as never)}) AS w (id uuid, filing_key text, procedure_code text, answers jsonb)
    JOIN dossiers.dossier d ON d.filing_key = w.filing_key JOIN dossiers.content c ON c.dossier_id = d.id`
  return new Map(rows.map(({ asked, ...first }) => [asked, first]))
}
