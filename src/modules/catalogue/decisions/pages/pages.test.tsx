import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import type { Actor } from '../../../../platform/actor.ts'
import { statusOf } from '../../../../platform/http/failures.ts'
import { page } from '../../../../platform/http/reply.ts'
import { buildServer, csrfFor } from '../../../../platform/http/server.ts'
import { newId } from '../../../../platform/ids.ts'
import type { Node } from '../../../../platform/node.ts'
import { testDatabase } from '../../../../platform/testing/database.ts'
import { testNode } from '../../../../platform/testing/node.ts'
import { renderFragment, type PageContext } from '../../../../ui/index.ts'
import { organisations } from '../../../organisations/index.ts'
import { catalogue } from '../../index.ts'
import { decisionsPath, itemHref, newDecisionPath } from './hrefs.ts'

// Hooks of a file without a suite would run for every file of the process.
suite('decision pages', () => {
let node: Node
let server: FastifyInstance
let actor: Actor
const ids = new Map<string, string>()

/** Who asks from now on. */
function as(agencyCode: string, who = 'author', permissions = ['catalogue.decide', 'catalogue.check']): void {
  const key = `${agencyCode} ${who}`
  ids.set(key, ids.get(key) ?? newId())
  actor = { kind: 'officer', id: ids.get(key)!, name: `${who} ${agencyCode}`, agencyCode, unitId: null, roles: [], permissions: new Set(permissions), methods: ['pwd', 'otp'], authenticatedAt: new Date(), sessionId: 's' }
}

before(async () => {
  const { db } = await testDatabase()
  node = testNode(db, { code: 'VN', modules: [organisations, catalogue], now: () => new Date('2026-11-22T03:00:00Z') })
  await organisations.seed!(node)
  await catalogue.seed!(node)
  server = await buildServer(node, {
    routes: catalogue.routes!(node), authenticate: async () => actor, logInPaths: { person: '/a', officer: '/b' },
    failurePage: (failure) => page(<p>{failure.kind === 'error' ? String(failure.error) : failure.kind}</p>, { title: '', status: statusOf(failure) }),
    render: (reply, req, state) => {
      const { name, brand, helpPhone } = node.config
      const context: PageContext = { t: req.ctx.t, lang: req.ctx.lang, nonce: state.nonce, csrf: csrfFor(node, state), actor, brand: { name, ...brand, phone: helpPhone }, path: decisionsPath, query: req.query, assets: (file) => `/assets/${file}`, islands: [], nav: [] }
      return renderFragment(reply.node, context)
    },
  })
})
after(() => server.close())

async function get(url: string, lang = 'vi') {
  const reply = await server.inject({ url, headers: { cookie: `mc_csrf_test=abc; mc_lang=${lang}` } })
  return { status: reply.statusCode, body: reply.body }
}

async function post(url: string, fields: Record<string, string | string[]>) {
  const token = (await get(newDecisionPath)).body.match(/name="_csrf" value="([^"]+)"/)?.[1] ?? ''
  const payload = new URLSearchParams([['_csrf', token], ...Object.entries(fields).flatMap(([k, v]) => [v].flat().map((one) => [k, one]))])
  const reply = await server.inject({ method: 'POST', url, headers: { cookie: 'mc_csrf_test=abc', 'content-type': 'application/x-www-form-urlencoded' }, payload: payload.toString() })
  return { status: reply.statusCode, body: reply.body, location: String(reply.headers.location ?? '') }
}

let number = 0
const heading = (change: Record<string, string> = {}) => ({ number: `${++number}/QĐ-BTP`, title: 'Sửa đổi thủ tục hộ tịch', 'issuedOn-day': '1', 'issuedOn-month': '11', 'issuedOn-year': '2026', 'effectiveOn-day': '1', 'effectiveOn-month': '11', 'effectiveOn-year': '2026', ...change })
const draft = async (change: Record<string, string> = {}): Promise<string> => {
  const { status, location, body } = await post(newDecisionPath, heading(change))
  assert.equal(status, 303, body)
  return location.split('/').at(-1)!
}

/** What the editor's form would send, changed. */
async function formOf(url: string, change: Record<string, string | string[]>): Promise<Record<string, string | string[]>> {
  const { body } = await get(url)
  const form = body.slice(body.indexOf('name="revision"') - 300)
  const fields: Record<string, string | string[]> = {}
  const decode = (text: string): string => text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
  const attribute = (tag: string, name: string): string | undefined => { const found = new RegExp(`\\b${name}="([^"]*)"`).exec(tag); return found ? decode(found[1]!) : undefined }
  const add = (name: string, value: string): void => { fields[name] = name in fields ? [fields[name]!, value].flat() : value }
  for (const [tag] of form.matchAll(/<input\b[^>]*>/g)) {
    const name = attribute(tag, 'name')
    if (!name || name === '_csrf' || (/type="(checkbox|radio)"/.test(tag) && !/\bchecked\b/.test(tag))) continue
    add(name, attribute(tag, 'value') ?? '')
  }
  for (const [, tag, text] of form.matchAll(/<textarea\b([^>]*)>([\s\S]*?)<\/textarea>/g)) add(attribute(tag!, 'name')!, decode(text!))
  for (const [, tag, options] of form.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)) add(attribute(tag!, 'name')!, /<option value="([^"]*)" selected/.exec(options!)?.[1] ?? '')
  return { ...fields, ...change }
}

