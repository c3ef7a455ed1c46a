import { transact, type Ctx } from '../../../../platform/ctx.ts'
import type { FieldError } from '../../../../platform/errors.ts'
import { checkDecision, type DecisionInput } from './decision-fields.ts'
import { lockWays, recordDecision, todayOf } from './log-in-way.store.ts'

/** Opens a way from a later day on. Returns what is wrong, or an empty list when it is decided. */
export async function openWay(ctx: Ctx, input: DecisionInput): Promise<FieldError[]> {
  const wrong = checkDecision(input, todayOf(ctx))
  if (wrong.length > 0) return wrong
  const { way, holder, basis } = input
  const onDay = input.onDay!
  return transact(ctx, async (tx) => {
    await lockWays(tx)
    const [open] = await tx<{ validFrom: string }[]>`SELECT valid_from AS "validFrom" FROM identity.log_in_way WHERE way = ${way} AND holder = ${holder} AND (valid_to IS NULL OR valid_to > ${onDay}) LIMIT 1`
    if (open) return [{ field: 'onDay', key: open.validFrom <= onDay ? 'identity.ways.admin.invalid.open_already' : 'identity.ways.admin.invalid.planned_later' }]
    await tx`INSERT INTO identity.log_in_way (way, holder, valid_from, basis) VALUES (${way}, ${holder}, ${onDay}, ${basis})`
    await recordDecision(tx, ctx, { act: 'open', way, holder, onDay, basis })
    return []
  })
}
