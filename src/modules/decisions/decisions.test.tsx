import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import type { Actor } from '../../platform/actor.ts'
import { createCtx, systemCtx, transact, type Ctx } from '../../platform/ctx.ts'
import { isRefusal } from '../../platform/errors.ts'
import { statusOf } from '../../platform/http/failures.ts'
import { page } from '../../platform/http/reply.ts'
import { buildServer, csrfFor } from '../../platform/http/server.ts'
import { newId } from '../../platform/ids.ts'
import type { Node } from '../../platform/node.ts'
import { testDatabase, type TestDatabase } from '../../platform/testing/database.ts'
import { testNode } from '../../platform/testing/node.ts'
import { renderFragment, type PageContext } from '../../ui/index.ts'
import { organisations } from '../organisations/index.ts'
import { decide, tryDecision } from './decide.ts'
import { findTableVersion } from './decisions.store.ts'
import { findTableDraft } from './drafts/draft.store.ts'
import { runExamples } from './evaluate-table.ts'
import { feeByTable, limitByTable, routeByTable } from './for-procedure.ts'
import { decisions } from './module.ts'
import { draftHref, newTablePath, tableHref, tablesPath, versionHref } from './pages/hrefs.ts'
import { publishTable } from './publish-table.ts'
import { receiveTable } from './table-feed.ts'
import { certifiedCopiesExamples, certifiedCopiesFee } from './tables/certified-copies.ts'

const key = 'phi-cap-the'

suite('decision tables', () => {
let database: TestDatabase
let node: Node
let server: FastifyInstance
let actor: Actor
let now = new Date('2026-11-27T03:00:00Z')
const ids = new Map<string, string>()

/** Who asks from now on. */
function as(agencyCode: string, who: string): void {
  ids.set(who, ids.get(who) ?? newId())
  actor = { kind: 'officer', id: ids.get(who)!, name: who, agencyCode, unitId: null, roles: [], permissions: new Set(['decisions.edit', 'decisions.publish']), methods: ['pwd', 'otp'], authenticatedAt: now, sessionId: 's' }
}
const ctx = (): Ctx => createCtx(node, { actor })

before(async () => {
  database = await testDatabase()
  node = testNode(database.db, { code: 'VN', modules: [organisations, decisions], now: () => now })
  for (const module of [organisations, decisions]) await module.seed!(node)
  server = await buildServer(node, {
    routes: decisions.routes!(node), authenticate: async () => actor, logInPaths: { person: '/a', officer: '/b' },
    failurePage: (failure) => page(<p>{failure.kind === 'error' ? String(failure.error) : failure.kind}</p>, { title: '', status: statusOf(failure) }),
    render: (reply, req, state) => {
      const { name, brand, helpPhone } = node.config
      const context: PageContext = { t: req.ctx.t, lang: req.ctx.lang, nonce: state.nonce, csrf: csrfFor(node, state), actor, brand: { name, ...brand, phone: helpPhone }, path: tablesPath, query: req.query, assets: (file) => `/assets/${file}`, islands: [], nav: [] }
      return renderFragment(reply.node, context)
    },
  })
  as('G01', 'Người soạn')
})
after(() => server.close())

async function get(url: string, lang = 'vi') {
  const reply = await server.inject({ url, headers: { cookie: `mc_csrf_test=abc; mc_lang=${lang}` } })
  return { status: reply.statusCode, body: reply.body }
}

let token: string | undefined

async function post(url: string, fields: Record<string, string>) {
  token ??= /name="_csrf" value="([^"]+)"/.exec((await get(newTablePath)).body)?.[1]
  const reply = await server.inject({ method: 'POST', url, headers: { cookie: 'mc_csrf_test=abc', 'content-type': 'application/x-www-form-urlencoded' }, payload: new URLSearchParams({ _csrf: token ?? '', ...fields }).toString() })
  return { status: reply.statusCode, body: reply.body, location: String(reply.headers.location ?? '') }
}

const decode = (text: string): string => text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

