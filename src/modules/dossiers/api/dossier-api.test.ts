import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { Actor, Officer } from '../../../platform/actor.ts'
import { createCtx, type Ctx } from '../../../platform/ctx.ts'
import { isRefusal } from '../../../platform/errors.ts'
import type { BodyReply } from '../../../platform/http/reply.ts'
import { emptyForm, type Req } from '../../../platform/http/route.ts'
import { newId } from '../../../platform/ids.ts'
import type { Node } from '../../../platform/node.ts'
import { listEvents } from '../../ledger/index.ts'
import { deskDossierApi } from './desk-dossiers.routes.ts'
import { ownDossierApi } from './own-dossiers.routes.ts'
import { smallOffice, type SmallOffice } from '../testing/small-office.ts'

suite('the API of dossiers', () => {
let now = new Date('2026-11-20T02:00:00Z').getTime()
let accountId = ''
const officerId = newId()
let office!: SmallOffice
let node!: Node
let agency = ''
before(async () => {
  office = await smallOffice({ now: () => new Date(now) })
  ;({ node, here: agency } = office)
  accountId = newId()
  await node.db`INSERT INTO identity.account (id, subject, id_number, full_name, birth_date, phone, assurance, created_at, updated_at) VALUES (${accountId}, 'subject-1', '052090000099', 'Nguyễn Văn Thử Nghiệm', '1990-03-12', '0900000099', 2, now(), now())`
})
after(() => office.stop())

const person = (): Ctx => {
  const actor: Actor = { kind: 'person', id: accountId, subject: 'subject-1', name: 'Nguyễn Văn Thử Nghiệm', assurance: 2, methods: ['otp'], authenticatedAt: node.now(), sessionId: newId() }
  return createCtx(node, { actor })
}
const officer = (role = 'one-stop', agencyCode = agency): Ctx => {
  const actor: Officer = { kind: 'officer', id: officerId, name: 'Phan Một Cửa', agencyCode, unitId: null, roles: [role], permissions: new Set(['dossiers.view', 'dossiers.receive', 'dossiers.handle']), methods: ['pwd', 'otp'], authenticatedAt: node.now(), sessionId: newId() }
  return createCtx(node, { actor })
}
const file = (): Promise<string> => office.file({ ctx: person() }, { returnWay: 'online' })

interface Answer { status: number; type: string; body: Record<string, unknown> & { errors?: { field: string }[] } }
interface Call { json?: unknown; key?: string; query?: Record<string, string> }
/** `path` with its variables filled in. */
async function call(ctx: Ctx, method: 'GET' | 'POST', path: string, { json, key, query = {} }: Call = {}): Promise<Answer> {
  const shape = (pattern: string): RegExp => new RegExp(`^${pattern.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`)
  const route = [...ownDossierApi, ...deskDossierApi].find((r) => r.method === method && shape(r.path).test(path))!
  const params = { ...shape(route.path).exec(path)?.groups }
  const reply = await route.handler({ ctx, params, query, form: emptyForm, json, headers: key === undefined ? {} : { 'idempotency-key': key }, cookies: {}, ip: '', raw: {} as Req['raw'] }) as BodyReply
  return { status: reply.status, type: reply.headers!['content-type']!, body: JSON.parse(String(reply.body)) as Answer['body'] }
}
const refusal = (code: string) => (e: unknown): boolean => isRefusal(e, code)

test('a dossier goes from the filing to the returned result by the API alone, each act once', async () => {
  const id = await file()
  const accepted = await call(officer(), 'POST', `/api/v1/desk/dossiers/${id}/accept`, { key: 'k1' })
  assert.deepEqual([accepted.status, accepted.body.state], [200, 'received'])
  assert.deepEqual(await call(officer(), 'POST', `/api/v1/desk/dossiers/${id}/accept`, { key: 'k1' }), accepted, 'a repeat with the key gets the first answer')
  await assert.rejects(call(officer(), 'POST', `/api/v1/desk/dossiers/${id}/accept`), refusal('NOT_IN_STATE'))
  for (let n = 0; n < 12; n++) {
    const { body } = await call(officer('specialist'), 'GET', `/api/v1/desk/dossiers/${id}`)
    const tasks = ['one-stop', 'specialist', 'leader'].map(async (role) => ({ role, tasks: (await call(officer(role), 'GET', `/api/v1/desk/dossiers/${id}`)).body.tasks as { id: string; act: string; outcomes: { value: string }[] }[] }))
    const found = (await Promise.all(tasks)).find((t) => t.tasks.length > 0)
    if (body.state === 'returned' || !found) break
    const task = found.tasks[0]!
    const done = task.act === 'sign'
      ? await call(officer(found.role), 'POST', `/api/v1/desk/dossiers/${id}/tasks/${task.id}/sign`, { json: {} })
      : await call(officer(found.role), 'POST', `/api/v1/desk/dossiers/${id}/tasks/${task.id}/complete`, { json: task.outcomes[0] ? { outcome: task.outcomes[0].value } : {} })
    assert.equal(done.status, 200, JSON.stringify(done.body))
  }
  const own = await call(person(), 'GET', `/api/v1/own-dossiers/${id}`)
  assert.equal(own.body.state, 'returned')
  assert.deepEqual((own.body.documents as { kind: string }[]).map((d) => d.kind).filter((k) => k === 'result'), ['result'])
  assert.ok((own.body.steps as { state: string }[]).every((s) => s.state === 'done'))
})

test('the person and the desk ask, answer, write, choose and withdraw', async () => {
  const id = await file()
  const at = `/api/v1/desk/dossiers/${id}`
  const unknown = await call(officer(), 'POST', `${at}/supplement`, { json: { reason: 'Thiếu', items: ['Sổ hồng của hàng xóm'] } })
  assert.deepEqual([unknown.status, unknown.type.split(';')[0], unknown.body.code, unknown.body.errors!.map((e) => e.field)], [400, 'application/problem+json', 'platform.INVALID', ['items.0']])
  const items = (await call(officer(), 'GET', at)).body.supplementItems as string[]
  assert.equal((await call(officer(), 'POST', `${at}/supplement`, { json: { reason: 'Thiếu', items: [items[0]] } })).body.state, 'supplement-required')
  await call(person(), 'POST', `/api/v1/own-dossiers/${id}/supplement`, { json: { answer: 'Đã bổ sung' } })
  const message = { json: { body: 'Xin hỏi' }, key: 'm1' }
  await Promise.all([call(person(), 'POST', `/api/v1/own-dossiers/${id}/messages`, message), call(person(), 'POST', `/api/v1/own-dossiers/${id}/messages`, message)])
  const { messages } = (await call(officer(), 'GET', `${at}/messages`)).body as unknown as { messages: { body: string }[] }
  assert.deepEqual(messages.map((m) => m.body), ['Xin hỏi'], 'two at the same moment with one key write once')
  await assert.rejects(call(person(), 'POST', `/api/v1/own-dossiers/${id}/messages`, { json: { body: 'Khác' }, key: 'm1' }), refusal('IDEMPOTENCY_KEY_REUSED'))
  assert.equal((await call(officer(), 'GET', '/api/v1/desk/dossiers', { query: { waiting: '1' } })).body.total, 1)
  await call(officer(), 'POST', `${at}/messages`, { json: { body: 'Trả lời' } })
  assert.equal((await call(officer(), 'GET', '/api/v1/desk/dossiers', { query: { waiting: '1' } })).body.total, 0)
  const wrong = await call(person(), 'POST', `/api/v1/own-dossiers/${id}/return-way`, { json: { way: 'post', recipient: { name: 'A', phone: '1', address: 'x' } }, key: 'r1' })
  assert.deepEqual([wrong.status, wrong.body.errors!.map((e) => e.field)], [400, ['recipient.phone', 'recipient.address']])
  assert.equal((await call(person(), 'POST', `/api/v1/own-dossiers/${id}/return-way`, { json: { way: 'desk' }, key: 'r1' })).status, 200, 'a mistake uses no key up')
  await call(person(), 'POST', `/api/v1/own-dossiers/${id}/withdraw`, { json: { reason: 'Thôi' } })
  assert.equal((await call(officer(), 'POST', `${at}/stop`)).body.state, 'stopped')
  assert.deepEqual((await listEvents(node.db, id)).filter((e) => e.type.startsWith('dossier.')).map((e) => e.type.slice(8)), ['submitted', 'supplement_requested', 'supplemented', 'message_sent', 'messages_read', 'message_sent', 'return_changed', 'withdrawal_requested', 'stopped'])
})

test('refusal and extension; a body that does not fit is named by its fields', async () => {
  const [refused, extended] = [await file(), await file()]
  const bad = await call(officer(), 'POST', `/api/v1/desk/dossiers/${refused}/refuse`, { json: { reason: '', surprise: 1 } })
  assert.deepEqual([bad.status, bad.body.errors!.map((e) => e.field).sort()], [400, ['', 'reason']])
  assert.equal((await call(officer(), 'POST', `/api/v1/desk/dossiers/${refused}/refuse`, { json: { reason: 'Không thuộc thẩm quyền' } })).body.state, 'not-accepted')
  await call(officer(), 'POST', `/api/v1/desk/dossiers/${extended}/accept`)
  const early = await call(officer('specialist'), 'POST', `/api/v1/desk/dossiers/${extended}/extend`, { json: { date: '2020-01-01', reason: 'x' } })
  assert.equal(early.body.errors?.[0]?.field, 'date')
  const later = await call(officer('specialist'), 'POST', `/api/v1/desk/dossiers/${extended}/extend`, { json: { date: '2026-12-15', reason: 'Chờ xác minh' } })
  assert.match(String(later.body.dueAt), /^2026-12-15/)
})

test('lists come in pages with filters; others see nothing', async () => {
  const before = (await call(person(), 'GET', '/api/v1/own-dossiers', { query: { size: '100' } })).body.dossiers as unknown[]
  for (let n = 0; n < 3; n++) {
    now += 1000
    await file()
  }
  const first = await call(person(), 'GET', '/api/v1/own-dossiers', { query: { size: '2' } })
  assert.deepEqual([(first.body.dossiers as unknown[]).length, first.body.more], [2, true])
  const desk = await call(officer(), 'GET', '/api/v1/desk/dossiers', { query: { state: 'new', size: '1', page: '2', sort: 'submitted' } })
  assert.deepEqual([(desk.body.dossiers as unknown[]).length, desk.body.total, desk.body.more], [1, 3, true])
  assert.equal((await call(officer('one-stop', 'H21.999'), 'GET', '/api/v1/desk/dossiers')).body.total, 0)
  const id = ((first.body.dossiers as { id: string }[])[0]!).id
  await assert.rejects(call(officer('one-stop', 'H21.999'), 'POST', `/api/v1/desk/dossiers/${id}/accept`, { json: { nonsense: 1 } }), refusal('NOT_FOUND'), 'whose it is comes before what is wrong')
  const stranger = createCtx(node, { actor: { ...(person().actor as Actor & { kind: 'person' }), id: newId(), subject: 'subject-2' } })
  await assert.rejects(call(stranger, 'GET', `/api/v1/own-dossiers/${id}`), refusal('NOT_FOUND'))
  assert.equal(before.length + 3, ((await call(person(), 'GET', '/api/v1/own-dossiers', { query: { size: '100' } })).body.dossiers as unknown[]).length)
})
})
