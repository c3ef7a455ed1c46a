import { z } from 'zod'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { civilDate } from '../../../platform/i18n.ts'
import { newId } from '../../../platform/ids.ts'
import type { ServiceHandler } from '../../../platform/module.ts'
import { send } from '../../exchange/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import { errors } from '../catalogue.errors.ts'
import { limitKey, newReference, reportKinds, sealContact } from './report.ts'
import { countRecent } from './reports.store.ts'

export interface ReportInput { kind: string; code: string; words: string; contact: string; /** Of the browser; both only limit how often one reports. */ session: string; address: string }

const longestWords = 3000
const longestContact = 200
const hourMs = 3_600_000
/** Reports within an hour from one browser and from one address (an office, a village behind one address). */
export const limits = { session: 5, address: 40 }
export const reportService = 'catalogue.report'

/** Takes a report; gives its reference number, or what is wrong with the input. @throws TOO_MANY_REPORTS */
export async function makeReport(ctx: Ctx, input: ReportInput): Promise<string | FieldError[]> {
  const [procedure] = input.code === '' ? [] : await ctx.db<{ code: string; owner: string | null; name: string | null }[]>`SELECT code, owner_code AS owner, owner_name AS name FROM catalogue.procedure WHERE code = ${input.code}`
  const wrong = check(input, procedure !== undefined)
  if (wrong.length > 0) return wrong
  const keys = { session: limitKey(ctx.node, input.session), address: limitKey(ctx.node, `${civilDate(ctx.now)} ${input.address}`) }
  const recent = await countRecent(ctx.db, keys, new Date(ctx.now.getTime() - hourMs))
  if (recent.session >= limits.session || recent.address >= limits.address) throw errors.TOO_MANY_REPORTS()
  const id = newId()
  const reference = newReference(civilDate(ctx.now))
  const contact = input.contact === '' ? null : sealContact(ctx.node, id, input.contact)
  const { config } = ctx.node
  const isLocal = config.kind === 'local'
  const agency = ctx.actor.kind === 'officer' ? ctx.actor.agencyCode : null
  await transact(ctx, async (tx) => {
    await tx`
      INSERT INTO catalogue.report (id, reference, kind, procedure_code, owner_code, owner_name, words, reporter, reporter_agency, contact, sent_on, session_key, address_key, created_at)
      VALUES (${id}, ${reference}, ${input.kind}, ${procedure?.code ?? null}, ${procedure?.owner ?? null}, ${procedure?.name ?? null}, ${input.words}, ${agency ? 'agency' : 'citizen'}, ${agency}, ${contact}, ${isLocal}, ${keys.session}, ${keys.address}, ${ctx.now})`
    await appendEvent(tx, ctx, { type: 'catalogue.report_made', subject: id, data: { kind: input.kind, code: procedure?.code ?? null, owner: procedure?.owner ?? null } })
    // Procedures are written at the national node: who answers for them works there. The contact stays here.
    if (isLocal) await send(tx, ctx, { to: config.national.code, service: reportService, subject: id, payload: { id, reference, kind: input.kind, code: procedure?.code ?? null, words: input.words, agency, at: ctx.now.toISOString() } })
  })
  return reference
}

function check({ kind, code, words, contact }: ReportInput, known: boolean): FieldError[] {
  const wrong: FieldError[] = []
  if (!(reportKinds as readonly string[]).includes(kind)) wrong.push({ field: 'kind', key: 'catalogue.reports.chooseKind' })
  if (code === '' && kind !== 'missing' && wrong.length === 0) wrong.push({ field: 'code', key: 'catalogue.reports.codeRequired' })
  if (code !== '' && !known) wrong.push({ field: 'code', key: 'catalogue.reports.codeUnknown' })
  if (words.length < 10) wrong.push({ field: 'words', key: 'catalogue.reports.wordsRequired' })
  if (words.length > longestWords) wrong.push({ field: 'words', key: 'catalogue.reports.tooLong', params: { longest: longestWords } })
  if (contact !== '' && (contact.length > longestContact || !/^(\S+@\S+\.\S+|[\d\s.+()-]{8,20})$/.test(contact))) wrong.push({ field: 'contact', key: 'catalogue.reports.contactWrong' })
  return wrong
}

const messageSchema = z.object({ id: z.uuid(), reference: z.string().max(30), kind: z.enum(reportKinds), code: z.string().max(60).nullable(), words: z.string().min(1).max(longestWords), agency: z.string().max(60).nullable(), at: z.iso.datetime() })

/** At the national node: a report that was made at another. */
export const receiveReport: ServiceHandler = async (tx, ctx, message) => {
  const parsed = messageSchema.safeParse(message.payload)
  if (!parsed.success) throw errors.REPORT_UNREADABLE()
  const { id, reference, kind, code, words, agency, at } = parsed.data
  await tx`
    INSERT INTO catalogue.report (id, reference, kind, procedure_code, owner_code, owner_name, words, reporter, reporter_agency, from_node, created_at)
    SELECT ${id}, ${reference}, ${kind}, ${code}, p.owner_code, p.owner_name, ${words}, ${agency ? 'agency' : 'citizen'}, ${agency}, ${message.from}, ${at}
    FROM (SELECT 1) AS one LEFT JOIN catalogue.procedure p ON p.code = ${code} ON CONFLICT DO NOTHING`
  await appendEvent(tx, ctx, { type: 'catalogue.report_made', subject: id, data: { kind, code, from: message.from } })
}
