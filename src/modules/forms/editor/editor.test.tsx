import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import type { FastifyInstance } from 'fastify'
import type { Actor } from '../../../platform/actor.ts'
import { systemCtx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { statusOf } from '../../../platform/http/failures.ts'
import { page } from '../../../platform/http/reply.ts'
import { buildServer, csrfFor } from '../../../platform/http/server.ts'
import { newId } from '../../../platform/ids.ts'
import type { Node } from '../../../platform/node.ts'
import { testDatabase, type TestDatabase } from '../../../platform/testing/database.ts'
import { testNode } from '../../../platform/testing/node.ts'
import { renderFragment, type PageContext } from '../../../ui/index.ts'
import { catalogue } from '../../catalogue/index.ts'
import { organisations } from '../../organisations/index.ts'
import { drivingLicenceExchange } from '../definitions/driving-licence-exchange.ts'
import type { FormDefinition } from '../definition.ts'
import { findForm, getForm } from '../get-form.ts'
import { forms } from '../module.ts'
import { publishForm } from '../publish-form.ts'
import { seedForms } from '../seed.ts'
import { deleteFormDraft, findFormDraft } from './draft.store.ts'
import { receiveForm } from './form-feed.ts'
import { draftHref, fieldHref, formHref, formsPath, newFormPath, pageHref, ruleHref } from './pages/hrefs.ts'

const form = 'driving-licence-exchange'

suite('form editor', () => {
let database: TestDatabase
let node: Node
let server: FastifyInstance
let actor: Actor
let now = new Date('2026-11-22T03:00:00Z')
const ids = new Map<string, string>()

/** Who asks from now on. The form of the driving licence belongs to the Ministry of Public Security, G01. */
function as(agencyCode: string, who = 'author', permissions = ['forms.edit', 'forms.publish']): void {
  const key = `${agencyCode} ${who}`
  ids.set(key, ids.get(key) ?? newId())
  actor = { kind: 'officer', id: ids.get(key)!, name: `${who} ${agencyCode}`, agencyCode, unitId: null, roles: [], permissions: new Set(permissions), methods: ['pwd', 'otp'], authenticatedAt: now, sessionId: 's' }
}

before(async () => {
  database = await testDatabase()
  node = testNode(database.db, { code: 'VN', modules: [organisations, catalogue, forms], now: () => now })
  for (const module of [organisations, catalogue, forms]) await module.seed!(node)
  server = await buildServer(node, {
    routes: forms.routes!(node), authenticate: async () => actor, logInPaths: { person: '/a', officer: '/b' },
    failurePage: (failure) => page(<p>{failure.kind === 'error' ? String(failure.error) : failure.kind}</p>, { title: '', status: statusOf(failure) }),
    render: (reply, req, state) => {
      const { name, brand, helpPhone } = node.config
      const context: PageContext = { t: req.ctx.t, lang: req.ctx.lang, nonce: state.nonce, csrf: csrfFor(node, state), actor, brand: { name, ...brand, phone: helpPhone }, path: formsPath, query: req.query, assets: (file) => `/assets/${file}`, islands: [], nav: [] }
      return renderFragment(reply.node, context)
    },
  })
})
after(() => server.close())

async function get(url: string, lang = 'vi') {
  const reply = await server.inject({ url, headers: { cookie: `mc_csrf_test=abc; mc_lang=${lang}` } })
  return { status: reply.statusCode, body: reply.body }
}

let token: string | undefined

async function post(url: string, fields: Record<string, string | string[]>) {
  token ??= /name="_csrf" value="([^"]+)"/.exec((await get(formHref(form))).body)?.[1]
  const payload = new URLSearchParams([['_csrf', token ?? ''], ...Object.entries(fields).flatMap(([k, v]) => [v].flat().map((one) => [k, one]))])
  const reply = await server.inject({ method: 'POST', url, headers: { cookie: 'mc_csrf_test=abc', 'content-type': 'application/x-www-form-urlencoded' }, payload: payload.toString() })
  return { status: reply.statusCode, body: reply.body, location: String(reply.headers.location ?? '') }
}

const definition = async (): Promise<FormDefinition> => (await findFormDraft(database.db, form))!.definition
const revision = async (): Promise<string> => String((await findFormDraft(database.db, form))?.revision ?? 0)
/** Posts with the revision that stands there now. */
const change = async (url: string, fields: Record<string, string | string[]> = {}) => post(url, { revision: await revision(), ...fields })
const events = async (): Promise<string[]> => (await database.owner<{ type: string }[]>`SELECT type FROM ledger.event WHERE subject = ${form} ORDER BY id`).map((e) => e.type)

/** A fresh draft of the form by its author. */
async function fresh(): Promise<void> {
  await database.db.begin((tx) => deleteFormDraft(tx as Tx, form))
  as('G01')
  const started = await post(draftHref(form), { version: String((await getForm(database.db, form)).definition.version) })
  assert.deepEqual([started.status, started.location], [303, draftHref(form)], started.body)
}

/** What stands in the boxes of a form of the page, as a browser would send it, with changes. */
async function boxes(url: string, action: string, changes: Record<string, string | string[]> = {}): Promise<Record<string, string | string[]>> {
  const { body } = await get(url)
  const html = body.split('<form').find((part) => part.includes(`action="${action}"`)) ?? assert.fail(`no form to ${action}`)
  const fields: Record<string, string | string[]> = {}
  const decode = (text: string): string => text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
  const add = (name: string, value: string): void => { fields[name] = name in fields ? [fields[name]!, value].flat() : value }
  for (const [tag] of html.matchAll(/<input\b[^>]*>/g)) {
    const name = /\bname="([^"]*)"/.exec(tag)?.[1]
    if (!name || name === '_csrf' || (/type="(checkbox|radio)"/.test(tag) && !/\bchecked\b/.test(tag))) continue
    add(name, decode(/\bvalue="([^"]*)"/.exec(tag)?.[1] ?? ''))
  }
  for (const [, name, text] of html.matchAll(/<textarea\b[^>]*\bname="([^"]*)"[^>]*>([\s\S]*?)<\/textarea>/g)) add(name!, decode(text!))
  for (const [, name, options] of html.matchAll(/<select\b[^>]*\bname="([^"]*)"[^>]*>([\s\S]*?)<\/select>/g)) add(name!, decode(/<option value="([^"]*)" selected/.exec(options!)?.[1] ?? ''))
  return { ...fields, ...changes }
}

