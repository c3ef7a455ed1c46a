import { proposeChange } from '../../../../src/modules/calendar/propose-change.ts'
import { getCurrentProcedure } from '../../../../src/modules/catalogue/index.ts'
import { storeDocument } from '../../../../src/modules/documents/index.ts'
import { acceptDossier } from '../../../../src/modules/dossiers/accept-dossier.ts'
import { findDossier } from '../../../../src/modules/dossiers/dossiers.store.ts'
import { recordMessage } from '../../../../src/modules/dossiers/messages/record-message.ts'
import { findDraftById } from '../../../../src/modules/dossiers/drafts.store.ts'
import { findAccount } from '../../../../src/modules/identity/index.ts'
import { invite } from '../../../../src/modules/dossiers/together/invite.ts'
import { findOpenChange } from '../../../../src/modules/dossiers/applicant-change/applicant-change.store.ts'
import { requestChange } from '../../../../src/modules/dossiers/applicant-change/request-change.ts'
import { takeStep } from '../../../../src/modules/dossiers/assignment/take-step.ts'
import { insertBulkReport, insertHandover } from '../../../../src/modules/dossiers/assignment/assignment.store.ts'
import { minutesKey } from '../../../../src/modules/dossiers/assignment/issue-minutes.ts'
import { insertUnplaced } from '../../../../src/modules/dossiers/competence/competence.store.ts'
import { insertConsultation, insertNote } from '../../../../src/modules/dossiers/consultation/consultation.store.ts'
import { insertUndo } from '../../../../src/modules/dossiers/linked/linked.store.ts'
import { submitLinked } from '../../../../src/modules/dossiers/linked/submit-linked.ts'
import { insertNodeTransfer } from '../../../../src/modules/dossiers/node-transfer/node-transfer.store.ts'
import { giveToDesk, giveToPost } from '../../../../src/modules/dossiers/postal/hand-over-list.ts'
import { postalMinutesKey } from '../../../../src/modules/dossiers/postal/issue-list.ts'
import { insertDelegation } from '../../../../src/modules/dossiers/postal/postal.store.ts'
import { takeList } from '../../../../src/modules/dossiers/postal/take-list.ts'
import { findVisit, insertReception, insertVisit } from '../../../../src/modules/dossiers/reception/reception.store.ts'
import { startDeskDraft } from '../../../../src/modules/dossiers/reception/start-desk-draft.ts'
import { saveReturnChoice } from '../../../../src/modules/dossiers/return-way/return-choice.ts'
import { startDraft } from '../../../../src/modules/dossiers/start-draft.ts'
import { requestPayment } from '../../../../src/modules/dossiers/payment/request-payment.ts'
import { submitDossier } from '../../../../src/modules/dossiers/submit-dossier.ts'
import { findForm, sampleAnswers } from '../../../../src/modules/forms/index.ts'
import { listTasks } from '../../../../src/modules/process/index.ts'
import type { Person } from '../../../../src/platform/actor.ts'
import { systemCtx, transact } from '../../../../src/platform/ctx.ts'
import { newId } from '../../../../src/platform/ids.ts'
import { communes, type House } from '../house.ts'
import { markers, type Side } from '../seats.ts'
import { officer, type Made, type Make } from './made.ts'

const business = '1.001612'
const dossier: Make = async (house, side) => {
  const id = await fileDossier(house, side)
  const [row] = await house.node.db<{ reference: string }[]>`SELECT reference FROM dossiers.dossier WHERE id = ${id}`
  return { id, reference: row!.reference, agency: 'H21' }
}
/** Whose owner has asked for another telephone number to be kept. */
const withChange: Make = async (house, side) => {
  const id = await fileDossier(house, side)
  await requestChange(house.seat(side === 'own' ? 'owner' : 'stranger').ctx, { dossierId: id, facts: { phone: '0905111222' }, ground: 'x' })
  return { id, change: (await findOpenChange(house.node.db, id))!.id }
}
/** Of which nobody knows yet whose it is. */
const unplaced: Make = async (house, side) => {
  const id = await fileDossier(house, side)
  await transact(systemCtx(house.node, 'test'), (tx) => insertUnplaced(tx, id, new Date()))
  return { id, toAgency: house.agencies[side], transferReason: 'Địa bàn của phường này' }
}

