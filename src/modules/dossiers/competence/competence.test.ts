import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { drainFollowers, listEvents } from '../../ledger/index.ts'
import { listTasks } from '../../process/index.ts'
import { systemCtx, transact } from '../../../platform/ctx.ts'
import { newId } from '../../../platform/ids.ts'
import type { Node } from '../../../platform/node.ts'
import { acceptDossier } from '../accept-dossier.ts'
import { findDossier, findReason } from '../dossiers.store.ts'
import { factsOf } from '../dossier.ts'
import { mirrorEvent } from '../mirror-dossier.ts'
import { receiveFiling } from '../receive-filing.ts'
import { requestSupplement } from '../request-supplement.ts'
import { isUnplaced, listTransfers } from './competence.store.ts'
import { placeDossier, transferDossier } from './transfer-dossier.ts'
import { pleiku, refusal, smallOffice, type Sitting, type SmallOffice } from '../testing/small-office.ts'

suite('competence', () => {
let [here, there] = ['', '']
let office!: SmallOffice
let node!: Node
before(async () => {
  office = await smallOffice()
  ;({ node, here, there } = office)
})
after(() => office.stop())

/** Filed in a commune by somebody with an account. */
async function file(placeCode: string): Promise<{ id: string; who: Sitting }> {
  const who = await office.person()
  return { who, id: await office.file(who, { placeCode, returnWay: 'online' }) }
}

test('a filing whose agency cannot be told is not lost: it waits in the queue, is received by nobody, and the person reads so', async () => {
  const { id, who } = await file('99999')
  const dossier = (await findDossier(node.db, id))!
  assert.deepEqual([dossier.state, dossier.nodeCode, dossier.agencyCode, dossier.dueAt, await isUnplaced(node.db, id)], ['new', 'H21', 'H21', null, true])
  const [desk, committee] = [await office.officer('one-stop'), await office.officer('one-stop', { agencyCode: 'H21' })]
  assert.match((await office.get(desk, '/desk/unplaced')).body, new RegExp(dossier.reference))
  assert.match((await office.get(desk, `/desk/unplaced/${id}`)).body, /Nguyễn Văn Thử Nghiệm/)
  await assert.rejects(acceptDossier(committee.ctx, { dossierId: id }), refusal('COMPETENCE_UNCLEAR'))
  assert.match((await office.get(who, `/ho-so/${id}/da-nop`)).body, /Chưa xác định được cơ quan giải quyết/)
})

test('an officer says whose it is, with a reason: then that agency receives it, the clock starts there, and the person is told', async () => {
  const { id, who } = await file('99999')
  const { ctx } = await office.officer('one-stop')
  const wrong = await placeDossier(ctx, { dossierId: id, agencyCode: 'G01.08', reason: ' ' })
  assert.deepEqual(wrong.map((w) => w.field), ['toAgency', 'transferReason'])
  assert.equal(await isUnplaced(node.db, id), true)
  assert.deepEqual(await placeDossier(ctx, { dossierId: id, agencyCode: there, reason: 'Địa điểm kinh doanh thuộc phường Diên Hồng' }), [])
  await assert.rejects(placeDossier(ctx, { dossierId: id, agencyCode: here, reason: 'x' }), refusal('NOT_FOUND'), 'once')
  const desk = await office.officer('one-stop', { agencyCode: there })
  const received = await acceptDossier(desk.ctx, { dossierId: id })
  assert.ok(received.code!.startsWith(`${there}-`) && received.dueAt)
  await drainFollowers(node)
  const notices = await node.db<{ event: string }[]>`SELECT event FROM notifications.inbox_item WHERE person_id = ${who.id} ORDER BY created_at`
  assert.ok(notices.some((n) => n.event === 'dossier-transferred'))
  const shown = (await office.get(who, `/ho-so/${id}`)).body
  assert.match(shown, /Địa điểm kinh doanh thuộc phường Diên Hồng/)
  assert.doesNotMatch(shown, /Chưa xác định được cơ quan/)
})

test('a received dossier is transferred: code and date stand, the process begins at the new agency, the old one has it no more', async () => {
  const { id } = await file(pleiku)
  const [desk, other] = [await office.officer('one-stop'), await office.officer('one-stop', { agencyCode: there })]
  const before = await acceptDossier(desk.ctx, { dossierId: id })
  assert.deepEqual((await transferDossier(desk.ctx, { dossierId: id, agencyCode: here, reason: 'x' })).map((w) => w.field), ['toAgency'], 'not to itself')
  await assert.rejects(transferDossier(other.ctx, { dossierId: id, agencyCode: there, reason: 'x' }), refusal('NOT_FOUND'), 'nobody takes it from another agency')
  assert.deepEqual(await transferDossier(desk.ctx, { dossierId: id, agencyCode: there, reason: 'Trụ sở ở phường Diên Hồng' }), [])
  const after = (await findDossier(node.db, id))!
  assert.deepEqual([after.code, after.dueAt, after.state, after.agencyCode, after.eventSeq], [before.code, before.dueAt, 'received', there, before.eventSeq + 1])
  const open = await listTasks(node.db, { subject: id, open: true })
  assert.deepEqual([...new Set(open.map((task) => task.agencyCode))], [there])
  assert.deepEqual((await listTransfers(node.db, id)).map((m) => [m.fromAgency, m.toAgency]), [[here, there]])
  assert.equal((await office.get(desk, `/desk/dossiers/${id}`)).statusCode, 404)
  assert.match((await office.get(other, `/desk/dossiers/${id}`)).body, /Trụ sở ở phường Diên Hồng/)
  const event = (await listEvents(node.db, id)).at(-1)!
  assert.ok(!JSON.stringify(event.data).includes('Trụ sở'), 'the reason is in no event')
})

test('while a dossier waits for the applicant it stays where the applicant was asked from', async () => {
  const { id } = await file(pleiku)
  const { ctx } = await office.officer('one-stop')
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
