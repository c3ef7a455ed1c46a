import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { errors } from '../catalogue.errors.ts'
import { checkItems } from './check-items.ts'
import { listItems } from './decision.store.ts'
import { moveDecision, openDecision } from './open-decision.ts'

/** Hands a draft over to the second pair of eyes. Entries that the catalogue would refuse come back as a list. @throws DECISION_EMPTY */
export async function submitForCheck(ctx: Ctx, decisionId: string): Promise<FieldError[]> {
  return transact(ctx, (tx) => submitForCheckIn(tx, ctx, decisionId))
}

/** As submitForCheck, in the caller's transaction. */
export async function submitForCheckIn(tx: Tx, ctx: Ctx, decisionId: string): Promise<FieldError[]> {
  const decision = await openDecision(tx, ctx, decisionId, ['draft'])
  const items = await listItems(tx, decision.id)
  if (items.length === 0) throw errors.DECISION_EMPTY()
  const { errors: mistakes } = await checkItems(tx, decision, items)
  if (mistakes.length > 0) return mistakes
  await moveDecision(tx, ctx, decision, { state: 'in-check', checker: null, checkerName: null, checkedAt: null }, 'catalogue.decision_submitted')
  return []
}