/** A household business, filed by the person of that side, with a file, at the commune of that side; not yet received. */
async function fileDossier(house: House, side: Side): Promise<string> {
  const { ctx } = house.seat(side === 'own' ? 'owner' : 'stranger')
  const procedure = (await getCurrentProcedure(ctx.db, business, ctx.now))!
  const form = (await findForm(ctx.db, 'household-business'))!
  const file = await house.node.files.put(Buffer.from('%PDF-1.7 a file of the rights test'))
  const { id } = await submitDossier(ctx, {
    procedure, form: { key: form.definition.key, version: form.definition.version }, answers: sampleAnswers(form, 5, { fixed: { founder: 'individual' } }),
    applicant: markers[side], files: [{ id: newId(), field: 'idCopies', fileId: file.id, fileName: 'x.pdf', mimeType: 'application/pdf', size: file.size }],
    placeCode: communes[side], returnWay: 'online', channel: 'online', filingKey: newId(),
  })
  return id
}

/** As an officer of the dossier’s own agency would. */
async function accept(house: House, side: Side, id: string): Promise<void> {
  await acceptDossier(house.seat(`one-stop ${side}`).ctx, { dossierId: id })
}

const withFile: Make = async (house, side) => {
  const id = await fileDossier(house, side)
  const [row] = await house.node.db<{ file: string }[]>`SELECT id AS file FROM dossiers.attachment WHERE dossier_id = ${id}`
  return { id, file: row!.file }
}

const withDocument: Make = (house, side) => withPaper(house, side, 'appointment-slip')
async function withPaper(house: House, side: Side, kind: string): Promise<Made> {
  const id = await fileDossier(house, side)
  const ctx = systemCtx(house.node, 'test')
  const bytes = Buffer.from('%PDF-1.7 a paper of the rights test')
  const document = await transact(ctx, (tx) => storeDocument(tx, ctx, { subject: id, kind, key: newId(), title: 'x', fileName: 'x.pdf', bytes }))
  return { id, document }
}

const withTask: Make = async (house, side) => {
  const id = await fileDossier(house, side)
  await accept(house, side, id)
  const [task] = await listTasks(house.node.db, { subject: id, open: true })
  return { id, task: task!.id }
}

/** Held by the specialist of that side. */
const heldTask: Make = async (house, side) => {
  const id = await fileDossier(house, side)
  await accept(house, side, id)
  const ctx = officer(house, 'specialist', side)
  const task = (await listTasks(house.node.db, { subject: id, open: true })).find((one) => one.role === 'specialist')!
  await takeStep(ctx, { dossierId: id, taskId: task.id })
  return { id, task: task.id, holder: ctx.actor.id }
}

/** It waits for the applicant’s payment. */
const withPayment: Make = async (house, side) => {
  const made = await withTask(house, side)
  await requestPayment(house.seat(`specialist ${side}`).ctx, { dossierId: made.id!, name: 'Lệ phí', amount: 150_000, basis: 'Thông báo 1' })
  return made
}

const draft: Make = async (house, side) => {
  const { ctx } = house.seat(side === 'own' ? 'owner' : 'stranger')
  const form = (await findForm(ctx.db, 'household-business'))!
  return { code: business, draft: await startDraft(ctx, ctx.actor as Person, business), page: form.pages[0]!.page.path }
}

const received: Make = async (house, side) => {
  const made = await dossier(house, side)
  await accept(house, side, made.id!)
  return made
}

/** The office has written to the person, with a file. */
const withMessage: Make = async (house, side) => {
  const id = await fileDossier(house, side)
  const ctx = systemCtx(house.node, 'test')
  const stored = await house.node.files.put(Buffer.from('%PDF-1.7 a file of a message'))
  const [message, file] = [newId(), newId()]
  const files = [{ id: file, fileId: stored.id, fileName: 'y.pdf', mimeType: 'application/pdf', size: stored.size }]
  const about = (await findDossier(ctx.db, id))!
  await transact(ctx, (tx) => recordMessage(tx, ctx, about, { id: message, side: 'office', body: `Lời nhắn ${message}`, sentAt: ctx.now, files }))
  return { id, file, words: message }
}

/** A birth with residence and insurance card, filed at once by the person of that side; its first part is at the commune of that side. */
const linkedGroup: Make = async (house, side) => {
  const { ctx } = house.seat(side === 'own' ? 'owner' : 'stranger')
  const procedure = (await getCurrentProcedure(ctx.db, '2.000986', ctx.now))!
  const form = (await findForm(ctx.db, 'linked-birth'))!
  const { id, reference } = await submitLinked(ctx, { procedure, form: { key: form.definition.key, version: form.definition.version }, answers: sampleAnswers(form, 5), applicant: markers[side], files: [], placeCode: communes[side], returnWay: 'online', channel: 'online', filingKey: newId() })
  return { id, reference, key: 'birth' }
}

/** Its group has stopped and asks that side's agency to undo the result. */
const askedUndo: Make = async (house, side) => {
  const made = await dossier(house, side)
  await transact(systemCtx(house.node, 'test'), (tx) => insertUndo(tx, made.id!, 'Cho vay', new Date()))
  return made
}