test('a form goes from a version through a draft to the next version by plain forms alone, with a second officer between', async () => {
  await fresh()
  const before = await getForm(database.db, form)
  const at = fieldHref(form, 'applicant', 'phone')
  assert.equal((await post(at, await boxes(at, at, { '_label-vi': 'Số di động', '_label-en': 'Mobile number', _required: [] }))).status, 303)
  const added = await change(pageHref(form, 'applicant', 'fields'), { id: 'nickname', type: 'text', 'label-vi': 'Tên thường gọi', 'label-en': 'Usual name' })
  assert.deepEqual([added.status, added.location], [303, fieldHref(form, 'applicant', 'nickname')])
  const overview = (await get(draftHref(form))).body
  for (const part of ['Không có lỗi', 'author G01', 'Gửi người khác công bố']) assert.ok(overview.includes(part), part)
  assert.equal((await change(draftHref(form, 'hand-over'))).status, 303)
  assert.equal((await change(at, { '_label-vi': 'x', '_label-en': 'x' })).status, 409, 'not while it waits')

  assert.equal((await change(draftHref(form, 'publish'), { 'firstDay-day': '1', 'firstDay-month': '12', 'firstDay-year': '2026' })).status, 403, 'not who changed it last')
  as('G01', 'checker')
  const compared = (await get(draftHref(form, 'publish'))).body
  for (const part of ['Số di động', 'Tên thường gọi', '3 khác biệt']) assert.ok(compared.includes(part), part)
  for (const [day, month, year, part] of [['', '', '', 'không phải là một ngày'], ['21', '11', '2026', 'phải từ ngày 22/11/2026']] as const) {
    const refused = await change(draftHref(form, 'publish'), { 'firstDay-day': day, 'firstDay-month': month, 'firstDay-year': year })
    assert.deepEqual([refused.status, refused.body.includes(part)], [400, true])
  }
  assert.equal((await change(draftHref(form, 'publish'), { 'firstDay-day': '1', 'firstDay-month': '12', 'firstDay-year': '2026' })).status, 303)

  const version = before.definition.version + 1
  assert.equal((await getForm(database.db, form)).definition.version, before.definition.version, 'not before its first day')
  const next = await getForm(database.db, form, version)
  assert.equal(next.fields.get('phone')?.field.label.vi, 'Số di động')
  assert.deepEqual((await getForm(database.db, form, before.definition.version)).definition, before.definition, 'who began before keeps it')
  assert.deepEqual(await events(), ['form.published', 'form.draft_started', 'form.draft_handed_over', 'form.published'])
  const history = (await get(formHref(form))).body
  for (const part of ['01/12/2026', 'checker G01', 'Kèm theo phần mềm']) assert.ok(history.includes(part), part)
  assert.equal(JSON.parse((await get(`/admin/forms/${form}/versions/${version}`)).body).version, version)
  assert.match((await get(`/admin/forms/${form}/compare?from=${version - 1}&to=${version}`, 'en')).body, /3 differences/)
  await seedForms(node)
})