/** What stands in the editor's form, as a browser without scripts would send it. */
async function sheet(): Promise<Record<string, string>> {
  const html = (await get(draftHref(key))).body.split('<form').find((part) => part.includes(`action="${draftHref(key)}"`)) ?? assert.fail('no editor')
  const fields: Record<string, string> = {}
  for (const [tag] of html.matchAll(/<input\b[^>]*>/g)) {
    const name = /\bname="([^"]*)"/.exec(tag)?.[1]
    if (name && name !== '_csrf') fields[name] = decode(/\bvalue="([^"]*)"/.exec(tag)?.[1] ?? '')
  }
  for (const [, name, options] of html.matchAll(/<select\b[^>]*\bname="([^"]*)"[^>]*>([\s\S]*?)<\/select>/g)) fields[name!] = decode(/<option value="([^"]*)" selected/.exec(options!)?.[1] ?? '')
  return fields
}
const type = async (changes: Record<string, string>, act = 'save') => post(draftHref(key), { ...(await sheet()), ...changes, act })
const revision = async (): Promise<string> => String((await findTableDraft(database.db, key))!.revision)
const events = async (): Promise<string[]> => (await database.owner<{ type: string }[]>`SELECT type FROM ledger.event WHERE subject = ${key} ORDER BY id`).map((e) => e.type)

test('a new table is typed cell by cell, tried by its examples, and published by a second officer', async () => {
  assert.equal((await post(newTablePath, { key: 'Phí', 'title-vi': '', 'title-en': 'x' })).status, 400)
  const made = await post(newTablePath, { key, 'title-vi': 'Phí cấp thẻ', 'title-en': 'Fee of a card' })
  assert.deepEqual([made.status, made.location], [303, draftHref(key)], made.body)

  await type({ ground: 'Thông tư 1/2026, Điều 2', 'in-0-name': 'loại hồ sơ', 'in-0-label': 'Loại hồ sơ', 'in-0-allowed': '"thường", "nhanh"', 'out-0-label': 'Phí', 'r-0-in-0': '"thường"', 'r-0-out-0': '20000 *' }, 'input-add')
  const wrong = (await get(draftHref(key))).body
  assert.match(wrong, /id="r-0-out-0-error"[^>]*>[\s\S]*?Biểu thức chưa đầy đủ \(vị trí 8\)/, 'the mistake stands at its cell')
  await type({ 'in-1-name': 'số thẻ', 'in-1-label': 'Số thẻ', 'in-1-type': 'number', 'r-0-out-0': '20000 * số thẻ' }, 'rule-add')
  await type({ 'r-1-in-0': '"nhanh"', 'r-1-out-0': '50000 * số thẻ' }, 'rule-up-1')
  assert.deepEqual((await findTableDraft(database.db, key))!.definition.table.rules.map((rule) => rule.inputs), [['"nhanh"', ''], ['"thường"', '']])
  assert.match((await get(draftHref(key))).body, /ít nhất một ví dụ kiểm thử/)
  await type({}, 'example-add')
  await type({ 'x-0-in-0': '"nhanh"', 'x-0-in-1': '2', 'x-0-out-0': '40000' })

  const refused = await post(draftHref(key, 'hand-over'), { revision: await revision() })
  assert.deepEqual([refused.status, refused.body.includes('Ví dụ 1: mong đợi 40000, thực tế 100000.')], [400, true], 'an example that does not come out keeps it')
  await type({ 'x-0-out-0': '100000' })
  assert.match((await get(draftHref(key))).body, /mọi ví dụ đều cho kết quả đúng/)
  assert.equal((await post(draftHref(key, 'hand-over'), { revision: await revision() })).status, 303)
  assert.equal((await post(draftHref(key), { revision: await revision() })).status, 422, 'a form that is no editor’s')

  const day = { 'firstDay-day': '1', 'firstDay-month': '12', 'firstDay-year': '2026' }
  assert.equal((await post(draftHref(key, 'publish'), { revision: await revision(), ...day })).status, 403, 'not who changed it last')
  as('G01', 'Người công bố')
  assert.equal((await post(draftHref(key, 'publish'), { revision: await revision(), ...day, 'firstDay-day': '26', 'firstDay-month': '11' })).status, 400, 'not in the past')
  const published = await post(draftHref(key, 'publish'), { revision: await revision(), ...day })
  assert.deepEqual([published.status, published.location], [303, `${tableHref(key)}?done=published`], published.body)
  for (const part of ['01/12/2026', 'Người công bố']) assert.ok((await get(tableHref(key))).body.includes(part), part)
  const version = (await get(versionHref(key, 1), 'en')).body
  for (const part of ['Fee of a card', '50000 * số thẻ', 'Passed']) assert.ok(version.includes(part), part)
  assert.match((await get(versionHref(key, 1, 'dmn'))).body, /<decisionTable hitPolicy="UNIQUE">/)
  assert.deepEqual(await events(), ['decision.table_draft_started', 'decision.table_draft_handed_over', 'decision.table_published'])
})

