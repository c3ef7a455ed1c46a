import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import type { Actor } from '../../../platform/actor.ts'
import { createCtx, transact, type Ctx } from '../../../platform/ctx.ts'
import { isRefusal } from '../../../platform/errors.ts'
import { statusOf } from '../../../platform/http/failures.ts'
import { page } from '../../../platform/http/reply.ts'
import { buildServer, csrfFor } from '../../../platform/http/server.ts'
import { newId } from '../../../platform/ids.ts'
import type { Node } from '../../../platform/node.ts'
import { testDatabase, type TestDatabase } from '../../../platform/testing/database.ts'
import { testNode } from '../../../platform/testing/node.ts'
import { modules } from '../../../app.ts'
import { renderFragment, type PageContext } from '../../../ui/index.ts'
import { findDefinition } from '../definition.store.ts'
import { processModule } from '../module.ts'
import { publishProcess } from '../publish-process.ts'
import { draw } from '../testing.ts'
import { findProcessDraft, type ProcessDraft } from './draft.store.ts'
import { draftHref, newProcessPath, processesPath, processHref, stepHref, uploadProcessPath, versionHref } from './pages/hrefs.ts'
import { publishProcessDraft } from './publish-process-draft.ts'
import { startProcessDraft } from './start-process-draft.ts'

suite('process designer', () => {
let database: TestDatabase
let node: Node
let server: FastifyInstance
let actor: Actor
let now = new Date('2026-11-27T03:00:00Z')
const ids = new Map<string, string>()

/** Who asks from now on. */
function as(who: string, permissions = ['process.design', 'process.publish']): void {
  ids.set(who, ids.get(who) ?? newId())
  actor = { kind: 'officer', id: ids.get(who)!, name: who, agencyCode: 'H21', unitId: null, roles: [], permissions: new Set(permissions), methods: ['pwd', 'otp'], authenticatedAt: now, sessionId: 's' }
}
const ctx = (): Ctx => createCtx(node, { actor })

before(async () => {
  database = await testDatabase()
  node = testNode(database.db, { code: 'H21', modules, now: () => now })
  await processModule.seed!(node)
  server = await buildServer(node, {
    routes: processModule.routes!(node), authenticate: async () => actor, logInPaths: { person: '/a', officer: '/b' },
    failurePage: (failure) => page(<p>{failure.kind === 'error' ? String(failure.error) : failure.kind}</p>, { title: '', status: statusOf(failure) }),
    render: (reply, req, state) => {
      const { name, brand, helpPhone } = node.config
      const context: PageContext = { t: req.ctx.t, lang: req.ctx.lang, nonce: state.nonce, csrf: csrfFor(node, state), actor, brand: { name, ...brand, phone: helpPhone }, path: processesPath, query: req.query, assets: (file) => `/assets/${file}`, islands: [], nav: [] }
      return renderFragment(reply.node, context)
    },
  })
  as('Người vẽ')
})
after(() => server.close())

async function get(url: string, lang = 'vi') {
  const reply = await server.inject({ url, headers: { cookie: `mc_csrf_test=abc; mc_lang=${lang}` } })
  return { status: reply.statusCode, body: reply.body }
}

let token: string | undefined

async function post(url: string, fields: Record<string, string>) {
  token ??= /name="_csrf" value="([^"]+)"/.exec((await get(newProcessPath)).body)?.[1]
  const reply = await server.inject({ method: 'POST', url, headers: { cookie: 'mc_csrf_test=abc', 'content-type': 'application/x-www-form-urlencoded' }, payload: new URLSearchParams({ _csrf: token ?? '', ...fields }).toString() })
  return { status: reply.statusCode, body: reply.body, location: String(reply.headers.location ?? '') }
}

async function upload(file: string) {
  await post(newProcessPath, {})
  const part = (name: string, value: string, more = ''): string => `--x\r\ncontent-disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`
  const reply = await server.inject({ method: 'POST', url: uploadProcessPath, headers: { cookie: 'mc_csrf_test=abc', 'content-type': 'multipart/form-data; boundary=x' }, payload: `${part('_csrf', token!)}${part('file', file, '; filename="a.bpmn"')}--x--\r\n` })
  return { status: reply.statusCode, body: reply.body, location: String(reply.headers.location ?? '') }
}

