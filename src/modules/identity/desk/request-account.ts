import { transact } from '../../../platform/ctx.ts'
import { civilDate } from '../../../platform/i18n.ts'
import { newId, randomToken } from '../../../platform/ids.ts'
import { countAttempt, rules, throttleKey } from '../access/throttle.ts'
import { askPopulationRegister } from '../citizens/population-register.client.ts'
import type { Registration } from '../citizens/registration.form.ts'
import { appendEvent } from '../../ledger/index.ts'
import { findByLookUp, findOpenByNumber, giveUpForgotten, insertRequest, type ConsentKind } from './account-request.store.ts'
import type { OfficerCtx } from './look-up-person.ts'
import { sendConsentCode } from './send-consent-code.ts'

export type RequestOutcome =
  | { kind: 'asked'; requestId: string }
  | { kind: 'wait'; seconds: number }
  /** What the population register said, or that another agency of this node has asked for the same person. */
  | { kind: 'mismatch' | 'unavailable' | 'not-allowed' | 'elsewhere' }

/**
 * First step of an account on a person's behalf: the statement is compared with the population register, then the request waits for the
 * person's consent. A second one for the same person is the first. Nothing is sent anywhere before the person agreed.
 */
export async function requestAccount(ctx: OfficerCtx, input: { lookUpId: string; person: Registration; consent: ConsentKind }): Promise<RequestOutcome> {
  const { node, now, actor } = ctx
  const { person, consent } = input
  const asked = await findByLookUp(ctx.db, input.lookUpId)
  if (asked) return { kind: 'asked', requestId: asked }
  const standing = await findOpenByNumber(ctx.db, node, person.idNumber)
  if (standing && standing.updatedAt.getTime() > now.getTime() - 3_600_000) return standing.agencyCode === actor.agencyCode ? { kind: 'asked', requestId: standing.id } : { kind: 'elsewhere' }
  const seconds = await countAttempt(ctx.db, throttleKey(node, rules.registerPerson, person.idNumber), rules.registerPerson, now)
    || await countAttempt(ctx.db, throttleKey(node, rules.send, person.phone), rules.send, now)
  if (seconds > 0) return { kind: 'wait', seconds }
  const answer = await askPopulationRegister(node, person)
  if (answer.kind !== 'match') return { kind: answer.kind }
  return transact(ctx, async (tx): Promise<RequestOutcome> => {
    await giveUpForgotten(tx, node, person.idNumber, now)
    const id = newId(now.getTime())
    const added = await insertRequest(tx, node, { id, lookUpId: input.lookUpId, officerId: actor.id, agencyCode: actor.agencyCode, person: { ...person, fullName: answer.fullName }, consentKind: consent, consentNumber: newConsentNumber(actor.agencyCode, now) }, now)
    if (!added) {
      // Somebody was faster: the same page sent twice, or a second desk.
      const same = await findByLookUp(tx, input.lookUpId)
      if (same) return { kind: 'asked', requestId: same }
      const first = await findOpenByNumber(tx, node, person.idNumber)
      return first?.agencyCode === actor.agencyCode ? { kind: 'asked', requestId: first.id } : { kind: 'elsewhere' }
    }
    await appendEvent(tx, ctx, { type: 'identity.account_requested', subject: id, data: { agencyCode: actor.agencyCode, consent, lookUpId: input.lookUpId } })
    if (consent === 'screen') await sendConsentCode(tx, ctx, id)
    return { kind: 'asked', requestId: id }
  })
}

/** Số phiếu đồng ý: agency, day and six letters that nobody guesses; it is written on paper, so without letters that look alike. */
function newConsentNumber(agencyCode: string, now: Date): string {
  return `${agencyCode}-${civilDate(now).replaceAll('-', '').slice(2)}-${randomToken(24).toUpperCase().replace(/[^2-9A-HJ-NP-Z]/g, '').slice(0, 6).padEnd(6, '7')}`
}