test('a mistake leads to the box where it is put right, and keeps the draft from being handed over', async () => {
  await fresh()
  const reason = fieldHref(form, 'reason', 'reason')
  assert.equal((await change(fieldHref(form, 'reason', 'reason', 'remove'))).status, 303)
  const { body } = await get(draftHref(form))
  assert.match(body, new RegExp(`<a class="govuk-link" href="${pageHref(form, 'current')}[^"]*">Trang`.replace('current', '[a-zA-Z]+')))
  assert.ok(body.includes('“reason”'))
  assert.equal((await get(reason)).status, 404)
  const refused = await change(draftHref(form, 'hand-over'))
  assert.deepEqual([refused.status, refused.body.includes('Biểu mẫu còn lỗi')], [400, true])
  const condition = fieldHref(form, 'applicant', 'email')
  assert.equal((await post(condition, await boxes(condition, condition, { _condition: 'phone = "1"' }))).status, 303)
  assert.ok((await get(draftHref(form))).body.includes(`href="${condition}#_condition"`))
  assert.equal((await events()).at(-1), 'form.draft_started')
})

test('nothing outside the published list of papers can be asked for', async () => {
  await fresh()
  const head = draftHref(form, 'head')
  const typed = await boxes(head, head)
  assert.equal((await post(head, { ...typed, _components: `${String(typed._components)}\ndesk | Giấy xác nhận của tổ dân phố` })).status, 303)
  const { body } = await get(draftHref(form))
  assert.match(body, /href="[^"]*\/head#_components">[^<]*Giấy xác nhận của tổ dân phố/)
  assert.equal((await change(draftHref(form, 'hand-over'))).status, 400)
})

test('what is typed wrongly is refused at its box, and stays in it', async () => {
  await fresh()
  const at = fieldHref(form, 'applicant', 'phone')
  const refused = await post(at, await boxes(at, at, { '_label-en': '', _condition: 'reason = ' }))
  assert.equal(refused.status, 400)
  for (const part of ['href="#_label-vi"', 'href="#_condition"', 'không hiểu “…” ở ký tự 9', '>reason =</textarea>']) assert.ok(refused.body.includes(part), part)
  const bad = await change(pageHref(form, 'applicant', 'fields'), { id: 'Số nhà', type: 'datum', 'label-vi': 'Số nhà', 'label-en': '' })
  for (const part of ['href="#id"', 'href="#type"', 'href="#label-en"', 'value="Số nhà"']) assert.ok(bad.body.includes(part), part)
  assert.match((await change(pageHref(form, 'applicant', 'fields'), { id: 'reason', type: 'text', 'label-vi': 'a', 'label-en': 'b' })).body, /Đã có trang hoặc trường khác/)
  assert.match((await change(draftHref(form, 'pages'), { id: 'applicant', path: 'x', 'title-vi': 'a', 'title-en': 'b' })).body, /Đã có trang hoặc trường khác/)
  assert.equal((await change(draftHref(form, 'pages'), { id: 'a b', path: 'X Y', 'title-vi': '', 'title-en': '' })).status, 400)
})

