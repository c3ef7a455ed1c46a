import assert from 'node:assert/strict'
import { after, before, beforeEach, suite, test } from 'node:test'
import { systemCtx, transact } from '../../../../platform/ctx.ts'
import { newId } from '../../../../platform/ids.ts'
import type { InboundMessage } from '../../../../platform/module.ts'
import { TestBrowser } from '../../testing/browser.ts'
import { smallCountry, type RunningNode, type SmallCountry } from '../../testing/small-country.tsx'
import { alsoKnown, known, logIn, logInOfficer, thirdKnown } from '../../testing/stories.ts'
import { authenticate } from '../../access/authenticate.ts'
import { hearOfMandate } from '../tell-nodes.ts'

suite('pages of mandates', () => {
let country!: SmallCountry
let national!: RunningNode
const stops: (() => unknown)[] = []
before(async () => {
  country = await smallCountry({ after: (stop) => void stops.push(stop) })
  ;({ national } = country)
})
after(async () => {
  for (const stop of stops.reverse()) await stop()
})
beforeEach(() => country.forgetFailures())

const list = '/tai-khoan/uy-quyen'
const acting = '/tai-khoan/thuc-hien-thay'
const idOf = (browser: TestBrowser): string => /uy-quyen\/([0-9a-f-]{36})/.exec(browser.page.url)![1]!
const path = (browser: TestBrowser): string => new URL(browser.page.url).pathname
const term = { 'from-day': '1', 'from-month': '1', 'from-year': '2099', 'to-day': '31', 'to-month': '12', 'to-year': '2099' }
/** The days that stand in the boxes already. */
const shownTerm = (html: string): Record<string, string> => Object.fromEntries(['from', 'to'].flatMap((name) => ['day', 'month', 'year'].map((part) => {
  const box = html.match(/<input[^>]*>/g)!.find((tag) => tag.includes(`name="${name}-${part}"`))!
  return [`${name}-${part}`, /value="(\d+)"/.exec(box)![1]!]
})))

async function offerByPages(browser: TestBrowser, to: typeof known): Promise<string> {
  await browser.open(`${national.url}${list}/moi`)
  await browser.submit({}, `${list}/moi`)
  assert.equal(browser.page.status, 400)
  await browser.submit({ kind: 'by-other' }, `${list}/moi`)
  assert.match(path(browser), /\/nguoi$/)
  await browser.submit({ idNumber: '12', fullName: to.fullName, relation: 'spouse' }, path(browser))
  assert.equal(browser.page.status, 400)
  assert.ok(browser.page.html.includes(`value="${to.fullName}"`), 'nothing typed is lost')
  await browser.submit({ idNumber: to.idNumber, fullName: to.fullName, relation: 'spouse' }, path(browser))
  assert.match(path(browser), /\/pham-vi$/)
  await browser.submit({ scope: 'procedures', procedures: 'nonsense', rights: 'submit', ...term }, path(browser))
  assert.equal(browser.page.status, 400)
  assert.ok(browser.page.html.includes('nonsense') && browser.page.html.includes('value="2099"'))
  await browser.open(browser.page.url)
  await browser.submit({ scope: 'procedures', procedures: '1.001612', rights: 'submit', ...term, 'from-day': '0' }, path(browser))
  assert.equal(browser.page.status, 400)
  await browser.submit({ scope: 'procedures', procedures: '1.001612', rights: 'submit', ...term, 'to-year': '2150' }, path(browser))
  assert.equal(browser.page.status, 400, 'too long')
  const today = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Ho_Chi_Minh' }).format(national.node.now()).split('/')
  const days = { 'from-day': today[0]!, 'from-month': today[1]!, 'from-year': today[2]!, 'to-day': '28', 'to-month': today[1]!, 'to-year': String(Number(today[2]) + 1) }
  await browser.submit({ scope: 'procedures', procedures: '1.001612', rights: 'submit', ...days }, path(browser))
  assert.match(path(browser), /\/kiem-tra$/)
  assert.ok(browser.page.html.includes('1.001612') && !browser.page.url.includes(to.idNumber))
  await browser.submit({}, path(browser))
  assert.equal(browser.page.status, 200)
  assert.ok(browser.page.html.includes('Đã gửi đề nghị'))
  return idOf(browser)
}

test('a mandate is offered in steps, agreed to on the other side, acted under at the national and a local node, and withdrawn at both', async () => {
  const [giver, agent] = [new TestBrowser(), new TestBrowser()]
  await logIn(country, giver, { returnTo: list })
  const id = await offerByPages(giver, alsoKnown)
  await country.lastSms(alsoKnown.phone)
  await logIn(country, agent, { person: alsoKnown, returnTo: list })
  assert.ok(agent.page.html.includes('Chờ bạn trả lời') && agent.page.html.includes(id))
  await agent.open(`${national.url}${list}/${id}`)
  await agent.submit({}, `${list}/${id}/dong-y`)
  assert.ok(agent.page.html.includes('Đang có hiệu lực'))

  await agent.open(`${national.url}${acting}`)
  await agent.submit({ mandate: id }, acting)
  assert.ok(agent.page.html.includes('Đang thực hiện thay cho') && agent.page.html.includes(`<strong>${known.fullName}</strong>`), 'every page says for whom')
  await agent.open(`${national.url}/tai-khoan`)
  assert.ok(agent.page.html.includes('mc-acting'))

  await agent.open(`${country.province.url}/dang-nhap?tiep=${acting}`)
  assert.equal(agent.page.url, `${country.province.url}${acting}`, 'single sign-on, no second log-in')
  assert.ok(agent.page.html.includes(known.fullName), 'the other node learnt it at the log-in')
  assert.ok(!agent.page.html.includes('mc-acting'), 'acting is chosen at each node')
  await agent.submit({ mandate: id }, acting)
  assert.ok(agent.page.html.includes('mc-acting'))
  const there = await authenticate(country.province.node, { cookies: { mc_session_h21: agent.cookie('mc_session_h21') }, authorization: undefined })
  const [known_] = await national.node.db<{ subject: string }[]>`SELECT subject FROM identity.account WHERE id_number = ${known.idNumber}`
  assert.ok(there.kind === 'person' && there.actingFor && there.actingFor.subject !== known_!.subject, 'each node knows the represented by another name')

  await giver.open(`${national.url}${list}/${id}/rut`)
  await giver.submit({}, `${list}/${id}/rut`)
  assert.ok(giver.page.html.includes('Đã rút'))
  await agent.open(`${national.url}/tai-khoan`)
  assert.ok(agent.page.html.includes('Quyền thực hiện thay đã chấm dứt'))
  const message = (from: string, at: Date, usable: unknown): InboundMessage => ({ id: newId(), from, service: 'identity.mandate', subject: id, payload: { usable, at: at.toISOString() }, sentAt: at })
  const hear = (m: InboundMessage): Promise<void> => transact(systemCtx(country.province.node, 'test'), (tx) => hearOfMandate(tx, systemCtx(country.province.node, 'test'), m))
  await hear(message('G01', national.node.now(), false))
  await agent.open(`${country.province.url}${acting}`)
  assert.ok(agent.page.html.includes(`<strong>${known.fullName}</strong>`), 'another node than the national one has no say')
  await hear(message('VN', national.node.now(), false))
  await agent.open(`${country.province.url}${acting}`)
  assert.ok(agent.page.html.includes('Quyền thực hiện thay đã chấm dứt') && !agent.page.html.includes(`value="${id}"`))
})

test('a withdrawal that overtakes the log-in counts all the same', async () => {
  const [giver, agent] = [new TestBrowser(), new TestBrowser()]
  await logIn(country, giver, { person: thirdKnown, returnTo: list })
  const id = await offerByPages(giver, alsoKnown)
  const ctx = systemCtx(country.ministry.node, 'test')
  await transact(ctx, (tx) => hearOfMandate(tx, ctx, { id: newId(), from: 'VN', service: 'identity.mandate', subject: id, payload: { usable: false, at: national.node.now().toISOString() }, sentAt: ctx.now }))
  // The notice of the offer goes out before the code is asked for.
  await country.lastSms(alsoKnown.phone)
  await logIn(country, agent, { person: alsoKnown, returnTo: `${list}/${id}` })
  await agent.submit({}, `${list}/${id}/dong-y`)
  await agent.open(`${country.ministry.url}/dang-nhap?tiep=${acting}`)
  assert.ok(!agent.page.html.includes(id))
})

test('another person finds neither the page, the draft nor the buttons; the API lists and withdraws one’s own', async () => {
  const [giver, stranger] = [new TestBrowser(), new TestBrowser()]
  await logIn(country, giver, { returnTo: list })
  await giver.open(`${national.url}${list}/moi`)
  await giver.submit({ kind: 'for-other' }, `${list}/moi`)
  const draft = giver.page.url
  assert.deepEqual(Object.keys(shownTerm((await giver.submit({ idNumber: thirdKnown.idNumber, fullName: thirdKnown.fullName, relation: 'other' }, path(giver))).html)).length, 6, 'usual dates stand there already')
  const id = await offerByPages(giver, thirdKnown)
  await country.lastSms(alsoKnown.phone)
  await logIn(country, stranger, { person: alsoKnown, returnTo: list })
  const csrf = /name="_csrf" value="([^"]+)"/.exec((await stranger.open(`${national.url}${list}/moi`)).html)![1]!
  for (const url of [draft, draft.replace('/nguoi', '/pham-vi'), draft.replace('/nguoi', '/kiem-tra'), `${national.url}${list}/${id}`, `${national.url}${list}/${id}/rut`, `${national.url}/tai-khoan/to-chuc/${id}`]) assert.notEqual((await stranger.open(url)).status, 200, url)
  for (const what of ['dong-y', 'tu-choi', 'rut']) assert.notEqual((await stranger.post(`${national.url}${list}/${id}/${what}`, { _csrf: csrf })).status, 200, what)
  assert.notEqual((await stranger.post(`${national.url}${acting}`, { _csrf: csrf, mandate: id })).status, 200)

  const call = async (browser: TestBrowser, url: string, method = 'GET'): Promise<{ status: number; body: { mandates?: { id: string; state: string }[]; code?: string; state?: string } }> => {
    const reply = await fetch(`${national.url}${url}`, { method, headers: { cookie: [...browser.cookies].map(([name, c]) => `${name}=${c.value}`).join('; '), 'content-type': 'application/json' }, ...(method === 'POST' ? { body: '{}' } : {}) })
    return { status: reply.status, body: await reply.json() as never }
  }
  assert.equal((await call(new TestBrowser(), '/api/v1/mandates')).status, 401)
  assert.ok((await call(giver, '/api/v1/mandates')).body.mandates!.some((m) => m.id === id && m.state === 'offered'))
  assert.ok(!(await call(stranger, '/api/v1/mandates')).body.mandates!.some((m) => m.id === id))
  assert.deepEqual([(await call(stranger, `/api/v1/mandates/${id}/withdraw`, 'POST')).status, (await call(stranger, '/api/v1/mandates/nonsense/withdraw', 'POST')).status], [404, 404])
  assert.equal((await call(giver, `/api/v1/mandates/${id}/withdraw`, 'POST')).body.state, 'withdrawn')
  assert.equal((await call(giver, `/api/v1/mandates/${id}/withdraw`, 'POST')).body.code, 'identity.MANDATE_NOT_IN_STATE')
})

