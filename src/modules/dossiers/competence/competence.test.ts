import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { buildApp, modules, type App } from '../../../app.ts'
import { getCurrentProcedure } from '../../catalogue/index.ts'
import { findForm, sampleAnswers } from '../../forms/index.ts'
import { addOfficer, authenticate, createSession, type Role } from '../../identity/index.ts'
import { drainFollowers, listEvents } from '../../ledger/index.ts'
import { listTasks } from '../../process/index.ts'
import { createCtx, systemCtx, transact, type Ctx } from '../../../platform/ctx.ts'
import { isRefusal } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import type { Node } from '../../../platform/node.ts'
import { testDatabase } from '../../../platform/testing/database.ts'
import { testNode } from '../../../platform/testing/node.ts'
import { acceptDossier } from '../accept-dossier.ts'
import { findDossier, findReason } from '../dossiers.store.ts'
import { factsOf } from '../dossier.ts'
import { mirrorEvent } from '../mirror-dossier.ts'
import { receiveFiling } from '../receive-filing.ts'
import { requestSupplement } from '../request-supplement.ts'
import { submitDossier } from '../submit-dossier.ts'
import { isUnplaced, listTransfers } from './competence.store.ts'
import { placeDossier, transferDossier } from './transfer-dossier.ts'

const [pleiku, dienHong] = ['23575', '23563']
const business = '1.001612'