const key = 'cap-the-thu-vien'
const draftOf = async (of = key): Promise<ProcessDraft> => (await findProcessDraft(database.db, of)) ?? assert.fail('no draft')
const revision = async (of = key): Promise<string> => String((await draftOf(of)).revision)
const events = async (subject = key): Promise<string[]> => (await database.owner<{ type: string }[]>`SELECT type FROM ledger.event WHERE subject = ${subject} ORDER BY id`).map((e) => e.type)
const steps = async (act: string, more: Record<string, string> = {}) => post(draftHref(key, 'steps'), { revision: await revision(), act, ...more })

test('a new process is put together in the table, checked at every look, and published by a second officer', async () => {
  const wrong = await post(newProcessPath, { key: 'Thẻ', nameVi: '', nameEn: 'x', 'limit-amount': '0', 'limit-unit': 'D' })
  assert.deepEqual([wrong.status, ...['key', 'nameVi', 'limit'].map((field) => wrong.body.includes(`id="${field}-error"`))], [400, true, true, true])
  const made = await post(newProcessPath, { key, nameVi: 'Cấp thẻ thư viện', nameEn: 'Library card', 'limit-amount': '1', 'limit-unit': 'D' })
  assert.deepEqual([made.status, made.location], [303, draftHref(key)], made.body)
  assert.match((await get(draftHref(key))).body, /Quy trình chưa có bước nào/)
  assert.equal((await post(newProcessPath, { key: 'marital-status', nameVi: 'a', nameEn: 'a', 'limit-amount': '1', 'limit-unit': 'D' })).status, 400, 'the key is taken')

  const added = await steps('add', { template: 'user', at: 'received', how: 'after' })
  assert.deepEqual([added.status, added.location], [303, stepHref(key, 'step_of_a_person')])
  assert.match((await get(draftHref(key))).body, /chưa có vai trò/)
  await steps('add', { template: 'return', at: 'step_of_a_person', how: 'after' })

  const step = stepHref(key, 'step_of_a_person')
  const typed = { nameVi: 'Xem đơn', nameEn: 'Look at the request', role: 'specialist', 'limit-amount': '12', 'limit-unit': 'H', act: 'appraise', lane: 'lane_specialist', ways: '1', 'way-0-flow': 'step_of_a_person_to_hand_over_the_result', 'way-0-to': 'hand_over_the_result' }
  const refused = await post(step, { revision: await revision(), ...typed, 'limit-amount': 'lâu' })
  assert.deepEqual([refused.status, refused.body.includes('value="lâu"'), refused.body.includes('Xem đơn')], [400, true, true], 'what was typed stays')
  assert.equal((await post(step, { revision: await revision(), ...typed })).status, 303)
  assert.match((await get(draftHref(key))).body, /Đường dài nhất mất 16 giờ làm việc, quá thời hạn 8 giờ/, 'twelve hours and four')
  const tooEarly = await post(draftHref(key, 'hand-over'), { revision: await revision() })
  assert.equal(tooEarly.status, 400, 'not while something is to mend')
  await post(step, { revision: await revision(), ...typed, 'limit-amount': '4' })
  const sound = (await get(draftHref(key), 'en')).body
  for (const part of ['Nothing to mend', '8 working hours of the 8 hours', 'Look at the request', 'Specialist']) assert.ok(sound.includes(part), part)
  assert.equal((await post(draftHref(key, 'hand-over'), { revision: await revision() })).status, 303)
  assert.equal((await steps('remove-step_of_a_person')).status, 409, 'it is being checked')

  const day = { 'firstDay-day': '1', 'firstDay-month': '12', 'firstDay-year': '2026' }
  assert.equal((await post(draftHref(key, 'publish'), { revision: await revision(), ...day })).status, 403, 'not who changed it last')
  as('Người chỉ vẽ', ['process.design'])
  assert.equal((await post(draftHref(key, 'publish'), { revision: await revision(), ...day })).status, 403)
  as('Người công bố')
  assert.equal((await post(draftHref(key, 'publish'), { revision: await revision(), ...day, 'firstDay-day': '26', 'firstDay-month': '11' })).status, 400, 'not in the past')
  const published = await post(draftHref(key, 'publish'), { revision: await revision(), ...day })
  assert.deepEqual([published.status, published.location], [303, `${processHref(key)}?done=published`], published.body)
  assert.deepEqual(await events(), ['process.draft_started', 'process.draft_handed_over', 'process.published'])
  assert.equal(await findProcessDraft(database.db, key), undefined)
  assert.equal(await findDefinition(database.db, key, new Date('2026-11-30T16:59:00Z')), undefined, 'not before its first day')
  assert.equal((await findDefinition(database.db, key, new Date('2026-11-30T17:00:00Z')))?.version, 1)
  for (const url of [processesPath, processHref(key), versionHref(key, 1)]) assert.ok((await get(url)).body.includes('Cấp thẻ thư viện'), url)
  const found = async (q: string): Promise<boolean[]> => { const { body } = await get(`${processesPath}?q=${encodeURIComponent(q)}`); return [body.includes('Cấp thẻ thư viện'), body.includes('marital-status')] }
  assert.deepEqual([await found('the THU vien'), await found('marital'), await found('xyz')], [[true, false], [false, true], [false, false]])
  assert.match((await get(versionHref(key, 1, 'bpmn'))).body, /motcua:role="specialist"/)
})

