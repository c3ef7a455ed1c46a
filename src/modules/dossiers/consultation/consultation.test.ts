import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { listEvents } from '../../ledger/index.ts'
import { systemCtx, transact } from '../../../platform/ctx.ts'
import { newId } from '../../../platform/ids.ts'
import type { Node } from '../../../platform/node.ts'
import { acceptDossier } from '../accept-dossier.ts'
import { findDossier } from '../dossiers.store.ts'
import { answerOpinion, receiveOpinion } from './answer-opinion.ts'
import { askOpinion, receiveQuestion } from './ask-opinion.ts'
import { findConsultation, listConsultations, listNotes, type ConsultationFile } from './consultation.store.ts'
import { finishNote } from './finish-note.ts'
import { reminderJobs, reminderQueue } from './remind-of-opinion.ts'
import { writeNote } from './write-note.ts'
import { business, refusal, smallOffice, type Sitting, type SmallOffice } from '../testing/small-office.ts'

suite('opinions and internal notes', () => {
let now = new Date('2026-11-20T02:00:00Z').getTime()
let [here, there] = ['', '']
let office!: SmallOffice
let node!: Node
before(async () => {
  office = await smallOffice({ now: () => new Date(now) })
  ;({ node, here, there } = office)
})
after(() => office.stop())

async function received(desk: Sitting): Promise<string> {
  const id = await office.file()
  await acceptDossier(desk.ctx, { dossierId: id })
  return id
}
async function aFile(side: ConsultationFile['side']): Promise<ConsultationFile> {
  const { id: fileId, size } = await node.files.put(Buffer.from(`%PDF-1.7 ${side}`))
  return { id: newId(), side, fileId, fileName: 'y-kien.pdf', mimeType: 'application/pdf', size }
}
const question = 'Đề nghị xác nhận địa điểm kinh doanh'

test('another agency is asked by a date of its own while the clock of the dossier runs on; it answers once, with a file, and both read it', async () => {
  const [desk, asked, third] = [await office.officer('one-stop'), await office.officer('specialist', { agencyCode: there }), await office.officer('specialist', { agencyCode: 'H21' })]
  const id = await received(desk)
  const before = (await findDossier(node.db, id))!
  const wrong = await askOpinion(desk.ctx, { dossierId: id, agencyCode: here, question: ' ', due: '2026-11-22', files: [] })
  assert.deepEqual(wrong.map((w) => w.field), ['askedAgency', 'question', 'answerBy'], 'not oneself, not nothing, not on a Sunday')
  assert.deepEqual(await askOpinion(desk.ctx, { dossierId: id, agencyCode: there, question, due: '2026-11-23', files: [await aFile('question')] }), [])
  const after = (await findDossier(node.db, id))!
  assert.deepEqual([after.state, after.dueAt, after.pausedAt], [before.state, before.dueAt, null])
  const [consultation] = await listConsultations(node.db, id)
  assert.match((await office.get(asked, '/desk/consultations')).body, new RegExp(consultation!.id))
  assert.equal((await office.get(third, `/desk/consultations/${consultation!.id}`)).statusCode, 404)
  await assert.rejects(answerOpinion(third.ctx, { id: consultation!.id, answer: 'x', files: [] }), refusal('NOT_FOUND'))
  assert.deepEqual((await answerOpinion(asked.ctx, { id: consultation!.id, answer: '', files: [] })).map((w) => w.field), ['answer'])
  const file = await aFile('answer')
  assert.deepEqual(await answerOpinion(asked.ctx, { id: consultation!.id, answer: 'Đúng địa điểm', files: [file] }), [])
  await assert.rejects(answerOpinion(asked.ctx, { id: consultation!.id, answer: 'Khác', files: [] }), refusal('ANSWERED_ALREADY'))
  assert.match((await office.get(desk, `/desk/dossiers/${id}`)).body, /Đúng địa điểm/)
  const url = `/desk/consultations/${consultation!.id}/files/${file.id}`
  assert.deepEqual([(await office.get(desk, url)).statusCode, (await office.get(asked, url)).statusCode, (await office.get(third, url)).statusCode === 200], [200, 200, true], 'the agency above sees the dossier')
  assert.equal((await office.get(await office.officer('specialist', { agencyCode: (await node.db<{ code: string }[]>`SELECT code FROM organisations.agency WHERE kind = 'peoples-committee' AND level = 'commune' AND node_code = 'H21' AND code NOT IN (${here}, ${there}) LIMIT 1`)[0]!.code }), url)).statusCode, 404)
  const events = await listEvents(node.db, id)
  assert.ok(events.some((e) => e.type === 'consultation.answered' && e.data.late === false))
  assert.ok(!JSON.stringify(events.map((e) => e.data)).includes('địa điểm'), 'words are in no event')
})

test('across nodes the question and the answer travel with their files, each only from where it may come', async () => {
  const desk = await office.officer('one-stop')
  const id = await received(desk)
  assert.deepEqual(await askOpinion(desk.ctx, { dossierId: id, agencyCode: 'G01.08', question, due: '2026-11-25', files: [await aFile('question')] }), [])
  const [consultation] = await listConsultations(node.db, id)
  const [out] = await node.db<{ to_node: string; service: string; payload: string }[]>`SELECT to_node, service, payload FROM exchange.outbox WHERE subject = ${consultation!.id}`
  assert.deepEqual([out!.to_node, out!.service], ['G01', 'consultation.ask'])
  const sent = JSON.parse(out!.payload) as { files: { bytes: string }[]; askedBy?: string }
  assert.deepEqual([Buffer.from(sent.files[0]!.bytes, 'base64').toString(), sent.askedBy], ['%PDF-1.7 question', undefined])
  const ctx = systemCtx(node, 'test')
  const bytes = Buffer.from('%PDF-1.7 answer').toString('base64')
  const message = (from: string, subject: string, payload: unknown) => ({ id: newId(), from, service: 'x', subject, payload, sentAt: node.now() })
  const answer = { answer: 'Không có ý kiến khác', at: '2026-11-20T03:00:00Z', files: [{ id: newId(), side: 'answer', fileId: 'x', fileName: 'y.pdf', mimeType: 'application/pdf', size: 15, bytes }] }
  await assert.rejects(transact(ctx, (tx) => receiveOpinion(tx, ctx, message('G02', consultation!.id, answer))), refusal('NOT_FOUND'))
  for (let n = 0; n < 2; n++) await transact(ctx, (tx) => receiveOpinion(tx, ctx, message('G01', consultation!.id, answer)))
  assert.equal((await findConsultation(node.db, consultation!.id))!.answer, 'Không có ý kiến khác')
  assert.equal((await listEvents(node.db, id)).filter((e) => e.type === 'consultation.answered').length, 1, 'a repeat changes nothing')

  const received2 = newId()
  const asks = { dossierId: newId(), dossierCode: 'G01.08-261120-0001', procedureCode: business, askingAgency: 'G01.08', askedAgency: there, question, dueAt: '2026-11-23T10:00:00Z', askedAt: '2026-11-20T02:00:00Z', files: [] }
  await assert.rejects(transact(ctx, (tx) => receiveQuestion(tx, ctx, message('H01', received2, asks))), refusal('NOT_COMPETENT_HERE'), 'nobody asks in another’s name')
  await transact(ctx, (tx) => receiveQuestion(tx, ctx, message('G01', received2, asks)))
  const who = await office.officer('specialist', { agencyCode: there })
  assert.deepEqual(await answerOpinion(who.ctx, { id: received2, answer: 'Đồng ý', files: [await aFile('answer')] }), [])
  const [back] = await node.db<{ to_node: string; payload: string }[]>`SELECT to_node, payload FROM exchange.outbox WHERE subject = ${received2}`
  assert.deepEqual([back!.to_node, (JSON.parse(back!.payload) as { answer: string }).answer], ['G01', 'Đồng ý'])
})

test('who lets the date pass is reminded by mail, once; an answer in time is not asked for again', async () => {
  const desk = await office.officer('one-stop')
  const id = await received(desk)
  const owes = await office.officer('specialist', { agencyCode: there })
  await node.db`UPDATE identity.officer SET email = 'can.bo@example.gov.vn' WHERE id = ${owes.id}`
  for (let n = 0; n < 2; n++) await askOpinion(desk.ctx, { dossierId: id, agencyCode: there, question, due: '2026-11-23', files: [] })
  const [late, answered] = await listConsultations(node.db, id)
  await answerOpinion(owes.ctx, { id: answered!.id, answer: 'Đồng ý', files: [] })
  const [job] = await node.db<{ run_at: Date }[]>`SELECT run_at FROM platform.job WHERE queue = ${reminderQueue} AND key = ${late!.id}`
  assert.deepEqual(job!.run_at, late!.dueAt)
  now = late!.dueAt.getTime() + 1000
  for (const c of [late!, late!, answered!]) await reminderJobs[reminderQueue]!(node, { consultationId: c.id }, {} as never)
  const reminders = await node.db<{ subject: string }[]>`SELECT subject FROM ledger.event WHERE type = 'consultation.reminded'`
  assert.deepEqual(reminders.map((r) => r.subject), [late!.id])
  assert.equal((await node.db<{ n: number }[]>`SELECT count(*)::int AS n FROM notifications.message WHERE channel = 'email' AND template = 'dossiers.consultation.mail.text'`)[0]!.n, 1)
})

test('notes and things to do are of the dossier’s officers alone, and done once', async () => {
  const [desk, other] = [await office.officer('one-stop'), await office.officer('one-stop', { agencyCode: there })]
  const id = await received(desk)
  await assert.rejects(writeNote(other.ctx, { dossierId: id, kind: 'note', text: 'x', dueOn: undefined }), refusal('NOT_FOUND'))
  assert.deepEqual((await writeNote(desk.ctx, { dossierId: id, kind: 'note', text: ' ', dueOn: undefined })).map((w) => w.field), ['noteText'])
  await writeNote(desk.ctx, { dossierId: id, kind: 'note', text: 'Đã gọi điện cho phòng kinh tế', dueOn: undefined })
  await writeNote(desk.ctx, { dossierId: id, kind: 'task', text: 'Kiểm tra thực địa', dueOn: '2026-11-25' })
  const [note, task] = await listNotes(node.db, id)
  await assert.rejects(finishNote(desk.ctx, { dossierId: id, noteId: note!.id }), refusal('NOT_FOUND'), 'a note is not done')
  const another = await received(desk)
  await assert.rejects(finishNote(desk.ctx, { dossierId: another, noteId: task!.id }), refusal('NOT_FOUND'))
  await finishNote(desk.ctx, { dossierId: id, noteId: task!.id })
  await assert.rejects(finishNote(desk.ctx, { dossierId: id, noteId: task!.id }), refusal('NOT_FOUND'))
  const shown = (await office.get(desk, `/desk/dossiers/${id}`)).body
  assert.match(shown, /Đã gọi điện cho phòng kinh tế/)
  assert.match(shown, /☑ Kiểm tra thực địa/)
  assert.ok(!JSON.stringify((await listEvents(node.db, id)).map((e) => e.data)).includes('thực địa'))
})
})
