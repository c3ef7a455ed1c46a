import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { FieldError } from '../../../platform/errors.ts'
import type { Person } from '../../../platform/actor.ts'
import { enqueue } from '../../../platform/jobs.ts'
import { appendEvent } from '../../ledger/index.ts'
import { openChallenge } from '../access/challenge.store.ts'
import { countAttempt, rules, throttleKey } from '../access/throttle.ts'
import { findAccount, setEmail } from './account.store.ts'
import { cleanEmail, cleanPhone } from './person-fields.ts'
import { sendCodeQueue } from './send-code.ts'

export type ContactOutcome =
  | { kind: 'invalid'; errors: FieldError[] }
  | { kind: 'wait'; seconds: number }
  | { kind: 'saved' }
  /** A code went to the new number; the number counts once the code is confirmed. */
  | { kind: 'code-sent'; token: string }

/** Changes a person's own e-mail at once and phone after a code sent to the new number: the phone is the key to the account. */
export async function changeContact(ctx: Ctx & { actor: Person }, input: { phone: string; email: string; returnTo: string }): Promise<ContactOutcome> {
  const phone = cleanPhone(input.phone)
  const email = input.email ? cleanEmail(input.email) : null
  const errors: FieldError[] = []
  if (!phone) errors.push({ field: 'phone', key: input.phone ? 'identity.field.phone.invalid' : 'identity.field.phone.missing' })
  if (email === undefined) errors.push({ field: 'email', key: 'identity.field.email.invalid' })
  if (errors.length > 0) return { kind: 'invalid', errors }
  const { node, now, actor } = ctx
  const account = (await findAccount(ctx.db, actor.id))!
  const isNewPhone = phone !== account.phone
  const seconds = isNewPhone ? await countAttempt(ctx.db, throttleKey(node, rules.send, phone!), rules.send, now) : 0
  if (seconds > 0) return { kind: 'wait', seconds }
  return transact(ctx, async (tx) => {
    if (email !== account.email) {
      await setEmail(tx, actor.id, email ?? null, now)
      await appendEvent(tx, ctx, { type: 'identity.contact_changed', subject: actor.id, data: { what: 'email' } })
    }
    if (!isNewPhone) return { kind: 'saved' }
    const challenge = await openChallenge(tx, { purpose: 'change-phone', accountId: actor.id, applicant: { phone: phone! }, throttleKey: throttleKey(node, rules.account, account.idNumber), returnTo: input.returnTo, lang: ctx.lang, now })
    await enqueue(tx, { queue: sendCodeQueue, payload: { challengeId: challenge.id } })
    return { kind: 'code-sent', token: challenge.token }
  })
}