test('the second of two windows overwrites nothing and keeps what was typed', async () => {
  as('Người vẽ')
  assert.equal((await post(versionHref(key, 1, 'draft'), {})).status, 303)
  assert.equal((await post(versionHref(key, 1, 'draft'), {})).status, 409, 'one draft at a time')
  const stale = await revision()
  const step = stepHref(key, 'step_of_a_person')
  await post(step, { revision: stale, nameVi: 'Xem kỹ đơn' })
  const late = await post(step, { revision: stale, nameVi: 'Xem nhanh đơn' })
  assert.deepEqual([late.status, late.body.includes('Người vẽ đã sửa bản thảo'), late.body.includes('Xem nhanh đơn')], [409, true, true])
  const lateTable = await post(draftHref(key, 'steps'), { revision: stale, act: 'remove-step_of_a_person' })
  assert.equal(lateTable.status, 409)
  const lateDrawing = await post(draftHref(key, 'diagram'), { revision: stale, bpmn: (await draftOf()).bpmn })
  assert.equal(lateDrawing.status, 409)
  assert.match((JSON.parse(lateDrawing.body) as { message: string }).message, /Người vẽ đã sửa bản thảo lúc/)
  assert.ok((await draftOf()).bpmn.includes('Xem kỹ đơn'))
})

test('a drawing is saved over what the table shows, and checked without being saved', async () => {
  const { bpmn, revision: seen } = await draftOf()
  const drawing = bpmn.replace('motcua:role="specialist"', '')
  const checked = JSON.parse((await post(draftHref(key, 'check'), { bpmn: drawing })).body) as { findings: { text: string; ids: string[] }[]; says: string }
  assert.deepEqual(checked.findings.map(({ ids }) => ids), [['step_of_a_person']])
  assert.equal((await draftOf()).revision, seen)
  const saved = await post(draftHref(key, 'diagram'), { revision: String(seen), bpmn: drawing })
  assert.deepEqual([saved.status, JSON.parse(saved.body)], [200, { revision: seen + 1 }])
  assert.match((await get(draftHref(key))).body, /chưa có vai trò/, 'the table shows it')
  assert.equal((await post(draftHref(key, 'diagram'), { revision: await revision(), bpmn: '<a/>' })).status, 422)
  const other = await post(draftHref(key, 'diagram'), { revision: await revision(), bpmn: drawing.replace(`id="${key}"`, 'id="khac"').replaceAll(`bpmnElement="${key}"`, 'bpmnElement="khac"') })
  assert.equal(other.status, 422, 'another process')
  const shown = (await get(draftHref(key, 'diagram'))).body
  for (const part of ['data-process-designer', 'Trình vẽ sơ đồ cần JavaScript', '<svg', 'Lấy ý kiến đơn vị khác']) assert.ok(shown.includes(part), part)
})

