import assert from 'node:assert/strict'
import { before, suite, test } from 'node:test'
import { systemCtx } from '../../../platform/ctx.ts'
import type { Sql, Tx } from '../../../platform/db.ts'
import type { Node } from '../../../platform/node.ts'
import { testDatabase } from '../../../platform/testing/database.ts'
import { testNode } from '../../../platform/testing/node.ts'
import { listEvents } from '../../ledger/index.ts'
import { catalogue } from '../index.ts'
import { officer, site } from '../testing/site.tsx'
import { adminReportRoutes } from './admin.page.tsx'
import { eraseContact, receiveReportAnswer } from './answer-report.ts'
import { limits, makeReport, receiveReport, type ReportInput } from './make-report.ts'
import { reportRoutes } from './public.page.tsx'
import { newReference, readReference } from './report.ts'
import { findByReference } from './reports.store.ts'

suite('reports', () => {
let db: Sql
let node: Node
let now = new Date('2026-11-23T09:00:00+07:00')

before(async () => {
  db = (await testDatabase()).db
  node = testNode(db, { code: 'VN', modules: [catalogue], now: () => now })
  await catalogue.seed!(node)
})

const routes = [...reportRoutes, ...adminReportRoutes]
const words = 'Lệ phí ghi 10.000 đồng nhưng quy định mới miễn phí.'
let browsers = 0
const input = (change: Partial<ReportInput> = {}): ReportInput => ({ kind: 'wrong', code: '1.001193', words, contact: '', session: `browser ${++browsers}`, address: `10.0.0.${browsers}`, ...change })
const make = async (change: Partial<ReportInput> = {}): Promise<string> => {
  const made = await makeReport(systemCtx(node, 'test'), input(change))
  assert.equal(typeof made, 'string', JSON.stringify(made))
  return made as string
}

test('anyone reports without logging in, gets a number, and follows the report by it', async (t) => {
  const { get, post } = await site(t, node, routes)
  assert.match((await get('/bao-loi-du-lieu?thu-tuc=1.001193')).body, /Đăng ký khai sinh/)
  now = new Date('2026-11-20T09:00:00+07:00')
  const sent = await post('/bao-loi-du-lieu', { kind: 'wrong', code: '1.001193', words, contact: 'lan@example.vn' })
  now = new Date('2026-11-23T09:00:00+07:00')
  assert.equal(sent.statusCode, 303)
  const { body } = await get(String(sent.headers.location))
  for (const part of ['Đã gửi báo cáo', 'BL-261120-', 'Bộ Tư pháp', 'Đang xử lý']) assert.ok(body.includes(part), part)
  assert.ok(!body.includes('lan@example.vn') && !body.includes('10.000'))
  assert.match((await get('/bao-loi-du-lieu/theo-doi?ma=BL-261120-AAAAAAAA')).body, /Không có báo cáo mang mã này/)
})

test('what was typed stays when something is missing', async (t) => {
  const { post } = await site(t, node, routes)
  const wrong = await post('/bao-loi-du-lieu', { kind: '', code: '9.999999', words: 'ngắn', contact: 'không phải thư' })
  assert.equal(wrong.statusCode, 400)
  for (const part of ['href="#kind"', 'href="#code"', 'href="#words"', 'href="#contact"', 'value="9.999999"', 'value="không phải thư"']) assert.ok(wrong.body.includes(part), part)
  assert.ok(Array.isArray(await makeReport(systemCtx(node, 'test'), input({ code: '' }))), 'what is wrong needs a procedure')
  assert.match(await make({ kind: 'missing', code: '' }), /^BL-/)
})

test('contact and words never reach the ledger, and the contact is not readable in the table', async () => {
  const report = (await findByReference(db, await make({ contact: '0912 345 678' })))!
  const events = JSON.stringify(await listEvents(db, report.id))
  assert.match(events, /report_made/)
  assert.ok(!events.includes('0912') && !events.includes('Lệ phí'))
  assert.ok(!report.contact!.toString('latin1').includes('0912'))
})

test('the editors of the owner see and answer a report; those of others see neither list nor page', async (t) => {
  const { as, get, post } = await site(t, node, routes)
  const reference = await make({ contact: 'lan@example.vn' })
  const report = (await findByReference(db, reference))!
  as(officer('G01', 'catalogue.reports'))
  assert.ok(!(await get('/admin/reports')).body.includes(reference))
  assert.equal((await get(`/admin/reports/${report.id}`)).statusCode, 404)
  as(officer('G22', 'catalogue.reports', 'catalogue.review'))
  assert.ok((await get('/admin/reports')).body.includes(reference))
  as(officer(report.owner!, 'catalogue.reports'))
  assert.ok((await get('/admin/reports?kind=wrong&state=new')).body.includes(reference))
  assert.ok((await get(`/admin/reports/${report.id}`)).body.includes('lan@example.vn'))
  const wrong = await post(`/admin/reports/${report.id}`, { outcome: '', answer: 'Đã sửa' })
  assert.deepEqual([wrong.statusCode, wrong.body.includes('Đã sửa'), wrong.body.includes('href="#outcome"')], [400, true, true])
  assert.equal((await post(`/admin/reports/${report.id}`, { outcome: 'corrected', answer: 'Đã sửa lệ phí' })).statusCode, 303)
  assert.match((await get(`/bao-loi-du-lieu/theo-doi?ma=${reference.toLowerCase()}`)).body, /Đã chỉnh sửa[\s\S]*Đã sửa lệ phí/)
  await eraseContact(node, { id: report.id }, { id: 1, attempts: 1 })
  assert.equal((await findByReference(db, reference))!.contact, null)
})

test('one browser sends a few reports an hour, and then may not for an hour', async () => {
  for (let i = 0; i < limits.session; i++) await make({ session: 'one' })
  await assert.rejects(make({ session: 'one' }), /TOO_MANY_REPORTS/)
  await make({ session: 'another' })
  now = new Date(now.getTime() + 3_600_001)
  await make({ session: 'one' })
})

test('a new cookie does not lift the limit of an address', async () => {
  for (let i = 0; i < limits.address; i++) await make({ address: 'same' })
  await assert.rejects(make({ address: 'same' }), /TOO_MANY_REPORTS/)
})

test('a report at a province goes to the national node without the contact, and the answer comes back', async () => {
  const province = await testDatabase()
  const there = testNode(province.db, { code: 'H21', modules: [catalogue], now: () => now })
  await catalogue.seed!(there)
  const reference = (await makeReport(systemCtx(there, 'test'), input({ contact: 'lan@example.vn' }))) as string
  const [sent] = await province.db<{ to_node: string; payload: string; subject: string }[]>`SELECT to_node, payload::text AS payload, subject FROM exchange.outbox WHERE service = 'catalogue.report'`
  assert.ok(sent && sent.to_node === 'VN' && !sent.payload.includes('lan@example.vn') && sent.payload.includes(reference))
  const message = { id: sent.subject, from: 'H21', service: 'catalogue.report', subject: sent.subject, payload: JSON.parse(sent.payload) as unknown, sentAt: now }
  for (let i = 0; i < 2; i++) await db.begin((tx) => receiveReport(tx as Tx, systemCtx(node, 'test'), message))
  const here = (await findByReference(db, reference))!
  assert.deepEqual([here.fromNode, here.owner, here.contact], ['H21', 'G15', null])
  const back = { ...message, from: 'VN', payload: { id: here.id, outcome: 'will-correct', answer: 'Sẽ sửa' } }
  await assert.rejects(province.db.begin((tx) => receiveReportAnswer(tx as Tx, systemCtx(there, 'test'), { ...back, from: 'G01' })), /NOT_AUTHOR/)
  await province.db.begin((tx) => receiveReportAnswer(tx as Tx, systemCtx(there, 'test'), back))
  assert.equal((await findByReference(province.db, reference))!.answer, 'Sẽ sửa')
  await province[Symbol.asyncDispose]()
})

test('a reference is written as people write, and not guessed', () => {
  assert.equal(readReference(' bl-261122-7kq4 m2xd'), 'BL-261122-7KQ4M2XD')
  assert.equal(readReference("' OR 1=1"), undefined)
  assert.equal(new Set(Array.from({ length: 200 }, () => newReference('2026-11-22'))).size, 200)
  assert.ok(readReference(newReference('2026-11-22')))
})
})
