import assert from 'node:assert/strict'
import { after, before, beforeEach, suite, test } from 'node:test'
import { createCtx, transact } from '../../../platform/ctx.ts'
import { newId } from '../../../platform/ids.ts'
import { runDue } from '../../../platform/jobs.ts'
import { demoCitizens } from '../../../stand-ins/demo-people.ts'
import { eventually } from '../../exchange/testing/exchange-country.ts'
import { listEvents } from '../../ledger/index.ts'
import { findAccountByIdNumber } from '../citizens/account.store.ts'
import { TestBrowser } from '../testing/browser.ts'
import { smallCountry, type RunningNode, type SmallCountry } from '../testing/small-country.tsx'
import { codeFor, known, logIn, logInOfficer, whoIs, wrongCode } from '../testing/stories.ts'
import { receiveObjection } from './object-to-account.ts'
import { receiveDeskRequest } from './open-for-desk.ts'
import { receiveDeskAnswer } from './take-answer.ts'

type Person = (typeof demoCitizens)[number]
const person = (tail: string): Person => demoCitizens.find((c) => c.idNumber.endsWith(tail))!
const cardOf = (p: Person): string => `${p.idNumber}||${p.fullName.toUpperCase()}|${p.birthDate.split('-').reverse().join('')}|${p.sex === 'male' ? 'Nam' : 'Nữ'}|${p.residence.text}|01012024`
const born = (date: string): Record<string, string> => { const [y, m, d] = date.split('-').map(Number); return { 'birthDate-day': String(d), 'birthDate-month': String(m), 'birthDate-year': String(y) } }
const fields = (p: Person): Record<string, string> => ({ fullName: p.fullName, ...born(p.birthDate), phone: p.phone, email: '' })

suite('accounts that the desk asks for on a person\'s behalf', () => {
let country!: SmallCountry
let national!: RunningNode
let province!: RunningNode
const stops: (() => unknown)[] = []
const desk = new TestBrowser()
before(async () => {
  country = await smallCountry({ after: (stop) => void stops.push(stop) })
  ;({ national, province } = country)
  await logInOfficer(province, desk, 'motcua.pleiku')
})
after(async () => {
  for (const stop of stops.reverse()) await stop()
})
beforeEach(() => country.forgetFailures())

const path = (browser = desk): string => new URL(browser.page.url).pathname

/** From the look-up to the form; ends where the form leads. */
async function ask(p: Person, values: Record<string, string>, query = cardOf(p)): Promise<TestBrowser['page']> {
  await desk.open(`${province.url}/desk/people`)
  await desk.submit({ reason: 'account', query }, '/desk/people')
  const at = /href="(\/desk\/people\/[0-9a-f-]{36}\/account)"/.exec(desk.page.html)?.[1]
  assert.ok(at, desk.page.html.slice(0, 200))
  await desk.open(`${province.url}${at}`)
  return desk.submit({ ...values }, at)
}
const agree = async (p: Person) => desk.submit({ code: await sentTo(p.phone) }, `${path()}/code`)

/** The consent code goes out from the province. */
async function sentTo(phone: string): Promise<string> {
  await sms(province)
  return codeFor(country, phone)
}
async function sms(at: RunningNode): Promise<void> {
  while (await runDue(at.node) > 0);
}
const stateOf = async (): Promise<string> => (await province.database.owner<{ state: string }[]>`SELECT state FROM identity.account_request WHERE id = ${path().split('/').pop()!}`)[0]!.state
const accounts = async (p: Person): Promise<number> => (await national.database.owner<{ n: number }[]>`SELECT count(*)::int AS n FROM identity.account WHERE id_number = ${p.idNumber}`)[0]!.n

test('the card fills the form; without consent chosen nothing is asked for, and none is chosen beforehand', async () => {
  const p = person('20')
  const page = await ask(p, { ...fields(p), fullName: p.fullName })
  assert.equal(page.status, 400)
  assert.match(page.html, /Chọn cách người dân thể hiện sự đồng ý/)
  assert.ok(page.html.includes(`value="${p.phone}"`))
  await desk.open(page.url)
  assert.match(desk.page.html, new RegExp(`value="${p.fullName.toUpperCase().replace("'", '.{1,6}')}"`), 'the name of the card')
  assert.doesNotMatch(desk.page.html, /type="radio"[^>]* checked/)
})

test('what the population register does not confirm opens nothing', async () => {
  const p = person('20')
  assert.match((await ask(p, { ...fields(p), fullName: 'Siu Khác', consent: 'screen' })).html, /không khớp/)
  const child = person('23')
  assert.match((await ask(child, { ...fields(child), consent: 'screen' })).html, /chưa đủ 14 tuổi/)
})

test('consent on screen: while the national node is away the request waits, a second posting is the first, and one account comes of it', async () => {
  const p = person('20')
  await ask(p, { ...fields(p), consent: 'screen' })
  const at = path()
  const form = { ...fields(p), consent: 'screen' }
  await ask(p, form).catch(() => undefined)
  await desk.open(`${province.url}${at}`)
  assert.match(desk.page.html, /Xoay màn hình/)
  await sms(province)
  const text = (await country.lastSms(p.phone))!
  assert.match(text, /ĐỒNG Ý/)
  const code = /\b\d{6}\b/.exec(text)![0]
  assert.match((await desk.submit({ code: wrongCode(code) }, `${at}/code`)).html, /không đúng/)
  await desk.submit({ code }, `${at}/code`)
  await desk.open(`${province.url}${at}`)
  assert.match(desk.page.html, /Chờ Cổng quốc gia trả lời/)
  const csrf = /name="_csrf" value="([^"]*)"/.exec((await desk.open(`${province.url}/desk/people`)).html)![1]!
  await desk.post(`${province.url}${at}/code`, { code, _csrf: csrf })
  assert.equal(await accounts(p), 0, 'nothing was opened here')
  const sent = await province.database.owner<{ n: number }[]>`SELECT count(*)::int AS n FROM exchange.outbox WHERE service = 'identity.account-request'`
  assert.equal(sent[0]!.n, 1, 'one message, however often it was posted')
  await country.connect()
  await desk.open(`${province.url}${at}`)
  await eventually('the national node answers', async () => (await stateOf()) === 'opened')
  assert.match((await desk.open(`${province.url}${at}`)).html, /Đã mở tài khoản/)
  assert.equal(await accounts(p), 1)
})

