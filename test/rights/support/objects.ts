import { getCurrentProcedure } from '../../../src/modules/catalogue/index.ts'
import { proposeChange } from '../../../src/modules/calendar/propose-change.ts'
import { draftDecision } from '../../../src/modules/catalogue/decisions/draft-decision.ts'
import { saveDecisionItem } from '../../../src/modules/catalogue/decisions/save-decision-item.ts'
import { uploadImport } from '../../../src/modules/catalogue/lists/import-list.ts'
import { proposeOnboarding } from '../../../src/modules/catalogue/onboarding/propose-onboarding.ts'
import { addPortalClient } from '../../../src/modules/catalogue/portal-formats/add-portal-client.ts'
import { saveQuestion } from '../../../src/modules/catalogue/questions/save-question.ts'
import { makeReport } from '../../../src/modules/catalogue/reports/make-report.ts'
import { acceptDossier } from '../../../src/modules/dossiers/accept-dossier.ts'
import { startDraft } from '../../../src/modules/dossiers/start-draft.ts'
import { submitDossier } from '../../../src/modules/dossiers/submit-dossier.ts'
import { findForm, sampleAnswers } from '../../../src/modules/forms/index.ts'
import { storeDocument } from '../../../src/modules/documents/index.ts'
import { listTasks } from '../../../src/modules/process/index.ts'
import type { Person } from '../../../src/platform/actor.ts'
import { systemCtx, transact, type Ctx } from '../../../src/platform/ctx.ts'
import { newId } from '../../../src/platform/ids.ts'
import { communes, markers, type House, type Side } from './house.ts'

/** Values of the variables in a route's path. */
export type Params = Readonly<Record<string, string>>
type Make = (house: House, side: Side) => Promise<Params>

const business = '1.001612'
let count = 0

const dossier: Make = async (house, side) => ({ id: await fileDossier(house, side) })

/** A household business, filed by the person of that side, with a file, at the commune of that side; not yet received. */
async function fileDossier(house: House, side: Side): Promise<string> {
  const { ctx } = house.seat(side === 'own' ? 'owner' : 'stranger')
  const procedure = (await getCurrentProcedure(ctx.db, business, ctx.now))!
  const form = (await findForm(ctx.db, 'household-business'))!
  const file = await house.node.files.put(Buffer.from('%PDF-1.7 a file of the rights test'))
  const { id } = await submitDossier(ctx, {
    procedure, form: { key: form.definition.key, version: form.definition.version }, answers: sampleAnswers(form, 5, { fixed: { founder: 'individual' } }),
    applicant: { ...markers[side], idNumber: '052090000090' }, files: [{ id: newId(), field: 'idCopies', fileId: file.id, fileName: 'x.pdf', mimeType: 'application/pdf', size: file.size }],
    placeCode: communes[side], returnWay: 'online', channel: 'online', filingKey: newId(),
  })
  return id
}

/** As an officer of the dossier's own agency would. */
async function accept(house: House, side: Side, id: string): Promise<void> {
  await acceptDossier(house.seat(`one-stop ${side}`).ctx, { dossierId: id })
}

const withFile: Make = async (house, side) => {
  const id = await fileDossier(house, side)
  const [row] = await house.node.db<{ file: string }[]>`SELECT id AS file FROM dossiers.attachment WHERE dossier_id = ${id}`
  return { id, file: row!.file }
}

const withDocument: Make = async (house, side) => {
  const id = await fileDossier(house, side)
  const ctx = systemCtx(house.node, 'test')
  const bytes = Buffer.from('%PDF-1.7 a paper of the rights test')
  const document = await transact(ctx, (tx) => storeDocument(tx, ctx, { subject: id, kind: 'appointment-slip', key: newId(), title: 'x', fileName: 'x.pdf', bytes }))
  return { id, document }
}

const withTask: Make = async (house, side) => {
  const id = await fileDossier(house, side)
  await accept(house, side, id)
  const [task] = await listTasks(house.node.db, { subject: id, open: true })
  return { id, task: task!.id }
}

