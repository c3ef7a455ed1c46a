import type { Officer } from '../../../../platform/actor.ts'
import { transact, type Ctx } from '../../../../platform/ctx.ts'
import type { Tx } from '../../../../platform/db.ts'
import type { Cookie } from '../../../../platform/http/reply.ts'
import { appendEvent } from '../../../ledger/index.ts'
import { officerThrottle } from '../../access/access-rule.ts'
import { sessionCookie } from '../../access/cookies.ts'
import { renewSession } from '../../access/session.store.ts'
import { countAttempt, forgive, rules, throttleKey } from '../../access/throttle.ts'
import { errors } from '../../identity.errors.ts'
import { decrypt } from '../../secrets.ts'
import { totpUse } from '../confirm-officer-code.ts'
import { findTotpSecret, takeTotpStep } from '../officer.store.ts'
import { totpStep } from '../totp.ts'

export type ProofOutcome = { kind: 'proved'; /** The request goes on as the officer who has just proved himself. */ ctx: Ctx; /** The session's new token; the old one is dead. */ cookie: Cookie } | { kind: 'wrong' } | { kind: 'wait'; seconds: number }

/** An officer proves himself again within his session, by a code of the generator that was not used before. @throws OFFICER_NOT_FOUND */
export async function proveAgain(ctx: Ctx, code: string): Promise<ProofOutcome> {
  const { actor, now, node } = ctx
  if (actor.kind !== 'officer') throw errors.OFFICER_NOT_FOUND()
  // Apart from the count of the log-in: a stranger who guesses there must not keep the officer from signing.
  const key = throttleKey(node, rules.account, `proof ${actor.id}`)
  const seconds = await countAttempt(ctx.db, key, await officerThrottle(ctx.db, now), now)
  if (seconds > 0) return { kind: 'wait', seconds }
  const outcome = await transact(ctx, (tx) => judge(tx, ctx, actor, code))
  if (outcome.kind === 'proved') await forgive(ctx.db, key)
  return outcome
}

async function judge(tx: Tx, ctx: Ctx, actor: Officer, code: string): Promise<ProofOutcome> {
  const sealed = await findTotpSecret(tx, actor.id)
  const secret = sealed && decrypt(ctx.node.config.secret, totpUse, sealed)
  const step = secret ? totpStep(secret, code.replace(/\s/g, ''), ctx.now) : undefined
  const token = step !== undefined && await takeTotpStep(tx, actor.id, step) ? await renewSession(tx, actor.sessionId, { proved: ['otp'], now: ctx.now }) : undefined
  if (!token) {
    await appendEvent(tx, ctx, { type: 'identity.proof_failed', subject: actor.id, data: { sessionId: actor.sessionId, reason: step === undefined ? 'code' : 'code-used' } })
    return { kind: 'wrong' }
  }
  await appendEvent(tx, ctx, { type: 'identity.officer_proved_again', subject: actor.id, data: { sessionId: actor.sessionId, method: 'totp' } })
  return { kind: 'proved', ctx: { ...ctx, actor: { ...actor, authenticatedAt: ctx.now } }, cookie: sessionCookie(ctx.node, token) }
}
