import { transact } from '../../../platform/ctx.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { civilDate } from '../../../platform/i18n.ts'
import { newId } from '../../../platform/ids.ts'
import type { Applicant } from '../../forms/index.ts'
import { accountContact, lookUpPerson, readQuery, type LookUpOutcome, type OfficerCtx, type Query } from '../../identity/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import { mayStandIn } from '../postal/delegation.ts'
import { insertVisit, type Visit } from './reception.store.ts'

export interface NewVisit {
  channel: string
  /** Id number, text of the card's QR code, or personal code. */
  query: string
  /** Dates of a letter, 'YYYY-MM-DD'; undefined where they are none. */
  postedOn: string | undefined
  arrivedOn: string | undefined
}

/**
 * Takes in a person, or a letter: looks up who it is ("kiểm tra danh tính", before anything is received) and opens the visit in which dossiers are filed for that one
 * person. The look-up is written down with its purpose and seen by the person.
 */
export async function startVisit(ctx: OfficerCtx, input: NewVisit): Promise<{ visitId: string } | { errors: FieldError[] }> {
  if (!(await mayStandIn(ctx, 'receive'))) return { errors: [{ field: 'channel', key: 'dossiers.error.NOT_DELEGATED' }] }
  const { channel } = input
  const read = readQuery(input.query)
  const wrong: FieldError[] = [
    ...(isChannel(channel) ? [] : [{ field: 'channel', key: 'dossiers.reception.channelMissing' }]),
    ...(channel === 'post' ? checkDates(input, civilDate(ctx.now)) : []),
    ...(!read.ok ? [{ field: 'query', key: `identity.desk.query.${read.reason}` }] : read.query.kind === 'tax-code' ? [{ field: 'query', key: 'dossiers.reception.notAPerson' }] : []),
  ]
  if (wrong.length > 0 || !read.ok || !isChannel(channel)) return { errors: wrong }
  const found = await lookUpPerson(ctx, { query: read.query, purpose: { reason: 'filing' }, way: 'page' })
  if (found.kind === 'wait') return { errors: [{ field: 'query', key: found.seconds < 90 ? 'identity.wait.seconds' : 'identity.wait.minutes', params: { count: found.seconds < 90 ? found.seconds : Math.ceil(found.seconds / 60) } }] }
  if (found.kind === 'code-expired') return { errors: [{ field: 'query', key: 'identity.desk.query.code_expired' }] }
  const isPost = channel === 'post'
  const visit: Omit<Visit, 'organisation'> = {
    id: newId(ctx.now.getTime()), channel, agencyCode: ctx.actor.agencyCode, officerId: ctx.actor.id, accountId: found.account?.id ?? null, ownerSubject: found.account?.subject ?? found.person?.subject ?? null,
    person: await knownOf(ctx, read.query, found), postedOn: isPost ? input.postedOn! : null, arrivedOn: isPost ? input.arrivedOn! : null, startedAt: ctx.now,
  }
  await transact(ctx, async (tx) => {
    await insertVisit(tx, visit)
    await appendEvent(tx, ctx, { type: 'reception.visit_opened', subject: visit.id, data: { agency: visit.agencyCode, channel } })
  })
  return { visitId: visit.id }
}

const isChannel = (channel: string): channel is Visit['channel'] => channel === 'desk' || channel === 'post' || channel === 'assisted'

function checkDates({ postedOn, arrivedOn }: NewVisit, today: string): FieldError[] {
  return [
    ...(!postedOn || postedOn > today ? [{ field: 'postedOn', key: 'dossiers.reception.postedOnWrong' }] : []),
    ...(!arrivedOn || arrivedOn > today || (postedOn && arrivedOn < postedOn) ? [{ field: 'arrivedOn', key: 'dossiers.reception.arrivedOnWrong' }] : []),
  ]
}

/** The card first: it lies before the officer. */
async function knownOf(ctx: OfficerCtx, query: Query, { account, person }: Extract<LookUpOutcome, { kind: 'done' }>): Promise<Partial<Applicant>> {
  const contact = account ? await accountContact(ctx.db, account.id) : undefined
  const reach = contact ? { phone: contact.phone, ...(contact.email ? { email: contact.email } : {}) } : {}
  if (query.kind === 'card') return { name: query.card.fullName, citizenId: query.card.idNumber, birthDate: query.card.birthDate, ...(query.card.sex ? { sex: query.card.sex } : {}), ...reach }
  if (contact) return { name: contact.fullName, citizenId: contact.idNumber, birthDate: contact.birthDate, ...reach }
  if (person) return { name: person.fullName, citizenId: person.idNumber, birthDate: person.birthDate }
  return query.kind === 'id-number' ? { citizenId: query.idNumber } : {}
}
