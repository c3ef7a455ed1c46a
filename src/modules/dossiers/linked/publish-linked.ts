import { actorKey } from '../../../platform/actor.ts'
import { contentHash } from '../../../platform/canonical-json.ts'
import { systemCtx, transact, type Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import type { Node } from '../../../platform/node.ts'
import { appendEvent } from '../../ledger/index.ts'
import { findModel } from '../../process/index.ts'
import { shippedGroups } from './definitions/index.ts'
import { readDefinition, type LinkedDefinition } from './linked-definition.ts'
import { readDrawing } from './read-drawing.ts'

/**
 * Publishes a version of a linked group; one that is there already is left as it is. A definition and its drawing must name the same parts, and what feeds a part must be over before it.
 * @throws Error that names what does not fit
 */
export async function publishLinked(tx: Tx, ctx: Ctx, given: LinkedDefinition): Promise<void> {
  const definition = readDefinition(given)
  const model = await findModel(tx, definition.processKey, ctx.now)
  if (!model) throw new Error(`the linked group ${definition.code} runs on the process ${definition.processKey}, which is not published`)
  const wrong = misfits(definition, readDrawing(model))
  if (wrong.length > 0) throw new Error(`the linked group ${definition.code} does not fit its process: ${wrong.join('; ')}`)
  const rows = await tx`
    INSERT INTO dossiers.linked_definition (code, version, valid_from, definition, hash, published_by, published_at)
    VALUES (${definition.code}, ${definition.version}, ${new Date(`${definition.validFrom}T00:00:00+07:00`)}, ${tx.json(definition as never)}, ${contentHash(definition)}, ${actorKey(ctx.actor)}, ${ctx.now}) ON CONFLICT DO NOTHING RETURNING code`
  if (rows.length > 0) await appendEvent(tx, ctx, { type: 'linked.published', subject: definition.code, data: { version: definition.version } })
}

/** What a definition asks and its drawing does not give. */
export function misfits({ parts }: LinkedDefinition, drawn: ReturnType<typeof readDrawing>): string[] {
  const wrong: string[] = []
  const keys = new Set(parts.map((p) => p.key))
  for (const p of parts) if (!drawn.some((d) => d.key === p.key)) wrong.push(`${p.key} is not drawn`)
  for (const d of drawn) if (!keys.has(d.key)) wrong.push(`${d.key} is drawn and not defined`)
  /** Every part that is over before another. */
  const earlier = (key: string, seen = new Set<string>()): Set<string> => {
    for (const one of drawn.find((d) => d.key === key)?.after ?? []) if (!seen.has(one)) { seen.add(one); earlier(one, seen) }
    return seen
  }
  for (const p of parts) {
    const feeding = new Set([...p.attach, ...[...JSON.stringify(p.set).matchAll(/"given":"([^".]+)\./g)].map(([, key]) => key!)])
    for (const key of feeding) if (!earlier(p.key).has(key)) wrong.push(`${p.key} is fed by ${key}, which need not be over before it`)
  }
  return wrong
}

export async function seedLinked(node: Node): Promise<void> {
  const ctx = systemCtx(node, 'dossiers.linked')
  await transact(ctx, async (tx) => {
    for (const definition of shippedGroups) await publishLinked(tx, ctx, definition)
  })
}