test('of two windows the second is told who was faster, and overwrites nothing', async () => {
  await fresh()
  const at = fieldHref(form, 'applicant', 'phone')
  const [first, second] = [await boxes(at, at, { '_label-vi': 'Nhãn thứ nhất' }), await boxes(at, at, { '_label-vi': 'Nhãn thứ hai' })]
  assert.equal((await post(at, first)).status, 303)
  as('G01', 'colleague')
  const late = await post(at, second)
  assert.equal(late.status, 409)
  for (const part of ['author G01 vừa sửa', 'value="Nhãn thứ hai"']) assert.ok(late.body.includes(part), part)
  assert.ok((await get(at)).body.includes('value="Nhãn thứ nhất"'))
  assert.equal((await post(draftHref(form, 'hand-over'), { revision: '1' })).status, 409)
})

test('pages, fields and rules are added, moved and deleted after a confirmation', async () => {
  await fresh()
  const order = async (): Promise<string[]> => (await definition()).pages.map((p) => p.id)
  const before = await order()
  assert.equal((await change(draftHref(form, 'pages'), { id: 'family', path: 'gia-dinh', 'title-vi': 'Gia đình', 'title-en': 'Family' })).location, pageHref(form, 'family'))
  assert.match((await get(pageHref(form, 'family'))).body, /Trang chưa có trường nào để xem trước/)
  assert.match((await get(draftHref(form))).body, /Gia đình/)
  await change(pageHref(form, 'family', 'move'), { step: 'up' })
  assert.deepEqual(await order(), [...before.slice(0, -1), 'family', before.at(-1)])
  await change(pageHref(form, 'family', 'fields'), { id: 'members', type: 'group', 'label-vi': 'Thành viên', 'label-en': 'Members' })
  for (const [id, type] of [['born', 'date'], ['name', 'person-name']]) await change(pageHref(form, 'family', 'fields'), { group: 'members', id: id!, type: type!, 'label-vi': id!, 'label-en': id! })
  await change(fieldHref(form, 'family', 'members.name', 'move'), { step: 'up' })
  const group = (await definition()).pages.find((p) => p.id === 'family')!.fields[0]!
  assert.deepEqual(group.type === 'group' && group.fields.map((f) => f.id), ['name', 'born'])
  const kind = await change(fieldHref(form, 'family', 'members.born', 'kind'), { type: 'number' })
  assert.equal(kind.location, fieldHref(form, 'family', 'members.born'))
  assert.match((await get(fieldHref(form, 'family', 'members'))).body, /Các trường của một mục/)
  assert.match((await get(fieldHref(form, 'family', 'members.born', 'remove'))).body, /Xóa “born”\?/)
  const inner = ruleHref(form, 'family', 'members', 0)
  assert.equal((await change(fieldHref(form, 'family', 'members', 'rules'), { rule: 'compare' })).location, `${inner}?rule=compare`)
  assert.equal((await change(inner, { rule: 'compare', _left: 'born', _is: '<', _right: 'name', '_message-vi': 'Sai.', '_message-en': 'Wrong.' })).status, 303)
  assert.match((await get(draftHref(form))).body, new RegExp(`href="${inner}">[^<]*Thành viên[^<]*“born” với “name”`))
  assert.match((await get(fieldHref(form, 'family', 'members'))).body, /Quy tắc giữa các trường của một mục[\s\S]*Sai\./)
  await change(ruleHref(form, 'family', 'members', 0, 'remove'))
  await change(fieldHref(form, 'family', 'members.born', 'remove'))

  assert.equal((await change(pageHref(form, 'applicant', 'rules'), { rule: 'atLeastOne' })).location, `${ruleHref(form, 'applicant', undefined, 0)}?rule=atLeastOne`)
  assert.equal((await change(ruleHref(form, 'applicant', undefined, 0), { rule: 'atLeastOne', _fields: 'phone' })).status, 400)
  assert.equal((await change(ruleHref(form, 'applicant', undefined, 0), { rule: 'atLeastOne', _fields: 'phone email' })).status, 303)
  assert.match((await get(pageHref(form, 'applicant'))).body, /Điền ít nhất một trong các trường: phone, email/)
  assert.equal((await get(ruleHref(form, 'applicant', undefined, 0, 'remove'))).status, 200)
  await change(ruleHref(form, 'applicant', undefined, 0, 'remove'))
  assert.equal((await definition()).pages[0]!.rules, undefined)
  assert.match((await get(pageHref(form, 'family', 'remove'))).body, /có 1 trường/)
  await change(pageHref(form, 'family', 'remove'))
  assert.deepEqual(await order(), before)
})

