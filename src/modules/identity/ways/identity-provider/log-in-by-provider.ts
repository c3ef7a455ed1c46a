import { transact, type Ctx } from '../../../../platform/ctx.ts'
import type { Tx } from '../../../../platform/db.ts'
import { appendEvent } from '../../../ledger/index.ts'
import { asPerson, openPersonSession } from '../../access/open-person-session.ts'
import { countAttempt, giveBack, rules, throttleKey } from '../../access/throttle.ts'
import { findAccountByIdNumber, insertAccount, mayLogIn, raiseAssurance, setName, setPhone, type Account } from '../../citizens/account.store.ts'
import { ageOn } from '../../citizens/person-fields.ts'
import { askPopulationRegister } from '../../citizens/population-register.client.ts'
import { youngestAge } from '../../citizens/registration.form.ts'
import { countRegistration, sendRegistrationCode } from '../../citizens/start-registration.ts'
import { errors } from '../../identity.errors.ts'
import { recogniseOrganisation } from '../../mandates/recognise-organisation.ts'
import { externalOf, findAccountByExternal, linkExternal } from '../external-identifier.store.ts'
import { isWayOpen } from '../log-in-ways.ts'
import { readClaims, type IdentifiedPerson } from './provider-claims.ts'
import type { ProviderAnswer } from './provider-journey.ts'
import { worthOf, type Worth } from './provider-levels.ts'

export type ProviderOutcome =
  | { kind: 'logged-in'; token: string }
  | { kind: 'wait'; seconds: number }
  /** Something that the account needs is missing or not understood. */
  | { kind: 'incomplete' | 'unknown_level' | 'too_weak' | 'level_not_reached' | 'too_young' }
  /** The population register says another thing, that the person has died, or nothing. */
  | { kind: 'mismatch' | 'not_allowed' | 'register_unavailable' }
  /** The account is locked or closed; the identity is linked to an account of another person; who came back is another than who is logged in; organisations may not log in on this day. */
  | { kind: 'account_locked' | 'conflict' | 'other_person' | 'organisation_closed' }
  /** A first log-in of somebody who shares no telephone: it is asked for. */
  | { kind: 'phone-needed'; person: { idNumber: string; fullName: string; birthDate: string; techId: string } }

export interface ProviderLogIn { answer: ProviderAnswer; source: string; device: string; oldSession: string | undefined }

/**
 * Ends a log-in by electronic identity: the claims are read, weighed and, where an account is new or its owner's data have changed, compared
 * with the population register; then the account is found by TechID, by id number, or made.
 */
export async function logInByProvider(ctx: Ctx, input: ProviderLogIn): Promise<ProviderOutcome> {
  const { node, now } = ctx
  const sourceKey = throttleKey(node, rules.source, input.source)
  const seconds = await countAttempt(ctx.db, sourceKey, rules.source, now)
  if (seconds > 0) return { kind: 'wait', seconds }
  const outcome = await judge(ctx, input)
  if (outcome.kind === 'logged-in' || outcome.kind === 'phone-needed') await giveBack(ctx.db, sourceKey)
  return outcome
}

async function judge(ctx: Ctx, input: ProviderLogIn): Promise<ProviderOutcome> {
  const { answer } = input
  const person = readClaims(answer.about, answer.acr)
  if (!person) return { kind: 'incomplete' }
  const worth = await worthOf(ctx.db, person.levels, person.identityLevel, ctx.now)
  if (!worth) return { kind: 'unknown_level' }
  if (worth.assurance < 2) return { kind: 'too_weak' }
  if (worth.assurance < answer.level) return { kind: 'level_not_reached' }
  if (ageOn(person.birthDate, ctx.now) < youngestAge) return { kind: 'too_young' }
  if (person.organisation && !(await isWayOpen(ctx.db, 'identity-provider', 'organisation', ctx.now))) return { kind: 'organisation_closed' }
  const found = await findAccount(ctx, person)
  if (found === 'conflict') return { kind: 'conflict' }
  if (ctx.actor.kind === 'person' && ctx.actor.id !== found?.id) return { kind: 'other_person' }
  if (found && !mayLogIn(found)) return { kind: 'account_locked' }
  const fullName = found && isAsKnown(found, person) ? found.fullName : await confirmedName(ctx, person, input.source)
  if (typeof fullName === 'object') return fullName
  const { idNumber, birthDate, techId } = person
  if (!found && !person.phone) return { kind: 'phone-needed', person: { idNumber, fullName, birthDate, techId } }
  return transact(ctx, (tx) => finish(tx, ctx, { ...person, fullName }, worth, input))
}

