import { transact, type Ctx } from '../../../platform/ctx.ts'
import { enqueue } from '../../../platform/jobs.ts'
import { openChallenge } from '../access/challenge.store.ts'
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
  const { node, now } = ctx
  const { person } = input
  const personKey = throttleKey(node, rules.registerPerson, person.idNumber)
  const seconds = await countAttempt(ctx.db, throttleKey(node, rules.registerSource, input.source), rules.registerSource, now)
    || await countAttempt(ctx.db, personKey, rules.registerPerson, now)
    || await countAttempt(ctx.db, throttleKey(node, rules.send, person.phone), rules.send, now)
  if (seconds > 0) return { kind: 'wait', seconds }
  const answer = await askPopulationRegister(node, person)
  if (answer.kind !== 'match') return { kind: answer.kind }
  return transact(ctx, async (tx) => {
    const account = await findAccountByIdNumber(tx, person.idNumber)
    const challenge = await openChallenge(tx, {
      purpose: 'register', accountId: account?.id, returnTo: input.returnTo, lang: ctx.lang, now,
      throttleKey: throttleKey(node, rules.account, person.idNumber),
      applicant: { ...person, fullName: answer.fullName, email: person.email },
    })
    await enqueue(tx, { queue: sendCodeQueue, payload: { challengeId: challenge.id } })
    return { kind: 'sent', token: challenge.token }
  })
}
