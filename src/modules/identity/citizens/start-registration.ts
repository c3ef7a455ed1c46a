import { transact, type Ctx } from '../../../platform/ctx.ts'
import { enqueue } from '../../../platform/jobs.ts'
import { openChallenge, type Applicant, type ChallengeWay } from '../access/challenge.store.ts'
import { countAttempt, rules, throttleKey } from '../access/throttle.ts'
import { findAccountByIdNumber } from './account.store.ts'
import { askPopulationRegister } from './population-register.client.ts'
import type { Registration } from './registration.form.ts'
import { sendCodeQueue } from './send-code.ts'

export type StartOutcome =
  | { kind: 'sent'; token: string }
  | { kind: 'wait'; seconds: number }
  | { kind: 'mismatch' | 'unavailable' | 'not-allowed' }

/**
 * First step of a registration: the statement is compared with the population register before anything is kept, then a code goes to the
 * phone. Who has an account already gets the same answer, and a message on the phone of that account instead of a code.
 */
export async function startRegistration(ctx: Ctx, input: { person: Registration; returnTo: string; source: string }): Promise<StartOutcome> {
  const { node } = ctx
  const { person } = input
  const seconds = await countRegistration(ctx, { source: input.source, number: person.idNumber, phone: person.phone })
  if (seconds > 0) return { kind: 'wait', seconds }
  const answer = await askPopulationRegister(node, person)
  if (answer.kind !== 'match') return { kind: answer.kind }
  return sendRegistrationCode(ctx, { way: 'phone', returnTo: input.returnTo, applicant: { ...person, fullName: answer.fullName } })
}

/** Counts a question to a register before it is asked: by source, by whom it is about, and by the phone that a code would go to. Seconds to wait, or 0. */
export async function countRegistration(ctx: Ctx, { source, number, phone }: { source: string; number: string; phone?: string }): Promise<number> {
  const { node, now } = ctx
  return await countAttempt(ctx.db, throttleKey(node, rules.registerSource, source), rules.registerSource, now)
    || await countAttempt(ctx.db, throttleKey(node, rules.registerPerson, number), rules.registerPerson, now)
    || (phone ? await countAttempt(ctx.db, throttleKey(node, rules.send, phone), rules.send, now) : 0)
}

/** The registers have confirmed the applicant: a code goes to his phone, or, where he has an account, word of it to the phone of that. */
export async function sendRegistrationCode(ctx: Ctx, { way, applicant, returnTo }: { way: ChallengeWay; applicant: Applicant & { idNumber: string }; returnTo: string }): Promise<{ kind: 'sent'; token: string }> {
  return transact(ctx, async (tx) => {
    const account = await findAccountByIdNumber(tx, applicant.idNumber)
    const challenge = await openChallenge(tx, {
      purpose: 'register', way, accountId: account?.id, returnTo, lang: ctx.lang, now: ctx.now,
      throttleKey: throttleKey(ctx.node, rules.account, applicant.idNumber), applicant,
    })
    await enqueue(tx, { queue: sendCodeQueue, payload: { challengeId: challenge.id } })
    return { kind: 'sent', token: challenge.token }
  })
}
