import assert from 'node:assert/strict'
import { after, before, beforeEach, suite, test } from 'node:test'
import { demoCitizens } from '../../../stand-ins/demo-people.ts'
import { findAccountByIdNumber } from './account.store.ts'
import { TestBrowser } from '../testing/browser.ts'
import { smallCountry, type RunningNode, type SmallCountry } from '../testing/small-country.tsx'
import { acceptTermsIfAsked, codeFor, known, logIn, whoIs } from '../testing/stories.ts'

// Hooks of a file without a suite would run for every file of the process.
suite('registration', () => {
let country!: SmallCountry
let national!: RunningNode
let province!: RunningNode
let populationUrl = ''
const stops: (() => unknown)[] = []
before(async () => {
  country = await smallCountry({ after: (stop) => void stops.push(stop) })
  ;({ national, province } = country)
  populationUrl = national.node.config.standIns.populationUrl
})
after(async () => {
  for (const stop of stops.reverse()) await stop()
})

beforeEach(() => country.forgetFailures())

const person = (tail: string) => demoCitizens.find((c) => c.idNumber.endsWith(tail))!
const fields = (p: (typeof demoCitizens)[number]): Record<string, string> => {
  const [year, month, day] = p.birthDate.split('-')
  return { idNumber: p.idNumber, fullName: p.fullName, 'birthDate-day': String(Number(day)), 'birthDate-month': String(Number(month)), 'birthDate-year': year!, phone: p.phone, email: p.email }
}

async function register(browser: TestBrowser, values: Record<string, string>): Promise<void> {
  await browser.open(`${national.url}/dang-ky?tiep=/tai-khoan`)
  await browser.submit(values, '/dang-ky')
}

test('a person whom the population register knows opens an account and is logged in', async () => {
  const [browser, p] = [new TestBrowser(), person('20')]
  await register(browser, { ...fields(p), fullName: p.fullName.toLowerCase() })
  assert.equal(browser.page.url, `${national.url}/dang-nhap/ma-xac-nhan`)
  assert.equal(await findAccountByIdNumber(national.node.db, p.idNumber), undefined, 'no account before the telephone is proved')
  await browser.submit({ code: await codeFor(country, p.phone) }, '/dang-nhap/ma-xac-nhan')
  assert.equal(new URL(browser.page.url).pathname, '/tai-khoan/dieu-khoan', 'the terms come first')
  await acceptTermsIfAsked(browser)
  assert.equal(browser.page.url, `${national.url}/tai-khoan`)
  const account = await findAccountByIdNumber(national.node.db, p.idNumber)
  assert.equal(account?.fullName, p.fullName, 'the name as the register writes it')
  const left = await national.database.owner<{ n: number }[]>`SELECT count(*)::int AS n FROM identity.challenge WHERE applicant IS NOT NULL AND used_at IS NOT NULL`
  assert.equal(left[0]!.n, 0, 'what was typed is forgotten')
})

test('details that do not fit the register open no account and stay on the page', async () => {
  const [browser, p] = [new TestBrowser(), person('15')]
  for (const [field, value] of [['fullName', 'Hoàng Văn Khác'], ['birthDate-day', '20'], ['idNumber', '001095999999']] as const) {
    await register(browser, { ...fields(p), [field]: value })
    assert.equal(browser.page.status, 400)
    assert.match(browser.page.html, /không khớp/)
    assert.match(browser.page.html, new RegExp(`value="${p.phone}"`))
  }
})

test('an id number that says another year or century than the birth date is sent back, with what to look at', async () => {
  const [browser, p] = [new TestBrowser(), person('15')]
  for (const idNumber of ['052094000015', '052295000015']) {
    await register(browser, { ...fields(p), idNumber })
    assert.equal(browser.page.status, 400)
    assert.match(browser.page.html, new RegExp(`không khớp với ngày sinh: chữ số thứ tư đến thứ sáu \\(${idNumber.slice(3, 6)}\\)`))
  }
})

test('a register that is down or slow is said plainly and keeps what was typed', async (t) => {
  const [browser, p] = [new TestBrowser(), person('15')]
  const fault = (body: object) => fetch(`${populationUrl}/admin/faults`, { method: 'POST', body: JSON.stringify(body) })
  t.after(() => fault({}))
  for (const trouble of [{ down: true }, { latencyMs: 4500 }]) {
    await fault(trouble)
    await register(browser, fields(p))
    assert.equal(browser.page.status, 503)
    assert.match(browser.page.html, /hiện không trả lời/)
    assert.match(browser.page.html, new RegExp(`value="${p.idNumber}"`))
  }
})

test('for the dead and for children no account is opened', async () => {
  const browser = new TestBrowser()
  await register(browser, fields(person('24')))
  assert.equal(browser.page.status, 400)
  await register(browser, fields(person('23')))
  assert.match(browser.page.html, /chưa đủ 14 tuổi/)
})

test('who has an account already gets the same page, no code that works, and a message on the telephone of the account', async () => {
  const [fresh, again] = [new TestBrowser(), new TestBrowser()]
  await register(fresh, fields(person('17')))
  await register(again, { ...fields(known), phone: '0900000077' })
  const plain = (html: string) => html.replace(/(_csrf" value=|nonce=)"[^"]*"/g, '')
  assert.equal(plain(again.page.html), plain(fresh.page.html))
  assert.match((await country.lastSms(known.phone)) ?? '', /đã có tài khoản/)
  assert.equal(await country.lastSms('0900000077'), undefined)
})

test('each field that is missing or wrong has its own sentence, and nothing typed is lost', async () => {
  const browser = new TestBrowser()
  await register(browser, {})
  for (const sentence of [/Nhập số định danh/, /Nhập họ và tên/, /Nhập ngày sinh/, /Nhập số điện thoại/]) assert.match(browser.page.html, sentence)
  const wrong = { idNumber: '12', fullName: '<b>x</b>', 'birthDate-day': '31', 'birthDate-month': '2', 'birthDate-year': '1990', phone: '123', email: 'không phải thư' }
  await register(browser, wrong)
  for (const sentence of [/đúng 12 chữ số/, /chỉ gồm chữ cái/, /ngày có thật/, /10 chữ số/, /có dạng ten@example.com/]) assert.match(browser.page.html, sentence)
  for (const value of ['&lt;b>x&lt;/b>', '31', '123', 'không phải thư']) assert.ok(browser.page.html.includes(`value="${value}"`), value)
})

test('two registrations of one person at the same moment make one account', async () => {
  const p = person('18')
  const browsers = [new TestBrowser(), new TestBrowser()]
  const codes: string[] = []
  for (const browser of browsers) {
    await register(browser, fields(p))
    codes.push(await codeFor(country, p.phone))
  }
  await Promise.all(browsers.map((b, i) => b.submit({ code: codes[i]! }, '/dang-nhap/ma-xac-nhan')))
  assert.deepEqual(browsers.map((b) => b.page.status).sort(), [200, 400])
})

test('who registers on the way to a local node arrives there logged in', async () => {
  const [browser, p] = [new TestBrowser(), person('22')]
  await browser.open(`${province.url}/dang-nhap?tiep=/tai-khoan`)
  await browser.open(new URL(/href="(\/dang-ky\?tiep=[^"]+)"/.exec(browser.page.html)![1]!, national.url).href)
  await browser.submit(fields(p), '/dang-ky')
  await browser.submit({ code: await codeFor(country, p.phone) }, '/dang-nhap/ma-xac-nhan')
  await acceptTermsIfAsked(browser)
  assert.equal(browser.page.url, `${province.url}/tai-khoan`)
  assert.match(browser.page.html, new RegExp(p.fullName))
})

test('a local node sends who wants to register to the national node', async () => {
  const browser = new TestBrowser()
  assert.equal((await browser.open(`${province.url}/dang-ky`)).url, `${national.url}/dang-ky`)
})

test('a person changes the e-mail at once and the telephone after a code to the new one', async () => {
  const browser = new TestBrowser()
  await logIn(country, browser)
  await browser.submit({ phone: known.phone, email: 'Moi@Example.com' }, '/tai-khoan/lien-he')
  assert.match(browser.page.html, /Đã lưu/)
  await browser.submit({ phone: '+84 912 345 678', email: '' }, '/tai-khoan/lien-he')
  assert.equal((await findAccountByIdNumber(national.node.db, known.idNumber))?.phone, known.phone, 'not yet')
  await browser.submit({ code: await codeFor(country, '0912345678') }, '/dang-nhap/ma-xac-nhan')
  const account = await findAccountByIdNumber(national.node.db, known.idNumber)
  assert.deepEqual([account?.phone, account?.email], ['0912345678', null])
  assert.doesNotMatch((await country.lastSms(known.phone))!, /\b\d{6}\b/, 'the old telephone is told, without a code')
  await national.database.owner`UPDATE identity.account SET phone = ${known.phone} WHERE id_number = ${known.idNumber}`
})

test('a person ends other sessions, and nobody else\'s', async () => {
  const [here, there, stranger] = [new TestBrowser(), new TestBrowser(), new TestBrowser()]
  await logIn(country, there)
  await logIn(country, stranger, { person: demoCitizens[1] })
  await logIn(country, here)
  assert.match(here.page.html, /Firefox · Linux/)
  const [foreign] = await national.database.owner<{ id: string }[]>`SELECT s.id FROM identity.session s JOIN identity.account a ON a.id = s.account_id WHERE a.id_number = ${demoCitizens[1]!.idNumber} AND ended_at IS NULL`
  await here.submit({ session: foreign!.id }, '/tai-khoan/phien')
  assert.equal(await whoIs(national, stranger.cookie('mc_session_vn')), 'person')
  await here.submit({ session: 'others' }, '/tai-khoan/phien')
  assert.equal(await whoIs(national, there.cookie('mc_session_vn')), 'anonymous')
  assert.equal(await whoIs(national, here.cookie('mc_session_vn')), 'person')
})
})