/** By TechID, else by id number. One TechID with another id number than before is nobody's account until an officer has looked. */
async function findAccount(ctx: Ctx, person: IdentifiedPerson): Promise<Account | 'conflict' | undefined> {
  const byTechId = await findAccountByExternal(ctx.db, 'identity-provider', person.techId)
  if (byTechId && byTechId.idNumber !== person.idNumber) return 'conflict'
  return byTechId ?? findAccountByIdNumber(ctx.db, person.idNumber)
}

const isAsKnown = (account: Account, person: IdentifiedPerson): boolean => account.fullName === person.fullName && account.birthDate === person.birthDate

/** The name as the population register writes it, or why there is none. */
async function confirmedName(ctx: Ctx, person: IdentifiedPerson, source: string): Promise<string | ProviderOutcome> {
  const seconds = await countRegistration(ctx, { source, number: person.idNumber })
  if (seconds > 0) return { kind: 'wait', seconds }
  const answer = await askPopulationRegister(ctx.node, person)
  if (answer.kind === 'match') {
    await giveBack(ctx.db, throttleKey(ctx.node, rules.registerSource, source))
    return answer.fullName
  }
  return { kind: answer.kind === 'unavailable' ? 'register_unavailable' : answer.kind === 'not-allowed' ? 'not_allowed' : 'mismatch' }
}

async function finish(tx: Tx, ctx: Ctx, person: IdentifiedPerson, { assurance, methods }: Worth, input: ProviderLogIn): Promise<ProviderOutcome> {
  // Two first log-ins at the same moment: the second waits here for the first, and then finds its account.
  const made = person.phone ? await insertAccount(tx, ctx.node.config.code, { ...person, phone: person.phone, assurance }, ctx.now) : undefined
  const account = made ?? (await findAccountByIdNumber(tx, person.idNumber))!
  const own = asPerson(ctx, { accountId: account.id, assurance, methods }, '')
  if (made) await appendEvent(tx, own, { type: 'identity.account_registered', subject: account.id, data: { assurance, way: 'identity-provider', checkedAgainst: 'population-register' } })
  else await followSource(tx, own, account, person)
  if (!(await linkExternal(tx, { scheme: 'identity-provider', value: person.techId, accountId: account.id, sourcePhone: person.phone, now: ctx.now }))) throw errors.IDENTITY_LINKED_ELSEWHERE()
  if (assurance > account.assurance) await raiseAssurance(tx, account.id, assurance, ctx.now)
  if (person.organisation) await recogniseOrganisation(tx, own, { ...person.organisation, representativeAccountId: account.id })
  const { token } = await openPersonSession(tx, ctx, { accountId: account.id, assurance, methods, way: 'identity-provider' }, input)
  return { kind: 'logged-in', token }
}

/** Name and birth date follow the register that confirmed them; the telephone only where the source tells another one than it told before. */
async function followSource(tx: Tx, own: Ctx, account: Account, person: IdentifiedPerson): Promise<void> {
  if (!isAsKnown(account, person)) {
    await setName(tx, account.id, { fullName: person.fullName, birthDate: person.birthDate }, own.now)
    await appendEvent(tx, own, { type: 'identity.person_data_updated', subject: account.id, data: { from: 'population-register' } })
  }
  const before = await externalOf(tx, 'identity-provider', account.id)
  if (!before?.sourcePhone || !person.phone || before.sourcePhone === person.phone || account.phone === person.phone) return
  await setPhone(tx, account.id, person.phone, own.now)
  await appendEvent(tx, own, { type: 'identity.contact_changed', subject: account.id, data: { what: 'phone', from: 'identity-provider' } })
}

/** The telephone of a first log-in whose source shares none: a code goes to it, and the account exists once that is confirmed. */
export async function confirmProviderPhone(ctx: Ctx, input: { person: { idNumber: string; fullName: string; birthDate: string; techId: string }; phone: string; returnTo: string }): Promise<{ kind: 'sent'; token: string } | { kind: 'wait'; seconds: number }> {
  const seconds = await countAttempt(ctx.db, throttleKey(ctx.node, rules.send, input.phone), rules.send, ctx.now)
  if (seconds > 0) return { kind: 'wait', seconds }
  return sendRegistrationCode(ctx, { way: 'identity-provider', returnTo: input.returnTo, applicant: { ...input.person, phone: input.phone } })
}
