import { transact, type Ctx } from '../../../platform/ctx.ts'
import { moveDecision, openDecision } from './open-decision.ts'

/** Gives up a decision that is not published. It stays on record. */
export async function withdrawDecision(ctx: Ctx, decisionId: string): Promise<void> {
  await transact(ctx, async (tx) => {
    const decision = await openDecision(tx, ctx, decisionId, ['draft', 'in-check', 'checked'])
    await moveDecision(tx, ctx, decision, { state: 'withdrawn' }, 'catalogue.decision_withdrawn')
  })
}
