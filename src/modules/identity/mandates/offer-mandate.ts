import type { Person } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { appendEvent } from '../../ledger/index.ts'
import { countAttempt, throttleKey, type ThrottleRule } from '../access/throttle.ts'
import { findAccount, type Account } from '../citizens/account.store.ts'
import { errors } from '../identity.errors.ts'
import { newMandateId } from './acting.ts'
import { hasCapacity } from './capacity.ts'
import type { ActingRight, Mandate, Scope, Side } from './mandate.ts'
import { noticeBoth } from './mandate-notices.ts'
import { dayAfter, dayBegins, mandateRules, type MandateRules } from './mandate-rules.ts'
import { hasOpenTwin, insertMandate } from './mandates.store.ts'
import { listRepresented } from './organisations.store.ts'
import { termMistakes } from './term.ts'

/** What both kinds of offers say: for what, what, and from the first to the last day, 'YYYY-MM-DD'. */
export interface OfferedTerms { scope: Scope; rights: readonly ActingRight[]; from: string; to: string }

/** An offer between two persons, or of an organisation to one of its staff. */
export interface Offer extends OfferedTerms {
  kind: 'person' | 'staff'
  /** The side of the person who offers; for an organisation always 'represented'. */
  side: Side
  organisationId?: string
  /** The other person: id number and name must be those of the account that accepts. */
  idNumber: string
  fullName: string
  relation: string
}

export type OfferOutcome = { kind: 'offered'; mandateId: string } | { kind: 'invalid'; errors: FieldError[] } | { kind: 'wait'; seconds: number }

/** Offers name strangers by number: twenty an hour are enough for anybody's family or firm. */
export const offerRule: ThrottleRule = { name: 'mandate-offer', slowFrom: 99, limit: 21, window: 3600, block: 3600 }

/**
 * One side offers a mandate and has said its own word with it; the other accepts or refuses when logged in. Whether the other has an
 * account is not looked up: the answer is the same.
 * @throws ACCOUNT_NOT_FOUND, MANDATE_EXISTS, MANDATE_TOO_YOUNG, ORGANISATION_NOT_FOUND for an organisation that the person does not represent
 */
export async function offerMandate(ctx: Ctx, person: Person, offer: Offer): Promise<OfferOutcome> {
  const [account, rules] = await Promise.all([findAccount(ctx.db, person.id), mandateRules(ctx.db, ctx.now)])
  if (!account) throw errors.ACCOUNT_NOT_FOUND()
  const mistakes = termMistakes(offer, rules, ctx.now)
  if (offer.idNumber === account.idNumber) mistakes.push({ field: 'idNumber', key: 'identity.mandates.field.idNumber.own' })
  if (mistakes.length > 0) return { kind: 'invalid', errors: mistakes }
  if (!hasCapacity(rules, account.birthDate, offer.side, ctx.now)) throw errors.MANDATE_TOO_YOUNG()
  const seconds = await countAttempt(ctx.db, throttleKey(ctx.node, offerRule, person.id), offerRule, ctx.now)
  if (seconds > 0) return { kind: 'wait', seconds }
  return transact(ctx, async (tx) => {
    if (offer.kind === 'staff') await assertRepresents(tx, person, offer.organisationId)
    const mandate = draw(ctx, account, offer, rules)
    if (await hasOpenTwin(tx, mandate, ctx.now)) throw errors.MANDATE_EXISTS()
    await insertMandate(tx, mandate)
    await appendEvent(tx, ctx, { type: 'identity.mandate_offered', subject: mandate.id, data: { kind: mandate.kind, by: mandate.offeredBy } })
    await noticeBoth(tx, mandate.id, 'offered')
    return { kind: 'offered', mandateId: mandate.id }
  })
}

async function assertRepresents(tx: Tx, person: Person, organisationId: string | undefined): Promise<void> {
  if (!(await listRepresented(tx, person.id)).some((o) => o.id === organisationId && o.state === 'active')) throw errors.ORGANISATION_NOT_FOUND()
}

function draw(ctx: Ctx, account: Account, offer: Offer, rules: MandateRules): Mandate {
  const isActing = offer.side === 'acting'
  return {
    id: newMandateId(ctx.now), kind: offer.kind, actingAccountId: isActing ? account.id : null, representedAccountId: isActing || offer.kind === 'staff' ? null : account.id,
    organisationId: offer.kind === 'staff' ? offer.organisationId! : null, wardId: null, offeredBy: offer.side, offeredAccountId: account.id, invitedIdNumber: offer.idNumber, invitedName: offer.fullName, relation: offer.relation,
    scope: offer.scope.kind, scopeCodes: [...offer.scope.codes], rights: [...offer.rights], startsAt: dayBegins(offer.from), expiresAt: dayBegins(dayAfter(offer.to)), lapsesAt: new Date(ctx.now.getTime() + rules.offerDays * 86_400_000),
    state: 'offered', offeredAt: ctx.now, actingConfirmedAt: isActing ? ctx.now : null, representedConfirmedAt: isActing ? null : ctx.now, paper: null, endedAt: null,
  }
}
