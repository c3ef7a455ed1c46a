import { z } from 'zod'
import { actorKey, isPermitted, type Actor } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { enqueue, type JobHandler } from '../../../platform/jobs.ts'
import type { ServiceHandler } from '../../../platform/module.ts'
import { send } from '../../exchange/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import { errors } from '../catalogue.errors.ts'
import { outcomes } from './report.ts'
import { findReport, type ReportScope } from './reports.store.ts'

export const reportAnswerService = 'catalogue.report_answer'
export const eraseContactQueue = 'catalogue.report_contact'
const longest = 3000
/** How long after its answer a reporter can still be asked back. */
const contactKeptMs = 90 * 86_400_000

export function scopeOf(actor: Actor): ReportScope {
  return { all: isPermitted(actor, 'catalogue.review'), agency: actor.kind === 'officer' ? actor.agencyCode : '' }
}

/** Answers a report, or answers it anew; the reporter reads it by the reference number. @throws REPORT_NOT_FOUND */
export async function answerReport(ctx: Ctx, id: string, input: { outcome: string; answer: string }): Promise<FieldError[]> {
  const wrong: FieldError[] = []
  if (!(outcomes as readonly string[]).includes(input.outcome)) wrong.push({ field: 'outcome', key: 'catalogue.reports.chooseOutcome' })
  if (input.answer === '') wrong.push({ field: 'answer', key: 'catalogue.reports.answerRequired' })
  if (input.answer.length > longest) wrong.push({ field: 'answer', key: 'catalogue.reports.tooLong', params: { longest } })
  if (wrong.length > 0) return wrong
  await transact(ctx, async (tx) => {
    const report = await findReport(tx, scopeOf(ctx.actor), id)
    if (!report) throw errors.REPORT_NOT_FOUND()
    await keepAnswer(tx, ctx, id, input)
    await appendEvent(tx, ctx, { type: 'catalogue.report_answered', subject: id, data: { outcome: input.outcome } })
    if (report.fromNode) await send(tx, ctx, { to: report.fromNode, service: reportAnswerService, subject: id, payload: { id, ...input } })
  })
  return []
}

async function keepAnswer(tx: Tx, ctx: Ctx, id: string, { outcome, answer }: { outcome: string; answer: string }): Promise<void> {
  await tx`UPDATE catalogue.report SET state = 'answered', outcome = ${outcome}, answer = ${answer}, answered_at = ${ctx.now}, answered_by = ${actorKey(ctx.actor)} WHERE id = ${id}`
  await enqueue(tx, { queue: eraseContactQueue, payload: { id }, runAt: new Date(ctx.now.getTime() + contactKeptMs), key: id })
}

/** What nobody needs any more is erased. */
export const eraseContact: JobHandler = async (node, payload) => {
  await node.db`UPDATE catalogue.report SET contact = NULL, session_key = NULL, address_key = NULL WHERE id = ${String(payload.id)} AND state = 'answered'`
}

const messageSchema = z.object({ id: z.uuid(), outcome: z.enum(outcomes), answer: z.string().min(1).max(longest) })

/** At the node where a report was made: the answer of the national node. */
export const receiveReportAnswer: ServiceHandler = async (tx, ctx, message) => {
  if (message.from !== ctx.node.config.national.code) throw errors.NOT_AUTHOR()
  const parsed = messageSchema.safeParse(message.payload)
  if (!parsed.success) throw errors.REPORT_UNREADABLE()
  await keepAnswer(tx, ctx, parsed.data.id, parsed.data)
}
