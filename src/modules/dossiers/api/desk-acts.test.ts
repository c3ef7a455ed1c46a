import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { LightMyRequestResponse } from 'fastify'
import { getCurrentProcedure } from '../../catalogue/index.ts'
import { findForm, sampleAnswers } from '../../forms/index.ts'
import { getTask, listTasks } from '../../process/index.ts'
import type { Node } from '../../../platform/node.ts'
import { acceptDossier } from '../accept-dossier.ts'
import { findDossier } from '../dossiers.store.ts'
import { requestWithdrawal } from '../withdraw-dossier.ts'
import { business, pleiku, smallOffice, type Sitting, type SmallOffice } from '../testing/small-office.ts'

const card = '052090000093||Đỗ Văn Lập Trình|12031990|Nam|27 đường Wừu, Pleiku, Gia Lai|01012024||'

suite('the API of what officers do', () => {
let office!: SmallOffice
let node!: Node
let [desk, specialist, colleague, leader] = [] as unknown as [Sitting, Sitting, Sitting, Sitting]
before(async () => {
  office = await smallOffice()
  ;({ node } = office)
  ;[desk, specialist, colleague, leader] = [await office.officer('one-stop'), await office.officer('specialist'), await office.officer('specialist'), await office.officer('leader')]
})
after(() => office.stop())

const post = (who: Sitting, path: string, body: unknown, key?: string): Promise<LightMyRequestResponse> =>
  office.app.server.inject({ method: 'POST', url: `/api/v1/desk${path}`, headers: { authorization: `Bearer ${who.token}`, 'content-type': 'application/json', ...(key ? { 'idempotency-key': key } : {}) }, payload: JSON.stringify(body) })
/** Status and the fields that a problem names. */
const problem = async (reply: Promise<LightMyRequestResponse>): Promise<unknown[]> => {
  const { statusCode, headers, json } = await reply
  assert.match(String(headers['content-type']), /^application\/problem\+json/)
  const body = json<{ code: string; errors?: { field: string }[] }>()
  return [statusCode, body.code, ...(body.errors ?? []).map((e) => e.field)]
}
const ok = async (reply: Promise<LightMyRequestResponse>): Promise<Record<string, unknown>> => {
  const answer = await reply
  assert.equal(answer.statusCode, 200, answer.body)
  return answer.json()
}
async function received(): Promise<{ id: string; task: string }> {
  const id = await office.file(await office.person())
  await acceptDossier(desk.ctx, { dossierId: id })
  return { id, task: (await listTasks(node.db, { subject: id, open: true })).find((t) => t.role === 'specialist')!.id }
}

test('a visit: who is there, what is filed for him and received at once; the same key files once, with another body it is refused', async () => {
  assert.deepEqual(await problem(post(desk, '/visits', { channel: 'desk', query: '12' })), [400, 'platform.INVALID', 'query'])
  const { id } = await ok(post(desk, '/visits', { channel: 'desk', query: card }))
  const form = (await findForm(node.db, (await getCurrentProcedure(node.db, business, node.now()))!.content.service!.formKey))!
  const answers = sampleAnswers(form, 5, { now: node.now(), fixed: { founder: 'individual', ownerId: '052090000093', ownerBirthDate: '1990-03-12', ownerSex: 'male' }, communes: [{ code: pleiku, province: '52' }] })
  assert.deepEqual((await problem(post(desk, `/visits/${id}/dossiers`, { procedure: business, answers: {} }))).slice(0, 2), [400, 'platform.INVALID'])
  assert.deepEqual(await problem(post(desk, `/visits/${id}/dossiers`, { procedure: business, answers: { ...answers, ownerId: '052090000099' } })), [400, 'platform.INVALID', 'answers.ownerId'])
  const first = await ok(post(desk, `/visits/${id}/dossiers`, { procedure: business, answers }, 'f1'))
  assert.deepEqual([first.state, first.channel], ['received', 'desk'])
  assert.equal((await ok(post(desk, `/visits/${id}/dossiers`, { procedure: business, answers }, 'f1'))).id, first.id)
  assert.equal((await node.db<{ n: number }[]>`SELECT count(*)::int AS n FROM dossiers.dossier`)[0]!.n, 1)
  assert.deepEqual(await problem(post(desk, `/visits/${id}/dossiers`, { procedure: business, answers, later: true }, 'f1')), [409, 'platform.IDEMPOTENCY_KEY_REUSED'])
  assert.deepEqual(await problem(post(desk, `/visits/${id}/organisation`, { taxCode: '1' })), [400, 'platform.INVALID', 'taxCode'])
  assert.deepEqual(await problem(post(await office.officer('one-stop'), `/visits/${id}/close`, {})), [410, 'dossiers.VISIT_OVER'])
  await ok(post(desk, `/visits/${id}/close`, {}))
})

test('steps are taken, laid back, assigned and handed over; rights are those of the acts', async () => {
  const { id, task } = await received()
  const holder = async (): Promise<string | null> => (await getTask(node.db, task))!.assignee
  assert.deepEqual(await problem(post(desk, `/dossiers/${id}/tasks/${task}/take`, {})), [403, 'dossiers.STEP_NOT_YOURS'])
  await ok(post(specialist, `/dossiers/${id}/tasks/${task}/take`, {}))
  assert.equal(await holder(), specialist.id)
  await ok(post(specialist, `/dossiers/${id}/tasks/${task}/release`, {}))
  await ok(post(leader, `/dossiers/${id}/tasks/${task}/assign`, { officerId: specialist.id }))
  const made = await ok(post(specialist, '/hand-overs', { steps: [{ dossierId: id, taskId: task }], officerId: colleague.id, reason: 'Đi học' }))
  assert.ok(made.id)
  assert.equal(await holder(), colleague.id)
  assert.deepEqual((await ok(post(specialist, '/hand-overs', { steps: [{ dossierId: id, taskId: task }], officerId: colleague.id, reason: 'x' }))).refused, [{ taskId: task, code: 'dossiers.STEP_NOT_YOURS' }])
  const stranger = await office.officer('specialist', { agencyCode: office.there })
  assert.deepEqual(await problem(post(stranger, `/dossiers/${id}/tasks/${task}/take`, {})), [404, 'dossiers.NOT_FOUND'])
})

test('transfers, opinions, notes, payments and judgements, each with its mistakes under the names of the API', async () => {
  const { id } = await received()
  const at = `/dossiers/${id}`
  assert.deepEqual(await problem(post(specialist, `${at}/transfer-out`, { agency: office.there, reason: ' ' })), [400, 'platform.INVALID', 'agency', 'reason'])
  assert.deepEqual(await problem(post(specialist, `${at}/transfer-back`, { reason: 'x' })), [409, 'dossiers.TRANSFER_MISSING'])
  assert.deepEqual(await problem(post(specialist, `${at}/consultations`, { agency: office.here, question: '', due: '2020-01-01' })), [400, 'platform.INVALID', 'agency', 'question', 'due'])
  await ok(post(specialist, `${at}/consultations`, { agency: office.there, question: 'Đề nghị xác nhận', due: '2030-01-02' }, 'c1'))
  await ok(post(specialist, `${at}/consultations`, { agency: office.there, question: 'Đề nghị xác nhận', due: '2030-01-02' }, 'c1'))
  const asked = await node.db<{ id: string }[]>`SELECT id FROM dossiers.consultation WHERE dossier_id = ${id}`
  assert.equal(asked.length, 1, 'asked once')
  assert.deepEqual(await problem(post(colleague, `/consultations/${asked[0]!.id}/answer`, { answer: 'x' })), [404, 'dossiers.NOT_FOUND'])
  await ok(post(await office.officer('specialist', { agencyCode: office.there }), `/consultations/${asked[0]!.id}/answer`, { answer: 'Đồng ý' }))
  assert.deepEqual(await problem(post(specialist, `${at}/notes`, { text: ' ' })), [400, 'platform.INVALID', 'text'])
  assert.equal((await ok(post(specialist, `${at}/payment`, { name: 'Lệ phí', amount: 150_000, basis: 'Thông báo 1' }))).state, 'payment-required')
  assert.equal((await ok(post(desk, `${at}/payment/confirm`, { receipt: 'BL 12' }))).state, 'in-progress')
  assert.deepEqual(await problem(post(specialist, `${at}/correction`, { field: 'none', value: '', reason: ' ' })), [400, 'platform.INVALID', 'field', 'value', 'reason'])
  assert.equal((await ok(post(specialist, `${at}/transfer`, { agency: office.there, reason: 'Trụ sở ở đó' }))).agency, office.there)
})

test('a withdrawal is judged by program', async () => {
  const who = await office.person()
  const id = await office.file(who)
  await acceptDossier(desk.ctx, { dossierId: id })
  await requestWithdrawal(who.ctx, { dossierId: id, reason: '' })
  assert.deepEqual(await problem(post(desk, `/dossiers/${id}/withdrawal/decline`, {})), [400, 'platform.INVALID', 'reason'])
  await ok(post(desk, `/dossiers/${id}/withdrawal/decline`, { reason: 'Kết quả đã trình ký' }))
  assert.equal((await findDossier(node.db, id))!.state, 'in-progress')
})

test('the applicant’s data, the post and the other desks by program', async () => {
  const { id } = await received()
  assert.deepEqual(await problem(post(desk, `/dossiers/${id}/applicant`, { way: 'in-person', ground: ' ', facts: { phone: '1' } })), [400, 'platform.INVALID', 'facts.phone', 'ground'])
  await ok(post(desk, `/dossiers/${id}/applicant`, { way: 'in-person', ground: 'Đổi số', facts: { phone: '0905111222' } }))
  const [change] = await node.db<{ id: string }[]>`SELECT id FROM dossiers.applicant_change WHERE dossier_id = ${id}`
  assert.deepEqual(await problem(post(specialist, `/dossiers/${id}/applicant/decline`, { changeId: change!.id, reason: '' })), [400, 'platform.INVALID', 'reason'])
  await ok(post(specialist, `/dossiers/${id}/applicant/confirm`, { changeId: change!.id }))
  const postal = await office.officer('postal-staff')
  assert.deepEqual(await problem(post(postal, '/post/lists', { dossierIds: [id] })), [400, 'platform.INVALID', 'dossierIds'])
  await ok(post(leader, '/postal-delegations', { officerId: postal.id, acts: ['return'], from: '2020-01-01', to: '2099-12-31', basis: 'Hợp đồng 5' }))
  assert.deepEqual(await problem(post(desk, '/with-post', { dossierIds: [id], officerId: postal.id })), [400, 'platform.INVALID', 'dossierIds'])
  assert.deepEqual(await problem(post(desk, '/receive-filed', { reference: 'MC-22222-22222' })), [404, 'dossiers.NOT_FOUND'])
  const other = await office.file()
  assert.equal((await ok(post(desk, '/receive-filed', { reference: (await findDossier(node.db, other))!.reference }))).state, 'received')
})

test('all of it stands in the OpenAPI document', async () => {
  const { paths } = (await office.app.server.inject('/api/v1/openapi.json')).json<{ paths: Record<string, unknown> }>()
  for (const path of ['/visits', '/visits/{id}/dossiers', '/dossiers/{id}/tasks/{task}/take', '/hand-overs', '/dossiers/{id}/transfer', '/dossiers/{id}/transfer-out', '/dossiers/{id}/consultations', '/dossiers/{id}/withdrawal/decline', '/dossiers/{id}/correction', '/dossiers/{id}/applicant', '/post/lists', '/returns/{id}']) assert.ok(paths[`/api/v1/desk${path}`], path)
})
})
