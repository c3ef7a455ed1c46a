import { z } from 'zod'
import type { Req, Route } from '../../../platform/http/route.ts'
import { isId } from '../../../platform/ids.ts'
import { giveAccount } from '../accountability/give-account.ts'
import { assignStep } from '../assignment/assign-step.ts'
import { handOver } from '../assignment/hand-over.ts'
import { releaseStep } from '../assignment/release-step.ts'
import { takeStep } from '../assignment/take-step.ts'
import { isUnplaced } from '../competence/competence.store.ts'
import { placeDossier, transferDossier } from '../competence/transfer-dossier.ts'
import { answerOpinion } from '../consultation/answer-opinion.ts'
import { askOpinion } from '../consultation/ask-opinion.ts'
import { findConsultation, type Consultation } from '../consultation/consultation.store.ts'
import { finishNote } from '../consultation/finish-note.ts'
import { mayAnswer } from '../consultation/may-answer.ts'
import { writeNote } from '../consultation/write-note.ts'
import { proposeCorrection } from '../correction/propose-correction.ts'
import { signCorrection } from '../correction/sign-correction.ts'
import type { Dossier } from '../dossier.ts'
import { errors } from '../dossiers.errors.ts'
import { findDossier } from '../dossiers.store.ts'
import { explainLate } from '../late/explain-late.ts'
import { returnTransfer, transferToNode } from '../node-transfer/transfer-to-node.ts'
import { readDossierOfDesk } from '../pages/desk/read-desk-dossier.ts'
import { checkDraftFields } from '../papers/draft-fields.ts'
import { confirmPayment } from '../payment/confirm-payment.ts'
import { requestPayment } from '../payment/request-payment.ts'
import { declineWithdrawal } from '../withdrawal/decline-withdrawal.ts'
import { dossierJson, dossierSchema } from './dossier-json.ts'
import { orMistakes } from './posting-mistakes.ts'
import { posting } from './posting.ts'
import { readTask } from './read-task.ts'

const text = z.string().trim()
const written = text.min(1).max(2000)
const agency = text.min(1).max(40)
const nothing = z.strictObject({})
const id = { type: 'string', format: 'uuid' } as const
const done = { type: 'object', required: ['id'], properties: { id } } as const
const handle = { permission: 'dossiers.handle' } as const
const receive = { permission: 'dossiers.receive' } as const
const view = { permission: 'dossiers.view' } as const
const onDossier = { response: dossierSchema, read: readDossierOfDesk } as const

/** The dossier as it now stands. */
async function now(req: Req, { id: dossierId }: Dossier): Promise<ReturnType<typeof dossierJson>> {
  return dossierJson((await findDossier(req.ctx.db, dossierId))!)
}

const stepActs: Route[] = [
  posting({ path: '/api/v1/desk/dossiers/:id/tasks/:task/take', access: handle, summary: 'Take an open step from the inbox of one’s role', body: nothing, response: dossierSchema, read: readTask, act: async (req, { dossier, task }) => {
    await takeStep(req.ctx, { dossierId: dossier.id, taskId: task.id })
    return now(req, dossier)
  } }),
  posting({ path: '/api/v1/desk/dossiers/:id/tasks/:task/release', access: handle, summary: 'Lay a step back into the inbox of its role', body: nothing, response: dossierSchema, read: readTask, act: async (req, { dossier, task }) => {
    await releaseStep(req.ctx, { dossierId: dossier.id, taskId: task.id })
    return now(req, dossier)
  } }),
  posting({ path: '/api/v1/desk/dossiers/:id/tasks/:task/assign', access: view, summary: 'Give a step to an officer; for who leads the agency or the unit', body: z.strictObject({ officerId: z.uuid() }), response: dossierSchema, read: readTask, act: async (req, { dossier, task }, { officerId }) => {
    await assignStep(req.ctx, { dossierId: dossier.id, taskId: task.id, officerId })
    return now(req, dossier)
  } }),
  posting({
    path: '/api/v1/desk/hand-overs', access: handle, summary: 'Hand steps to a colleague, with sealed minutes; what is refused stays, with its code',
    body: z.strictObject({ steps: z.array(z.strictObject({ dossierId: z.uuid(), taskId: z.uuid() })).min(1).max(200), officerId: z.uuid(), reason: text.min(1).max(500) }),
    response: { type: 'object', required: ['id', 'refused'], properties: { id: { type: ['string', 'null'], format: 'uuid' }, refused: { type: 'array', items: { type: 'object', properties: { taskId: id, code: { type: 'string' } } } } } },
    read: () => Promise.resolve(undefined),
    act: async (req, _, body) => {
      const made = await handOver(req.ctx, body)
      return { id: made.id ?? null, refused: [...made.refused].map(([taskId, why]) => ({ taskId, code: `${why.module}.${why.code}` })) }
    },
  }),
]

