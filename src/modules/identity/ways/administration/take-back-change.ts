import { transact, type Ctx } from '../../../../platform/ctx.ts'
import { isRefusal, type FieldError } from '../../../../platform/errors.ts'
import { checkDecision, type DecisionInput } from './decision-fields.ts'
import { lockWays, recordDecision, todayOf } from './log-in-way.store.ts'

/** Takes back the opening or closing that was planned for a later day. Returns what is wrong, or an empty list when it is decided. */
export async function takeBackChange(ctx: Ctx, input: DecisionInput): Promise<FieldError[]> {
  const wrong = checkDecision(input, todayOf(ctx))
  if (wrong.length > 0) return wrong
  const { way, holder, basis } = input
  const onDay = input.onDay!
  try {
    return await transact(ctx, async (tx) => {
      await lockWays(tx)
      const unopened = await tx`DELETE FROM identity.log_in_way WHERE way = ${way} AND holder = ${holder} AND valid_from = ${onDay}`
      // A period that begins after the planned end would overlap one that no longer ends: its opening is taken back first.
      const unclosed = unopened.count > 0 ? unopened : await tx`
        UPDATE identity.log_in_way w SET valid_to = NULL WHERE way = ${way} AND holder = ${holder} AND valid_to = ${onDay}
          AND NOT EXISTS (SELECT FROM identity.log_in_way l WHERE l.way = w.way AND l.holder = w.holder AND l.valid_from >= ${onDay})`
      if (unclosed.count === 0) return [{ field: 'onDay', key: 'identity.ways.admin.invalid.nothing_planned' }]
      await recordDecision(tx, ctx, { act: 'take-back', way, holder, onDay, basis })
      return []
    })
  } catch (error) {
    if (isRefusal(error, 'LAST_WAY')) return [{ field: 'onDay', key: error.key }]
    throw error
  }
}
