import { getCurrentProcedure } from '../../../../src/modules/catalogue/index.ts'
import { draftDecision } from '../../../../src/modules/catalogue/decisions/draft-decision.ts'
import { saveDecisionItem } from '../../../../src/modules/catalogue/decisions/save-decision-item.ts'
import { uploadImport } from '../../../../src/modules/catalogue/lists/import-list.ts'
import { proposeOnboarding } from '../../../../src/modules/catalogue/onboarding/propose-onboarding.ts'
import { addPortalClient } from '../../../../src/modules/catalogue/portal-formats/add-portal-client.ts'
import { saveQuestion } from '../../../../src/modules/catalogue/questions/save-question.ts'
import { makeReport } from '../../../../src/modules/catalogue/reports/make-report.ts'
import { startTableDraft } from '../../../../src/modules/decisions/drafts/start-table-draft.ts'
import { publishTable } from '../../../../src/modules/decisions/publish-table.ts'
import { certifiedCopiesExamples, certifiedCopiesFee } from '../../../../src/modules/decisions/tables/certified-copies.ts'
import { getForm } from '../../../../src/modules/forms/index.ts'
import { withRules } from '../../../../src/modules/forms/editor/change-definition.ts'
import { findFormDraft } from '../../../../src/modules/forms/editor/draft.store.ts'
import { startFormDraft } from '../../../../src/modules/forms/editor/start-form-draft.ts'
import type { Officer } from '../../../../src/platform/actor.ts'
import { nodeOfAgency } from '../../../../src/modules/organisations/index.ts'
import { systemCtx, transact, type Ctx } from '../../../../src/platform/ctx.ts'
import { newId } from '../../../../src/platform/ids.ts'
import type { House } from '../house.ts'
import type { Side } from '../seats.ts'
import { next, type Make } from './made.ts'

const editor = (house: House, side: Side): Ctx => house.seat(`catalogue-editor ${side}`).ctx

const decision: Make = async (house, side) => {
  const drafted = await draftDecision(editor(house, side), { number: `${next()}/QĐ`, issuedOn: '2026-11-01', effectiveOn: '2026-12-01', issuer: house.agencies[side], file: { name: 'qd.pdf', bytes: Buffer.from('%PDF-1.7 a decision of the rights test') } })
  if (!('id' in drafted)) throw new Error(JSON.stringify(drafted))
  return { id: drafted.id }
}

const decisionItem: Make = async (house, side) => {
  const { id } = await decision(house, side)
  const procedure = (await getCurrentProcedure(house.node.db, '3.000347', new Date()))!
  const code = `9.${String(next()).padStart(6, '0')}${side === 'other' ? '.000.00.00.H21' : ''}`
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
  return { id: await proposeOnboarding(editor(house, side), { procedureCode: '1.001193', serviceNumber: String((next() % 90) + 10), agencyCode: house.agencies[side], approval: { number: '1/QĐ', date: '2026-11-01', fileId: approval.id, fileName: 'qd.pdf' } }) }
}

const portalClient: Make = async (house) => {
  const username = `he.thong.${next()}`
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

/** Forms of the Ministry of Public Security and of the Ministry of Justice: no office of the matrix answers for the other's. */
const publishedOf: Readonly<Record<Side, string>> = { own: 'permanent-residence', other: 'marriage-registration' }
const formOf: Readonly<Record<Side, { form: string; page: string; name: string }>> = { own: { form: 'temporary-residence', page: 'requester', name: 'requester' }, other: { form: 'birth-registration', page: 'requester', name: 'phone' } }

const publishedForm: Make = async (house, side) => {
  const key = publishedOf[side]
  await house.node.db`DELETE FROM forms.form_draft WHERE key = ${key}`
  const form = await getForm(house.node.db, key)
  return { form: key, version: String(form.definition.version) }
}

/** A form has one draft: each is made in the place of the one before. */
const formDraft: Make = async (house, side) => {
  const { form } = formOf[side]
  await house.node.db`DELETE FROM forms.form_draft WHERE key = ${form}`
  const { definition } = await getForm(house.node.db, form)
  const ctx = side === 'own' ? editor(house, side) : { ...editor(house, side), actor: { ...(editor(house, side).actor as Officer), agencyCode: 'G15' } }
  await startFormDraft(ctx, form, definition.version)
  return { ...formOf[side], id: '0' }
}

/** The same with a rule on the page and one in a group of it, both in the place 0. */
const ruledDraft = (group: boolean): Make => async (house, side) => {
  const made = await formDraft(house, side)
  const { definition } = (await findFormDraft(house.node.db, made.form!))!
  const page = group ? definition.pages.find((p) => p.fields.some((f) => f.type === 'group')) : definition.pages[0]
  const name = group ? page?.fields.find((f) => f.type === 'group')?.id : undefined
  if (!page || (group && !name)) return made
  const rule = { rule: 'atLeastOne' as const, fields: ['phone', 'email'] }
  await house.node.db`UPDATE forms.form_draft SET definition = ${house.node.db.json(withRules(definition, page.id, name, () => [rule]) as never)} WHERE key = ${made.form!}`
  return { ...made, page: page.id, name: name ?? made.name! }
}

/** A decision table of the office of that side, without a draft. */
const publishedTable: Make = async (house, side) => {
  const key = `bang-thu-quyen-${side}`
  await house.node.db`DELETE FROM decisions.table_draft WHERE key = ${key}`
  const ctx = systemCtx(house.node, 'test')
  const mistakes = await transact(ctx, (tx) => publishTable(tx, ctx, { version: 1, owner: nodeOfAgency(house.agencies[side]), validFrom: '2026-01-01', origin: 'authored', definition: { ...certifiedCopiesFee, key, procedure: '' }, examples: certifiedCopiesExamples, publishedBy: null, publishedName: null }))
  if (mistakes.length > 0) throw new Error(JSON.stringify(mistakes))
  return { key, version: '1' }
}

const tableDraft: Make = async (house, side) => {
  const made = await publishedTable(house, side)
  await startTableDraft(editor(house, side), made.key!, 1)
  return made
}

export const catalogueMakers = { publishedTable, tableDraft, publishedForm, formDraft, formRule: ruledDraft(false), formGroupRule: ruledDraft(true), decision, decisionItem, question, report, serviceCase, portalClient, listImport } as const
