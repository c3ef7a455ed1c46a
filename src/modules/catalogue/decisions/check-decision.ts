import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { errors } from '../catalogue.errors.ts'
import { nameOfActor } from './decision.ts'
import { isEditor } from './decision.store.ts'
import { keyOf, moveDecision, openDecision } from './open-decision.ts'

export interface Verdict { decisionId: string; verdict: 'approve' | 'return'; note: string }

/**
 * The second pair of eyes (S4 art. 16.4): approves the entries as they stand, or gives them back with a note.
 * @throws SAME_EYES for the author and for whoever saved an entry
 */
export async function checkDecision(ctx: Ctx, input: Verdict): Promise<FieldError[]> {
  return transact(ctx, (tx) => checkDecisionIn(tx, ctx, input))
}

/** As checkDecision, in the caller's transaction. */
export async function checkDecisionIn(tx: Tx, ctx: Ctx, { decisionId, verdict, note }: Verdict): Promise<FieldError[]> {
  const decision = await openDecision(tx, ctx, decisionId, verdict === 'approve' ? ['in-check'] : ['in-check', 'checked'])
  const self = keyOf(ctx)
  if (decision.author === self || (await isEditor(tx, decision.id, self))) throw errors.SAME_EYES()
  if (verdict === 'return' && note.trim() === '') return [{ field: 'note', key: 'catalogue.decisions.check.noteMissing' }]
  const checked = { checker: self, checkerName: nameOfActor(ctx.actor), checkNote: note.trim().slice(0, 2000) || null, checkedAt: ctx.now }
  const type = verdict === 'approve' ? 'catalogue.decision_checked' : 'catalogue.decision_returned'
  await moveDecision(tx, ctx, decision, { ...checked, state: verdict === 'approve' ? 'checked' : 'draft' }, type)
  return []
}