test('the account says how it came about, the person is told how to object, and the copy here is linked', async () => {
  const p = person('20')
  const account = (await findAccountByIdNumber(national.node.db, p.idNumber))!
  assert.equal(account.assurance, 2)
  const event = (await listEvents(national.node.db, account.id)).find((e) => e.type === 'identity.account_registered')!
  assert.equal(event.data.channel, 'assisted')
  assert.equal(event.data.nodeCode, 'H21')
  assert.match(event.data.officer, /^officer:/)
  assert.match(event.data.consentNumber, /^H21/)
  assert.ok(!JSON.stringify(event).includes(p.phone) && !JSON.stringify(event).includes(p.idNumber))
  assert.match((await country.lastSms(p.phone))!, /đã mở tài khoản dịch vụ công thay bạn\. .* với mã [2-9A-Z]{10}/)
  const copy = (await findAccountByIdNumber(province.node.db, p.idNumber))!
  assert.notEqual(copy.subject, account.subject)
  const [request] = await province.database.owner<{ accountId: string; sealed: string | null }[]>`SELECT account_id AS "accountId", sealed FROM identity.account_request WHERE state = 'opened'`
  assert.deepEqual(request, { accountId: copy.id, sealed: null })
})

test('the person then logs in by the usual way, as the same person', async () => {
  const p = person('20')
  const browser = new TestBrowser()
  await logIn(country, browser, { at: province.url, person: p })
  assert.equal(browser.page.url, `${province.url}/tai-khoan`)
  const [{ n }] = await province.database.owner<[{ n: number }]>`SELECT count(*)::int AS n FROM identity.account WHERE id_number = ${p.idNumber}`
  assert.equal(n, 1)
})