test('the preview shows the page in both languages, takes answers and checks them as a filing', async () => {
  await fresh()
  const at = pageHref(form, 'applicant')
  assert.match((await get(at)).body, /id="preview"[\s\S]*<div lang="vi">[\s\S]*name="applicantName"/)
  assert.match((await get(`${at}?preview=en`)).body, /<div lang="en">[\s\S]*Full name/)
  const refused = await post(`${pageHref(form, 'applicant', 'try')}?preview=vi`, { _do: 'continue', applicantName: 'An 7', phone: '0905' })
  assert.equal(refused.status, 400)
  for (const part of ['value="An 7"', 'id="error-summary"', 'chỉ gồm chữ cái và dấu cách']) assert.ok(refused.body.includes(part), part)
  assert.ok((await get(at)).body.includes('value="An 7"'), 'kept with the draft')
  assert.equal((await post(draftHref(form, 'samples'), { page: 'applicant', seed: '5' })).status, 303)
  const good = await boxes(at, `${pageHref(form, 'applicant', 'try')}?preview=vi`)
  const tried = await post(`${pageHref(form, 'applicant', 'try')}?preview=vi`, { ...good, _do: 'continue' })
  assert.deepEqual([tried.status, tried.location], [303, `${at}?preview=vi&tried=yes#preview`])
  assert.match((await get(`${at}?tried=yes`)).body, /được chấp nhận/)
  const [row] = await database.db<{ n: number }[]>`SELECT count(*)::int AS n FROM ledger.event WHERE data::text LIKE '%An 7%'`
  assert.equal(row?.n, 0)
})

test('a definition leaves and comes back as JSON, after the check of publishing', async () => {
  await fresh()
  const json = (await get(draftHref(form, 'json/file'))).body
  const changed = { ...(JSON.parse(json) as FormDefinition), title: { vi: 'Tên mới', en: 'New title' }, key: 'other' }
  assert.equal((await change(draftHref(form, 'json'), { json: JSON.stringify(changed) })).status, 303)
  assert.deepEqual([(await definition()).title.vi, (await definition()).key], ['Tên mới', form])
  for (const [text, part] of [['{', 'không phải JSON hợp lệ'], ['[]', 'Định nghĩa có lỗi'], [JSON.stringify({ ...changed, placeField: 'phone' }), 'phải thuộc loại address'], ['null', 'không phải JSON hợp lệ']] as const) {
    const refused = await change(draftHref(form, 'json'), { json: text })
    assert.deepEqual([refused.status, refused.body.includes(part)], [400, true], refused.body.slice(0, 800))
  }
  assert.match((await get(`${draftHref(form)}`)).body, /Tên mới/)
  assert.equal((await get(`/admin/forms/${form}/compare?from=${drivingLicenceExchange.version}&to=draft`)).status, 200)
})

test('the second pair of eyes sends a draft back with what is to be changed, and a draft can be given up', async () => {
  await fresh()
  await change(draftHref(form, 'hand-over'))
  as('G01', 'checker')
  assert.equal((await change(draftHref(form, 'return'), { note: '' })).status, 400)
  assert.equal((await change(draftHref(form, 'return'), { note: 'Sửa lại gợi ý số điện thoại' })).status, 303)
  assert.match((await get(draftHref(form))).body, /Sửa lại gợi ý số điện thoại/)
  assert.match((await get(draftHref(form, 'publish'))).body, /Người soạn gửi đi thì mới công bố được/)
  assert.equal((await change(draftHref(form, 'publish'), { 'firstDay-day': '1', 'firstDay-month': '12', 'firstDay-year': '2026' })).status, 409)
  assert.match((await get(draftHref(form, 'discard'))).body, /Mọi thay đổi trong bản thảo sẽ mất/)
  assert.equal((await change(draftHref(form, 'discard'))).status, 303)
  assert.deepEqual((await events()).slice(-3), ['form.draft_handed_over', 'form.draft_returned', 'form.draft_discarded'])
  assert.equal((await get(draftHref(form))).status, 404)
})

