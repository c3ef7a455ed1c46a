import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { Db, Tx } from '../../../platform/db.ts'
import { appendEvent } from '../../ledger/index.ts'
import { findChallenge, useChallenge, type Challenge } from '../access/challenge.store.ts'
import { openPersonSession } from '../access/open-person-session.ts'
import { countAttempt, forgive, giveBack, rules, throttleKey } from '../access/throttle.ts'
import { openOfficerSession } from '../officers/open-officer-session.ts'
import { decoyPublicKey } from './decoy-passkey.ts'
import { isOwnChallenge, newPasskeyChallenge, passkeySeconds, spendChallenge, type ChallengeUse } from './passkey-challenge.ts'
import { passkeySite } from './passkey-site.ts'
import { findPasskey, listPasskeys, takeCounter, type Passkey } from './passkey.store.ts'
import { authenticationAnswer } from './read-answer.ts'

const useOf = (browserToken: string): ChallengeUse => ({ what: 'log-in', browser: browserToken })

/** What the browser needs to find a key. After an officer's password only his own keys are asked for; else whichever the person chooses. */
export async function passkeyToFind(ctx: Ctx, browserToken: string, waiting: Challenge | undefined): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const { generateAuthenticationOptions } = await import('@simplewebauthn/server')
  const own = waiting?.officerId ? await listPasskeys(ctx.db, { kind: 'officer', id: waiting.officerId }) : []
  return generateAuthenticationOptions({
    rpID: passkeySite(ctx.node.config).rpId, challenge: new Uint8Array(newPasskeyChallenge(ctx.node, useOf(browserToken))), timeout: passkeySeconds * 1000, userVerification: 'required',
    allowCredentials: own.map((p) => ({ id: p.credentialId })),
  })
}

export type PasskeyOutcome = { kind: 'logged-in'; token: string; returnTo: string } | { kind: 'wrong' | 'other-account' } | { kind: 'wait'; seconds: number }

export interface PasskeyInput { response: string; returnTo: string; stepToken: string | undefined; source: string; device: string; oldSession: string | undefined }

/** An officer who gave his password and may use a passkey as the second factor. */
export async function waitingOfficer(ctx: Ctx, stepToken: string | undefined, db: Db = ctx.db): Promise<Challenge | undefined> {
  const open = await findChallenge(db, stepToken, ctx.now)
  return open?.purpose === 'officer' ? open : undefined
}

/**
 * Logs a person or an officer in by a passkey that was opened by PIN, finger or face: two factors that no false site can ask for, of medium strength. A key that may
 * live on several devices is 'swk', one that stays on its device 'hwk' (RFC 8176).
 */
export async function logInByPasskey(ctx: Ctx, audience: 'person' | 'officer', input: PasskeyInput): Promise<PasskeyOutcome> {
  const { node, now } = ctx
  const sourceKey = throttleKey(node, rules.source, input.source)
  const seconds = await countAttempt(ctx.db, sourceKey, rules.source, now)
  if (seconds > 0) return { kind: 'wait', seconds }
  const proved = await provedKey(ctx, audience, input)
  const outcome = proved ? await transact(ctx, (tx) => letIn(tx, ctx, proved, input)) : undefined
  if (!outcome || outcome.kind !== 'logged-in') {
    await transact(ctx, (tx) => appendEvent(tx, ctx, { type: 'identity.log_in_failed', subject: proved?.key.accountId ?? proved?.key.officerId ?? 'unknown', data: { reason: outcome?.kind === 'other-account' ? 'passkey-other-account' : 'passkey', purpose: audience } }))
    return outcome ?? { kind: 'wrong' }
  }
  await giveBack(ctx.db, sourceKey)
  return outcome
}

interface Proved { key: Passkey; counter: number; backedUp: boolean; challenge: string }

/** An unknown key takes the same work. Undefined unless a known key of that audience signed a challenge of ours for this browser, at our site, with the user verified. */
async function provedKey(ctx: Ctx, audience: 'person' | 'officer', { response: typed, stepToken }: PasskeyInput): Promise<Proved | undefined> {
  const response = authenticationAnswer(typed)
  if (!response || !stepToken) return undefined
  const found = await findPasskey(ctx.db, response.id)
  const key = found && (audience === 'person') === (found.accountId !== null) ? found : undefined
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server')
  const { rpId, origin } = passkeySite(ctx.node.config)
  let challenge = ''
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response, expectedOrigin: origin, expectedRPID: rpId, requireUserVerification: true,
      expectedChallenge: (given) => isOwnChallenge(ctx.node, useOf(stepToken), (challenge = given)),
      credential: { id: response.id, publicKey: new Uint8Array(key?.publicKey ?? decoyPublicKey()), counter: key?.counter ?? 0 },
    })
    return verified && key ? { key, counter: authenticationInfo.newCounter, backedUp: authenticationInfo.credentialBackedUp, challenge } : undefined
  } catch {
    // The library throws for everything that a browser or an attacker may get wrong.
    return undefined
  }
}

async function letIn(tx: Tx, ctx: Ctx, { key, counter, backedUp, challenge }: Proved, input: PasskeyInput): Promise<PasskeyOutcome> {
  // Who is logged in and proves himself again stays the same person.
  if (key.accountId && ctx.actor.kind === 'person' && ctx.actor.id !== key.accountId) return { kind: 'other-account' }
  if (!(await spendChallenge(tx, challenge, ctx.now)) || !(await takeCounter(tx, key.id, counter, backedUp, ctx.now))) return { kind: 'wrong' }
  const methods = [key.synced ? 'swk' : 'hwk', 'user']
  if (key.accountId) {
    const { token } = await openPersonSession(tx, ctx, { accountId: key.accountId, assurance: 2, methods, way: 'passkey' }, input)
    return { kind: 'logged-in', token, returnTo: input.returnTo }
  }
  const waiting = await waitingOfficer(ctx, input.stepToken, tx)
  if (waiting && (waiting.officerId !== key.officerId || !(await useChallenge(tx, waiting.id, ctx.now)))) return { kind: 'wrong' }
  if (waiting) await forgive(tx, waiting.throttleKey)
  const { token, landing } = await openOfficerSession(tx, ctx, { officerId: key.officerId!, assurance: 2, methods: waiting ? ['pwd', ...methods] : methods, way: waiting ? 'password-passkey' : 'passkey' }, input)
  return { kind: 'logged-in', token, returnTo: (waiting?.returnTo ?? input.returnTo) || landing }
}
