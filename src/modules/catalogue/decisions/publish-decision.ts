import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { errors } from '../catalogue.errors.ts'
import { lockLastVersions } from '../procedure.store.ts'
import { publishProcedures } from '../publish-procedure.ts'
import { abolishProcedures } from './abolish-procedures.ts'
import { localiseProcedures } from './copies.ts'
import type { DecisionItem } from './decision.ts'
import { listItems, markPublished, readGround } from './decision.store.ts'
import { baseCodeOf, type LocalPart } from './local-part.ts'
import { moveDecision, openDecision } from './open-decision.ts'

/**
 * Publishes a checked decision whole, in one transaction: versions of what it creates and amends (with those of the provinces' copies), copies
 * of what it localises, the end of what it abolishes. All from its effective date, which may lie ahead.
 * @throws ITEMS_STALE when another decision came between, NOT_AUTHOR, NOT_ISSUER, DECISION_NOT_IN_STATE
 */
export async function publishDecision(ctx: Ctx, decisionId: string): Promise<void> {
  await transact(ctx, (tx) => publishDecisionIn(tx, ctx, decisionId))
}

/** As publishDecision, in the caller's transaction. */
export async function publishDecisionIn(tx: Tx, ctx: Ctx, decisionId: string): Promise<void> {
  const decision = await openDecision(tx, ctx, decisionId, ['checked'])
  const items = await listItems(tx, decision.id)
  // The lock first: from here on nobody else publishes.
  await lockLastVersions(tx, [])
  const stale = await findStale(tx, items)
  if (stale.length > 0) throw errors.ITEMS_STALE({ codes: stale.slice(0, 10).join(', ') })
  const of = (...actions: DecisionItem['action'][]): DecisionItem[] => items.filter((i) => actions.includes(i.action))
  const heading = { decisionNumber: decision.number, decisionDate: decision.issuedOn ?? undefined, validFrom: decision.effectiveOn }
  await publishProcedures(tx, ctx, of('create', 'amend', 'link').map((i) => ({ content: i.content, ...heading })))
  await localiseProcedures(tx, ctx, of('localise').map((i) => ({ code: i.code, part: i.content as LocalPart })), decision)
  await abolishProcedures(tx, ctx, of('abolish').map((i) => i.code), decision)
  await markPublished(tx, decision.id)
  await moveDecision(tx, ctx, decision, { state: 'published', publishedAt: ctx.now }, 'catalogue.decision_published')
}

/** Entries whose ground moved since they were drafted. */
async function findStale(tx: Tx, items: readonly DecisionItem[]): Promise<string[]> {
  const facts = await readGround(tx, items.flatMap((i) => [i.code, baseCodeOf(i.code)]))
  return items.filter((i) => {
    const ground = facts.get(i.action === 'localise' ? baseCodeOf(i.code) : i.code)
    return (ground?.hash ?? null) !== i.baseHash || ground?.isAbolished
  }).map((i) => i.code)
}