test('a decision is taken by the version of its day and kept with its inputs', async () => {
  const inputs = { 'loại hồ sơ': 'thường', 'số thẻ': 3 }
  const at = (day: string): Date => new Date(`${day}T03:00:00Z`)
  await assert.rejects(transact(ctx(), (tx) => decide(tx, ctx(), key, inputs, at('2026-11-30'))), (e) => isRefusal(e, 'TABLE_NOT_FOUND'), 'not before its first day')
  const taken = await transact(ctx(), (tx) => decide(tx, ctx(), key, inputs, at('2026-12-01')))
  assert.deepEqual([taken.result, taken.version, taken.ground], [60000, 1, 'Thông tư 1/2026, Điều 2'])
  const [kept] = await database.db<{ inputs: unknown; result: unknown; as_of: string; taken_by: string }[]>`SELECT inputs, result, as_of, taken_by FROM decisions.decision_taken WHERE id = ${taken.id}`
  assert.deepEqual(kept, { inputs, result: 60000, as_of: '2026-12-01', taken_by: `officer:${ids.get('Người công bố')}` })
  await assert.rejects(transact(ctx(), (tx) => decide(tx, ctx(), key, { ...inputs, 'họ tên': 'A' }, at('2026-12-01'))), (e) => isRefusal(e, 'INPUT_UNKNOWN'), 'nothing goes in that the table does not name')
  await assert.rejects(tryDecision(database.db, ctx(), key, { ...inputs, 'loại hồ sơ': 'chậm' }, at('2026-12-01')), (e) => isRefusal(e, 'UNDECIDED'))
  await assert.rejects(database.db`DELETE FROM decisions.decision_taken`, /permission denied/)
  await assert.rejects(database.db`UPDATE decisions.table_version SET owner = 'G02'`, /permission denied/)
  assert.equal((await database.db`SELECT 1 FROM decisions.decision_taken`).count, 1, 'what was refused or only tried left nothing')
})

test('two windows do not overwrite each other, another office only reads, and a draft may be given up', async () => {
  assert.equal((await post(versionHref(key, 1, 'draft'), {})).status, 303)
  const stale = await sheet()
  await type({ ground: 'Điều 3' })
  const late = await post(draftHref(key), { ...stale, ground: 'Điều 4', act: 'save' })
  assert.deepEqual([late.status, late.body.includes('đã sửa bản thảo'), late.body.includes('Điều 4')], [409, true, true])
  as('G15', 'Cơ quan khác')
  for (const url of [draftHref(key), draftHref(key, 'discard')]) assert.equal((await get(url)).status, 403, url)
  assert.equal((await post(versionHref(key, 1, 'draft'), {})).status, 403)
  assert.ok(!(await get(tablesPath)).body.includes('Người công bố'), 'who works on what')
  as('G01', 'Người soạn')
  assert.equal((await post(draftHref(key, 'discard'), { revision: await revision() })).status, 303)
  assert.equal(await findTableDraft(database.db, key), undefined)
})

