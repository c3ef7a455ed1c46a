import { transact, type Ctx } from '../../../../platform/ctx.ts'
import { isRefusal, type FieldError } from '../../../../platform/errors.ts'
import { checkDecision, type DecisionInput } from './decision-fields.ts'
import { lockWays, recordDecision, todayOf } from './log-in-way.store.ts'

/** Closes a way from a later day on. Returns what is wrong, or an empty list when it is decided; the last way of persons stays open. */
export async function closeWay(ctx: Ctx, input: DecisionInput): Promise<FieldError[]> {
  const wrong = checkDecision(input, todayOf(ctx))
  if (wrong.length > 0) return wrong
  const { way, holder, basis } = input
  const onDay = input.onDay!
  try {
    return await transact(ctx, async (tx) => {
      await lockWays(tx)
      const closed = await tx`UPDATE identity.log_in_way SET valid_to = ${onDay} WHERE way = ${way} AND holder = ${holder} AND valid_from < ${onDay} AND valid_to IS NULL`
      if (closed.count === 0) return [{ field: 'onDay', key: 'identity.ways.admin.invalid.not_open' }]
      await recordDecision(tx, ctx, { act: 'close', way, holder, onDay, basis })
      return []
    })
  } catch (error) {
    if (isRefusal(error, 'LAST_WAY')) return [{ field: 'onDay', key: error.key }]
    throw error
  }
}