/** The person of that side has invited somebody to a part. */
const inviting: Make = async (house, side) => {
  const made = await draft(house, side)
  const { ctx } = house.seat(side === 'own' ? 'owner' : 'stranger')
  const invitation = await invite(ctx, (await findDraftById(ctx.db, made.draft!))!, { idNumber: '001090000001', name: 'Người Được Mời', pages: ['owner'] })
  return { ...made, invitation }
}

/** The person of that side is invited to a part of what the other one prepares. */
const invited: Make = async (house, side) => {
  const [host, guest] = side === 'own' ? ['stranger', 'owner'] : ['owner', 'stranger']
  const { ctx } = house.seat(host)
  const form = (await findForm(ctx.db, 'household-business'))!
  // A part in which nothing of the other stands.
  const { page } = form.pages.find((p) => p.page.id === 'name')!
  const id = await startDraft(ctx, ctx.actor as Person, business)
  const account = (await findAccount(ctx.db, (house.seat(guest).ctx.actor as Person).id))!
  return { id: await invite(ctx, (await findDraftById(ctx.db, id))!, { idNumber: account.idNumber, name: account.fullName, pages: [page.id] }), page: page.path }
}

/** What somebody with a mandate prepares for the owner is the owner’s. */
const draftForOwner: Make = async (house, side) => {
  if (side === 'other') return draft(house, side)
  const { ctx } = house.seat('agent')
  const form = (await findForm(ctx.db, 'household-business'))!
  return { code: business, draft: await startDraft(ctx, ctx.actor as Person, business), page: form.pages[0]!.page.path }
}

const bulkReport: Make = async (house, side) => {
  const [ctx, id] = [officer(house, 'specialist', side), newId()]
  await transact(ctx, (tx) => insertBulkReport(tx, { id, officerId: ctx.actor.id, action: 'take', rows: [], at: ctx.now }))
  return { id }
}
/** What the specialist of that side handed to a colleague, with its minutes. */
const handover: Make = async (house, side) => {
  const [ctx, id] = [officer(house, 'specialist', side), newId()]
  await transact(ctx, async (tx) => {
    await insertHandover(tx, { id, agencyCode: ctx.actor.agencyCode, fromOfficer: ctx.actor.id, toOfficer: newId(), reason: 'x', items: [], at: ctx.now, by: 'test' })
    await storeDocument(tx, ctx, { subject: id, kind: 'handover-minutes', key: minutesKey(id), title: 'x', fileName: 'x.pdf', bytes: Buffer.from('%PDF-1.7 minutes of the rights test') })
  })
  return { id }
}

/** A question that the agency of that side was asked, by an agency at another node. */
const consultation: Make = async (house, side) => {
  const [ctx, id, file] = [systemCtx(house.node, 'test'), newId(), newId()]
  const stored = await house.node.files.put(Buffer.from('%PDF-1.7 a question of the rights test'))
  await transact(ctx, (tx) => insertConsultation(tx, { id, dossierId: newId(), dossierCode: 'G01.08-261120-0001', procedureCode: business, askingAgency: 'G01.08', askedAgency: house.agencies[side], question: 'x', dueAt: new Date('2031-01-01'), askedAt: new Date(), askedBy: 'node:G01' }, [{ id: file, side: 'question', fileId: stored.id, fileName: 'x.pdf', mimeType: 'application/pdf', size: stored.size }]))
  return { id, file, answer: 'Đồng ý' }
}
/** A received dossier with something left to do. */
const withNote: Make = async (house, side) => {
  const [id, key, ctx] = [await fileDossier(house, side), newId(), systemCtx(house.node, 'test')]
  await transact(ctx, (tx) => insertNote(tx, id, { id: key, kind: 'task', text: 'x', dueOn: null, writtenAt: new Date(), writtenBy: 'test' }))
  return { id, key }
}

/** Somebody before the one-stop officer of that side. */
async function openVisit(house: House, side: Side): Promise<string> {
  const ctx = officer(house, 'one-stop', side)
  const { name, idNumber } = markers[side]
  const id = newId()
  await transact(ctx, (tx) => insertVisit(tx, { id, channel: 'desk', agencyCode: ctx.actor.agencyCode, officerId: ctx.actor.id, accountId: null, ownerSubject: null, person: { name, citizenId: idNumber }, postedOn: null, arrivedOn: null, startedAt: ctx.now }))
  return id
}
const visit: Make = async (house, side) => ({ id: await openVisit(house, side), procedure: business })
const visitDraft: Make = async (house, side) => {
  const ctx = officer(house, 'one-stop', side)
  const id = await openVisit(house, side)
  const begun = await startDeskDraft(ctx, (await findVisit(ctx.db, id, ctx.actor.id))!, business)
  return { id, draft: begun.id, page: begun.firstPage }
}
const visitWithSlip: Make = async (house, side) => {
  const [id, filed] = [await openVisit(house, side), await withDocument(house, side)]
  await transact(systemCtx(house.node, 'test'), (tx) => insertReception(tx, filed.id!, { visitId: id, agencyCode: house.agencies[side], postedOn: null, arrivedOn: null }))
  return { id, document: filed.document! }
}

