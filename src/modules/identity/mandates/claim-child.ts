import type { Person } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { appendEvent } from '../../ledger/index.ts'
import { countAttempt, throttleKey, type ThrottleRule } from '../access/throttle.ts'
import { findAccount, type Account } from '../citizens/account.store.ts'
import { ageOn } from '../citizens/person-fields.ts'
import { askPopulationRegister } from '../citizens/population-register.client.ts'
import { errors } from '../identity.errors.ts'
import { newMandateId } from './acting.ts'
import type { Mandate } from './mandate.ts'
import { noticeBoth } from './mandate-notices.ts'
import { childTermEnd, dayBegins, mandateRules, type MandateRules } from './mandate-rules.ts'
import { hasOpenTwin, insertMandate, keepWard, type Ward } from './mandates.store.ts'
import type { OfferedTerms } from './offer-mandate.ts'
import { termMistakes } from './term.ts'

export interface ChildClaim extends OfferedTerms { idNumber: string; fullName: string; birthDate: string; relation: string }

export type ClaimOutcome =
  | { kind: 'accepted' | 'awaiting-paper'; mandateId: string }
  | { kind: 'invalid'; errors: FieldError[] }
  | { kind: 'wait'; seconds: number }
  | { kind: 'mismatch' | 'unavailable' }

export const claimRule: ThrottleRule = { name: 'mandate-child', slowFrom: 99, limit: 11, window: 3600, block: 3600 }

/**
 * A parent or guardian will act for a minor (Civil Code 2015, art. 21, 136). Number, name and birth date are compared with the population
 * register; where it names this parent, the mandate is in force at once: a minor is not asked. Otherwise an officer has to see a paper
 * first. It ends on the day of majority at the latest.
 * @throws ACCOUNT_NOT_FOUND, MANDATE_EXISTS, MANDATE_TOO_YOUNG
 */
export async function claimChild(ctx: Ctx, person: Person, claim: ChildClaim): Promise<ClaimOutcome> {
  const [account, rules] = await Promise.all([findAccount(ctx.db, person.id), mandateRules(ctx.db, ctx.now)])
  if (!account) throw errors.ACCOUNT_NOT_FOUND()
  const mistakes = termMistakes(claim, rules, ctx.now)
  if (ageOn(claim.birthDate, ctx.now) >= rules.adultAge) mistakes.push({ field: 'birthDate', key: 'identity.mandates.field.birthDate.adult', params: { age: rules.adultAge } })
  if (mistakes.length > 0) return { kind: 'invalid', errors: mistakes }
  // Parents under age are represented themselves; a guardian is of age (art. 49).
  if (ageOn(account.birthDate, ctx.now) < rules.adultAge) throw errors.MANDATE_TOO_YOUNG()
  const seconds = await countAttempt(ctx.db, throttleKey(ctx.node, claimRule, person.id), claimRule, ctx.now)
  if (seconds > 0) return { kind: 'wait', seconds }
  const answer = await askPopulationRegister(ctx.node, claim)
  if (answer.kind === 'unavailable') return { kind: 'unavailable' }
  if (answer.kind !== 'match') return { kind: 'mismatch' }
  const isKnownParent = claim.relation !== 'guardian' && answer.parents.includes(account.idNumber)
  return transact(ctx, async (tx) => {
    const ward = await keepWard(tx, { id: newMandateId(ctx.now), idNumber: claim.idNumber, fullName: answer.fullName, birthDate: claim.birthDate }, ctx.now)
    const mandate = draw(ctx, account, ward, claim, rules, isKnownParent)
    if (await hasOpenTwin(tx, mandate, ctx.now)) throw errors.MANDATE_EXISTS()
    await insertMandate(tx, mandate)
    await appendEvent(tx, ctx, { type: 'identity.mandate_offered', subject: mandate.id, data: { kind: 'child', by: 'acting' } })
    if (isKnownParent) await appendEvent(tx, ctx, { type: 'identity.mandate_accepted', subject: mandate.id, data: { kind: 'child', by: 'population-register' } })
    await noticeBoth(tx, mandate.id, isKnownParent ? 'accepted' : 'offered')
    return { kind: isKnownParent ? 'accepted' : 'awaiting-paper', mandateId: mandate.id }
  })
}

function draw(ctx: Ctx, account: Account, ward: Ward, claim: ChildClaim, rules: MandateRules, isKnownParent: boolean): Mandate {
  return {
    id: newMandateId(ctx.now), kind: 'child', actingAccountId: account.id, representedAccountId: null, organisationId: null, wardId: ward.id, offeredBy: 'acting', offeredAccountId: account.id, invitedIdNumber: null, invitedName: null,
    relation: claim.relation, scope: claim.scope.kind, scopeCodes: [...claim.scope.codes], rights: [...claim.rights], startsAt: dayBegins(claim.from), expiresAt: childTermEnd(claim.to, ward.birthDate, rules),
    lapsesAt: new Date(ctx.now.getTime() + rules.offerDays * 86_400_000), state: isKnownParent ? 'accepted' : 'awaiting-paper', offeredAt: ctx.now, actingConfirmedAt: ctx.now, representedConfirmedAt: null, paper: null, endedAt: null,
  }
}