test('who objects with the code of the message has the account locked at both nodes, and the head sees it; a second time changes nothing', async () => {
  const p = person('20')
  const session = new TestBrowser()
  await logIn(country, session, { person: p })
  const code = /mã ([2-9A-Z]{10})/.exec((await (await fetch(`${country.standInsUrl}/messages?to=${p.phone}`)).json() as { text: string }[]).map((m) => m.text).find((x) => /phản đối/.test(x))!)![1]!
  const browser = new TestBrowser()
  for (const [typed, sentence] of [['', /Nhập mã phản đối/], ['abc', /10 chữ và số/], ['ABCDEFGH23', /Không có mã này/]] as const) {
    await browser.open(`${national.url}/phan-doi-mo-tai-khoan`)
    assert.match((await browser.submit({ code: typed }, '/phan-doi-mo-tai-khoan')).html, sentence)
  }
  for (const typed of [code.toLowerCase(), `${code.slice(0, 5)} ${code.slice(5)}`]) {
    await browser.open(`${national.url}/phan-doi-mo-tai-khoan`)
    assert.match((await browser.submit({ code: typed }, '/phan-doi-mo-tai-khoan')).html, /Tài khoản đã bị khóa/)
  }
  assert.equal(await whoIs(national, session.cookie('mc_session_vn')), 'anonymous')
  await eventually('the copy is locked', async () => (await findAccountByIdNumber(province.node.db, p.idNumber))!.state === 'locked')
  const [{ n }] = await national.database.owner<[{ n: number }]>`SELECT count(*)::int AS n FROM identity.account_objection`
  assert.equal(n, 1)
  const leader = new TestBrowser()
  await logInOfficer(province, leader, 'lanhdao.pleiku')
  assert.match((await leader.open(`${province.url}/desk/people/unusual`)).html, /Tài khoản bị người dân phản đối/)
})

test('consent on paper: the form is printed with its number, and the request goes once the signed form is there', async () => {
  const p = person('15')
  await ask(p, { ...fields(p), consent: 'paper' }, p.idNumber)
  const at = path()
  const number = /phiếu số ([^;]+);/.exec(desk.page.html)![1]!
  await desk.open(`${province.url}${at}/form`)
  for (const part of [number, p.fullName, p.idNumber, 'Tôi đề nghị cơ quan']) assert.ok(desk.page.html.includes(part), part)
  await desk.open(`${province.url}${at}`)
  assert.match((await upload(at, undefined, '')).html, /hoặc xác nhận bản gốc/)
  assert.match((await upload(at, Buffer.from('<html>'), '')).html, /phải là PDF, JPEG hoặc PNG/)
  await upload(at, Buffer.from('%PDF-1.7 signed'), '')
  await desk.open(`${province.url}${at}`)
  await eventually('the national node answers', async () => (await stateOf()) === 'opened')
  const account = (await findAccountByIdNumber(national.node.db, p.idNumber))!
  assert.equal(account.assurance, 1, 'the telephone is not proved yet')
  assert.match((await desk.open(`${province.url}${at}/consent`)).html, /^%PDF-1\.7 signed/)
})

async function upload(at: string, bytes: Buffer | undefined, kept: string): Promise<TestBrowser['page']> {
  const body = new FormData()
  body.set('_csrf', /name="_csrf" value="([^"]*)"/.exec(desk.page.html)![1]!)
  if (kept) body.set('kept', kept)
  if (bytes) body.set('scan', new Blob([new Uint8Array(bytes)]), 'phieu.pdf')
  const reply = await fetch(`${province.url}${at}/paper`, { method: 'POST', body, redirect: 'manual', headers: { cookie: [...desk.cookies].map(([n, c]) => `${n}=${c.value}`).join('; ') } })
  desk.page = { ...desk.page, status: reply.status, html: reply.status === 303 ? desk.page.html : await reply.text() }
  return desk.page
}

test('who has an account at the national node already keeps it unchanged; the desk gets it linked, under the telephone of the account', async () => {
  await ask(known, { ...fields(known), phone: '0912345678', consent: 'screen' })
  await agree({ ...known, phone: '0912345678' })
  await eventually('the national node answers', async () => (await stateOf()) === 'existing')
  const [there, here] = [(await findAccountByIdNumber(national.node.db, known.idNumber))!, (await findAccountByIdNumber(province.node.db, known.idNumber))!]
  assert.deepEqual([there.phone, here.phone], [known.phone, known.phone])
  assert.match((await country.lastSms(known.phone))!, /vừa liên kết tài khoản/)
})