test('an office writes the forms of its own procedures only, and one draft of each', async () => {
  await fresh()
  assert.equal((await post(draftHref(form), { version: String(drivingLicenceExchange.version) })).status, 409)
  as('G15')
  assert.match((await get(formsPath)).body, /Tờ khai đăng ký khai sinh/)
  assert.match((await get(formHref(form))).body, /thuộc cơ quan khác/)
  for (const url of [draftHref(form), pageHref(form, 'applicant'), draftHref(form, 'publish'), `/admin/forms/${form}/compare?from=${drivingLicenceExchange.version}&to=draft`]) assert.equal((await get(url)).status, 403, url)
  assert.deepEqual([(await post(draftHref(form), { version: '1' })).status, (await change(draftHref(form, 'discard'))).status], [403, 403])
  as('G01', 'author', [])
  assert.equal((await get(formsPath)).status, 403)
  as('G01', 'editor', ['forms.edit'])
  assert.equal((await get(draftHref(form, 'publish'))).status, 403)
  assert.deepEqual([(await get(formHref('nothing'))).status, (await get(pageHref(form, 'nothing'))).status, (await get(`/admin/forms/${form}/versions/99`)).status], [404, 404, 404])
})

test('a local node takes over what the national node publishes, and nothing from elsewhere', async () => {
  const { db } = await testDatabase()
  const local = testNode(db, { code: 'H21', now: () => now })
  await seedForms(local)
  const ctx = systemCtx(local, 'test')
  const version = drivingLicenceExchange.version + 1
  const message = (from: string, sent: unknown) => ({ id: newId(), from, service: 'forms.version', subject: form, payload: { definition: sent }, sentAt: now })
  const take = (from: string, sent: unknown) => db.begin((tx) => receiveForm(tx as Tx, ctx, message(from, sent)))
  const sent = { ...drivingLicenceExchange, version, title: { vi: 'Mới', en: 'New' }, validFrom: '2026-11-01' }
  await assert.rejects(take('H01', sent), { code: 'NOT_AUTHOR' })
  await assert.rejects(take(local.config.national.code, { ...sent, placeField: 'nowhere' }), { code: 'DEFINITION_INVALID' })
  await take(local.config.national.code, sent)
  await take(local.config.national.code, sent)
  assert.equal((await getForm(db, form)).definition.title.vi, 'Mới')
})

test('what officers published under the number of a shipped version is left to them at the next start', async () => {
  const { db } = await testDatabase()
  const local = testNode(db, { code: 'VN', now: () => now })
  await db.begin((tx) => publishForm(tx as Tx, systemCtx(local, 'test'), { ...drivingLicenceExchange, title: { vi: 'Của cán bộ', en: 'By officers' } }, { origin: 'authored', publishedBy: 'officer:x', publishedName: 'x' }))
  await seedForms(local)
  assert.equal((await findForm(db, form))?.definition.title.vi, 'Của cán bộ')
})

