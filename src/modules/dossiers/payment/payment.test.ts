import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { buildApp, modules, type App } from '../../../app.ts'
import type { Person } from '../../../platform/actor.ts'
import { createCtx, systemCtx, transact, type Ctx } from '../../../platform/ctx.ts'
import { isRefusal } from '../../../platform/errors.ts'
import { csrfToken } from '../../../platform/http/csrf.ts'
import { newId } from '../../../platform/ids.ts'
import type { Node } from '../../../platform/node.ts'
import { testDatabase } from '../../../platform/testing/database.ts'
import { testNode } from '../../../platform/testing/node.ts'
import { getCurrentProcedure } from '../../catalogue/index.ts'
import { findForm, sampleAnswers } from '../../forms/index.ts'
import { addOfficer, authenticate, createSession, type Role } from '../../identity/index.ts'
import { drainFollowers, listEvents } from '../../ledger/index.ts'
import { listTasks } from '../../process/index.ts'
import { acceptDossier } from '../accept-dossier.ts'
import { explainDue } from '../clock/explain-due.ts'
import { findDossier } from '../dossiers.store.ts'
import { loadCalendar } from '../../calendar/index.ts'
import { submitDossier } from '../submit-dossier.ts'
import { confirmPayment } from './confirm-payment.ts'
import { listPaymentRequests } from './payment.store.ts'
import { requestPayment } from './request-payment.ts'

const business = '1.001612'
const fee = { name: 'Lệ phí đăng ký', amount: 150_000, basis: 'Thông báo 12/TB-UBND' }

