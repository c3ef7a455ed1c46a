import type { Person } from '../../../platform/actor.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { errors } from '../identity.errors.ts'
import { stateAt, type Mandate, type Side } from './mandate.ts'
import { listMandatesOf, lockMandate } from './mandates.store.ts'

/** The mandate, locked, and the side on which this person stands. @throws MANDATE_NOT_FOUND also for another person's */
export async function lockSeen(tx: Tx, person: Person, mandateId: string): Promise<{ mandate: Mandate; side: Side }> {
  const mandate = await lockMandate(tx, mandateId)
  const [seen] = mandate ? await listMandatesOf(tx, person.id, mandateId) : []
  if (!mandate || !seen) throw errors.MANDATE_NOT_FOUND()
  return { mandate, side: seen.side }
}

/** The offer that waits for this person's word: the side that offered has said its own. @throws MANDATE_NOT_FOUND, MANDATE_NOT_IN_STATE */
export async function lockOffer(tx: Tx, ctx: Ctx, person: Person, mandateId: string): Promise<Mandate> {
  const { mandate, side } = await lockSeen(tx, person, mandateId)
  if (stateAt(mandate, ctx.now) !== 'offered' || side === mandate.offeredBy) throw errors.MANDATE_NOT_IN_STATE()
  return mandate
}
