import { createHash, verify, X509Certificate } from 'node:crypto'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import { newId, randomToken, sha256 } from '../../../platform/ids.ts'
import { appendEvent } from '../../ledger/index.ts'
import { countAttempt, giveBack, rules, throttleKey } from '../access/throttle.ts'
import { claimHandle, findLogIn, insertLogIn, markProved, type CertificateLogIn } from './certificate-log-in.store.ts'
import { challengeText } from './challenge-text.ts'
import { askForApproval, checkApproval, findSimCredential, signApproved } from './remote-signing.client.ts'

export type SimStart = { kind: 'open'; token: string } | { kind: 'no-sim' | 'blocked' | 'unavailable' } | { kind: 'wait'; seconds: number }
export type SimProgress = { kind: 'waiting'; code: string } | { kind: 'proved' } | { kind: 'refused' | 'blocked' | 'expired' | 'unavailable' | 'unreadable' }

/** Finds the SIM's certificate at its operator and asks for a signature over our challenge: a request appears on the telephone. */
export async function startSimLogIn(ctx: Ctx, input: { phone: string; returnTo: string; source: string }): Promise<SimStart> {
  const { node, now } = ctx
  const phoneKey = throttleKey(node, rules.send, `sim ${input.phone}`)
  const seconds = await countAttempt(ctx.db, throttleKey(node, rules.sendSource, input.source), rules.sendSource, now) || await countAttempt(ctx.db, phoneKey, rules.send, now)
  if (seconds > 0) return { kind: 'wait', seconds }
  const credential = await findSimCredential(node, input.phone)
  if (!credential) return { kind: credential === null ? 'no-sim' : 'unavailable' }
  const challenge = { id: newId(now.getTime()), nonce: randomToken() }
  const handle = await askForApproval(node, credential.credentialId, sha256(challengeText(node, challenge)), ctx.t('identity.certificate.sim.on_telephone', { node: node.config.name[ctx.lang] }))
  if (handle === undefined || handle === 'blocked') return { kind: handle ?? 'unavailable' }
  const { token } = await transact(ctx, (tx) => insertLogIn(tx, {
    ...challenge, road: 'sim', audience: 'person', returnTo: input.returnTo, lang: ctx.lang, operatorHandle: handle, operatorCredential: credential.credentialId, certificate: credential.certificate, now,
  }))
  return { kind: 'open', token }
}

/** Asks the operator what the person answered; once he confirmed, fetches the signature and verifies it ourselves. */
export async function followSimLogIn(ctx: Ctx, input: { stepToken: string | undefined; source: string }): Promise<SimProgress> {
  const { node, now } = ctx
  const logIn = await findLogIn(ctx.db, input.stepToken, { road: 'sim', isProved: false }, now)
  if (!logIn?.operatorHandle) return { kind: 'expired' }
  const hash = sha256(challengeText(node, logIn))
  const approval = await checkApproval(node, logIn.operatorHandle)
  if (approval.kind === 'waiting') return { kind: 'waiting', code: verificationCode(hash) }
  if (approval.kind !== 'approved') return fail(ctx, approval.kind)
  // The page reloads itself and has a button: whoever comes second waits for the first.
  if (!(await claimHandle(ctx.db, logIn.id, logIn.operatorHandle))) return { kind: 'waiting', code: verificationCode(hash) }
  const signature = await signApproved(node, logIn.operatorCredential!, approval.activation, hash)
  if (!signature) return { kind: 'unavailable' }
  if (!isSigned(ctx, logIn, signature)) return fail(ctx, 'unreadable')
  await giveBack(ctx.db, throttleKey(node, rules.sendSource, input.source))
  return (await markProved(ctx.db, logIn.id, logIn.certificate!, now)) ? { kind: 'proved' } : { kind: 'expired' }
}

async function fail(ctx: Ctx, kind: 'refused' | 'blocked' | 'expired' | 'unavailable' | 'unreadable'): Promise<SimProgress> {
  if (kind !== 'unavailable') await transact(ctx, (tx) => appendEvent(tx, ctx, { type: 'identity.log_in_failed', subject: 'unknown', data: { reason: `sim-${kind}`, purpose: 'person' } }))
  return { kind }
}

/** The operator's word is not enough: the signature must be one of this certificate's key over this text. */
function isSigned(ctx: Ctx, logIn: CertificateLogIn, signature: Buffer): boolean {
  try {
    return verify('sha256', challengeText(ctx.node, logIn), new X509Certificate(logIn.certificate!).publicKey, signature)
  } catch {
    // No certificate, or no signature of that kind.
    return false
  }
}

/** Four digits, computed from the hash here and at the telephone: who compares them confirms his own request and not somebody else's. */
export const verificationCode = (hash: Buffer): string => String(createHash('sha256').update(hash).digest().readUInt16BE(30) % 10_000).padStart(4, '0')
