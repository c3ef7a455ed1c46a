import { systemCtx, type Ctx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import type { Node } from '../../platform/node.ts'
import { publicChanged } from '../../platform/public-state.ts'
import { applyProcedure } from './apply-procedure.ts'
import { contentHash } from '../../platform/canonical-json.ts'
import { seedLists } from './lists/seed-lists.ts'
import { lockLastVersions } from './procedure.store.ts'
import { publishProcedures } from './publish-procedure.ts'
import { seedQuestions } from './questions/seed-questions.ts'
import { lifeEvents } from './seed/life-events.ts'
import { shippedProcedures } from './seed/shipped-procedures.ts'

/**
 * The national node publishes the shipped procedures; a local node begins with the same first versions until the exchange brings
 * what the national node says. A second run changes nothing.
 */
export async function seedCatalogue(node: Node): Promise<void> {
  const ctx = systemCtx(node, 'catalogue.seed')
  await node.db.begin(async (transaction) => {
    const tx = transaction as Tx
    await seedLifeEvents(tx)
    if (node.config.kind === 'national') await publishShipped(tx, ctx)
    else await applyShipped(tx, ctx)
    await seedLists(tx)
    await seedQuestions(tx, ctx)
  })
}

/** A procedure that was amended or abolished here by hand stays so: a new edition of the program does not undo what the authors did. */
async function publishShipped(tx: Tx, ctx: Ctx): Promise<void> {
  const last = await lockLastVersions(tx, codes)
  const open = shippedProcedures.filter((p) => last.get(p.content.code)?.origin !== 'authored' && !last.get(p.content.code)?.isAbolished)
  await publishProcedures(tx, ctx, open.map((p) => ({ ...p, origin: 'shipped' })))
}

const codes = shippedProcedures.map((p) => p.content.code)

async function applyShipped(tx: Tx, ctx: Ctx): Promise<void> {
  const known = new Set((await tx<{ code: string }[]>`SELECT DISTINCT code FROM catalogue.procedure_version WHERE code = ANY(${codes})`).map((r) => r.code))
  for (const { content, validFrom, decisionNumber } of shippedProcedures.filter((p) => !known.has(p.content.code))) {
    await applyProcedure(tx, ctx, { content, version: 1, hash: contentHash(content), origin: 'shipped', decisionNumber: decisionNumber ?? null, decisionDate: null, validFrom, publishedAt: ctx.now.toISOString() })
  }
}

async function seedLifeEvents(tx: Tx): Promise<void> {
  publicChanged(tx)
  const rows = lifeEvents.map((e, position) => ({ ...e, position }))
  await tx`
    INSERT INTO catalogue.life_event (code, audience, position, name_vi, name_en)
    SELECT code, audience, position, vi, en FROM jsonb_to_recordset(${tx.json(rows as never)}) AS e (code text, audience text, position int, vi text, en text)
    ON CONFLICT (code) DO UPDATE SET audience = excluded.audience, position = excluded.position, name_vi = excluded.name_vi, name_en = excluded.name_en`
}
