import { transact, type Ctx } from '../../../platform/ctx.ts'
import { enqueue } from '../../../platform/jobs.ts'
import { appendEvent } from '../../ledger/index.ts'
import { codeOf, openChallenge, useChallenge } from '../access/challenge.store.ts'
import { asPerson, openPersonSession } from '../access/open-person-session.ts'
import { countAttempt, forgive, giveBack, rules, throttleKey } from '../access/throttle.ts'
import { insertAccount } from '../citizens/account.store.ts'
import { askPopulationRegister } from '../citizens/population-register.client.ts'
import { sendCodeQueue } from '../citizens/send-code.ts'
import { sameText } from '../secrets.ts'
import { findLogIn, maxAttempts, setChallenge, takeLogInTry, useLogIn, type CertificateLogIn } from './certificate-log-in.store.ts'
import type { FinishingBrowser } from './finish-certificate-log-in.ts'
import { judgeCertificate } from './judge-certificate.ts'
import { proofOf } from './proof.ts'

/** A person whose key was proved and who has no account yet. */
export interface Newcomer { logIn: CertificateLogIn; idNumber: string; fullName: string; key: 'hardware' | 'software' }

export async function findNewcomer(ctx: Ctx, stepToken: string | undefined): Promise<Newcomer | undefined> {
  const logIn = await findLogIn(ctx.db, stepToken, { isProved: true }, ctx.now)
  if (!logIn?.certificate || logIn.audience !== 'person' || ctx.actor.kind === 'person') return undefined
  const verdict = await judgeCertificate(ctx.db, logIn.certificate, ctx.now)
  if (!verdict.ok || verdict.certificate.subject.kind !== 'person') return undefined
  return { logIn, idNumber: verdict.certificate.subject.idNumber, fullName: verdict.certificate.name, key: verdict.certificate.key }
}

export type NewcomerOutcome = { kind: 'sent' } | { kind: 'wait'; seconds: number } | { kind: 'mismatch' | 'unavailable' | 'not-allowed' | 'expired' }

/** Number and name stand in the certificate, the birth date is typed: only when the population register confirms the three is a code sent to the new telephone number. */
export async function startCertificateRegistration(ctx: Ctx, input: { stepToken: string | undefined; birthDate: string; phone: string; source: string }): Promise<NewcomerOutcome> {
  const { node, now } = ctx
  const newcomer = await findNewcomer(ctx, input.stepToken)
  if (!newcomer) return { kind: 'expired' }
  const { logIn, idNumber } = newcomer
  const seconds = await countAttempt(ctx.db, throttleKey(node, rules.registerSource, input.source), rules.registerSource, now)
    || await countAttempt(ctx.db, throttleKey(node, rules.registerPerson, idNumber), rules.registerPerson, now)
    || await countAttempt(ctx.db, throttleKey(node, rules.send, input.phone), rules.send, now)
  if (seconds > 0) return { kind: 'wait', seconds }
  const answer = await askPopulationRegister(node, { idNumber, fullName: newcomer.fullName, birthDate: input.birthDate })
  if (answer.kind !== 'match') return { kind: answer.kind }
  return transact(ctx, async (tx) => {
    const challenge = await openChallenge(tx, {
      purpose: 'register', returnTo: logIn.returnTo, lang: ctx.lang, now, throttleKey: throttleKey(node, rules.account, idNumber),
      applicant: { idNumber, fullName: answer.fullName, birthDate: input.birthDate, phone: input.phone },
    })
    await setChallenge(tx, logIn.id, challenge.id)
    await enqueue(tx, { queue: sendCodeQueue, payload: { challengeId: challenge.id } })
    return { kind: 'sent' }
  })
}

export type NewcomerCodeOutcome = { kind: 'logged-in'; token: string; returnTo: string } | { kind: 'wrong'; left: number } | { kind: 'wait'; seconds: number } | { kind: 'expired' }

/** The code from the telephone: opens the account and the session, with the strength that the certificate gives. */
export async function confirmCertificateRegistration(ctx: Ctx, input: FinishingBrowser & { code: string }): Promise<NewcomerCodeOutcome> {
  const { node, now } = ctx
  const newcomer = await findNewcomer(ctx, input.stepToken)
  if (!newcomer?.logIn.challengeId) return { kind: 'expired' }
  const { logIn, idNumber } = newcomer
  const accountKey = throttleKey(node, rules.account, idNumber)
  const sourceKey = throttleKey(node, rules.source, input.source)
  const seconds = await countAttempt(ctx.db, sourceKey, rules.source, now) || await countAttempt(ctx.db, accountKey, rules.account, now)
  if (seconds > 0) return { kind: 'wait', seconds }
  if (!(await takeLogInTry(ctx.db, logIn.id))) return { kind: 'expired' }
  if (!sameText(input.code.replace(/\s/g, ''), codeOf(node, logIn.challengeId!))) return { kind: 'wrong', left: maxAttempts - logIn.attempts - 1 }
  const outcome = await openAccount(ctx, newcomer, input)
  if (outcome.kind === 'logged-in') {
    await forgive(ctx.db, accountKey)
    for (const key of [sourceKey, throttleKey(node, rules.sendSource, input.source), throttleKey(node, rules.registerSource, input.source)]) await giveBack(ctx.db, key)
  }
  return outcome
}

async function openAccount(ctx: Ctx, { logIn, idNumber, key }: Newcomer, browser: FinishingBrowser): Promise<NewcomerCodeOutcome> {
  const { now } = ctx
  const proof = proofOf(logIn.road, key)
  return transact(ctx, async (tx) => {
    const [applicant] = await tx<{ fullName: string; birthDate: string; phone: string }[]>`
      SELECT applicant ->> 'fullName' AS "fullName", applicant ->> 'birthDate' AS "birthDate", applicant ->> 'phone' AS phone FROM identity.challenge WHERE id = ${logIn.challengeId} AND used_at IS NULL AND expires_at > ${now}`
    if (!applicant || !(await useChallenge(tx, logIn.challengeId!, now)) || !(await useLogIn(tx, logIn.id, now))) return { kind: 'expired' }
    const account = await insertAccount(tx, ctx.node.config.code, { idNumber, ...applicant, assurance: proof.assurance }, now)
    if (!account) return { kind: 'expired' }
    await appendEvent(tx, asPerson(ctx, { accountId: account.id, ...proof }, ''), { type: 'identity.account_registered', subject: account.id, data: { assurance: proof.assurance, checkedAgainst: 'population-register' } })
    const { token } = await openPersonSession(tx, ctx, { accountId: account.id, ...proof }, browser)
    return { kind: 'logged-in', token, returnTo: logIn.returnTo }
  })
}
