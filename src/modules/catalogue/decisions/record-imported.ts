import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { civilDate } from '../../../platform/i18n.ts'
import { newId } from '../../../platform/ids.ts'
import { nameOfActor } from './decision.ts'
import { keyOf } from './open-decision.ts'

export interface ImportedEntry { code: string; version: number; issuer: string; number: string }

/**
 * Records the decisions that an imported file names, each with the procedures that came under its number: published elsewhere, so nobody
 * here checked them. A second import of the same adds nothing.
 */
export async function recordImported(tx: Tx, ctx: Ctx, entries: readonly ImportedEntry[]): Promise<void> {
  if (entries.length === 0) return
  const decisions = [...new Map(entries.map((e) => [`${e.issuer} ${e.number}`, { id: newId(), issuer: e.issuer, number: e.number }])).values()]
  await tx`
    INSERT INTO catalogue.decision (id, number, issuer, effective_on, origin, state, author, author_name, created_at, published_at)
    SELECT id, number, issuer, ${civilDate(ctx.now)}, 'imported', 'published', ${keyOf(ctx)}, ${nameOfActor(ctx.actor)}, ${ctx.now}, ${ctx.now}
    FROM jsonb_to_recordset(${tx.json(decisions as never)}) AS d (id uuid, issuer text, number text)
    ON CONFLICT (issuer, number, coalesce(issued_on, '-infinity')) WHERE state <> 'withdrawn' DO NOTHING`
  await tx`
    INSERT INTO catalogue.decision_item (decision_id, code, action, edited_by, edited_name, edited_at, published_version)
    SELECT d.id, e.code, CASE WHEN e.version = 1 THEN 'create' ELSE 'amend' END, ${keyOf(ctx)}, ${nameOfActor(ctx.actor)}, ${ctx.now}, e.version
    FROM jsonb_to_recordset(${tx.json(entries as never)}) AS e (code text, version int, issuer text, number text)
    JOIN catalogue.decision d ON d.issuer = e.issuer AND d.number = e.number AND d.origin = 'imported' AND d.state = 'published'
    ON CONFLICT (decision_id, code) DO UPDATE SET action = excluded.action, published_version = excluded.published_version, edited_at = excluded.edited_at`
}
