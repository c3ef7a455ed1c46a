import { actorKey } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { enqueue } from '../../../platform/jobs.ts'
import type { InboundMessage } from '../../../platform/module.ts'
import { newId } from '../../../platform/ids.ts'
import { calendarOf, closingOn, loadCalendar } from '../../calendar/index.ts'
import { send } from '../../exchange/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import { findAgency, nodeOfAgency } from '../../organisations/index.ts'
import { assertOfDesk } from '../desk-scope.ts'
import { allowedActions, type DossierState } from '../dossier-states.ts'
import { errors } from '../dossiers.errors.ts'
import { lockDossier } from '../dossiers.store.ts'
import { insertConsultation, type Consultation, type ConsultationFile } from './consultation.store.ts'
import { packFiles, unpackFiles, type PackedFile } from './pack-files.ts'
import { reminderQueue } from './remind-of-opinion.ts'

const running: ReadonlySet<DossierState> = new Set(['received', 'in-progress'])
export const isConsultable = ({ state }: { state: DossierState }): boolean => running.has(state)
const longestText = 4000

export interface Question { dossierId: string; agencyCode: string; question: string; /** Civil date by whose closing time the answer is wanted; empty where it is none. */ due: string; files: readonly ConsultationFile[] }
interface QuestionMessage { dossierId: string; dossierCode: string; procedureCode: string; askingAgency: string; askedAgency: string; question: string; dueAt: string; askedAt: string; files: PackedFile[] }

/**
 * Asks another agency, of this node or another, for its opinion on a dossier by a date of its own. The time limit of the dossier runs on: opinions of other agencies
 * do not stop it. Returns what is wrong with the input. @throws NOT_FOUND, NOT_IN_STATE
 */
export async function askOpinion(ctx: Ctx, input: Question): Promise<FieldError[]> {
  const nodeCalendar = await loadCalendar(ctx.db)
  const packed = await packFiles(ctx, input.files)
  return transact(ctx, async (tx) => {
    const dossier = await lockDossier(tx, input.dossierId, ctx.node.config.code)
    await assertOfDesk(ctx, dossier, 'dossiers.handle', tx)
    if (!isConsultable(dossier)) throw errors.NOT_IN_STATE({ state: dossier.state, action: 'consult', allowed: allowedActions(dossier.state).join(', ') })
    const agency = await findAgency(tx, input.agencyCode, ctx.now)
    const dueAt = closingOn(calendarOf(nodeCalendar, dossier.agencyCode), input.due)
    const question = input.question.trim()
    const wrong: FieldError[] = [
      ...(!agency || agency.code === dossier.agencyCode ? [{ field: 'askedAgency', key: 'dossiers.consultation.agencyMissing' }] : []),
      ...(question === '' ? [{ field: 'question', key: 'dossiers.consultation.questionMissing' }] : [...question].length > longestText ? [{ field: 'question', key: 'dossiers.desk.reasonTooLong', params: { max: longestText } }] : []),
      ...(!dueAt || dueAt <= ctx.now ? [{ field: 'answerBy', key: 'dossiers.consultation.dueWrong' }] : []),
    ]
    if (wrong.length > 0 || !agency || !dueAt) return wrong
    const consultation = { id: newId(ctx.now.getTime()), dossierId: dossier.id, dossierCode: dossier.code ?? dossier.reference, procedureCode: dossier.procedureCode, askingAgency: dossier.agencyCode, askedAgency: agency.code, question, dueAt, askedAt: ctx.now, askedBy: actorKey(ctx.actor) }
    await insertConsultation(tx, consultation, input.files)
    await appendEvent(tx, ctx, { type: 'consultation.asked', subject: dossier.id, data: { consultationId: consultation.id, from: dossier.agencyCode, to: agency.code, due: dueAt.toISOString() } })
    const to = nodeOfAgency(agency.code)
    if (to === ctx.node.config.code) await remindAt(tx, consultation)
    else {
      const { id: subject, askedBy: _, ...told } = consultation
      await send(tx, ctx, { to, service: 'consultation.ask', subject, payload: { ...told, dueAt: dueAt.toISOString(), askedAt: ctx.now.toISOString(), files: packed } satisfies QuestionMessage })
    }
    return []
  })
}

/** Reminded of where the answer is owed. */
const remindAt = (tx: Tx, c: Pick<Consultation, 'id' | 'dueAt'>): Promise<void> => enqueue(tx, { queue: reminderQueue, key: c.id, payload: { consultationId: c.id }, runAt: c.dueAt })

/** A question of another node for one of our agencies (service consultation.ask). @throws NOT_COMPETENT_HERE */
export async function receiveQuestion(tx: Tx, ctx: Ctx, message: InboundMessage): Promise<void> {
  const m = message.payload as QuestionMessage
  if (nodeOfAgency(m.askedAgency) !== ctx.node.config.code || nodeOfAgency(m.askingAgency) !== message.from || !(await findAgency(tx, m.askedAgency, ctx.now))) throw errors.NOT_COMPETENT_HERE({ place: m.askedAgency })
  const { files, dueAt, askedAt, ...told } = m
  const consultation = { ...told, id: message.subject, dueAt: new Date(dueAt), askedAt: new Date(askedAt), askedBy: `node:${message.from}` }
  await insertConsultation(tx, consultation, await unpackFiles(ctx, files))
  await remindAt(tx, consultation)
  await appendEvent(tx, ctx, { type: 'consultation.received', subject: consultation.id, data: { from: m.askingAgency, to: m.askedAgency, due: dueAt } })
}