suite('payments that a dossier waits for', () => {
let node!: Node
let app!: App
let here = ''
let now = new Date('2026-11-18T02:00:00Z').getTime()
const stops: (() => unknown)[] = []
before(async () => {
  const { db } = await testDatabase({ after: (stop: () => unknown) => void stops.push(stop) } as never)
  node = testNode(db, { modules, now: () => new Date(now) })
  for (const m of node.modules) await m.seed?.(node)
  app = await buildApp(node)
  here = (await db<{ code: string }[]>`SELECT code FROM organisations.agency WHERE administrative_unit_code = '23575' AND kind = 'peoples-committee'`)[0]!.code
  await drainFollowers(node)
})
after(async () => {
  await app.stop()
  for (const stop of stops.reverse()) await stop()
})

let count = 0
async function officer(role: Role): Promise<{ ctx(): Promise<Ctx>; token: string }> {
  const ctx = systemCtx(node, 'test')
  const officerId = (await addOfficer(ctx, { login: `nop.${++count}`, password: 'mot-mat-khau-dai', totpSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', name: `Cán Bộ ${count}`, agencyCode: here, roles: [role] }))!
  const { token } = await transact(ctx, (tx) => createSession(tx, { kind: 'officer', officerId, assurance: 2, methods: ['pwd', 'otp'], now: node.now() }))
  return { token, ctx: async () => createCtx(node, { actor: await authenticate(node, { cookies: {}, authorization: `Bearer ${token}` }) }) }
}
async function accepted(): Promise<{ id: string; token: string; personId: string; due: Date }> {
  const personId = newId()
  const who: Person = { kind: 'person', id: personId, subject: newId(), name: 'Nguyễn Văn Thử Nghiệm', assurance: 2, methods: ['otp'], authenticatedAt: node.now(), sessionId: newId() }
  await node.db`INSERT INTO identity.account (id, subject, id_number, full_name, birth_date, phone, assurance, terms_version, created_at, updated_at) VALUES (${personId}, ${who.subject}, ${`05209${String(++count).padStart(7, '0')}`}, ${who.name}, '1990-03-12', '0900000099', 2, (SELECT max(version) FROM identity.terms_version), now(), now())`
  const { token } = await transact(systemCtx(node, 'test'), (tx) => createSession(tx, { kind: 'person', accountId: personId, assurance: 2, methods: ['otp'], now: node.now() }))
  const procedure = (await getCurrentProcedure(node.db, business, node.now()))!
  const form = (await findForm(node.db, procedure.content.service!.formKey))!
  const { id } = await submitDossier(createCtx(node, { actor: who }), { procedure, form: { key: form.definition.key, version: form.definition.version }, answers: sampleAnswers(form, 5, { fixed: { founder: 'individual' } }), applicant: { name: who.name, idNumber: '052090000099' }, files: [], placeCode: '23575', returnWay: 'desk', channel: 'online', filingKey: newId() })
  const { dueAt } = await acceptDossier(await (await officer('one-stop')).ctx(), { dossierId: id })
  return { id, token, personId, due: dueAt! }
}
async function send(token: string, method: 'GET' | 'POST', url: string, fields: Record<string, string> = {}) {
  const code = node.config.code.toLowerCase()
  const page = method === 'POST' ? { payload: new URLSearchParams({ _csrf: csrfToken(node.config.secret, 'abc'), ...fields }).toString() } : {}
  return app.server.inject({ method, url, headers: { cookie: `mc_session_${code}=${token}; mc_csrf_${node.config.slug}=abc`, 'content-type': 'application/x-www-form-urlencoded' }, ...page })
}

test('the clock stands from the request to the confirmation, the steps wait with it, and its story says so', async () => {
  const [specialist, { id, due }] = [await officer('specialist'), await accepted()]
  const asked = await requestPayment(await specialist.ctx(), { dossierId: id, ...fee })
  assert.deepEqual([asked.state, asked.pausedAt], ['payment-required', node.now()])
  await assert.rejects(requestPayment(await specialist.ctx(), { dossierId: id, ...fee }), (e) => isRefusal(e, 'NOT_IN_STATE'), 'one at a time')
  const story = async (): Promise<string> => (await explainDue(node.db, await loadCalendar(node.db), node.config.code, (await findDossier(node.db, id))!)).map((s) => s.key).join()
  assert.match(await story(), /stopped_payment/)
  // Two days of calendar later, both working days.
  now += 2 * 86_400_000
  const desk = await officer('one-stop')
  const paid = await confirmPayment(await desk.ctx(), { dossierId: id, receipt: 'BL-0001' })
  assert.equal(paid.state, 'in-progress')
  assert.ok(paid.dueAt! > due, 'later by the time that it stood')
  assert.match(await story(), /resumed_resume/)
  const [kept] = await listPaymentRequests(node.db, id)
  assert.deepEqual([kept!.amount, kept!.receipt, kept!.paidAt], [150_000, 'BL-0001', node.now()])
  assert.ok((await listTasks(node.db, { subject: id, open: true })).length > 0, 'the steps are open again')
  await assert.rejects(confirmPayment(await desk.ctx(), { dossierId: id, receipt: 'BL-0002' }), (e) => isRefusal(e, 'NOT_IN_STATE'))
  const events = await listEvents(node.db, id)
  assert.deepEqual(events.map((e) => e.type).filter((type) => /payment|paid/.test(type)), ['dossier.payment_requested', 'dossier.paid'])
  assert.ok(!events.some((e) => /150000|BL-0001|Lệ phí/.test(JSON.stringify(e.data))), 'what is paid is not the ledger’s')
})

test('on the pages: mistakes keep what was typed, the person sees what to pay and is told, the desk confirms with the receipt', async () => {
  const [specialist, desk, { id, token, personId }] = [await officer('specialist'), await officer('one-stop'), await accepted()]
  const page = `/desk/dossiers/${id}`
  const wrong = await send(specialist.token, 'POST', `${page}/payment`, { paymentName: 'Lệ phí đăng ký', paymentAmount: '12,5', paymentBasis: '' })
  assert.equal(wrong.statusCode, 400)
  for (const said of ['href="#paymentAmount"', 'href="#paymentBasis"', 'value="12,5"', 'Lệ phí đăng ký']) assert.ok(wrong.body.includes(said), said)
  assert.equal((await send(specialist.token, 'POST', `${page}/payment`, { paymentName: fee.name, paymentAmount: '150.000', paymentBasis: fee.basis })).statusCode, 303)
  const own = (await send(token, 'GET', `/ho-so/${id}`)).body
  for (const said of ['Cần nộp tiền để hồ sơ được giải quyết tiếp', '150.000', fee.basis]) assert.ok(own.includes(said), said)
  assert.doesNotMatch((await send(specialist.token, 'GET', page)).body, /payment\/confirm|\/tasks\//, 'who handles waits')
  assert.equal((await send(desk.token, 'POST', `${page}/payment/confirm`, { paymentReceipt: '' })).statusCode, 400)
  assert.equal((await send(specialist.token, 'POST', `${page}/payment/confirm`, { paymentReceipt: 'x' })).statusCode, 403)
  assert.match((await send(desk.token, 'GET', page)).body, /payment\/confirm/)
  assert.equal((await send(desk.token, 'POST', `${page}/payment/confirm`, { paymentReceipt: 'BL-7' })).statusCode, 303)
  assert.doesNotMatch((await send(token, 'GET', `/ho-so/${id}`)).body, /Cần nộp tiền/)
  await drainFollowers(node)
  const told = (await node.db<{ event: string }[]>`SELECT event FROM notifications.inbox_item WHERE person_id = ${personId}`).map((row) => row.event)
  assert.ok(told.includes('dossier-payment') && told.includes('dossier-paid'), told.join())
})
})
