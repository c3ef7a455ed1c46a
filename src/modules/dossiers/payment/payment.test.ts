import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { Person } from '../../../platform/actor.ts'
import { transact } from '../../../platform/ctx.ts'
import { isRefusal } from '../../../platform/errors.ts'
import type { Node } from '../../../platform/node.ts'
import { findForm, sampleAnswers } from '../../forms/index.ts'
import { drainFollowers, listEvents } from '../../ledger/index.ts'
import { listTasks } from '../../process/index.ts'
import { acceptDossier } from '../accept-dossier.ts'
import { explainDue } from '../clock/explain-due.ts'
import { saveDraft } from '../drafts.store.ts'
import { startDraft } from '../start-draft.ts'
import { findDossier } from '../dossiers.store.ts'
import { loadCalendar } from '../../calendar/index.ts'
import { confirmPayment } from './confirm-payment.ts'
import { listPaymentRequests } from './payment.store.ts'
import { requestPayment } from './request-payment.ts'
import { smallOffice, type Sitting, type SmallOffice } from '../testing/small-office.ts'

const fee = { name: 'Lệ phí đăng ký', amount: 150_000, basis: 'Thông báo 12/TB-UBND' }

suite('payments that a dossier waits for', () => {
let now = new Date('2026-11-18T02:00:00Z').getTime()
let office!: SmallOffice
let node!: Node
before(async () => {
  office = await smallOffice({ now: () => new Date(now) })
  ;({ node } = office)
})
after(() => office.stop())

async function accepted(): Promise<{ id: string; who: Sitting; due: Date }> {
  const who = await office.person()
  const id = await office.file(who)
  return { id, who, due: (await acceptDossier((await office.officer('one-stop')).ctx, { dossierId: id })).dueAt! }
}

test('the clock stands from the request to the confirmation, the steps wait with it, and its story says so', async () => {
  const [specialist, { id, due }] = [await office.officer('specialist'), await accepted()]
  const asked = await requestPayment(specialist.ctx, { dossierId: id, ...fee })
  assert.deepEqual([asked.state, asked.pausedAt], ['payment-required', node.now()])
  await assert.rejects(requestPayment(specialist.ctx, { dossierId: id, ...fee }), (e) => isRefusal(e, 'NOT_IN_STATE'), 'one at a time')
  const story = async (): Promise<string> => (await explainDue(node.db, await loadCalendar(node.db), node.config.code, (await findDossier(node.db, id))!)).map((s) => s.key).join()
  assert.match(await story(), /stopped_payment/)
  // Two days of calendar later, both working days.
  now += 2 * 86_400_000
  const desk = await office.officer('one-stop')
  const paid = await confirmPayment(desk.ctx, { dossierId: id, receipt: 'BL-0001' })
  assert.equal(paid.state, 'in-progress')
  assert.ok(paid.dueAt! > due, 'later by the time that it stood')
  assert.match(await story(), /resumed_resume/)
  const [kept] = await listPaymentRequests(node.db, id)
  assert.deepEqual([kept!.amount, kept!.receipt, kept!.paidAt], [150_000, 'BL-0001', node.now()])
  assert.ok((await listTasks(node.db, { subject: id, open: true })).length > 0, 'the steps are open again')
  await assert.rejects(confirmPayment(desk.ctx, { dossierId: id, receipt: 'BL-0002' }), (e) => isRefusal(e, 'NOT_IN_STATE'))
  const events = await listEvents(node.db, id)
  assert.deepEqual(events.map((e) => e.type).filter((type) => /payment|paid/.test(type)), ['dossier.payment_requested', 'dossier.paid'])
  assert.ok(!events.some((e) => /150000|BL-0001|Lệ phí/.test(JSON.stringify(e.data))), 'what is paid is not the ledger’s')
})

test('on the pages: mistakes keep what was typed, the person sees what to pay and is told, the desk confirms with the receipt', async () => {
  const [specialist, desk, { id, who }] = [await office.officer('specialist'), await office.officer('one-stop'), await accepted()]
  const page = `/desk/dossiers/${id}`
  const wrong = await office.post(specialist, `${page}/payment`, Object.entries({ paymentName: 'Lệ phí đăng ký', paymentAmount: '12,5', paymentBasis: '' }))
  assert.equal(wrong.statusCode, 400)
  for (const said of ['href="#paymentAmount"', 'href="#paymentBasis"', 'value="12,5"', 'Lệ phí đăng ký']) assert.ok(wrong.body.includes(said), said)
  assert.equal((await office.post(specialist, `${page}/payment`, Object.entries({ paymentName: fee.name, paymentAmount: '150.000', paymentBasis: fee.basis }))).statusCode, 303)
  const own = (await office.get(who, `/ho-so/${id}`)).body
  for (const said of ['Cần nộp tiền để hồ sơ được giải quyết tiếp', '150.000', fee.basis]) assert.ok(own.includes(said), said)
  assert.doesNotMatch((await office.get(specialist, page)).body, /payment\/confirm|\/tasks\//, 'who handles waits')
  assert.equal((await office.post(desk, `${page}/payment/confirm`, Object.entries({ paymentReceipt: '' }))).statusCode, 400)
  assert.equal((await office.post(specialist, `${page}/payment/confirm`, Object.entries({ paymentReceipt: 'x' }))).statusCode, 403)
  assert.match((await office.get(desk, page)).body, /payment\/confirm/)
  assert.equal((await office.post(desk, `${page}/payment/confirm`, Object.entries({ paymentReceipt: 'BL-7' }))).statusCode, 303)
  assert.doesNotMatch((await office.get(who, `/ho-so/${id}`)).body, /Cần nộp tiền/)
  await drainFollowers(node)
  const told = (await node.db<{ event: string }[]>`SELECT event FROM notifications.inbox_item WHERE person_id = ${who.id}`).map((row) => row.event)
  assert.ok(told.includes('dossier-payment') && told.includes('dossier-paid'), told.join())
})

test('who files sees the fee that the decision table gives, with its article, before filing', async () => {
  const who = await office.person()
  const id = await startDraft(who.ctx, who.ctx.actor as Person, '2.000815')
  const form = (await findForm(node.db, 'certified-copy'))!
  const answers = { ...sampleAnswers(form, 5, { now: node.now(), communes: [{ code: '23575', province: '52' }] }), papers: [{ kind: 'diploma', title: 'Bằng 17', issuer: 'Trường', pages: 5, copies: 3 }] }
  await transact(who.ctx, (tx) => saveDraft(tx, id, { answers, filled: [], visited: form.definition.pages.map((p) => p.id), at: node.now() }))
  const page = (await office.get(who, `/nop-ho-so/2.000815/${id}/kiem-tra`)).body
  assert.match(page, /Phí, lệ phí theo nội dung khai: 21\.000 đồng\. Căn cứ: Thông tư 226\/2016\/TT-BTC, Điều 4/)
  assert.equal((await node.db`SELECT 1 FROM decisions.decision_taken`).count, 0, 'a look is no decision')
})

test('the fee that the procedure’s decision table gives is proposed at the desk, and asked for with the decision on record', async () => {
  const [specialist, who] = [await office.officer('specialist'), await office.person()]
  const papers = [{ kind: 'diploma', title: 'Bằng riêng tư 17', issuer: 'Trường', pages: 5, copies: 3 }]
  const id = await office.file(who, { procedure: '2.000815', change: { papers } })
  await acceptDossier((await office.officer('one-stop')).ctx, { dossierId: id })
  const page = (await office.get(specialist, `/desk/dossiers/${id}`)).body
  for (const said of ['Phí chứng thực bản sao từ bản chính', 'value="21.000"', 'Thông tư 226/2016/TT-BTC, Điều 4']) assert.ok(page.includes(said), said)
  const ask = (amount: string) => office.post(specialist, `/desk/dossiers/${id}/payment`, Object.entries({ paymentName: 'Phí chứng thực', paymentAmount: amount, paymentBasis: 'Thông tư 226/2016/TT-BTC, Điều 4' }))
  assert.equal((await ask('21.000')).statusCode, 303)
  const [asked] = await listPaymentRequests(node.db, id)
  const [taken] = await node.db<{ key: string; version: number; inputs: unknown; result: unknown; taken_by: string }[]>`SELECT key, version, inputs, result, taken_by FROM decisions.decision_taken WHERE id = ${asked!.decisionId!}`
  assert.deepEqual(taken, { key: 'phi-chung-thuc-ban-sao', version: 1, inputs: { papers: [{ pages: 5, copies: 3 }] }, result: 21_000, taken_by: `officer:${specialist.id}` }, 'with what the fee depends on and nothing else')

  await confirmPayment((await office.officer('one-stop')).ctx, { dossierId: id, receipt: 'BL-9' })
  assert.equal((await ask('50.000')).statusCode, 303)
  assert.equal((await listPaymentRequests(node.db, id)).at(-1)!.decisionId, null, 'what an officer sets is no decision of the table')
})
})
