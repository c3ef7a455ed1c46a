import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { appendEvent } from '../../ledger/index.ts'
import { officerThrottle } from '../access/access-rule.ts'
import { findChallenge, takeTry, useChallenge, type Challenge } from '../access/challenge.store.ts'
import { createSession, endSessionByToken } from '../access/session.store.ts'
import { countAttempt, forgive, giveBack, rules, throttleKey } from '../access/throttle.ts'
import type { CodeInput } from '../citizens/confirm-code.ts'
import { decrypt } from '../secrets.ts'
import type { Role } from '../roles.ts'
import { findOfficer, findTotpSecret, takeTotpStep } from './officer.store.ts'
import { totpStep } from './totp.ts'

export const totpUse = 'totp-secret'

export type OfficerCodeOutcome = { kind: 'logged-in'; token: string; returnTo: string } | { kind: 'wrong' } | { kind: 'wait'; seconds: number } | { kind: 'expired' }

/** Second step of an officer's log-in: the code of the generator, each at most once. */
export async function confirmOfficerCode(ctx: Ctx, input: CodeInput): Promise<OfficerCodeOutcome> {
  const { node, now } = ctx
  const open = await findChallenge(ctx.db, input.stepToken, now)
  if (open?.purpose !== 'officer') return { kind: 'expired' }
  const sourceKey = throttleKey(node, rules.source, input.source)
  const seconds = await countAttempt(ctx.db, sourceKey, rules.source, now) || await countAttempt(ctx.db, open.throttleKey, await officerThrottle(ctx.db, now), now)
  if (seconds > 0) return { kind: 'wait', seconds }
  const challenge = await takeTry(ctx.db, input.stepToken, now)
  if (!challenge) return { kind: 'expired' }
  const outcome = await transact(ctx, (tx) => judge(tx, ctx, challenge, input))
  if (outcome.kind === 'logged-in') {
    await forgive(ctx.db, challenge.throttleKey)
    await giveBack(ctx.db, sourceKey)
  }
  return outcome
}

async function judge(tx: Tx, ctx: Ctx, challenge: Challenge, input: CodeInput): Promise<OfficerCodeOutcome> {
  const officerId = challenge.officerId!
  const sealed = await findTotpSecret(tx, officerId)
  const secret = sealed && decrypt(ctx.node.config.secret, totpUse, sealed)
  const step = secret ? totpStep(secret, input.code.replace(/\s/g, ''), ctx.now) : undefined
  if (step === undefined || !(await takeTotpStep(tx, officerId, step))) {
    await appendEvent(tx, ctx, { type: 'identity.log_in_failed', subject: officerId, data: { reason: step === undefined ? 'code' : 'code-used', purpose: 'officer' } })
    return { kind: 'wrong' }
  }
  if (!(await useChallenge(tx, challenge.id, ctx.now))) return { kind: 'expired' }
  await endSessionByToken(tx, input.oldSession, ctx.now)
  const { token, sessionId } = await createSession(tx, { kind: 'officer', officerId, assurance: 2, methods: ['pwd', 'otp'], device: input.device, now: ctx.now })
  const actor = { kind: 'officer' as const, id: officerId, name: '', agencyCode: '', unitId: null, roles: [], permissions: new Set<string>(), methods: ['pwd', 'otp'], authenticatedAt: ctx.now, sessionId }
  await appendEvent(tx, { ...ctx, actor }, { type: 'identity.officer_logged_in', subject: officerId, data: { sessionId, method: 'password-totp' } })
  const officer = (await findOfficer(tx, officerId))!
  return { kind: 'logged-in', token, returnTo: challenge.returnTo || landing(officer.roles) }
}

/** Where an officer begins who asked for no particular page: who only administers has no inbox. */
const landing = (roles: readonly Role[]): string => (roles.length === 0 ? '/desk/account' : roles.every((role) => role.endsWith('-admin')) ? '/admin' : '/desk')
