import { transact, type Ctx } from '../../../../platform/ctx.ts'
import { appendEvent } from '../../../ledger/index.ts'
import { errors } from '../../identity.errors.ts'
import { keepNote } from '../officer.store.ts'
import { officerToChange } from '../rights/administration.ts'

/** Opens a locked account again, also one that was switched off because nobody used it. @throws OFFICER_NOT_FOUND, OWN_ACCOUNT, WRONG_OFFICER_STATE */
export async function unlockOfficer(ctx: Ctx, officerId: string, reason: string): Promise<void> {
  await officerToChange(ctx, officerId)
  await transact(ctx, async (tx) => {
    const unlocked = await tx`UPDATE identity.officer SET state = 'active', state_reason = NULL, state_since = ${ctx.now}, unused_noticed_at = NULL WHERE id = ${officerId} AND state = 'locked'`
    if (unlocked.count === 0) throw errors.WRONG_OFFICER_STATE()
    await keepNote(tx, officerId, ctx.now, 'unlock', reason)
    await appendEvent(tx, ctx, { type: 'identity.officer_unlocked', subject: officerId, data: {} })
  })
}