test('a draft is sent back with a reason, and given up', async () => {
  await post(stepHref(key, 'step_of_a_person'), { revision: await revision(), nameVi: 'Xem đơn', role: 'specialist' })
  assert.equal((await post(draftHref(key, 'hand-over'), { revision: await revision() })).status, 303)
  as('Người công bố')
  assert.equal((await post(draftHref(key, 'return'), { note: '' })).status, 400)
  assert.equal((await post(draftHref(key, 'return'), { note: 'Thêm bước ký' })).status, 303)
  assert.match((await get(draftHref(key))).body, /Yêu cầu sửa: Thêm bước ký/)
  assert.match((await get(draftHref(key, 'discard'))).body, /Nội dung đã soạn sẽ mất/)
  assert.equal((await post(draftHref(key, 'discard'), { revision: await revision() })).location, `${processHref(key)}?done=discarded`)
  assert.deepEqual((await events()).slice(3), ['process.draft_started', 'process.draft_handed_over', 'process.draft_returned', 'process.draft_discarded'])
  assert.equal((await get(draftHref(key))).status, 404)
})

test('a file begins a draft of the process whose id it has', async () => {
  for (const [file, words] of [['<a/>', 'không phải là BPMN 2.0'], [draw('Khác', 's>a a>e'), 'Đổi mã'], [draw('k1', 's>a a>e').replace('</definitions>', '<process id="k2" isExecutable="true"/></definitions>'), 'đúng một quy trình']] as const) {
    const refused = await upload(file)
    assert.deepEqual([refused.status, refused.body.includes(words)], [400, true], words)
  }
  const begun = await upload(draw('marital-status', 's>a a>e'))
  assert.deepEqual([begun.status, begun.location], [303, draftHref('marital-status')], begun.body)
  const draft = await draftOf('marital-status')
  assert.deepEqual([draft.baseVersion, draft.bpmn.includes('BPMNShape')], [1, true], 'the next version of it, with a drawing')
})

test('what officers have published is not overtaken by the file that comes with the program', async () => {
  as('Người vẽ')
  await transact(ctx(), (tx) => publishProcess(tx, ctx(), { bpmn: draw('death-registration', 's>a a>e', { limit: 'P1D' }) }))
  await processModule.seed!(node)
  assert.equal((await findDefinition(database.db, 'death-registration', new Date(now.getTime() + 1)))?.version, 2)
  assert.equal((await findDefinition(database.db, 'birth-registration', now))?.version, 1)
})

test('a later first day may not come before the one of the version before', async () => {
  await startProcessDraft(ctx(), key, 1)
  await post(stepHref(key, 'step_of_a_person'), { revision: await revision(), nameVi: 'Xem đơn lần nữa' })
  await post(draftHref(key, 'hand-over'), { revision: await revision() })
  const seen = Number(await revision())
  await assert.rejects(publishProcessDraft(ctx(), key, seen, '2026-12-05'), (e) => isRefusal(e, 'OWN_EDIT'))
  as('Người công bố')
  assert.deepEqual((await publishProcessDraft(ctx(), key, seen, '2026-11-30')).mistakes.map((m) => m.key), ['process.designer.check.dayBefore'])
  assert.deepEqual(await publishProcessDraft(ctx(), key, seen, '2026-12-05'), { mistakes: [], problems: [] })
  assert.equal((await findDefinition(database.db, key, new Date('2026-12-04T10:00:00Z')))?.version, 1)
  now = new Date('2026-12-06T03:00:00Z')
  assert.match((await get(processHref(key))).body, /Phiên bản 2<\/a> · đang áp dụng/)
})
})