const draft: Make = async (house, side) => {
  const { ctx } = house.seat(side === 'own' ? 'owner' : 'stranger')
  const form = (await findForm(ctx.db, 'household-business'))!
  return { code: business, draft: await startDraft(ctx, ctx.actor as Person, business), page: form.pages[0]!.page.path }
}

const editor = (house: House, side: Side): Ctx => house.seat(`catalogue-editor ${side}`).ctx

const decision: Make = async (house, side) => {
  const drafted = await draftDecision(editor(house, side), { number: `${++count}/QĐ`, issuedOn: '2026-11-01', effectiveOn: '2026-12-01', issuer: house.agencies[side], file: { name: 'qd.pdf', bytes: Buffer.from('%PDF-1.7 a decision of the rights test') } })
  if (!('id' in drafted)) throw new Error(JSON.stringify(drafted))
  return { id: drafted.id }
}

const decisionItem: Make = async (house, side) => {
  const { id } = await decision(house, side)
  const procedure = (await getCurrentProcedure(house.node.db, '3.000347', new Date()))!
  const code = `9.${String(++count).padStart(6, '0')}${side === 'other' ? '.000.00.00.H21' : ''}`
  const saved = await saveDecisionItem(editor(house, side), { decisionId: id!, code, action: 'create', content: { ...procedure.content, code, owner: undefined, service: undefined }, revision: 0 })
  if ('errors' in saved) throw new Error(JSON.stringify(saved.errors))
  return { id: id!, code }
}

/** Kept by the agency of that side; its author's rights are another test's matter. */
const question: Make = async (house, side) => {
  const saved = await saveQuestion(editor(house, side), { sector: null, lifeEvents: ['co-con'], procedures: [], question: { vi: 'Câu hỏi để thử quyền?', en: '' }, answer: { vi: 'Trả lời', en: '' } })
  if (!('id' in saved)) throw new Error(JSON.stringify(saved))
  return { id: saved.id }
}

const report: Make = async (house, side) => {
  const { ctx } = house.seat('nobody')
  const reference = await makeReport(ctx, { kind: 'wrong', code: side === 'own' ? '3.000347' : '1.001612', words: 'Sai thông tin trong bài kiểm thử', contact: '', session: newId(), address: newId() })
  const [row] = await house.node.db<{ id: string }[]>`SELECT id FROM catalogue.report WHERE reference = ${String(reference)}`
  if (!row) throw new Error(JSON.stringify(reference))
  return { id: row.id }
}

const serviceCase: Make = async (house, side) => {
  const approval = await house.node.files.put(Buffer.from('%PDF-1.7 an approval'))
  return { id: await proposeOnboarding(editor(house, side), { procedureCode: '1.001193', serviceNumber: String((++count % 90) + 10), agencyCode: house.agencies[side], approval: { number: '1/QĐ', date: '2026-11-01', fileId: approval.id, fileName: 'qd.pdf' } }) }
}

const portalClient: Make = async (house) => {
  const username = `he.thong.${++count}`
  const added = await addPortalClient(systemCtx(house.node, 'test'), { username, agencyCode: 'H21' })
  if (Array.isArray(added)) throw new Error(JSON.stringify(added))
  return { name: username }
}

/** An import waits for its own author only. */
const listImport: Make = async (house, side) => {
  const uploaded = await uploadImport(editor(house, side), 'agencies', { bytes: Buffer.from(`key,nameVi,kind,level\n${house.agencies[side]}.999,Cơ quan thử,department,commune\n`), fileName: 'x.csv', from: '2026-12-01', basis: 'QĐ thử' })
  if ('errors' in uploaded) throw new Error(JSON.stringify(uploaded.errors))
  return { name: 'agencies', id: uploaded.id }
}

/** A day off that somebody of the node proposed. */
const calendarChange: Make = async (house) => ({ id: await proposeChange(systemCtx(house.node, 'test'), { kind: 'override', data: { date: '2031-03-12', kind: 'off', reason: 'x', source: 'x' } }) })

export const makers = { calendarChange, dossier, withFile, withDocument, withTask, draft, decision, decisionItem, question, report, serviceCase, portalClient, listImport } as const
