import { anonymous } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { appendEvent } from '../../ledger/index.ts'
import { codeOf, countAndTakeTry, findChallenge, maxAttempts, useChallenge, useOf, type Challenge, type ChallengeWay } from '../access/challenge.store.ts'
import { asPerson, openByProof, openPersonSession } from '../access/open-person-session.ts'
import { rules, sendKey, settleAttempts, throttleKey, type Settled } from '../access/throttle.ts'
import { problemPath } from '../life/hrefs.ts'
import { tellOwner } from '../life/tell.ts'
import { sameText } from '../secrets.ts'
import { linkExternal } from '../ways/external-identifier.store.ts'
import { isWayOpen } from '../ways/log-in-ways.ts'
import { insertAccount, setPhone, type Account } from './account.store.ts'

export type CodeOutcome =
  | { kind: 'logged-in'; token: string; returnTo: string }
  | { kind: 'phone-changed'; returnTo: string }
  | { kind: 'wrong'; left: number }
  | { kind: 'wait'; seconds: number }
  | { kind: 'expired' }
  /** The way was closed between the two steps. */
  | { kind: 'closed'; way: ChallengeWay; purpose: 'log-in' | 'register'; returnTo: string }

export interface CodeInput {
  stepToken: string | undefined
  code: string
  source: string
  device: string
  /** Session cookie that the browser still had: it ends with the log-in. */
  oldSession: string | undefined
}

/** Second step of registration, log-in and change of phone: judges the code, then opens the account or session. Every try counts before it is judged. */
export async function confirmCode(ctx: Ctx, input: CodeInput): Promise<CodeOutcome> {
  const { node, now } = ctx
  const open = await findChallenge(ctx.db, input.stepToken, now)
  if (!open || open.purpose === 'officer') return { kind: 'expired' }
  const { way, purpose } = open
  if (way && (purpose === 'log-in' || purpose === 'register') && !(await isWayOpen(ctx.db, way, 'person', now))) return { kind: 'closed', way, purpose, returnTo: open.returnTo }
  const sourceKey = throttleKey(node, rules.source, input.source)
  const { seconds, challenge } = await countAndTakeTry(ctx.db, input.stepToken!, [{ key: sourceKey, rule: rules.source }, { key: open.throttleKey, rule: rules.account }], now)
  if (seconds > 0) return { kind: 'wait', seconds }
  if (!challenge) return { kind: 'expired' }
  if (!isRight(ctx, challenge, input.code)) {
    await transact(ctx, (tx) => appendEvent(tx, { ...ctx, actor: anonymous }, { type: 'identity.log_in_failed', subject: challenge.accountId ?? 'unknown', data: { reason: 'code', purpose: challenge.purpose } }))
    return { kind: 'wrong', left: maxAttempts - challenge.attempts }
  }
  const settles = {
    forgiven: [challenge.throttleKey, sendKey(challenge.throttleKey)],
    givenBack: [sourceKey, throttleKey(node, rules.sendSource, input.source), ...(challenge.purpose === 'register' ? [throttleKey(node, rules.registerSource, input.source)] : [])],
  }
  if (challenge.purpose === 'log-in') return logIn(ctx, challenge, input, settles)
  const outcome = await transact(ctx, (tx) => finish(tx, ctx, challenge, input))
  if (outcome.kind !== 'expired') await settleAttempts(ctx.db, settles)
  return outcome
}

/** Nobody's code is right: neither where no account is behind a log-in, nor where a registration meets an existing one. */
function isRight(ctx: Ctx, challenge: Challenge, code: string): boolean {
  const matches = sameText(code.replace(/\s/g, ''), codeOf(ctx.node, challenge.id))
  return matches && (challenge.purpose === 'register') === (challenge.accountId === null)
}

/** A number that one knows and a telephone that one has: two factors. */
const proof = { assurance: 2, methods: ['otp', 'sms'] } as const

const wayOf = ({ way }: Challenge): string => (way === 'social-insurance' ? 'social-insurance' : 'sms-code')

async function logIn(ctx: Ctx, challenge: Challenge, input: CodeInput, settles: Settled): Promise<CodeOutcome> {
  const opened = await openByProof(ctx, { accountId: challenge.accountId!, ...proof, way: wayOf(challenge) }, input, { proof: useOf(ctx.db, challenge.id, ctx.now), settles })
  return opened ? { kind: 'logged-in', token: opened.token, returnTo: challenge.returnTo } : { kind: 'expired' }
}

async function finish(tx: Tx, ctx: Ctx, challenge: Challenge, input: CodeInput): Promise<CodeOutcome> {
  if (!(await useChallenge(tx, challenge.id, ctx.now))) return { kind: 'expired' }
  if (challenge.purpose === 'change-phone') return changePhone(tx, ctx, challenge)
  const accountId = await register(tx, ctx, challenge)
  if (!accountId) return { kind: 'expired' }
  const { token } = await openPersonSession(tx, ctx, { accountId, ...proof, way: wayOf(challenge) }, input)
  return { kind: 'logged-in', token, returnTo: challenge.returnTo }
}

/** Undefined when a second registration of the same person was faster. */
async function register(tx: Tx, ctx: Ctx, challenge: Challenge): Promise<string | undefined> {
  const { idNumber, fullName, birthDate, phone, email, socialInsurance, techId } = challenge.applicant!
  const account: Account | undefined = await insertAccount(tx, ctx.node.config.code, { idNumber: idNumber!, fullName: fullName!, birthDate: birthDate!, phone, email: email ?? null, assurance: 2 }, ctx.now)
  if (!account) return undefined
  if (socialInsurance) await linkExternal(tx, { scheme: 'social-insurance', value: socialInsurance, accountId: account.id, now: ctx.now })
  if (techId) await linkExternal(tx, { scheme: 'identity-provider', value: techId, accountId: account.id, now: ctx.now })
  await appendEvent(tx, asPerson(ctx, { accountId: account.id, ...proof }, ''), { type: 'identity.account_registered', subject: account.id, data: { assurance: 2, way: challenge.way ?? 'phone', checkedAgainst: socialInsurance ? 'social-insurance-register,population-register' : 'population-register' } })
  return account.id
}

async function changePhone(tx: Tx, ctx: Ctx, challenge: Challenge): Promise<CodeOutcome> {
  // The old number is told before it is gone: it may be somebody else who changes it.
  await tellOwner(tx, ctx, challenge.accountId!, { base: 'identity.life.phone.changed.', key: `identity.phone:${challenge.id}`, lang: ctx.lang, params: { link: `${ctx.node.config.baseUrl}${problemPath}` } })
  await setPhone(tx, challenge.accountId!, challenge.applicant!.phone, ctx.now)
  await appendEvent(tx, asPerson(ctx, { accountId: challenge.accountId!, ...proof }, ''), { type: 'identity.contact_changed', subject: challenge.accountId!, data: { what: 'phone' } })
  return { kind: 'phone-changed', returnTo: challenge.returnTo }
}
