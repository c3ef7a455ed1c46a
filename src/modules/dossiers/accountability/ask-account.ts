import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { civilDate } from '../../../platform/i18n.ts'
import { newId } from '../../../platform/ids.ts'
import { enqueue } from '../../../platform/jobs.ts'
import type { InboundMessage } from '../../../platform/module.ts'
import { calendarOf, closingOn, loadCalendar, type Calendar } from '../../calendar/index.ts'
import { send } from '../../exchange/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import { listTasks } from '../../process/index.ts'
import type { Dossier } from '../dossier.ts'
import { errors } from '../dossiers.errors.ts'
import { findDossier, lockDossier } from '../dossiers.store.ts'
import { assertMayAct, maySee } from '../on-behalf.ts'
import { accountabilityDays, insertAccountRequest, listAccountRequests } from './accountability.store.ts'
import { accountReminderQueue } from './remind-of-account.ts'

const longestText = 2000
const dayMs = 86_400_000

/**
 * The owner of a dossier, or who acts for the owner, asks the agency to account for its handling. One request at a time; it is answered within the days of the rule.
 * Returns what is wrong with the input. @throws NOT_FOUND, OUT_OF_MANDATE, ACCOUNT_ASKED
 */
export async function askAccount(ctx: Ctx, input: { dossierId: string; request: string }): Promise<FieldError[]> {
  const seen = await findDossier(ctx.db, input.dossierId)
  if (!seen || ctx.actor.kind !== 'person' || !(await maySee(ctx, ctx.actor, seen))) throw errors.NOT_FOUND()
  await assertMayAct(ctx, ctx.actor, seen)
  const request = input.request.trim()
  if (request === '') return [{ field: 'accountRequest', key: 'dossiers.accountability.missing' }]
  if ([...request].length > longestText) return [{ field: 'accountRequest', key: 'dossiers.desk.reasonTooLong', params: { max: longestText } }]
  const calendar = await loadCalendar(ctx.db)
  const id = newId(ctx.now.getTime())
  await transact(ctx, async (tx) => {
    if ((await listAccountRequests(tx, seen.id)).some((r) => !r.answeredAt)) throw errors.ACCOUNT_ASKED()
    if (seen.nodeCode === ctx.node.config.code) return keepRequest(tx, ctx, calendar, await lockDossier(tx, seen.id, ctx.node.config.code), { id, askingNode: seen.nodeCode, request, askedAt: ctx.now })
    await insertAccountRequest(tx, { id, dossierId: seen.id, askingNode: ctx.node.config.code, request, askedAt: ctx.now, dueAt: null, responsibleOfficer: null })
    await appendEvent(tx, ctx, { type: 'accountability.sent', subject: seen.id, data: { requestId: id, to: seen.nodeCode } })
    await send(tx, ctx, { to: seen.nodeCode, service: 'accountability.ask', subject: seen.id, payload: { id, request, askedAt: ctx.now.toISOString() } })
  })
  return []
}

/** The same, arriving from the node at which the person asked (service accountability.ask). @throws NOT_FOUND */
export async function receiveAccountRequest(tx: Tx, ctx: Ctx, message: InboundMessage): Promise<void> {
  const m = message.payload as { id: string; request: string; askedAt: string }
  const dossier = await lockDossier(tx, message.subject, ctx.node.config.code)
  if (dossier.originNode !== message.from && message.from !== ctx.node.config.national.code) throw errors.NOT_FOUND()
  // Asked at two nodes at once, it is one request.
  if ((await listAccountRequests(tx, dossier.id)).some((r) => !r.answeredAt)) return
  await keepRequest(tx, ctx, await loadCalendar(ctx.node.db, tx), dossier, { id: m.id, askingNode: message.from, request: m.request, askedAt: new Date(m.askedAt) })
}

async function keepRequest(tx: Tx, ctx: Ctx, calendar: Calendar, dossier: Dossier, r: { id: string; askingNode: string; request: string; askedAt: Date }): Promise<void> {
  const dueAt = dueOf(calendarOf(calendar, dossier.agencyCode), r.askedAt, await accountabilityDays(tx, r.askedAt))
  const responsibleOfficer = await responsibleFor(tx, dossier.id)
  await insertAccountRequest(tx, { ...r, dossierId: dossier.id, dueAt, responsibleOfficer })
  await enqueue(tx, { queue: accountReminderQueue, key: r.id, payload: { requestId: r.id }, runAt: dueAt })
  await appendEvent(tx, ctx, { type: 'accountability.asked', subject: dossier.id, data: { requestId: r.id, responsible: responsibleOfficer, due: dueAt.toISOString() } })
}

/** When the office closes on the last day, or on the next day on which it works. */
export function dueOf(calendar: Calendar, askedAt: Date, days: number): Date {
  for (let n = days; n < days + 30; n++) {
    const closing = closingOn(calendar, civilDate(new Date(askedAt.getTime() + n * dayMs)))
    if (closing) return closing
  }
  return new Date(askedAt.getTime() + days * dayMs)
}

/** Who holds an open step; else who did the last one. */
async function responsibleFor(tx: Tx, dossierId: string): Promise<string | null> {
  const tasks = await listTasks(tx, { subject: dossierId })
  const holder = tasks.find((task) => !task.doneAt && !task.cancelledAt && task.assignee)?.assignee
  const last = tasks.filter((task) => task.doneAt && task.doneBy?.startsWith('officer:')).sort((a, b) => b.doneAt!.getTime() - a.doneAt!.getTime())[0]
  return holder ?? last?.doneBy?.slice('officer:'.length) ?? null
}
