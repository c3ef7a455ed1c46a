import assert from 'node:assert/strict'
import { after, before, beforeEach, suite, test } from 'node:test'
import { createCtx } from '../../../../platform/ctx.ts'
import { demoCitizens, type DemoCitizen } from '../../../../stand-ins/demo-people.ts'
import { findAccountByIdNumber } from '../../citizens/account.store.ts'
import { confirmCode } from '../../citizens/confirm-code.ts'
import { startLogIn } from '../../citizens/start-log-in.ts'
import { TestBrowser } from '../../testing/browser.ts'
import { smallCountry, type RunningNode, type SmallCountry } from '../../testing/small-country.tsx'
import { acceptTermsIfAsked, alsoKnown, codeFor, known, logIn } from '../../testing/stories.ts'
import { findAccountByExternal } from '../external-identifier.store.ts'
import { cleanSocialInsurance } from './social-insurance-number.ts'

suite('social-insurance number', () => {
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

const [logInPath, registerPath, codePath] = ['/dang-nhap/so-bao-hiem', '/dang-ky/so-bao-hiem', '/dang-nhap/ma-xac-nhan']
const person = (tail: string): DemoCitizen => demoCitizens.find((c) => c.idNumber.endsWith(tail))!
const fields = (p: DemoCitizen): Record<string, string> => {
  const [year, month, day] = p.birthDate.split('-')
  return { socialInsurance: p.socialInsurance, fullName: p.fullName, 'birthDate-day': day!, 'birthDate-month': month!, 'birthDate-year': year!, phone: p.phone, email: p.email }
}
const plain = (html: string): string => html.replace(/(_csrf" value=|nonce=)"[^"]*"/g, '')

async function register(browser: TestBrowser, values: Record<string, string>): Promise<void> {
  await browser.open(`${national.url}${registerPath}?tiep=/tai-khoan`)
  await browser.submit(values, registerPath)
}

async function askCode(browser: TestBrowser, number: string): Promise<void> {
  await browser.open(`${national.url}${logInPath}?tiep=/tai-khoan`)
  await browser.submit({ socialInsurance: number }, logInPath)
}

test('a number is read with spaces and at the end of an old card, and nothing else is', () => {
  for (const typed of ['6400000011', ' 64 0000 0011', '64.00000011', 'GD464 6400000011', 'gd4646400000011']) assert.equal(cleanSocialInsurance(typed), '6400000011', typed)
  for (const typed of ['', '640000001', '64000000111', 'GD46400000011', '640000001a', 'GDX646400000011']) assert.equal(cleanSocialInsurance(typed), undefined, typed)
})

test('who is known by the number logs in with it and a code to the telephone of the account', async () => {
  const browser = new TestBrowser()
  await askCode(browser, known.socialInsurance)
  assert.equal(browser.page.url, `${national.url}${codePath}`)
  await browser.submit({ code: await codeFor(country, known.phone) }, codePath)
  assert.equal(browser.page.url, `${national.url}/tai-khoan`)
  assert.match(browser.page.html, new RegExp(known.fullName))
  const [event] = await national.database.owner<{ data: { method: string; assurance: number } }[]>`SELECT data FROM ledger.event WHERE type = 'identity.logged_in' ORDER BY at DESC LIMIT 1`
  assert.deepEqual([event!.data.method, event!.data.assurance], ['social-insurance', 2])
})

test('a number that nobody has gets the same pages as one that belongs to an account', async () => {
  const [own, unknown] = [new TestBrowser(), new TestBrowser()]
  await askCode(own, known.socialInsurance)
  await askCode(unknown, '9900000099')
  assert.deepEqual([own.page.status, own.page.url, plain(own.page.html)], [unknown.page.status, unknown.page.url, plain(unknown.page.html)])
  for (const browser of [own, unknown]) await browser.submit({ code: '000000' }, codePath)
  assert.equal(plain(own.page.html), plain(unknown.page.html))
  for (const browser of [own, unknown]) for (let i = 0; i < 6; i++) await askCode(browser, browser === own ? known.socialInsurance : '9900000099')
  assert.deepEqual([own.page.status, unknown.page.status], [429, 429], 'the limits are the same too')
})

test('an account has one budget of guesses, whichever of its numbers is typed', async () => {
  const ctx = () => createCtx(national.node)
  const guess = async (input: { idNumber: string } | { socialInsurance: string }): Promise<string> => {
    const started = await startLogIn(ctx(), { ...input, returnTo: '/', source: '10.0.1.1' })
    if (started.kind !== 'sent') return started.kind
    return (await confirmCode(ctx(), { stepToken: started.token, code: 'nonsense', source: '10.0.1.1', device: '', oldSession: undefined })).kind
  }
  const seen: string[] = []
  for (let i = 0; i < 6; i++) {
    seen.push(await guess(i % 2 ? { idNumber: alsoKnown.idNumber } : { socialInsurance: alsoKnown.socialInsurance }))
    country.moveClock(10)
  }
  assert.deepEqual(seen, ['wrong', 'wrong', 'wrong', 'wrong', 'wrong', 'wait'])
})

test('a person whom both registers know opens an account and logs in by the number from then on', async () => {
  const [browser, p] = [new TestBrowser(), person('20')]
  await register(browser, { ...fields(p), socialInsurance: `GD464 ${p.socialInsurance}` })
  assert.equal(browser.page.url, `${national.url}${codePath}`)
  assert.equal(await findAccountByIdNumber(national.node.db, p.idNumber), undefined, 'no account before the telephone is proved')
  await browser.submit({ code: await codeFor(country, p.phone) }, codePath)
  await acceptTermsIfAsked(browser)
  assert.equal(browser.page.url, `${national.url}/tai-khoan`)
  const account = await findAccountByExternal(national.node.db, 'social-insurance', p.socialInsurance)
  assert.deepEqual([account?.idNumber, account?.fullName, account?.birthDate], [p.idNumber, p.fullName, p.birthDate])
  const again = new TestBrowser()
  await askCode(again, p.socialInsurance)
  await again.submit({ code: await codeFor(country, p.phone) }, codePath)
  assert.match(again.page.html, new RegExp(p.fullName.replace("'", '(?:\'|&#39;)')))
})

test('a number, name or birth date that does not fit opens no account, and nothing typed is lost', async () => {
  const [browser, p] = [new TestBrowser(), person('15')]
  for (const [field, value] of [['socialInsurance', known.socialInsurance], ['socialInsurance', '9900000099'], ['fullName', 'Hoàng Văn Khác'], ['birthDate-day', '20']] as const) {
    await register(browser, { ...fields(p), [field]: value })
    assert.equal(browser.page.status, 400, field)
    assert.match(browser.page.html, /không khớp với cơ sở dữ liệu/)
    assert.match(browser.page.html, new RegExp(`value="${p.phone}"`))
  }
})

test('each register that is down or slow is said plainly', async (t) => {
  const [browser, p] = [new TestBrowser(), person('15')]
  const populationUrl = country.standInsUrl.replace(/\d+$/, (port) => String(Number(port) + 2))
  const fault = (path: string, body: object) => fetch(`${populationUrl}${path}/admin/faults`, { method: 'POST', body: JSON.stringify(body) })
  t.after(() => Promise.all([fault('', {}), fault('/bao-hiem-xa-hoi', {})]))
  for (const [path, trouble] of [['/bao-hiem-xa-hoi', { down: true }], ['/bao-hiem-xa-hoi', { latencyMs: 3500 }], ['', { down: true }]] as const) {
    await fault(path, trouble)
    await register(browser, fields(p))
    assert.equal(browser.page.status, 503)
    assert.match(browser.page.html, /hiện không trả lời/)
    assert.match(browser.page.html, new RegExp(`value="${p.socialInsurance}"`))
    await fault(path, {})
  }
})

test('for the dead and for children no account is opened', async () => {
  const browser = new TestBrowser()
  await register(browser, fields(person('24')))
  assert.equal(browser.page.status, 400)
  assert.match(browser.page.html, /Không thể mở tài khoản/)
  await register(browser, fields(person('23')))
  assert.match(browser.page.html, /chưa đủ 14 tuổi/)
})

test('who has an account already gets the same page, no code that works, and a message on the telephone of the account', async () => {
  const [fresh, again] = [new TestBrowser(), new TestBrowser()]
  await register(fresh, fields(person('17')))
  await register(again, { ...fields(known), phone: '0900000077' })
  assert.equal(plain(again.page.html), plain(fresh.page.html))
  assert.match((await country.lastSms(known.phone)) ?? '', /đã có tài khoản/)
  assert.equal(await country.lastSms('0900000077'), undefined)
})

test('two registrations of one person by two ways at the same moment make one account', async () => {
  const p = person('18')
  const browsers = [new TestBrowser(), new TestBrowser()]
  const codes: string[] = []
  for (const [i, path] of [registerPath, '/dang-ky'].entries()) {
    await browsers[i]!.open(`${national.url}${path}?tiep=/tai-khoan`)
    await browsers[i]!.submit({ ...fields(p), ...(i ? { idNumber: p.idNumber } : {}) }, path)
    codes.push(await codeFor(country, p.phone))
  }
  await Promise.all(browsers.map((b, i) => b.submit({ code: codes[i]! }, codePath)))
  assert.deepEqual(browsers.map((b) => b.page.status).sort(), [200, 400])
})

test('a person adds the number to the account, and takes it away again', async () => {
  const [browser, p] = [new TestBrowser(), alsoKnown]
  await logIn(country, browser, { person: p })
  assert.match(browser.page.html, /href="\/tai-khoan\/so-bao-hiem"/)
  await browser.open(`${national.url}/tai-khoan/so-bao-hiem`)
  assert.match(browser.page.html, new RegExp(p.socialInsurance))
  await browser.submit({}, '/tai-khoan/so-bao-hiem/bo')
  assert.equal(await findAccountByExternal(national.node.db, 'social-insurance', p.socialInsurance), undefined)
  for (const [number, sentence] of [['12', /đúng 10 chữ số/], [known.socialInsurance, /không phải của bạn/], ['9900000099', /không phải của bạn/]] as const) {
    await browser.submit({ socialInsurance: number }, '/tai-khoan/so-bao-hiem')
    assert.equal(browser.page.status, 400)
    assert.match(browser.page.html, sentence)
    assert.match(browser.page.html, new RegExp(`value="${number}"`))
  }
  await browser.submit({ socialInsurance: p.socialInsurance }, '/tai-khoan/so-bao-hiem')
  assert.match(browser.page.html, new RegExp(`Đã lưu[\\s\\S]*${p.socialInsurance}`))
  assert.equal((await findAccountByExternal(national.node.db, 'social-insurance', p.socialInsurance))?.idNumber, p.idNumber)
  const events = await national.database.owner<{ type: string }[]>`SELECT type FROM ledger.event WHERE type LIKE 'identity.number_%' ORDER BY at`
  assert.deepEqual(events.map((e) => e.type), ['identity.number_unlinked', 'identity.number_linked'])
})

test('a number of another person of the same name and birth date is not taken', async (t) => {
  const [browser, twin] = [new TestBrowser(), person('15')]
  const set = (p: DemoCitizen) => national.database.owner`UPDATE identity.account SET full_name = ${p.fullName}, birth_date = ${p.birthDate} WHERE id_number = ${known.idNumber}`
  await logIn(country, browser)
  await browser.open(`${national.url}/tai-khoan/so-bao-hiem`)
  await browser.submit({}, '/tai-khoan/so-bao-hiem/bo')
  await set(twin)
  t.after(() => set(known))
  await browser.submit({ socialInsurance: twin.socialInsurance }, '/tai-khoan/so-bao-hiem')
  assert.equal(browser.page.status, 400)
  assert.match(browser.page.html, /không phải của bạn/)
})

test('questions about one number are limited, before the register is asked', async () => {
  const browser = new TestBrowser()
  for (let i = 0; i < 6; i++) await register(browser, { ...fields(person('15')), fullName: `Hoàng Văn ${'ABCDEF'[i]}`, phone: `09000001${i}0` })
  assert.equal(browser.page.status, 400)
  await register(browser, { ...fields(person('15')), phone: '0900000190' })
  assert.equal(browser.page.status, 429)
})

test('each field that is missing or wrong has its own sentence', async () => {
  const browser = new TestBrowser()
  await askCode(browser, '')
  assert.match(browser.page.html, /Nhập mã số bảo hiểm xã hội/)
  await askCode(browser, '12')
  assert.match(browser.page.html, /đúng 10 chữ số[\s\S]*value="12"/)
  await register(browser, { socialInsurance: '12' })
  for (const sentence of [/đúng 10 chữ số/, /Nhập họ và tên/, /Nhập ngày sinh/, /Nhập số điện thoại/]) assert.match(browser.page.html, sentence)
})
})
