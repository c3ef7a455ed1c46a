import { transact, type Ctx } from '../../../../platform/ctx.ts'
import { errors } from '../../identity.errors.ts'
import { keepNote, lockOfficerRow } from '../officer.store.ts'
import { officerToChange } from '../rights/administration.ts'
import { issueActivation } from './issue-activation.ts'

/**
 * Lets an officer who forgot the password set a new one, or gives a new activation code where the first was lost. The second factor is still
 * asked for, so one administrator is enough. @throws OFFICER_NOT_FOUND, OWN_ACCOUNT, WRONG_OFFICER_STATE
 */
export async function resetPassword(ctx: Ctx, officerId: string, reason: string): Promise<void> {
  await officerToChange(ctx, officerId)
  await transact(ctx, async (tx) => {
    await lockOfficerRow(tx, officerId)
    const officer = await officerToChange(ctx, officerId, tx)
    if (officer.state !== 'new' && officer.state !== 'active') throw errors.WRONG_OFFICER_STATE()
    // A reset of the second factor that two persons decided on is not turned into one that needs no password.
    const [open] = await tx<{ purpose: string }[]>`SELECT purpose FROM identity.officer_activation WHERE officer_id = ${officerId} AND closed_at IS NULL AND expires_at > ${ctx.now}`
    if (open?.purpose === 'second-factor') throw errors.WRONG_OFFICER_STATE()
    await keepNote(tx, officerId, ctx.now, 'reset-password', reason)
    await issueActivation(tx, ctx, officerId, officer.state === 'new' ? 'first' : 'password')
  })
}