suite('competence', () => {
let node!: Node
let app!: App
let [here, there] = ['', '']
const stops: (() => unknown)[] = []
before(async () => {
  const { db } = await testDatabase({ after: (stop: () => unknown) => void stops.push(stop) } as never)
  node = testNode(db, { modules })
  for (const m of node.modules) await m.seed?.(node)
  app = await buildApp(node)
  const agencyAt = async (commune: string): Promise<string> => (await db<{ code: string }[]>`SELECT code FROM organisations.agency WHERE administrative_unit_code = ${commune} AND kind = 'peoples-committee'`)[0]!.code
  ;[here, there] = [await agencyAt(pleiku), await agencyAt(dienHong)]
  await drainFollowers(node)
})
after(async () => {
  await app.stop()
  for (const stop of stops.reverse()) await stop()
})

let count = 0
async function officer(role: Role, agencyCode: string): Promise<{ ctx: Ctx; token: string }> {
  const ctx = systemCtx(node, 'test')
  const officerId = (await addOfficer(ctx, { login: `tham.quyen.${++count}`, password: 'mot-mat-khau-dai', totpSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', name: `Cán Bộ ${count}`, agencyCode, roles: [role] }))!
  const { token } = await transact(ctx, (tx) => createSession(tx, { kind: 'officer', officerId, assurance: 2, methods: ['pwd', 'otp'], now: node.now() }))
  return { token, ctx: createCtx(node, { actor: await authenticate(node, { cookies: {}, authorization: `Bearer ${token}` }) }) }
}
const get = async (token: string, url: string) => app.server.inject({ url, headers: { authorization: `Bearer ${token}` } })

async function file(placeCode: string): Promise<{ id: string; token: string; accountId: string }> {
  const procedure = (await getCurrentProcedure(node.db, business, node.now()))!
  const form = (await findForm(node.db, procedure.content.service!.formKey))!
  const accountId = newId()
  const person = { kind: 'person' as const, id: accountId, subject: newId(), name: 'Nguyễn Văn Thử Nghiệm', assurance: 2 as const, methods: ['otp'], authenticatedAt: new Date(), sessionId: newId() }
  await node.db`INSERT INTO identity.account (id, subject, id_number, full_name, birth_date, phone, assurance, created_at, updated_at) VALUES (${person.id}, ${person.subject}, ${`05209${String(++count).padStart(7, '0')}`}, ${person.name}, '1990-03-12', '0900000099', 2, now(), now())`
  const { token } = await transact(systemCtx(node, 'test'), (tx) => createSession(tx, { kind: 'person', accountId, assurance: 2, methods: ['otp'], now: node.now() }))
  const { id } = await submitDossier(createCtx(node, { actor: person }), {
    procedure, form: { key: form.definition.key, version: form.definition.version }, answers: sampleAnswers(form, 5, { fixed: { founder: 'individual' } }), applicant: { name: person.name, idNumber: '052090000099' }, files: [], placeCode, returnWay: 'online', channel: 'online', filingKey: newId(),
  })
  return { id, token, accountId }
}
const refusal = (code: string) => (error: unknown): boolean => isRefusal(error, code)

test('a filing whose agency cannot be told is not lost: it waits in the queue, is received by nobody, and the person reads so', async () => {
  const { id, token } = await file('99999')
  const dossier = (await findDossier(node.db, id))!
  assert.deepEqual([dossier.state, dossier.nodeCode, dossier.agencyCode, dossier.dueAt, await isUnplaced(node.db, id)], ['new', 'H21', 'H21', null, true])
  const [desk, committee] = [await officer('one-stop', here), await officer('one-stop', 'H21')]
  assert.match((await get(desk.token, '/desk/unplaced')).body, new RegExp(dossier.reference))
  assert.match((await get(desk.token, `/desk/unplaced/${id}`)).body, /Nguyễn Văn Thử Nghiệm/)
  await assert.rejects(acceptDossier(committee.ctx, { dossierId: id }), refusal('COMPETENCE_UNCLEAR'))
  assert.match((await get(token, `/ho-so/${id}/da-nop`)).body, /Chưa xác định được cơ quan giải quyết/)
})

test('an officer says whose it is, with a reason: then that agency receives it, the clock starts there, and the person is told', async () => {
  const { id, token, accountId } = await file('99999')
  const { ctx } = await officer('one-stop', here)
  const wrong = await placeDossier(ctx, { dossierId: id, agencyCode: 'G01.08', reason: ' ' })
  assert.deepEqual(wrong.map((w) => w.field), ['toAgency', 'transferReason'])
  assert.equal(await isUnplaced(node.db, id), true)
  assert.deepEqual(await placeDossier(ctx, { dossierId: id, agencyCode: there, reason: 'Địa điểm kinh doanh thuộc phường Diên Hồng' }), [])
  await assert.rejects(placeDossier(ctx, { dossierId: id, agencyCode: here, reason: 'x' }), refusal('NOT_FOUND'), 'once')
  const desk = await officer('one-stop', there)
  const received = await acceptDossier(desk.ctx, { dossierId: id })
  assert.ok(received.code!.startsWith(`${there}-`) && received.dueAt)
  await drainFollowers(node)
  const notices = await node.db<{ event: string }[]>`SELECT event FROM notifications.inbox_item WHERE person_id = ${accountId} ORDER BY created_at`
  assert.ok(notices.some((n) => n.event === 'dossier-transferred'))
  const shown = (await get(token, `/ho-so/${id}`)).body
  assert.match(shown, /Địa điểm kinh doanh thuộc phường Diên Hồng/)
  assert.doesNotMatch(shown, /Chưa xác định được cơ quan/)
})

test('a received dossier is transferred: code and date stand, the process begins at the new agency, the old one has it no more', async () => {
  const { id } = await file(pleiku)
  const [desk, other] = [await officer('one-stop', here), await officer('one-stop', there)]
  const before = await acceptDossier(desk.ctx, { dossierId: id })
  assert.deepEqual((await transferDossier(desk.ctx, { dossierId: id, agencyCode: here, reason: 'x' })).map((w) => w.field), ['toAgency'], 'not to itself')
  await assert.rejects(transferDossier(other.ctx, { dossierId: id, agencyCode: there, reason: 'x' }), refusal('NOT_FOUND'), 'nobody takes it from another agency')
  assert.deepEqual(await transferDossier(desk.ctx, { dossierId: id, agencyCode: there, reason: 'Trụ sở ở phường Diên Hồng' }), [])
  const after = (await findDossier(node.db, id))!
  assert.deepEqual([after.code, after.dueAt, after.state, after.agencyCode, after.eventSeq], [before.code, before.dueAt, 'received', there, before.eventSeq + 1])
  const open = await listTasks(node.db, { subject: id, open: true })
  assert.deepEqual([...new Set(open.map((task) => task.agencyCode))], [there])
  assert.deepEqual((await listTransfers(node.db, id)).map((m) => [m.fromAgency, m.toAgency]), [[here, there]])
  assert.equal((await get(desk.token, `/desk/dossiers/${id}`)).statusCode, 404)
  assert.match((await get(other.token, `/desk/dossiers/${id}`)).body, /Trụ sở ở phường Diên Hồng/)
  const event = (await listEvents(node.db, id)).at(-1)!
  assert.ok(!JSON.stringify(event.data).includes('Trụ sở'), 'the reason is in no event')
})

test('while a dossier waits for the applicant it stays where the applicant was asked from', async () => {
  const { id } = await file(pleiku)
  const { ctx } = await officer('one-stop', here)
  await acceptDossier(ctx, { dossierId: id })
  await requestSupplement(ctx, { dossierId: id, reason: 'Thiếu giấy tờ', items: ['Giấy tờ'] })
  await assert.rejects(transferDossier(ctx, { dossierId: id, agencyCode: there, reason: 'x' }), refusal('NOT_IN_STATE'))
})

test('what another node could not place waits here; and a mirror follows a transfer with its reason', async () => {
  const { id } = await file(pleiku)
  const facts = { ...factsOf((await findDossier(node.db, id))!), origin: 'VN', agency: 'H21', reference: 'MC-23456-ABCDE' }
  const received = newId()
  const ctx = systemCtx(node, 'test')
  const message = (subject: string, from: string, payload: unknown) => ({ id: newId(), from, service: 'x', subject, payload, at: node.now() }) as never
  await transact(ctx, (tx) => receiveFiling(tx, ctx, message(received, 'VN', { facts, returnWay: 'online', owner: null, form: { key: 'household-business', version: 1 }, answers: {}, summary: null, applicant: { name: 'x', idNumber: '1' }, files: [], unplaced: true })))
  assert.equal(await isUnplaced(node.db, received), true)

  const mirrored = newId()
  const told = (type: string, agency: string, seq: number, reason: string | null) => message(mirrored, 'G01', { type, at: node.now().toISOString(), facts: { ...facts, node: 'G01', agency, seq, reference: 'MC-23456-ABCDF' }, returnWay: 'online', owner: null, supplement: null, reason })
  await transact(ctx, (tx) => mirrorEvent(tx, ctx, told('dossier.submitted', 'G01', 1, null)))
  await transact(ctx, (tx) => mirrorEvent(tx, ctx, told('dossier.transferred', 'G01.08', 2, 'Thuộc Cục Cảnh sát giao thông')))
  assert.deepEqual([(await findDossier(node.db, mirrored))!.agencyCode, await findReason(node.db, mirrored, 'transfer')], ['G01.08', 'Thuộc Cục Cảnh sát giao thông'])
})
})