test('a decision goes from a draft to the public page by the forms alone, with a second officer between', async () => {
  as('G15')
  const id = await draft()
  const at = itemHref(id, '1.001193', { action: 'amend' })
  const added = await post(`/admin/decisions/${id}/items`, { action: 'amend', newCode: '1.001193' })
  assert.deepEqual([added.status, added.location], [303, at])
  const fields = await formOf(at, { 'summary-vi': 'Tóm tắt mới của thủ tục khai sinh' })
  assert.equal((await post(itemHref(id, '1.001193'), fields)).status, 303)
  assert.match((await get(`/admin/decisions/${id}`)).body, /Gửi kiểm tra/)
  assert.equal((await post(`/admin/decisions/${id}/submit`, {})).status, 303)
  assert.equal((await post(`/admin/decisions/${id}/check`, { verdict: 'approve' })).status, 403, 'not the author')
  as('G15', 'checker')
  const check = await get(`/admin/decisions/${id}/check`)
  for (const part of ['Tóm tắt › tiếng Việt', 'Tóm tắt mới của thủ tục khai sinh', 'Sửa']) assert.ok(check.body.includes(part), part)
  assert.equal((check.body.match(/<tr/g) ?? []).length, 2, 'one difference: what the form does not touch stays')
  assert.equal((await post(`/admin/decisions/${id}/check`, { verdict: 'return', note: '' })).status, 400)
  assert.equal((await post(`/admin/decisions/${id}/check`, { verdict: 'approve' })).status, 303)
  assert.ok(!(await get('/thu-tuc/1.001193')).body.includes('Tóm tắt mới'))
  assert.match((await get(`/admin/decisions/${id}/publish`)).body, /không rút lại được/)
  assert.equal((await post(`/admin/decisions/${id}/publish`, {})).status, 303)
  assert.ok((await get('/thu-tuc/1.001193')).body.includes('Tóm tắt mới'))
  const compared = await get('/thu-tuc/1.001193/so-sanh?tu=1&den=2', 'en')
  for (const part of ['1 difference', 'Summary › Vietnamese', 'Version 1', 'Tóm tắt mới']) assert.ok(compared.body.includes(part), part)
})

test('an editor says how strongly one must have logged in to file; leaving it as it is makes no difference', async () => {
  as('G15')
  const id = await draft()
  const at = itemHref(id, '1.001193', { action: 'amend' })
  await post(`/admin/decisions/${id}/items`, { action: 'amend', newCode: '1.001193' })
  const before = await formOf(at, {})
  assert.equal(before.assurance, '2')
  assert.equal((await post(itemHref(id, '1.001193'), { ...before, assurance: '3' })).status, 303)
  assert.equal((await formOf(at, {})).assurance, '3')
  assert.equal(before.territory, 'place')
  const stronger = await formOf(at, {})
  assert.equal((await post(itemHref(id, '1.001193'), { ...stronger, territory: 'province' })).status, 303)
  const both = await formOf(at, {})
  assert.deepEqual([both.assurance, both.territory], ['3', 'province'], 'and whether any agency of the province may decide')
  assert.match((await get(at)).body, /Chỉ đặt mức 3 khi pháp luật yêu cầu/)
})

