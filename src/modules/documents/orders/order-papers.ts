import { actorKey } from '../../../platform/actor.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { contentHash } from '../../../platform/canonical-json.ts'
import { newId } from '../../../platform/ids.ts'

export interface PaperOrder {
  kind: string
  /** Id of the dossier. */
  subject: string
  title: string
  number?: string | null
  fileName: string
  /** When it was signed in the sense of the law: the moment of the act. Absent: when it is made. */
  signedAt?: Date
  /** The same key orders once. */
  key: string
  maker: string
  payload: Record<string, unknown>
}

/**
 * Keeps papers as what they will say: each has its row and its id at once, and is typeset when somebody opens it or the node has time. The hash of what it
 * is made from goes into the ledger, so that nobody changes it in between. Returns the ids of those that were not ordered before.
 */
export async function orderPapers(tx: Tx, ctx: Ctx, orders: readonly PaperOrder[]): Promise<string[]> {
  if (orders.length === 0) return []
  const rows = orders.map((o) => ({ ...o, number: o.number ?? null, signedAt: o.signedAt ?? null, id: newId(), hash: contentHash(JSON.parse(JSON.stringify(o.payload))) }))
  const fresh = await tx<{ id: string }[]>`
    WITH wanted AS (SELECT * FROM jsonb_to_recordset(${tx.json(rows as never)}) AS r (id uuid, kind text, subject uuid, title text, number text, "fileName" text, "signedAt" timestamptz, key text, maker text, payload jsonb, hash text)),
    kept AS (
      INSERT INTO documents.document (id, kind, subject, title, number, file_name, media_type, created_at, signed_at, key)
      SELECT id, kind, subject, title, number, "fileName", 'application/pdf', ${ctx.now}, "signedAt", key FROM wanted ON CONFLICT (key) DO NOTHING RETURNING id),
    ordered AS (
      INSERT INTO documents.paper_order (document_id, maker, payload, ordered_at, try_at)
      SELECT w.id, w.maker, w.payload, ${ctx.now}::timestamptz, ${ctx.now}::timestamptz FROM wanted w JOIN kept USING (id))
    SELECT w.id, ledger.append('document.ordered', w.id::text, ${actorKey(ctx.actor)}, jsonb_build_object('kind', w.kind, 'about', w.subject, 'sha256', w.hash), ${ctx.now}) FROM wanted w JOIN kept USING (id)`
  return fresh.map((row) => row.id)
}
