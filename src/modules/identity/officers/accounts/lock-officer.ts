import { transact, type Ctx } from '../../../../platform/ctx.ts'
import { appendEvent } from '../../../ledger/index.ts'
import { endOfficerSessions } from '../../access/session.store.ts'
import { errors } from '../../identity.errors.ts'
import { keepNote } from '../officer.store.ts'
import { officerToChange } from '../rights/administration.ts'

/** Locks an account at once, in one person's hand: a suspicion does not wait. Its rights stay and sleep. @throws OFFICER_NOT_FOUND, OWN_ACCOUNT, WRONG_OFFICER_STATE */
export async function lockOfficer(ctx: Ctx, officerId: string, reason: string): Promise<void> {
  await officerToChange(ctx, officerId)
  await transact(ctx, async (tx) => {
    const locked = await tx`UPDATE identity.officer SET state = 'locked', state_reason = 'ordered', state_since = ${ctx.now} WHERE id = ${officerId} AND state = 'active'`
    if (locked.count === 0) throw errors.WRONG_OFFICER_STATE()
    const sessions = await endOfficerSessions(tx, officerId, ctx.now)
    await keepNote(tx, officerId, ctx.now, 'lock', reason)
    await appendEvent(tx, ctx, { type: 'identity.officer_locked', subject: officerId, data: { why: 'ordered', sessions } })
  })
}
