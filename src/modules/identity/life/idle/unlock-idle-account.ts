import type { Ctx } from '../../../../platform/ctx.ts'
import type { Tx } from '../../../../platform/db.ts'
import { appendEvent } from '../../../ledger/index.ts'

/** Whoever proves to be the owner of an account that was only idle unlocks it by that alone (Decision 31/2021, art. 13.2); he is then shown what happened. */
export async function unlockIdleAccount(tx: Tx, ctx: Ctx, accountId: string): Promise<void> {
  const unlocked = await tx`UPDATE identity.account SET state = 'active', lock_reason = NULL, notice = 'unlocked', updated_at = ${ctx.now} WHERE id = ${accountId} AND state = 'locked' AND lock_reason = 'idle'`
  if (unlocked.count > 0) await appendEvent(tx, ctx, { type: 'identity.account_unlocked', subject: accountId, data: { reason: 'idle' } })
}