test('two editors in two windows: the second is told what changed, and what was typed stays on the page', async () => {
  as('G15')
  const id = await draft()
  const url = itemHref(id, '1.001193')
  const first = await formOf(`${url}?action=amend`, { 'name-vi': 'Tên thứ nhất' })
  const second = { ...first, 'name-vi': 'Tên thứ hai' }
  assert.equal((await post(url, first)).status, 303)
  as('G15', 'colleague')
  const conflict = await post(url, second)
  assert.equal(conflict.status, 409)
  for (const part of ['Người khác vừa sửa', 'author G15', 'Tên thứ nhất', 'value="Tên thứ hai"', 'name="revision" value="1"']) assert.ok(conflict.body.includes(part), part)
  assert.ok((await get(url)).body.includes('value="Tên thứ nhất"'))
  assert.equal((await post(url, { ...second, revision: '1' })).status, 303)
  assert.ok((await get(url)).body.includes('value="Tên thứ hai"'))
})

test('JSON is checked by field, and what was typed stays', async () => {
  as('G15')
  const id = await draft()
  const url = itemHref(id, '1.001193')
  for (const [json, part] of [['{"code":', 'không phải JSON hợp lệ'], ['{"code": "1.001193"}', 'mục &quot;name&quot;']] as const) {
    const reply = await post(url, { action: 'amend', revision: '0', as: 'json', json })
    assert.deepEqual([reply.status, reply.body.includes(part), reply.body.includes(json.replaceAll('"', '&quot;')) || reply.body.includes(json)], [400, true, true], reply.body.slice(0, 1500))
  }
  assert.equal((await post(`/admin/decisions/${id}/items`, { action: '', newCode: 'abc' })).status, 400)
  assert.equal((await post(newDecisionPath, heading({ 'issuedOn-day': '32', number: '' }))).status, 400)
})

test('a province localises by the form; after an amendment the merge page shows both and the confirmation clears the flag', async () => {
  const code = '1.001193.000.00.00.H21'
  as('H21')
  const id = await draft({ number: '9/QĐ-UBND' })
  const added = await post(`/admin/decisions/${id}/items`, { action: 'localise', newCode: '1.001193' })
  assert.match(added.location, new RegExp(code.replaceAll('.', '\\.')))
  assert.equal((await post(itemHref(id, code), await formOf(added.location, { 'limit-online': '2', 'unit-online': 'hour', 'receivingPlace-vi': 'Trung tâm Pleiku' }))).status, 303)
  const publish = async (who: string, decision: string): Promise<void> => {
    assert.equal((await post(`/admin/decisions/${decision}/submit`, {})).status, 303)
    as(who, 'checker')
    assert.match((await get(`/admin/decisions/${decision}/check`)).body, /mc-original/)
    await post(`/admin/decisions/${decision}/check`, { verdict: 'approve' })
    assert.equal((await post(`/admin/decisions/${decision}/publish`, {})).status, 303)
  }
  await publish('H21', id)
  const local = (await get(`/thu-tuc/${code}`)).body
  for (const part of ['2 giờ', 'Trung tâm Pleiku', 'bản áp dụng tại địa phương']) assert.ok(local.includes(part), part)
  assert.match((await get('/thu-tuc/1.001193')).body, /Quy định riêng tại địa phương[\s\S]*Gia Lai/)
  as('G15')
  const amendment = await draft()
  await post(itemHref(amendment, '1.001193'), await formOf(itemHref(amendment, '1.001193', { action: 'amend' }), { keywords: 'từ khóa mới' }))
  await publish('G15', amendment)
  as('H21')
  assert.match((await get('/admin/localisations?changed=1')).body, /Thủ tục gốc đã thay đổi/)
  const merge = await get(`/admin/localisations/${code}`)
  for (const part of ['từ khóa mới', 'Trung tâm Pleiku', 'Xác nhận đã xem xét']) assert.ok(merge.body.includes(part), part)
  as('H01')
  assert.equal((await get(`/admin/localisations/${code}`)).status, 404)
  as('H21')
  assert.equal((await post(`/admin/localisations/${code}`, { baseVersion: merge.body.match(/name="baseVersion" value="(\d+)"/)![1]! })).status, 303)
  assert.match((await get('/admin/localisations?changed=1')).body, /Chưa có thủ tục nào được địa phương hóa/)
})

