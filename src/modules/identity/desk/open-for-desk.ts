import { z } from 'zod'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import type { InboundMessage } from '../../../platform/module.ts'
import { send } from '../../exchange/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import { sendSms } from '../../notifications/index.ts'
import { agencyName, findAgency, nodeOfAgency } from '../../organisations/index.ts'
import { findAccountByIdNumber, insertAccount, subjectForNode, type Account } from '../citizens/account.store.ts'
import { errors } from '../identity.errors.ts'
import { idNumberAgrees } from '../../numbers/index.ts'
import { objectionCodeOf, objectionHash } from './objection-code.ts'
import { sameName } from './same-name.ts'

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
const deskRequest = z.object({
  person: z.object({ idNumber: z.string().regex(/^\d{12}$/), fullName: z.string().min(2).max(100), birthDate: day, phone: z.string().regex(/^0[35789]\d{8}$/), email: z.string().max(254).nullable() }),
  agencyCode: z.string().max(40),
  officer: z.string().regex(/^officer:[0-9a-f-]{36}$/),
  consent: z.object({ kind: z.enum(['screen', 'paper']), number: z.string().min(1).max(60) }),
})
export type DeskRequest = z.infer<typeof deskRequest>

export const answerService = 'identity.account-answer'
export const deskAnswer = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.enum(['opened', 'existing']), person: deskRequest.shape.person.extend({ subject: z.string().min(1).max(100), assurance: z.union([z.literal(1), z.literal(2), z.literal(3)]) }) }),
  /** 'differs': the number has an account of another name or birth date, about which nothing is told. */
  z.object({ outcome: z.literal('refused'), reason: z.enum(['differs', 'locked']) }),
])
export type DeskAnswer = z.infer<typeof deskAnswer>

/** At the national node: a desk of another node asks for an account (service identity.account-request); the answer goes back the same way. @throws NOT_FROM_ITS_NODE */
export async function receiveDeskRequest(tx: Tx, ctx: Ctx, message: InboundMessage): Promise<void> {
  const asked = deskRequest.parse(message.payload)
  if (ctx.node.config.kind !== 'national' || nodeOfAgency(asked.agencyCode) !== message.from) throw errors.NOT_FROM_ITS_NODE()
  const answer = await openForDesk(tx, ctx, { id: message.subject, from: message.from, asked })
  await send(tx, ctx, { to: message.from, service: answerService, subject: message.subject, payload: answer, key: `${answerService}:${message.subject}` })
}

/**
 * Opens the account at the national node on a person's behalf, or finds the one that is there: nothing of it is changed then. Either way
 * the person is told on the telephone of the account, with the way to object. Whether the person is who the card says was seen at the desk
 * and compared with the population register there; a telephone that was proved on screen counts as the second factor, one on paper not yet.
 */
export async function openForDesk(tx: Tx, ctx: Ctx, { id, from, asked }: { id: string; from: string; asked: DeskRequest }): Promise<DeskAnswer> {
  const { person, consent } = asked
  if (!idNumberAgrees(person.idNumber, person)) return { outcome: 'refused', reason: 'differs' }
  const opened = await insertAccount(tx, ctx.node.config.code, { ...person, assurance: consent.kind === 'screen' ? 2 : 1 }, ctx.now)
  const account = opened ?? (await findAccountByIdNumber(tx, person.idNumber))!
  if (!opened && (!sameName(account.fullName, person.fullName) || account.birthDate !== person.birthDate)) return { outcome: 'refused', reason: 'differs' }
  if (account.state !== 'active') return { outcome: 'refused', reason: 'locked' }
  const outcome = opened ? 'opened' : 'existing'
  await tx`
    INSERT INTO identity.account_opening (id, account_id, outcome, channel, node_code, agency_code, officer, consent_kind, consent_number, objection_hash, at)
    VALUES (${id}, ${account.id}, ${outcome}, 'assisted', ${from}, ${asked.agencyCode}, ${asked.officer}, ${consent.kind}, ${consent.number}, ${objectionHash(ctx.node, objectionCodeOf(ctx.node, id))}, ${ctx.now})`
  // Each account has its vault, which follows this event.
  const facts = { channel: 'assisted', nodeCode: from, agencyCode: asked.agencyCode, officer: asked.officer, consent: consent.kind, consentNumber: consent.number, requestId: id }
  if (opened) await appendEvent(tx, ctx, { type: 'identity.account_registered', subject: account.id, data: { assurance: account.assurance, checkedAgainst: 'population-register', ...facts } })
  else await appendEvent(tx, ctx, { type: 'identity.account_found_for_desk', subject: account.id, data: facts })
  await tellPerson(tx, ctx, { id, account, outcome, agencyCode: asked.agencyCode })
  const { idNumber, fullName, birthDate, phone, email, assurance } = account
  return { outcome, person: { subject: from === ctx.node.config.code ? account.subject : await subjectForNode(tx, account.id, from), idNumber, fullName, birthDate, phone, email, assurance } }
}

async function tellPerson(tx: Tx, ctx: Ctx, { id, account, outcome, agencyCode }: { id: string; account: Account; outcome: 'opened' | 'existing'; agencyCode: string }): Promise<void> {
  const agency = await findAgency(tx, agencyCode, ctx.now)
  await sendSms(tx, ctx, {
    to: account.phone, lang: 'vi', key: `identity.account-opening:${id}`, textKey: `identity.desk.sms.${outcome}`,
    params: { agency: agency ? agencyName(agency, 'vi') : agencyCode, code: objectionCodeOf(ctx.node, id), address: `${ctx.node.config.national.baseUrl}/phan-doi-mo-tai-khoan` },
  })
}