test('a file of DMN takes the place of the columns and rules of a draft', async () => {
  assert.equal((await post(versionHref(key, 1, 'draft'), {})).status, 303)
  const send = async (file: string) => {
    const boundary = 'x'
    const part = (name: string, value: string, more = ''): string => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`
    const reply = await server.inject({ method: 'POST', url: draftHref(key, 'import'), headers: { cookie: 'mc_csrf_test=abc', 'content-type': `multipart/form-data; boundary=${boundary}` }, payload: `${part('_csrf', token!)}${part('revision', await revision())}${part('file', file, '; filename="a.dmn"')}--${boundary}--\r\n` })
    return reply.statusCode
  }
  assert.equal(await send('<a/>'), 400)
  const file = (await get(versionHref('phi-chung-thuc-ban-sao', 1, 'dmn'))).body
  assert.equal(await send(file), 303)
  assert.deepEqual((await findTableDraft(database.db, key))!.definition.table.inputs.map((input) => input.expression), ['papers'])
  await post(draftHref(key, 'discard'), { revision: await revision() })
})

test('the fee of certified copies follows from the answers, by the article of the circular', async () => {
  const at = new Date('2026-11-27T03:00:00Z')
  const fee = await feeByTable(database.db, ctx(), { procedure: '2.000815', answers: { papers: [{ title: 'Bằng', pages: 5, copies: 3 }], requester: 'A' }, at })
  assert.deepEqual([fee?.answer, fee?.ground, fee?.inputs], [21_000, 'Thông tư 226/2016/TT-BTC, Điều 4 (biểu mức thu phí, mục 1)', { papers: [{ pages: 5, copies: 3 }] }], 'and nothing of the papers but what the fee depends on')
  assert.equal(await feeByTable(database.db, ctx(), { procedure: '2.000815', answers: { papers: [{ copies: 1 }] }, at }), undefined, 'not enough is known yet')
  assert.equal(await feeByTable(database.db, ctx(), { procedure: '2.000815', answers: {}, at: new Date('2016-12-31T03:00:00Z') }), undefined, 'not before the circular')
  assert.equal(await feeByTable(database.db, ctx(), { procedure: '9.999999', answers: {}, at }), undefined)
  assert.deepEqual([await limitByTable(database.db, ctx(), { procedure: '2.000815', answers: { papers: [{ pages: 5, copies: 3 }] }, at }), await routeByTable(database.db, ctx(), { procedure: '2.000815', answers: {}, at })], [undefined, undefined], 'a fee is no limit')
})

test('a local node takes tables from the national node alone, and the same once', async () => {
  const local = testNode(database.db, { code: 'H21', modules: [], now: () => now })
  const system = systemCtx(local, 'test')
  const table = { ...certifiedCopiesFee, key: 'tu-trung-uong', procedure: '' }
  const message = { id: newId(), from: 'VN', service: 'decisions.table', subject: 'x', payload: { version: 1, owner: 'G12', validFrom: '2026-12-01', definition: table, examples: certifiedCopiesExamples }, sentAt: now }
  await assert.rejects(transact(system, (tx) => receiveTable(tx, system, { ...message, from: 'H01' })), (e) => isRefusal(e, 'NOT_AUTHOR'))
  for (const _ of [1, 2]) await transact(system, (tx) => receiveTable(tx, system, message))
  assert.equal((await findTableVersion(database.db, 'tu-trung-uong', 1))?.owner, 'G12')
  const changed = { ...message, payload: { ...message.payload, definition: { ...table, ground: 'khác' } } }
  await assert.rejects(transact(system, (tx) => receiveTable(tx, system, changed)), (e) => isRefusal(e, 'TABLE_EXISTS'))
  await assert.rejects(transact(system, (tx) => receiveTable(tx, system, { ...message, payload: { ...message.payload, definition: { key: 'a' } } })), (e) => isRefusal(e, 'TABLE_INVALID'))
})

test('a table whose examples do not come out, or that has none, is not published', async () => {
  const publication = { version: 1, owner: 'G12', validFrom: '2026-12-01', origin: 'authored' as const, definition: { ...certifiedCopiesFee, key: 'sai' }, publishedBy: null, publishedName: null }
  const system = systemCtx(node, 'test')
  const mistakes = await transact(system, (tx) => publishTable(tx, system, { ...publication, examples: [{ note: '', inputs: ['[{pages: 1, copies: 1}]'], outputs: ['1'] }] }))
  assert.deepEqual(mistakes.map((m) => m.field), ['x-0-out-0'])
  assert.deepEqual((await transact(system, (tx) => publishTable(tx, system, { ...publication, examples: [] }))).map((m) => m.key), ['decisions.check.noExamples'])
})

test('a table that never ends keeps nobody waiting: all its examples together may take so much work', () => {
  const table = { ...certifiedCopiesFee.table, rules: [{ inputs: ['-'], outputs: ['count(for a in 1..1000, b in 1..1000 return a)'], notes: [''] }] }
  const started = performance.now()
  const results = runExamples(table, Array.from({ length: 100 }, () => ({ note: '', inputs: ['[]'], outputs: ['1'] })), now)
  assert.deepEqual([...new Set(results.map((result) => result.problem?.reason))], ['too-much'])
  assert.ok(performance.now() - started < 15_000)
})
})
