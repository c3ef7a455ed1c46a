import assert from 'node:assert/strict'
import { after, before, beforeEach, suite, test } from 'node:test'
import fc from 'fast-check'
import { demoCitizens } from '../../../stand-ins/demo-people.ts'
import { createCtx, transact } from '../../../platform/ctx.ts'
import { appendEvent, drainFollowers, listEvents } from '../../ledger/index.ts'
import { TestBrowser } from '../testing/browser.ts'
import { smallCountry, type RunningNode, type SmallCountry } from '../testing/small-country.tsx'
import { insertLookUp } from './look-up.store.ts'
import { alsoKnown, known, logIn, logInOfficer } from '../testing/stories.ts'

const cardOf = (p: (typeof demoCitizens)[number], more = ''): string => `${p.idNumber}||${p.fullName}|${p.birthDate.split('-').reverse().join('')}|${p.sex === 'male' ? 'Nam' : 'Nữ'}|${p.residence.text}|01012024${more}`

suite('looking people up at the desk', () => {
let country!: SmallCountry
let province!: RunningNode
const stops: (() => unknown)[] = []
const desk = new TestBrowser()
before(async () => {
  country = await smallCountry({ after: (stop) => void stops.push(stop) })
  ;({ province } = country)
  await logIn(country, new TestBrowser(), { at: province.url })
  await logInOfficer(province, desk, 'motcua.pleiku')
})
after(async () => {
  for (const stop of stops.reverse()) await stop()
})
beforeEach(() => country.forgetFailures())

async function find(values: Record<string, string>, browser = desk): Promise<TestBrowser['page']> {
  await browser.open(`${province.url}/desk/people`)
  return browser.submit(values, '/desk/people')
}
const rows = async (): Promise<number> => (await province.database.owner<{ n: number }[]>`SELECT count(*)::int AS n FROM identity.look_up`)[0]!.n

test('by number or card the desk sees name, birth date and the ends of the numbers, no more', async () => {
  for (const query of [known.idNumber, cardOf(known), cardOf(known, '|Cha|Mẹ|')]) {
    const page = await find({ reason: 'filing', query })
    assert.match(page.url, /\/desk\/people\/[0-9a-f-]{36}$/, 'no number in the address')
    assert.match(page.html, new RegExp(known.fullName))
    assert.match(page.html, new RegExp(`•••${known.idNumber.slice(-3)}`))
    for (const secret of [known.idNumber, known.phone, known.email]) assert.ok(!page.html.includes(secret), secret)
  }
})

test('without a purpose nothing is looked up and nothing typed is lost', async () => {
  const before = await rows()
  const page = await find({ query: known.idNumber })
  assert.equal(page.status, 400)
  assert.match(page.html, /Chọn mục đích tra cứu/)
  assert.match(page.html, new RegExp(`value="${known.idNumber}"`))
  assert.match((await find({ reason: 'dossier', query: known.idNumber })).html, /Nhập mã hồ sơ/)
  assert.equal(await rows(), before)
})

test('nonsense, a mistyped tax code and an old number each have their sentence', async () => {
  for (const [query, sentence] of [['', /Nhập số hoặc quét mã/], ['x|y', /Không đọc được thẻ/], ['0100109107', /Mã số thuế không đúng/], ['230000815', /9 số không còn dùng/], ['abc', /gồm 12 chữ số/], ['MC1:khong-con-hieu-luc', /không còn hiệu lực/]] as const) {
    const page = await find({ reason: 'filing', query })
    assert.equal(page.status, 400)
    assert.match(page.html, sentence)
  }
})

test('nobody and no organisation found is said plainly, and is on record as well', async () => {
  const before = await rows()
  assert.match((await find({ reason: 'account', query: demoCitizens[5]!.idNumber })).html, /Chưa có tài khoản tại hệ thống này/)
  assert.match((await find({ reason: 'account', query: '0100109106' })).html, /mã số thuế 0100109106/)
  assert.equal(await rows(), before + 2)
})

test('a card that contradicts itself or the account is called into doubt', async () => {
  assert.match((await find({ reason: 'filing', query: cardOf({ ...known, birthDate: '1991-03-12' }) })).html, /không khớp với ngày sinh hoặc giới tính trên chính thẻ/)
  assert.match((await find({ reason: 'filing', query: cardOf({ ...known, fullName: 'Nguyễn Văn Khác' }) })).html, /khác với tài khoản/)
})

test('the person sees when, by which agency and what for; the log keeps no number', async () => {
  await find({ reason: 'dossier', dossierCode: 'H21.101-261127-0001', query: known.idNumber })
  const person = new TestBrowser()
  await logIn(country, person, { at: province.url })
  const own = (await person.open(`${province.url}/tai-khoan`)).html
  assert.match(own, /Xử lý hồ sơ đã có mã/)
  assert.match(own, /Tiếp nhận hồ sơ tại quầy/)
  const kept = JSON.stringify([await province.database.owner`SELECT * FROM identity.look_up`, await province.database.owner`SELECT * FROM identity.access_log`, await province.database.owner`SELECT * FROM identity.look_up_content`])
  assert.ok(!kept.includes(known.idNumber) && !kept.includes(known.fullName))
})

test('the answer is for the officer who asked, and for twenty minutes', async () => {
  const { url } = await find({ reason: 'filing', query: known.idNumber })
  const other = new TestBrowser()
  await logInOfficer(province, other, 'chuyenmon.pleiku')
  assert.notEqual((await other.open(url)).status, 200)
  await province.database.owner`UPDATE identity.look_up_content SET expires_at = ${province.node.now()}`
  assert.doesNotMatch((await desk.open(url)).html, new RegExp(known.fullName))
})

test('who showed a personal code is named, also where no copy of the account is here yet', async () => {
  const [officer] = await province.database.owner<{ id: string }[]>`SELECT id FROM identity.officer WHERE login = 'motcua.pleiku'`
  const coded = demoCitizens[6]!
  const id = await transact(createCtx(province.node), (tx) => insertLookUp(tx, province.node, {
    officerId: officer!.id, agencyCode: 'H21', way: 'page', numberKey: Buffer.from('x'), purpose: { reason: 'filing' }, accountId: null, organisationId: null,
    query: { kind: 'personal-code', text: '', person: { subject: 's', idNumber: coded.idNumber, fullName: coded.fullName, birthDate: coded.birthDate } },
  }, province.node.now()))
  const { html } = await desk.open(`${province.url}/desk/people/${id}`)
  assert.match(html, new RegExp(coded.fullName))
  assert.match(html, /đã xuất trình mã cá nhân còn hiệu lực/)
  assert.ok(!html.includes(coded.idNumber))
})

test('nothing that is posted or asked for brings the desk down', async () => {
  const csrf = /name="_csrf" value="([^"]*)"/.exec((await desk.open(`${province.url}/desk/people`)).html)![1]!
  const nowhere = '01900000-0000-7000-8000-000000000000'
  const paths = ['/desk/people', ...['abc', nowhere].flatMap((id) => ['/account', ''].map((end) => `/desk/people/${id}${end}`)), ...['abc', nowhere].flatMap((id) => ['', '/code', '/resend', '/paper', '/withdraw', '/form', '/consent'].map((end) => `/desk/people/requests/${id}${end}`)), '/desk/people/requests?page=-1', '/desk/people/requests?page=999999999999', '/desk/old-accounts?view=x&page=abc', `/desk/old-accounts/${nowhere}`, '/desk/old-accounts/abc', '/admin/old-accounts/abc']
  const words = fc.sample(fc.string({ unit: 'binary', maxLength: 60 }), 40)
  const failed: string[] = []
  for (const [i, path] of paths.entries()) {
    if ((await desk.open(province.url + path)).status >= 500) failed.push(`GET ${path}`)
    const word = words[i % words.length]!
    for (const values of [{ reason: 'filing', query: `${word}|${word}|||||` }, { code: word, consent: word, 'birthDate-day': word, fullName: word, judgement: 'link', account: word, id: word, answer: 'mine' }] as Record<string, string>[]) {
      if ((await desk.post(province.url + path.split('?')[0]!, { _csrf: csrf, ...values })).status >= 500) failed.push(`POST ${path} ${JSON.stringify(values)}`)
    }
  }
  for (const body of [...words.map((query) => JSON.stringify({ query, reason: 'filing' })), ...words, '{"query":"\\ud800","reason":"filing"}', '{"query":{"a":1}}', '[[', '"']) {
    const reply = await fetch(`${province.url}/api/v1/people/lookup`, { method: 'POST', body, headers: { 'content-type': 'application/json', authorization: `Bearer ${desk.cookie('mc_session_h21')}` } })
    if (reply.status >= 500) failed.push(`API ${body}`)
  }
  assert.deepEqual(failed, [])
})