const transferNames = { toAgency: 'agency', transferReason: 'reason' } as const
const transferBody = z.strictObject({ agency, reason: z.string().max(2000) })

/** Whose it is nobody can tell yet: any officer of the node who receives may. */
async function readUnplaced({ ctx, params }: Req): Promise<Dossier> {
  const dossier = isId(params.id) ? await findDossier(ctx.db, params.id) : undefined
  if (!dossier || dossier.nodeCode !== ctx.node.config.code || dossier.state !== 'new' || !(await isUnplaced(ctx.db, dossier.id))) throw errors.NOT_FOUND()
  return dossier
}

const transfers: Route[] = [
  posting({ path: '/api/v1/desk/dossiers/:id/transfer', access: handle, summary: 'Transfer to the competent agency of this node; code and date stand', body: transferBody, ...onDossier, act: async (req, d, body) =>
    orMistakes(req, await transferDossier(req.ctx, { dossierId: d.id, agencyCode: body.agency, reason: body.reason }), transferNames, () => now(req, d)) }),
  posting({ path: '/api/v1/desk/dossiers/:id/transfer-out', access: handle, summary: 'Transfer to an agency of another node, with its papers', body: transferBody, ...onDossier, act: async (req, d, body) =>
    orMistakes(req, await transferToNode(req.ctx, { dossierId: d.id, agencyCode: body.agency, reason: body.reason }), transferNames, () => now(req, d)) }),
  posting({ path: '/api/v1/desk/dossiers/:id/transfer-back', access: handle, summary: 'Send what another node transferred back to it', body: z.strictObject({ reason: z.string().max(2000) }), ...onDossier, act: async (req, d, body) =>
    orMistakes(req, await returnTransfer(req.ctx, { dossierId: d.id, ...body }), transferNames, () => now(req, d)) }),
  posting({ path: '/api/v1/desk/unplaced/:id', access: receive, summary: 'Say which agency decides a filing that waits for one', body: transferBody, response: dossierSchema, read: readUnplaced, act: async (req, d, body) =>
    orMistakes(req, await placeDossier(req.ctx, { dossierId: d.id, agencyCode: body.agency, reason: body.reason }), transferNames, () => now(req, d)) }),
]

async function readConsultation({ ctx, params }: Req): Promise<Consultation> {
  const consultation = isId(params.id) ? await findConsultation(ctx.db, params.id) : undefined
  if (!consultation || !(await mayAnswer(ctx, consultation))) throw errors.NOT_FOUND()
  return consultation
}

const opinions: Route[] = [
  posting({ path: '/api/v1/desk/dossiers/:id/consultations', access: handle, summary: 'Ask another agency for its opinion by a date', body: z.strictObject({ agency, question: z.string().max(5000), due: z.iso.date() }), ...onDossier, act: async (req, d, body) =>
    orMistakes(req, await askOpinion(req.ctx, { dossierId: d.id, agencyCode: body.agency, question: body.question, due: body.due, files: [] }), { askedAgency: 'agency', answerBy: 'due' }, () => now(req, d)) }),
  posting({ path: '/api/v1/desk/consultations/:id/answer', access: handle, summary: 'Give the opinion that another agency asked for, once', body: z.strictObject({ answer: z.string().max(5000) }), response: done, read: readConsultation, act: async (req, c, body) =>
    orMistakes(req, await answerOpinion(req.ctx, { id: c.id, ...body, files: [] }), {}, () => ({ id: c.id })) }),
  posting({ path: '/api/v1/desk/dossiers/:id/notes', access: handle, summary: 'Note something for colleagues, or a task for the office', body: z.strictObject({ kind: z.enum(['note', 'task']).default('note'), text: z.string().max(5000), dueOn: z.iso.date().optional() }), ...onDossier, act: async (req, d, body) =>
    orMistakes(req, await writeNote(req.ctx, { dossierId: d.id, kind: body.kind, text: body.text, dueOn: body.dueOn }), { noteText: 'text' }, () => now(req, d)) }),
  posting({ path: '/api/v1/desk/dossiers/:id/notes/:key/done', access: handle, summary: 'A noted task is done', body: nothing, ...onDossier, act: async (req, d) => {
    await finishNote(req.ctx, { dossierId: d.id, noteId: isId(req.params.key) ? req.params.key : d.id })
    return now(req, d)
  } }),
]