test('an account of another name under the number is not told about', async () => {
  const p = person('16')
  await national.database.owner`INSERT INTO identity.account (id, subject, id_number, full_name, birth_date, phone, assurance, created_at, updated_at) VALUES (gen_random_uuid(), 'x', ${p.idNumber}, 'Người Khác Mẫu', ${p.birthDate}, '0900000099', 2, now(), now())`
  await ask(p, { ...fields(p), consent: 'screen' })
  await agree(p)
  await eventually('the national node answers', async () => (await stateOf()) === 'refused')
  await desk.open(desk.page.url)
  assert.match(desk.page.html, /họ tên hoặc ngày sinh khác/)
  assert.doesNotMatch(desk.page.html, /Người Khác Mẫu|0900000099/)
})

test('five wrong codes use the request up; withdrawn, it makes room for another, and what was typed is gone', async () => {
  const p = person('22')
  await ask(p, { ...fields(p), consent: 'screen' })
  const at = path()
  const code = await sentTo(p.phone)
  for (let i = 0; i < 5; i++) await desk.submit({ code: wrongCode(code) }, `${at}/code`)
  assert.match((await desk.submit({ code }, `${at}/code`)).html, /hết hạn hoặc đã nhập sai/)
  await desk.submit({}, `${at}/withdraw`)
  assert.match(desk.page.html, /Đã hủy/)
  const [row] = await province.database.owner<{ sealed: string | null }[]>`SELECT sealed FROM identity.account_request WHERE id = ${at.split('/').pop()!}`
  assert.equal(row!.sealed, null)
  await ask(p, { ...fields(p), consent: 'screen' })
  assert.notEqual(path(), at)
})

test('the national node\'s own desk is answered at once', async () => {
  await national.database.owner`UPDATE identity.role_grant SET role = 'one-stop' WHERE officer_id = (SELECT id FROM identity.officer WHERE login = 'quantri.quocgia')`
  const [there, p] = [new TestBrowser(), person('17')]
  await logInOfficer(national, there, 'quantri.quocgia')
  await there.open(`${national.url}/desk/people`)
  await there.submit({ reason: 'account', query: p.idNumber }, '/desk/people')
  await there.open(`${there.page.url}/account`)
  await there.submit({ ...fields(p), consent: 'screen' }, path(there))
  await there.submit({ code: await codeFor(country, p.phone) }, `${path(there)}/code`)
  assert.match(there.page.html, /Đã mở tài khoản/)
  assert.equal(await accounts(p), 1)
})

test('a node asks only for its own agencies, and only the national node answers or tells of objections', async () => {
  const ctx = (at: RunningNode, from: string) => createCtx(at.node, { actor: { kind: 'node', id: from } })
  const message = (from: string, payload: unknown) => ({ id: newId(), from, service: '', subject: newId(), payload, sentAt: new Date() })
  const asked = { person: { idNumber: '052090000555', fullName: 'Nguyễn Văn Mẫu', birthDate: '1990-01-01', phone: '0900000055', email: null }, agencyCode: 'H21', officer: `officer:${newId()}`, consent: { kind: 'paper', number: 'x' } }
  const refused = { code: 'NOT_FROM_ITS_NODE' }
  await assert.rejects(transact(ctx(national, 'G01'), (tx) => receiveDeskRequest(tx, ctx(national, 'G01'), message('G01', asked))), refused)
  await assert.rejects(transact(ctx(province, 'H21'), (tx) => receiveDeskRequest(tx, ctx(province, 'H21'), message('H21', asked))), refused)
  await assert.rejects(transact(ctx(province, 'G01'), (tx) => receiveDeskAnswer(tx, ctx(province, 'G01'), message('G01', { outcome: 'refused', reason: 'differs' }))), refused)
  await assert.rejects(transact(ctx(province, 'G01'), (tx) => receiveObjection(tx, ctx(province, 'G01'), message('G01', { locked: true }))), refused)
})

test('another agency sees nothing of a request', async () => {
  const at = desk.page.url
  const other = new TestBrowser()
  await province.database.owner`UPDATE identity.officer SET agency_code = 'H21.103' WHERE login = 'motcua.dienhong'`
  await logInOfficer(province, other, 'motcua.dienhong')
  assert.equal(await whoIs(province, other.cookie('mc_session_h21')), 'officer')
  for (const end of ['', '/form', '/consent']) assert.doesNotMatch((await other.open(at + end)).html, /H21\.\d+-|Phiếu đồng ý|Chờ người dân đồng ý/, end)
})
})
