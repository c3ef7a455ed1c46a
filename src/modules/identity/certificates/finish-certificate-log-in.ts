import type { Person } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { appendEvent } from '../../ledger/index.ts'
import { openPersonSession } from '../access/open-person-session.ts'
import { countAttempt, giveBack, rules, throttleKey } from '../access/throttle.ts'
import { findAccountByIdNumber, mayLogIn } from '../citizens/account.store.ts'
import { hearAbout, openByCertificate, type PresentedOrganisation } from '../mandates/open-by-certificate.ts'
import { openOfficerSession } from '../officers/open-officer-session.ts'
import { isWayOpen } from '../ways/log-in-ways.ts'
import { findLogIn, useLogIn, type CertificateLogIn } from './certificate-log-in.store.ts'
import { judgeCertificate, type CertificateFault, type JudgedCertificate } from './judge-certificate.ts'
import { officerOfCertificate } from './officer-certificate.store.ts'
import { proofOf } from './proof.ts'

/** Why a proved certificate does not let its holder in, beside what is wrong with the certificate itself. */
export type LogInFault = CertificateFault | 'organisation' | 'agency-holder' | 'not-representative' | 'closed' | 'other-account' | 'locked' | 'not-bound'
export type FinishOutcome =
  | { kind: 'logged-in'; token: string; returnTo: string }
  /** A person without an account: his telephone is asked for next. */
  | { kind: 'new-person' }
  /** The person stays logged in; the organisation is his to act for. */
  | { kind: 'organisation'; organisationId: string }
  | { kind: 'refused'; fault: LogInFault }
  | { kind: 'wait'; seconds: number }
  | { kind: 'expired' }

export interface FinishingBrowser { stepToken: string | undefined; source: string; device: string; oldSession: string | undefined }

/** The end of every road: judges the certificate whose key was proved, finds whose it is, opens the session. */
export async function finishCertificateLogIn(ctx: Ctx, browser: FinishingBrowser): Promise<FinishOutcome> {
  const { node, now } = ctx
  const logIn = await findLogIn(ctx.db, browser.stepToken, { isProved: true }, now)
  if (!logIn?.certificate) return { kind: 'expired' }
  const sourceKey = throttleKey(node, rules.source, browser.source)
  const seconds = await countAttempt(ctx.db, sourceKey, rules.source, now)
  if (seconds > 0) return { kind: 'wait', seconds }
  const verdict = await judgeCertificate(ctx.db, logIn.certificate, now)
  const presented = verdict.ok && logIn.audience === 'person' && ctx.actor.kind === 'person' && verdict.certificate.subject.kind === 'organisation' ? await hearAbout(ctx, { taxCode: verdict.certificate.subject.taxCode, name: verdict.certificate.name }) : undefined
  const outcome = await transact(ctx, (tx) => (!verdict.ok ? refuse(tx, ctx, logIn, verdict.reason) : presented ? openFor(tx, ctx, logIn, presented) : letIn(tx, ctx, logIn, verdict.certificate, browser)))
  if (outcome.kind !== 'refused') {
    await giveBack(ctx.db, sourceKey)
    await giveBack(ctx.db, throttleKey(node, rules.sendSource, browser.source))
  }
  return outcome
}

/** A refusal ends the attempt: the next one begins anew, with another certificate. */
async function refuse(tx: Tx, ctx: Ctx, logIn: CertificateLogIn, fault: LogInFault): Promise<FinishOutcome> {
  if (!(await useLogIn(tx, logIn.id, ctx.now))) return { kind: 'expired' }
  await appendEvent(tx, ctx, { type: 'identity.log_in_failed', subject: 'unknown', data: { reason: `certificate-${fault}`, purpose: logIn.audience } })
  return { kind: 'refused', fault }
}

/** The session stays what it is: an organisation's token says nothing more about the person. */
async function openFor(tx: Tx, ctx: Ctx, logIn: CertificateLogIn, presented: PresentedOrganisation): Promise<FinishOutcome> {
  if (!(await isWayOpen(tx, logIn.road === 'sim' ? 'sim' : 'token', 'organisation', ctx.now))) return refuse(tx, ctx, logIn, 'closed')
  const organisationId = await openByCertificate(tx, ctx, ctx.actor as Person, presented)
  if (!organisationId) return refuse(tx, ctx, logIn, 'not-representative')
  return (await useLogIn(tx, logIn.id, ctx.now)) ? { kind: 'organisation', organisationId } : { kind: 'expired' }
}

async function letIn(tx: Tx, ctx: Ctx, logIn: CertificateLogIn, certificate: JudgedCertificate, browser: FinishingBrowser): Promise<FinishOutcome> {
  if (logIn.audience === 'officer') return letOfficerIn(tx, ctx, logIn, certificate, browser)
  const { subject } = certificate
  if (subject.kind !== 'person') return refuse(tx, ctx, logIn, subject.kind === 'agency' ? 'agency-holder' : subject.kind)
  // The road may stand open for organisations alone.
  if (!(await isWayOpen(tx, logIn.road === 'sim' ? 'sim' : 'token', 'person', ctx.now))) return refuse(tx, ctx, logIn, 'closed')
  const account = await findAccountByIdNumber(tx, subject.idNumber)
  // Who is logged in and proves himself more strongly stays the same person.
  if (ctx.actor.kind === 'person' && ctx.actor.id !== account?.id) return refuse(tx, ctx, logIn, 'other-account')
  if (!account) return { kind: 'new-person' }
  if (!mayLogIn(account)) return refuse(tx, ctx, logIn, 'locked')
  if (!(await useLogIn(tx, logIn.id, ctx.now))) return { kind: 'expired' }
  const proof = proofOf(logIn.road, certificate.key)
  await tx`UPDATE identity.account SET assurance = ${proof.assurance}, updated_at = ${ctx.now} WHERE id = ${account.id} AND assurance < ${proof.assurance}`
  const { token } = await openPersonSession(tx, ctx, { accountId: account.id, ...proof }, browser)
  return { kind: 'logged-in', token, returnTo: logIn.returnTo }
}

async function letOfficerIn(tx: Tx, ctx: Ctx, logIn: CertificateLogIn, certificate: JudgedCertificate, browser: FinishingBrowser): Promise<FinishOutcome> {
  const officerId = certificate.subject.kind === 'agency' ? await officerOfCertificate(tx, certificate.fingerprint) : undefined
  if (!officerId) return refuse(tx, ctx, logIn, 'not-bound')
  if (!(await useLogIn(tx, logIn.id, ctx.now))) return { kind: 'expired' }
  const proof = proofOf(logIn.road, certificate.key)
  const { token, landing } = await openOfficerSession(tx, ctx, { officerId, ...proof }, browser)
  return { kind: 'logged-in', token, returnTo: logIn.returnTo || landing }
}