suite('a form for a procedure that has none', () => {
  const key = 'dang-ky-xe'
  const typed = { key, procedure: '1.013067', 'title-vi': 'Giấy khai đăng ký xe', 'title-en': 'Vehicle registration form', copyOf: '' }
  const begin = (more: Record<string, string> = {}) => post(newFormPath, { ...typed, ...more })
  const at = async (): Promise<{ revision: string }> => ({ revision: String((await findFormDraft(database.db, key))!.revision) })

  test('is begun by the office that answers for it, once; mistakes come back with what was typed', async () => {
    as('G01')
    for (const [more, says] of [
      [{ procedure: '9.999999' }, /Không có thủ tục nào/], [{ procedure: '1.001193' }, /Chỉ cơ quan phụ trách/], [{ procedure: '3.000347' }, /đã có biểu mẫu/], [{ key: 'new' }, /khác từ “new”/], [{ key: 'Mẫu' }, /Mã biểu mẫu chỉ gồm/],
      [{ key: form }, /là của biểu mẫu đã có/], [{ 'title-en': '' }, /Chưa có tên tiếng Anh/], [{ copyOf: 'nothing' }, /Không có biểu mẫu này/],
    ] as const) {
      const reply = await begin(more)
      assert.equal(reply.status, 400, JSON.stringify(more))
      assert.match(reply.body, says)
      assert.match(reply.body, /value="Giấy khai đăng ký xe"/)
    }
    assert.deepEqual([(await begin()).location, (await begin({ key: 'khac' })).status], [draftHref(key), 400], 'one for each procedure')
    assert.match((await get(formsPath)).body, /Giấy khai đăng ký xe[\s\S]*1\.013067/)
    as('G15')
    assert.deepEqual([(await get(draftHref(key))).status, (await post(draftHref(key, 'discard'), await at())).status], [403, 403])
    assert.doesNotMatch((await get(formsPath)).body, /Giấy khai đăng ký xe/)
  })

  test('asks for what the procedure publishes, is checked and published by somebody else, and stays with its office', async () => {
    as('G01')
    const { definition } = (await findFormDraft(database.db, key))!
    assert.equal(definition.components!.length, 3)
    assert.equal((await get(draftHref(key))).status, 200)
    await database.owner`UPDATE forms.form_draft SET definition = jsonb_set(definition, '{components,0,name}', '"Bản sao hộ khẩu"') WHERE key = ${key}`
    assert.equal((await post(draftHref(key, 'hand-over'), await at())).status, 400, 'a component that is not published')
    assert.match((await get(draftHref(key))).body, /Bản sao hộ khẩu/)
    await database.owner`UPDATE forms.form_draft SET definition = ${database.owner.json(definition as never)} WHERE key = ${key}`
    assert.equal((await post(draftHref(key, 'hand-over'), await at())).status, 303)
    const day = { 'firstDay-day': '1', 'firstDay-month': '12', 'firstDay-year': '2026' }
    assert.equal((await post(draftHref(key, 'publish'), { ...await at(), ...day })).status, 403, 'who wrote it does not publish it')
    as('G01', 'checker')
    assert.match((await get(draftHref(key, 'publish'))).body, /Người yêu cầu/)
    assert.equal((await post(draftHref(key, 'publish'), { ...await at(), ...day })).location, `${formHref(key)}?done=published`)
    assert.deepEqual((await getForm(database.db, key, 1)).definition.title, { vi: 'Giấy khai đăng ký xe', en: 'Vehicle registration form' })
    as('G01')
    assert.match((await get(formHref(key))).body, /1\.013067/)
    assert.equal((await post(draftHref(key), { version: '1' })).status, 303, 'its next version')
    assert.equal((await post(draftHref(key, 'discard'), await at())).location, `${formHref(key)}?done=discarded`)
    as('G15')
    assert.equal((await post(draftHref(key), { version: '1' })).status, 403)
  })

  test('may begin as a copy, whose papers must be those of its own procedure; given up, nothing of it remains', async () => {
    as('G01')
    const copy = { key: 'sang-ten-xe', procedure: '1.013076', copyOf: form }
    assert.equal((await begin(copy)).status, 303)
    const draft = (await findFormDraft(database.db, copy.key))!
    assert.deepEqual([draft.definition.key, draft.definition.title.vi, draft.definition.source, draft.definition.pages.length, draft.baseVersion], [copy.key, 'Giấy khai đăng ký xe', undefined, drivingLicenceExchange.pages.length, 0])
    assert.equal((await post(draftHref(copy.key, 'hand-over'), { revision: '1' })).status, 400)
    assert.equal((await post(draftHref(copy.key, 'discard'), { revision: '1' })).location, `${formsPath}?done=discarded`)
    assert.deepEqual([await findFormDraft(database.db, copy.key), (await get(formHref(copy.key))).status], [undefined, 404])
    assert.equal((await begin(copy)).status, 303, 'it may be begun again')
  })
})
})