test('an organisation is opened by its tax code; a wrong digit, a foreign or a silent register end on the same page with what was typed', async () => {
  const browser = new TestBrowser()
  await logIn(country, browser, { person: thirdKnown, returnTo: '/tai-khoan/to-chuc' })
  for (const typed of ['', '5900000018', '5900000026']) {
    await browser.submit({ taxCode: typed }, '/tai-khoan/to-chuc')
    assert.equal(browser.page.status, 400)
    assert.ok(typed === '' || browser.page.html.includes(`value="${typed}"`))
  }
  await browser.submit({ taxCode: '59 0000 0019' }, '/tai-khoan/to-chuc')
  assert.equal(browser.page.status, 200)
  assert.ok(browser.page.html.includes('Công ty TNHH Thử Nghiệm Gia Lai') && browser.page.html.includes('Cử thêm người'))
  await browser.open(`${national.url}${acting}`)
  assert.ok(browser.page.html.includes('Công ty TNHH Thử Nghiệm Gia Lai'))
})

test('an officer with the right compares a guardian’s paper; another officer does not see the page', async () => {
  const browser = new TestBrowser()
  await logIn(country, browser, { returnTo: `${list}/moi` })
  await browser.submit({ kind: 'child' }, `${list}/moi`)
  await browser.submit({ idNumber: '064315000023', fullName: 'Lê Thị Nhỏ Ví Dụ', 'birthDate-day': '5', 'birthDate-month': '9', 'birthDate-year': '2015', relation: 'guardian' }, path(browser))
  await browser.submit({ scope: 'all', rights: 'submit', ...shownTerm(browser.page.html) }, path(browser))
  await browser.submit({}, path(browser))
  assert.ok(browser.page.html.includes('Chờ đối chiếu giấy tờ'))
  const id = idOf(browser)
  const editor = new TestBrowser()
  await logInOfficer(national, editor, 'danhmuc.congan')
  assert.equal((await editor.open(`${national.url}/admin/mandates/${id}`)).status, 403)
  const officer = new TestBrowser()
  await logInOfficer(national, officer, 'quantri.quocgia')
  await officer.open(`${national.url}/admin/mandates`)
  assert.ok(officer.page.html.includes(`/admin/mandates/${id}`))
  await officer.open(`${national.url}/admin/mandates/${id}`)
  await officer.submit({ decision: 'confirm', paper: '' }, `/admin/mandates/${id}`)
  assert.equal(officer.page.status, 400)
  await officer.submit({ decision: 'confirm', paper: 'Quyết định giám hộ số 12 ngày 01/10/2026' }, `/admin/mandates/${id}`)
  assert.equal(officer.page.status, 200)
  await browser.open(`${national.url}${list}/${id}`)
  assert.ok(browser.page.html.includes('Đang có hiệu lực') && browser.page.html.includes('Quyết định giám hộ số 12'))
  const [entry] = await national.node.db<{ n: number }[]>`SELECT count(*)::int AS n FROM identity.access_log WHERE object = ${id}`
  assert.ok(entry!.n >= 1, 'the officer’s reading is recorded')
})
})
