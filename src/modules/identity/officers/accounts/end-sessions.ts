import { transact, type Ctx } from '../../../../platform/ctx.ts'
import { appendEvent } from '../../../ledger/index.ts'
import { endOfficerSessions } from '../../access/session.store.ts'
import { keepNote } from '../officer.store.ts'
import { officerToChange } from '../rights/administration.ts'

/** Ends all open sessions of an officer: a computer was left behind. @throws OFFICER_NOT_FOUND, OWN_ACCOUNT */
export async function endSessionsOfOfficer(ctx: Ctx, officerId: string, reason: string): Promise<void> {
  await officerToChange(ctx, officerId)
  await transact(ctx, async (tx) => {
    const sessions = await endOfficerSessions(tx, officerId, ctx.now)
    await keepNote(tx, officerId, ctx.now, 'sessions', reason)
    await appendEvent(tx, ctx, { type: 'identity.sessions_ended', subject: officerId, data: { sessions } })
  })
}
