import type { Person } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import { appendEvent } from '../../ledger/index.ts'
import { lockOffer } from './lock-offer.ts'
import { noticeBoth } from './mandate-notices.ts'
import { saveEnd } from './mandates.store.ts'

/** The invited side says no. @throws MANDATE_NOT_FOUND, MANDATE_NOT_IN_STATE */
export async function refuseMandate(ctx: Ctx, person: Person, mandateId: string): Promise<void> {
  await transact(ctx, async (tx) => {
    const mandate = await lockOffer(tx, ctx, person, mandateId)
    await saveEnd(tx, mandate.id, 'refused', ctx.now)
    await appendEvent(tx, ctx, { type: 'identity.mandate_refused', subject: mandate.id, data: { kind: mandate.kind } })
    await noticeBoth(tx, mandate.id, 'refused')
  })
}
