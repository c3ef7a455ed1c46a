import type { Person } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import { appendEvent } from '../../ledger/index.ts'
import { errors } from '../identity.errors.ts'
import { lockSeen } from './lock-offer.ts'
import { stateAt, type Mandate, type Side } from './mandate.ts'
import { noticeBoth } from './mandate-notices.ts'
import { saveEnd } from './mandates.store.ts'
import { tellNodes } from './tell-nodes.ts'

/** May this side end the mandate now? A legal representative's right is ended by the register alone, a parent's not by the minor. */
export function mayWithdraw(mandate: Mandate, side: Side, now: Date): boolean {
  if (mandate.kind === 'representative' || (mandate.kind === 'child' && side === 'represented')) return false
  const state = stateAt(mandate, now)
  return state === 'accepted' || state === 'waiting' || state === 'awaiting-paper' || (state === 'offered' && side === mandate.offeredBy)
}

/**
 * Either side ends the mandate at once, here and by message at every other node; the offering side may take back its offer
 * (Civil Code 2015, art. 140, 569). @throws MANDATE_NOT_FOUND, MANDATE_NOT_IN_STATE
 */
export async function withdrawMandate(ctx: Ctx, person: Person, mandateId: string): Promise<void> {
  await transact(ctx, async (tx) => {
    const { mandate, side } = await lockSeen(tx, person, mandateId)
    if (!mayWithdraw(mandate, side, ctx.now)) throw errors.MANDATE_NOT_IN_STATE()
    await saveEnd(tx, mandate.id, 'withdrawn', ctx.now)
    await appendEvent(tx, ctx, { type: 'identity.mandate_withdrawn', subject: mandate.id, data: { kind: mandate.kind, by: side } })
    await tellNodes(tx, ctx, mandate.id, false)
    await noticeBoth(tx, mandate.id, 'withdrawn')
  })
}