const judgements: Route[] = [
  posting({ path: '/api/v1/desk/dossiers/:id/withdrawal/decline', access: receive, summary: 'Do not agree to the withdrawal; handling goes on', body: z.strictObject({ reason: written }), ...onDossier, act: async (req, d, body) => dossierJson(await declineWithdrawal(req.ctx, { dossierId: d.id, ...body })) }),
  posting({ path: '/api/v1/desk/dossiers/:id/payment', access: handle, summary: 'Ask the applicant to pay; the clock stands', body: z.strictObject({ name: written.max(200), amount: z.int().min(1).max(1_000_000_000_000), basis: written.max(500) }), ...onDossier, act: async (req, d, body) => dossierJson(await requestPayment(req.ctx, { dossierId: d.id, ...body })) }),
  posting({ path: '/api/v1/desk/dossiers/:id/payment/confirm', access: receive, summary: 'The payment has been made; the clock goes on', body: z.strictObject({ receipt: written.max(200) }), ...onDossier, act: async (req, d, body) => dossierJson(await confirmPayment(req.ctx, { dossierId: d.id, ...body })) }),
  posting({ path: '/api/v1/desk/dossiers/:id/late', access: { permission: 'dossiers.oversee' }, summary: 'Say why a dossier is late', body: z.strictObject({ reason: z.string().max(5000) }), ...onDossier, act: async (req, d, body) =>
    orMistakes(req, await explainLate(req.ctx, { dossierId: d.id, ...body }), { lateReason: 'reason' }, () => now(req, d)) }),
  posting({ path: '/api/v1/desk/dossiers/:id/account', access: handle, summary: 'Account for the handling, where the applicant asked', body: z.strictObject({ answer: z.string().max(5000) }), ...onDossier, act: async (req, d, body) =>
    orMistakes(req, await giveAccount(req.ctx, { dossierId: d.id, ...body }), { account: 'answer' }, () => now(req, d)) }),
  posting({ path: '/api/v1/desk/dossiers/:id/correction', access: handle, summary: 'Propose a corrected result: one answer is put right', body: z.strictObject({ field: text.max(100), value: z.string().max(500), reason: z.string().max(2000), draft: z.record(z.string(), z.string()).default({}) }), ...onDossier, act: async (req, d, body) => {
    const typed = checkDraftFields(body.draft)
    if (typed.length > 0) return typed.map((m) => ({ field: `draft.${m.field}`, message: req.ctx.t(m.key, m.params) }))
    return orMistakes(req, await proposeCorrection(req.ctx, { dossierId: d.id, field: body.field, value: body.value, reason: body.reason, draftFields: body.draft }), { corrected: 'value', correctionReason: 'reason' }, () => now(req, d))
  } }),
  posting({ path: '/api/v1/desk/dossiers/:id/correction/sign', access: handle, summary: 'Sign the proposed correction; asks for a proof of who signs that is not too old', body: nothing, ...onDossier, act: async (req, d) => {
    await signCorrection(req.ctx, { dossierId: d.id })
    return now(req, d)
  } }),
]

/** What officers do about a dossier besides the steps of its states: the same acts as on their pages. */
export const deskActsApi: Route[] = [...stepActs, ...transfers, ...opinions, ...judgements]
