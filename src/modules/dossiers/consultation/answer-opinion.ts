import { actorKey } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import type { FieldError } from '../../../platform/errors.ts'
import type { InboundMessage } from '../../../platform/module.ts'
import { send } from '../../exchange/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import { nodeOfAgency } from '../../organisations/index.ts'
import { errors } from '../dossiers.errors.ts'
import { lockConsultation, saveAnswer, type Consultation, type ConsultationFile } from './consultation.store.ts'
import { mayAnswer } from './may-answer.ts'
import { packFiles, unpackFiles, type PackedFile } from './pack-files.ts'

const longestText = 4000
interface AnswerMessage { answer: string; at: string; files: PackedFile[] }

/**
 * The asked agency gives its opinion, once, with files. It goes back to who asked, at whatever node. Returns what is wrong with the input.
 * @throws NOT_FOUND, ANSWERED_ALREADY
 */
export async function answerOpinion(ctx: Ctx, input: { id: string; answer: string; files: readonly ConsultationFile[] }): Promise<FieldError[]> {
  const packed = await packFiles(ctx, input.files)
  const answer = input.answer.trim()
  return transact(ctx, async (tx) => {
    const consultation = await lockConsultation(tx, input.id)
    if (!consultation || !(await mayAnswer(ctx, consultation, tx))) throw errors.NOT_FOUND()
    if (consultation.answeredAt) throw errors.ANSWERED_ALREADY()
    if (answer === '') return [{ field: 'answer', key: 'dossiers.consultation.answerMissing' }]
    if ([...answer].length > longestText) return [{ field: 'answer', key: 'dossiers.desk.reasonTooLong', params: { max: longestText } }]
    await keepAnswer(tx, ctx, consultation, { answer, at: ctx.now, by: actorKey(ctx.actor) }, input.files)
    const to = nodeOfAgency(consultation.askingAgency)
    if (to !== ctx.node.config.code) await send(tx, ctx, { to, service: 'consultation.answer', subject: consultation.id, payload: { answer, at: ctx.now.toISOString(), files: packed } satisfies AnswerMessage })
    return []
  })
}

/** The opinion of another node's agency, as asked (service consultation.answer); a repeat changes nothing. @throws NOT_FOUND */
export async function receiveOpinion(tx: Tx, ctx: Ctx, message: InboundMessage): Promise<void> {
  const m = message.payload as AnswerMessage
  const consultation = await lockConsultation(tx, message.subject)
  if (!consultation || nodeOfAgency(consultation.askedAgency) !== message.from) throw errors.NOT_FOUND()
  if (consultation.answeredAt) return
  await keepAnswer(tx, ctx, consultation, { answer: m.answer, at: new Date(m.at), by: `node:${message.from}` }, await unpackFiles(ctx, m.files))
}

async function keepAnswer(tx: Tx, ctx: Ctx, c: Consultation, answer: { answer: string; at: Date; by: string }, files: readonly ConsultationFile[]): Promise<void> {
  await saveAnswer(tx, c.id, answer, files)
  // At the asking node it belongs to the dossier; elsewhere to the question.
  const subject = nodeOfAgency(c.askingAgency) === ctx.node.config.code ? c.dossierId : c.id
  await appendEvent(tx, ctx, { type: 'consultation.answered', subject, data: { consultationId: c.id, from: c.askedAgency, to: c.askingAgency, late: answer.at > c.dueAt } })
}
