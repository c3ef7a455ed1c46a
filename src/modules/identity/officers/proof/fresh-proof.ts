import type { Officer } from '../../../../platform/actor.ts'
import type { Ctx } from '../../../../platform/ctx.ts'
import type { Db } from '../../../../platform/db.ts'
import { accessRule } from '../../access/access-rule.ts'
import { errors } from '../../identity.errors.ts'

export interface ProofState { isFresh: boolean; /** For how long a proof is good. */ minutes: number }

/** Whether an officer has proved himself, by his second factor or certificate, as lately as signing asks for (identity.access_rule.proof_minutes). */
export async function proofState(db: Db, actor: Officer, now: Date): Promise<ProofState> {
  const { proofMinutes } = await accessRule(db, 'officer', now)
  return { isFresh: now.getTime() - actor.authenticatedAt.getTime() <= proofMinutes * 60_000, minutes: proofMinutes }
}

/**
 * For acts that bind the agency: an open session alone, at a desk that its officer has left, must not sign. Answers when the officer proved himself, for the
 * ledger. Every way of an officer's log-in ends with two factors, so that its time is the time of the proof.
 * @throws FRESH_PROOF_NEEDED
 */
export async function demandFreshProof(db: Db, ctx: Ctx): Promise<Date> {
  const { actor, now } = ctx
  if (actor.kind !== 'officer') throw errors.FRESH_PROOF_NEEDED({ minutes: 0 })
  const { isFresh, minutes } = await proofState(db, actor, now)
  if (!isFresh) throw errors.FRESH_PROOF_NEEDED({ minutes })
  return actor.authenticatedAt
}