test('an API call follows the same rules, with the number in the body', async () => {
  const call = (body: unknown, browser = desk) => fetch(`${province.url}/api/v1/people/lookup`, { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json', authorization: `Bearer ${browser.cookie('mc_session_h21')}` } })
  const found = await (await call({ query: known.idNumber, reason: 'filing' })).json() as { found: boolean; person: Record<string, unknown> }
  assert.equal(found.found, true)
  assert.deepEqual(found.person, { fullName: known.fullName, birthDate: known.birthDate, idNumber: `•••${known.idNumber.slice(-3)}`, phone: `•••${known.phone.slice(-3)}`, state: 'active', assurance: 2 })
  assert.equal((await (await call({ query: alsoKnown.idNumber, reason: 'filing' })).json() as { found: boolean }).found, false)
  for (const body of [{ query: known.idNumber }, { query: known.idNumber, reason: 'curiosity' }, { query: 'x', reason: 'filing' }, { query: 5, reason: 'filing' }, [], 'x', null]) assert.equal((await call(body)).status, 400, JSON.stringify(body))
  const nobody = new TestBrowser()
  assert.ok([401, 403].includes((await call({ query: known.idNumber, reason: 'filing' }, nobody)).status))
})

test('look-ups faster than people can be served are stopped', async () => {
  let page = await find({ reason: 'filing', query: known.idNumber })
  for (let i = 0; i < 20 && page.status === 200; i++) page = await find({ reason: 'filing', query: known.idNumber })
  assert.equal(page.status, 429)
})

test('who handles or leads, but does not receive, looks nobody up', async () => {
  const leader = new TestBrowser()
  await logInOfficer(province, leader, 'lanhdao.pleiku')
  assert.equal((await leader.open(`${province.url}/desk/people`)).status, 403)
})

test('more people than dossiers explain is told to the head once, who writes what he found; dossiers count against it', async () => {
  const { node } = province
  const [officer] = await province.database.owner<{ id: string; agencyCode: string; name: string }[]>`SELECT id, agency_code AS "agencyCode", name FROM identity.officer WHERE login = 'motcua.pleiku'`
  await province.database.owner`UPDATE identity.look_up_rule SET most = 4`
  const acting = createCtx(node, { actor: { kind: 'officer', id: officer!.id, name: '', agencyCode: officer!.agencyCode, unitId: null, roles: [], permissions: new Set(), methods: [], authenticatedAt: node.now(), sessionId: '' } })
  await transact(acting, (tx) => appendEvent(tx, acting, { type: 'dossier.accepted', subject: 'd-1', data: {} }))
  await drainFollowers(node)
  const alerts = async () => (await listEvents(node.db, officer!.id)).filter((e) => e.type === 'identity.unusual_look_ups').length
  const [{ n }] = await province.database.owner<[{ n: number }]>`SELECT count(DISTINCT number_key)::int AS n FROM identity.look_up`
  for (let i = n; i < 5; i++) await find({ reason: 'filing', query: `05209000090${i}` })
  const before = await province.database.owner`SELECT 1 FROM identity.unusual_look_ups`
  for (const end of ['1', '2', '3']) await find({ reason: 'filing', query: `05209000080${end}` })
  const told = await province.database.owner<{ people: number; dossiers: number }[]>`SELECT people, dossiers FROM identity.unusual_look_ups`
  assert.deepEqual([before.length, told.length], [0, 1])
  assert.equal(told[0]!.people - told[0]!.dossiers, 5)
  assert.equal(told[0]!.dossiers, 1)
  assert.equal(await alerts(), 1)
  const leader = new TestBrowser()
  country.moveClock(31)
  await logInOfficer(province, leader, 'lanhdao.pleiku')
  assert.match((await leader.open(`${province.url}/desk/people/unusual`)).html, new RegExp(officer!.name))
  await leader.open(new URL(/href="(\/desk\/people\/unusual\/[^"]+)"/.exec(leader.page.html)![1]!, province.url).href)
  const at = new URL(leader.page.url).pathname
  assert.ok(!leader.page.html.includes(known.idNumber))
  assert.match((await leader.submit({ finding: 'explained', note: '' }, at)).html, /Ghi căn cứ/)
  await leader.submit({ finding: 'explained', note: 'Ngày tiếp dân lưu động, có danh sách.' }, at)
  assert.match(leader.page.html, /Có lý do chính đáng/)
})
})
