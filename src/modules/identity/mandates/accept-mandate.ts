import type { Person } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import { appendEvent } from '../../ledger/index.ts'
import { findAccount } from '../citizens/account.store.ts'
import { errors } from '../identity.errors.ts'
import { hasCapacity } from './capacity.ts'
import { lockOffer } from './lock-offer.ts'
import { noticeBoth } from './mandate-notices.ts'
import { mandateRules } from './mandate-rules.ts'
import { saveAcceptance } from './mandates.store.ts'

/**
 * The invited side says yes: both have, and from its first day on the mandate is in force. Two at once: the second finds it accepted.
 * @throws MANDATE_NOT_FOUND, MANDATE_NOT_IN_STATE, MANDATE_TOO_YOUNG
 */
export async function acceptMandate(ctx: Ctx, person: Person, mandateId: string): Promise<void> {
  await transact(ctx, async (tx) => {
    const mandate = await lockOffer(tx, ctx, person, mandateId)
    const side = mandate.offeredBy === 'represented' ? 'acting' : 'represented'
    const account = await findAccount(tx, person.id)
    if (!account || !hasCapacity(await mandateRules(tx, ctx.now), account.birthDate, side, ctx.now)) throw errors.MANDATE_TOO_YOUNG()
    await saveAcceptance(tx, side === 'acting' ? { ...mandate, actingAccountId: person.id } : { ...mandate, representedAccountId: person.id }, ctx.now)
    await appendEvent(tx, ctx, { type: 'identity.mandate_accepted', subject: mandate.id, data: { kind: mandate.kind, by: side } })
    await noticeBoth(tx, mandate.id, 'accepted')
  })
}