test('drafts are for their own office: others find nothing, and without the right there is no page', async () => {
  as('G15')
  const id = await draft()
  as('G01')
  assert.deepEqual([(await get(`/admin/decisions/${id}`)).status, (await post(`/admin/decisions/${id}/withdraw`, {})).status], [404, 404])
  assert.ok(!(await get('/admin/decisions?state=draft')).body.includes(id))
  as('VN')
  assert.equal((await get(`/admin/decisions/${id}`)).status, 200, 'the national office sees it')
  assert.match((await get(newDecisionPath)).body, /không thuộc bộ hoặc tỉnh nào/)
  assert.equal((await post(`/admin/decisions/${id}/withdraw`, {})).status, 403, 'and does not act on it')
  as('G15', 'author', [])
  assert.equal((await get('/admin/decisions')).status, 403)
  as('G15', 'author', ['catalogue.decide'])
  assert.equal((await get(`/admin/decisions/${id}/check`)).status, 403)
})

test('a linked group is made by the form and shows its members, and each member shows the group', async () => {
  as('G15')
  const id = await draft()
  const code = '2.999999'
  await post(`/admin/decisions/${id}/items`, { action: 'link', newCode: code })
  const fields = await formOf(itemHref(id, code, { action: 'link' }), { 'name-vi': 'Liên thông khai sinh', 'sector-code': 'ho-tich', 'sector-vi': 'Hộ tịch', members: '1.001193\n1.004222: 1.001193' })
  const saved = await post(itemHref(id, code), fields)
  assert.equal(saved.status, 303, saved.body)
  await post(`/admin/decisions/${id}/submit`, {})
  as('G15', 'checker')
  await post(`/admin/decisions/${id}/check`, { verdict: 'approve' })
  assert.equal((await post(`/admin/decisions/${id}/publish`, {})).status, 303)
  const { body } = await get(`/thu-tuc/${code}`)
  for (const part of ['Các thủ tục trong nhóm liên thông', 'Đăng ký khai sinh', 'sau khi xong 1.001193']) assert.ok(body.includes(part), part)
  assert.ok((await get('/thu-tuc/1.004222')).body.includes('Liên thông khai sinh'))
})

test('the heading of a draft can be corrected, not to a number that is taken, and not after it was handed over', async () => {
  as('G15')
  const [id, other] = [await draft(), await draft({ number: 'TRUNG/QĐ' })]
  assert.match((await get(`/admin/decisions/${id}/edit`)).body, /name="effectiveOn-month"[^>]*value="11"/)
  assert.equal((await post(`/admin/decisions/${id}/edit`, heading({ number: 'TRUNG/QĐ' }))).status, 400)
  assert.equal((await post(`/admin/decisions/${id}/edit`, heading({ number: 'MOI/QĐ', 'effectiveOn-year': '2027' }))).status, 303)
  assert.match((await get(`/admin/decisions/${id}`)).body, /Quyết định MOI\/QĐ[\s\S]*01\/11\/2027/)
  await post(`/admin/decisions/${other}/withdraw`, {})
  assert.equal((await post(`/admin/decisions/${other}/edit`, heading())).status, 409)
})

test('the list narrows by state, office and words, and says so when nothing is left', async () => {
  as('G15')
  const id = await draft({ number: 'DUYNHAT/QĐ' })
  assert.ok((await get('/admin/decisions?q=duynhat')).body.includes(id))
  assert.ok(!(await get('/admin/decisions?q=duynhat&state=published')).body.includes(id))
  assert.match((await get('/admin/decisions?q=khongcogi')).body, /Chưa có quyết định nào/)
  assert.equal((await get(`/admin/decisions?q=${encodeURIComponent('%_\\\'"<img>')}&page=99999&state=x&issuer=zz`)).status, 200)
  assert.equal((await post(`/admin/decisions/${id}/withdraw`, {})).status, 303)
  assert.match((await get(`/admin/decisions/${id}`)).body, /Đã rút/)
})
})