/** Taken in by the postal staff of that side. */
const inHand: Make = async (house, side) => {
  const [{ id, reference }, ctx, visit] = [await dossier(house, side), officer(house, 'postal-staff', side), newId()]
  await transact(ctx, async (tx) => {
    await insertVisit(tx, { id: visit, channel: 'desk', agencyCode: ctx.actor.agencyCode, officerId: ctx.actor.id, accountId: null, ownerSubject: null, person: {}, postedOn: null, arrivedOn: null, startedAt: ctx.now })
    await insertReception(tx, id!, { visitId: visit, agencyCode: ctx.actor.agencyCode, postedOn: null, arrivedOn: null })
  })
  return { id: id!, reference: reference! }
}
/** Handed to the desk, which has not signed yet; with a paper as if it had. */
const postalList: Make = async (house, side) => {
  const { id } = await inHand(house, side)
  const ctx = officer(house, 'postal-staff', side)
  const made = await giveToDesk(ctx, { dossierIds: [id!] })
  if (!('listId' in made)) throw new Error('nothing was in hand')
  await transact(ctx, (tx) => storeDocument(tx, ctx, { subject: made.listId, kind: 'postal-list', key: postalMinutesKey(made.listId), title: 'x', fileName: 'x.pdf', bytes: Buffer.from('%PDF-1.7 a list of the rights test') }))
  return { id: made.listId, there: id! }
}
const delegation: Make = async (house, side) => {
  const [ctx, id] = [officer(house, 'postal-staff', side), newId()]
  await transact(ctx, (tx) => insertDelegation(tx, { id, agencyCode: ctx.actor.agencyCode, officerId: ctx.actor.id, acts: ['receive', 'return'], validFrom: '2020-01-01', validTo: '2099-12-31', basis: 'x', by: 'test', at: ctx.now }))
  return { id }
}
/** A result that the postal staff of that side have signed for. */
const postalResult: Make = async (house, side) => {
  const [{ id }] = [await dossier(house, side), await delegation(house, side)]
  await house.node.db`UPDATE dossiers.dossier SET state = 'finished', finished_at = now() WHERE id = ${id!}`
  const ctx = officer(house, 'postal-staff', side)
  const made = await giveToPost(officer(house, 'one-stop', side), { dossierIds: [id!], officerId: ctx.actor.id })
  if (!('listId' in made)) throw new Error('nothing was ready')
  await takeList(ctx, { listId: made.listId, there: [id!] })
  return { id: id! }
}

/** Finished at the agency of the other side, and handed out at the desk of this one. */
const toReturn: Make = async (house, side) => {
  const { id, document } = await withPaper(house, side === 'own' ? 'other' : 'own', 'result')
  await house.node.db`UPDATE dossiers.dossier SET state = 'finished', finished_at = now(), return_way = 'desk' WHERE id = ${id!}`
  await transact(systemCtx(house.node, 'test'), (tx) => saveReturnChoice(tx, id!, { way: 'desk', deskCode: house.agencies[side], recipient: null }, new Date()))
  return { id: id!, document: document! }
}

/** On its way to an agency of another node. */
const sentAway: Make = async (house, side) => {
  const made = await dossier(house, side)
  await transact(systemCtx(house.node, 'test'), (tx) => insertNodeTransfer(tx, { id: newId(), dossierId: made.id!, fromAgency: house.agencies[side], toAgency: 'G01.08', reason: 'x', sentAt: new Date(), sentBy: 'test', state: 'sent', answeredAt: null }))
  return made
}

/** A filing by program, for whom the mandate says. */
export const filingFor = (made: Made): Readonly<Record<string, unknown>> => ({ procedure: business, answers: {}, onBehalfOf: made.mandate! })

/** A change of the working calendar that somebody of the node proposed. */
const calendarChange: Make = async (house) => ({ id: await proposeChange(systemCtx(house.node, 'test'), { kind: 'override', data: { date: '2031-03-12', kind: 'off', reason: 'x', source: 'x' } }) })

export const dossierMakers = { linkedGroup, askedUndo, calendarChange, dossier, withChange, received, inviting, invited, withMessage, withFile, withDocument, withPayment, withTask, withNote, consultation, bulkReport, handover, unplaced, draft, draftForOwner, visit, visitDraft, visitWithSlip, inHand, postalList, postalResult, delegation, toReturn, sentAway, heldTask } as const
