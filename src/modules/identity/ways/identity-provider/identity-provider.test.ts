import assert from 'node:assert/strict'
import { after, before, beforeEach, suite, test } from 'node:test'
import { systemCtx, transact } from '../../../../platform/ctx.ts'
import { demoOrganisation } from '../../../../stand-ins/demo-organisations.ts'
import { demoCitizens, type DemoCitizen } from '../../../../stand-ins/demo-people.ts'
import { findAccountByIdNumber, setPhone } from '../../citizens/account.store.ts'
import { TestBrowser } from '../../testing/browser.ts'
import { smallCountry, type RunningNode, type SmallCountry } from '../../testing/small-country.tsx'
import { acceptTermsIfAsked, alsoKnown, codeFor, known, logIn, whoIs } from '../../testing/stories.ts'
import { externalOf, findAccountByExternal } from '../external-identifier.store.ts'

suite('electronic identity', () => {
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

const start = '/dang-nhap/dinh-danh-dien-tu'
const person = (tail: string): DemoCitizen => demoCitizens.find((c) => c.idNumber.endsWith(tail))!
const events = async (type: string, subject: string): Promise<Record<string, unknown>[]> =>
  (await national.database.owner<{ data: Record<string, unknown> }[]>`SELECT data FROM ledger.event WHERE type = ${type} AND subject = ${subject} ORDER BY at`).map((e) => e.data)
const session = async (accountId: string): Promise<{ assurance: number; methods: string[] }> =>
  (await national.database.owner<{ assurance: number; methods: string[] }[]>`SELECT assurance, methods FROM identity.session WHERE account_id = ${accountId} AND ended_at IS NULL ORDER BY created_at DESC LIMIT 1`)[0]!

/** From the portal to the provider, the choice there, and back. */
async function comeBy(browser: TestBrowser, choice: string, query = 'tiep=/tai-khoan'): Promise<void> {
  await browser.open(`${national.url}${start}?${query}`)
  await browser.submit({ person: choice })
  await acceptTermsIfAsked(browser)
}

test('a first log-in opens the account with what the population register confirms; later ones find it', async () => {
  const [browser, p] = [new TestBrowser(), person('20')]
  await comeBy(browser, `${p.idNumber} LoA2`, `tiep=${encodeURIComponent('/tai-khoan?a=1')}`)
  assert.equal(browser.page.url, `${national.url}/tai-khoan?a=1`, 'back where the person was')
  const account = (await findAccountByIdNumber(national.node.db, p.idNumber))!
  assert.deepEqual([account.fullName, account.birthDate, account.phone, account.assurance], [p.fullName, p.birthDate, p.phone, 2])
  assert.deepEqual(await session(account.id), { assurance: 2, methods: ['mfa', 'pwd', 'otp'] })
  assert.deepEqual((await events('identity.account_registered', account.id)).map((e) => [e.way, e.checkedAgainst]), [['identity-provider', 'population-register']])
  const again = new TestBrowser()
  await comeBy(again, `${p.idNumber} LoA2`)
  assert.equal((await events('identity.logged_in', account.id)).filter((e) => e.method === 'identity-provider').length, 2)
  assert.equal((await events('identity.account_registered', account.id)).length, 1)
})

test('an account that was opened by telephone and now comes by electronic identity is the same account', async () => {
  const browser = new TestBrowser()
  const before = (await findAccountByIdNumber(national.node.db, known.idNumber))!
  await comeBy(browser, `${known.idNumber} LoA2`)
  assert.match(browser.page.html, new RegExp(known.fullName))
  const { value } = (await externalOf(national.node.db, 'identity-provider', before.id))!
  assert.equal((await findAccountByExternal(national.node.db, 'identity-provider', value))?.id, before.id)
})

test('a face check is worth the highest strength, for the session and as the strongest proof of the account', async () => {
  const browser = new TestBrowser()
  await comeBy(browser, `${alsoKnown.idNumber} LoA3`)
  const account = (await findAccountByIdNumber(national.node.db, alsoKnown.idNumber))!
  assert.equal(account.assurance, 3)
  assert.deepEqual(await session(account.id), { assurance: 3, methods: ['mfa', 'pwd', 'face'] })
})

test('who is asked for more is asked at the provider for that alone, comes back to the place, and the weaker session is over', async () => {
  const browser = new TestBrowser()
  await logIn(country, browser, { person: alsoKnown })
  const weak = browser.cookie('mc_session_vn')
  assert.equal((await browser.open(`${national.url}${start}?tiep=/tai-khoan`)).url, `${national.url}/tai-khoan`, 'nothing to prove: straight on')
  await browser.open(`${national.url}${start}?tiep=${encodeURIComponent('/tai-khoan?b=2')}&muc=3`)
  assert.doesNotMatch(browser.page.html, /LoA2"/)
  await browser.submit({ person: `${alsoKnown.idNumber} LoA3` })
  assert.equal(browser.page.url, `${national.url}/tai-khoan?b=2`)
  assert.equal((await session((await findAccountByIdNumber(national.node.db, alsoKnown.idNumber))!.id)).assurance, 3)
  assert.equal(await whoIs(national, weak), 'anonymous')
})

test('who proves himself once more gets a new session by the same way', async () => {
  const browser = new TestBrowser()
  await comeBy(browser, `${alsoKnown.idNumber} LoA2`)
  const first = browser.cookie('mc_session_vn')
  await comeBy(browser, `${alsoKnown.idNumber} LoA2`, 'tiep=/tai-khoan&lai=1')
  assert.equal(browser.page.url, `${national.url}/tai-khoan`)
  assert.notEqual(browser.cookie('mc_session_vn'), first)
  assert.equal(await whoIs(national, first), 'anonymous')
})

test('who logged out here is asked anew at the provider', async () => {
  const browser = new TestBrowser()
  await comeBy(browser, `${known.idNumber} LoA2`)
  await browser.open(`${national.url}/dang-xuat`)
  await browser.submit({}, '/dang-xuat')
  assert.match((await browser.open(`${national.url}${start}`)).html, /Định danh điện tử \(giả lập\)/)
})

test('a step-up that somebody else proves changes nothing', async () => {
  const browser = new TestBrowser()
  await logIn(country, browser, { person: known })
  const token = browser.cookie('mc_session_vn')
  await comeBy(browser, `${alsoKnown.idNumber} LoA3`, 'muc=3')
  assert.equal(browser.page.status, 400)
  assert.match(browser.page.html, /không phải là người đang đăng nhập/)
  assert.equal(browser.cookie('mc_session_vn'), token)
  assert.equal(await whoIs(national, token), 'person')
})

test('two first log-ins at the same moment make one account, and both are logged in', async () => {
  const p = person('16')
  const browsers = Array.from({ length: 4 }, () => new TestBrowser())
  await Promise.all(browsers.map((b) => b.open(`${national.url}${start}`)))
  await Promise.all(browsers.map((b) => b.submit({ person: `${p.idNumber} LoA2` })))
  for (const browser of browsers) await browser.open(`${national.url}/tai-khoan`)
  await acceptTermsIfAsked(browsers[0]!)
  for (const browser of browsers) await browser.open(`${national.url}/tai-khoan`)
  assert.deepEqual(browsers.map((b) => b.page.url), browsers.map(() => `${national.url}/tai-khoan`))
  const account = (await findAccountByIdNumber(national.node.db, p.idNumber))!
  assert.equal((await events('identity.account_registered', account.id)).length, 1)
})

test('the telephone that a person confirmed here stays until the source tells a new one', async () => {
  const account = (await findAccountByIdNumber(national.node.db, known.idNumber))!
  const ctx = systemCtx(national.node, 'test')
  await transact(ctx, (tx) => setPhone(tx, account.id, '0912345678', ctx.now))
  await comeBy(new TestBrowser(), `${known.idNumber} LoA2`)
  assert.equal((await findAccountByIdNumber(national.node.db, known.idNumber))?.phone, '0912345678')
  await national.database.owner`UPDATE identity.external_identifier SET source_phone = '0900000088' WHERE account_id = ${account.id} AND scheme = 'identity-provider'`
  await comeBy(new TestBrowser(), `${known.idNumber} LoA2`)
  assert.equal((await findAccountByIdNumber(national.node.db, known.idNumber))?.phone, known.phone)
  assert.deepEqual((await events('identity.contact_changed', account.id)).at(-1), { what: 'phone', from: 'identity-provider' })
})

test('who shares no telephone gives one, and the account exists once the code that was sent there is confirmed', async () => {
  const [browser, p] = [new TestBrowser(), person('17')]
  await comeBy(browser, `${p.idNumber} LoA2`)
  assert.equal(browser.page.url, `${national.url}${start}/so-dien-thoai`)
  assert.equal(await findAccountByIdNumber(national.node.db, p.idNumber), undefined)
  await browser.submit({ phone: '12' })
  assert.match(browser.page.html, /10 chữ số[\s\S]*value="12"/)
  await browser.submit({ phone: p.phone })
  await browser.submit({ code: await codeFor(country, p.phone) }, '/dang-nhap/ma-xac-nhan')
  await acceptTermsIfAsked(browser)
  assert.equal(browser.page.url, `${national.url}/tai-khoan`)
  const account = (await findAccountByIdNumber(national.node.db, p.idNumber))!
  assert.ok(await externalOf(national.node.db, 'identity-provider', account.id), 'found by the provider from now on')
  await comeBy(new TestBrowser(), `${p.idNumber} LoA2`)
  assert.equal((await events('identity.logged_in', account.id)).at(-1)?.method, 'identity-provider')
})

test('who changes his mind at the provider, or comes back in another browser or twice, reads what to do', async () => {
  const [browser, stranger] = [new TestBrowser(), new TestBrowser()]
  await comeBy(browser, '')
  assert.equal(browser.page.status, 400)
  assert.match(browser.page.html, /không đồng ý đăng nhập tại VNeID[\s\S]*href="\/dang-nhap\/dinh-danh-dien-tu\?tiep=%2Ftai-khoan"/)
  await comeBy(browser, `${known.idNumber} LoA2`)
  const callback = browser.page.hops.at(-1)!
  assert.match(callback, /\/ket-qua\?code=/)
  assert.equal((await browser.open(callback)).url, `${national.url}/tai-khoan`, 'who is logged in stays so')
  await stranger.open(callback)
  assert.equal(stranger.page.status, 400)
  assert.match(stranger.page.html, /trình duyệt hoặc cửa sổ khác/)
  assert.equal(stranger.cookie('mc_session_vn'), undefined)
})

test('a code that was used is worth nothing, even with the cookie of its journey', async () => {
  const browser = new TestBrowser()
  await browser.open(`${national.url}${start}`)
  const journey = browser.cookies.get('mc_identity_vn')!
  await browser.submit({ person: `${known.idNumber} LoA2` })
  const thief = new TestBrowser()
  thief.cookies.set('mc_identity_vn', journey)
  await thief.open(browser.page.hops.at(-1)!)
  assert.equal(thief.page.status, 400)
  assert.match(thief.page.html, /đã hết hạn hoặc đã được dùng/)
  assert.equal(thief.cookie('mc_session_vn'), undefined)
})

test('an account that is locked stays so', async (t) => {
  const account = (await findAccountByIdNumber(national.node.db, alsoKnown.idNumber))!
  await national.database.owner`UPDATE identity.account SET state = 'locked' WHERE id = ${account.id}`
  t.after(() => national.database.owner`UPDATE identity.account SET state = 'active' WHERE id = ${account.id}`)
  const browser = new TestBrowser()
  await comeBy(browser, `${alsoKnown.idNumber} LoA2`)
  assert.equal(browser.page.status, 403)
  assert.match(browser.page.html, /đang bị khóa/)
})

test('a TechID that comes with another id number than before opens neither account', async () => {
  const account = (await findAccountByIdNumber(national.node.db, alsoKnown.idNumber))!
  const own = (await externalOf(national.node.db, 'identity-provider', account.id))!
  const other = (await findAccountByIdNumber(national.node.db, known.idNumber))!
  await national.database.owner`DELETE FROM identity.external_identifier WHERE scheme = 'identity-provider' AND account_id IN (${account.id}, ${other.id})`
  await national.database.owner`INSERT INTO identity.external_identifier (scheme, value, account_id, linked_at) VALUES ('identity-provider', ${own.value}, ${other.id}, now())`
  const browser = new TestBrowser()
  await comeBy(browser, `${alsoKnown.idNumber} LoA2`)
  assert.equal(browser.page.status, 409)
  assert.match(browser.page.html, /từng được liên kết với một số định danh khác/)
  await national.database.owner`DELETE FROM identity.external_identifier WHERE value = ${own.value}`
})

test('a register that does not answer stops a first log-in, and a known person gets in all the same', async (t) => {
  const fault = (body: object) => fetch(`${country.standInsUrl.replace(/\d+$/, (port) => String(Number(port) + 2))}/admin/faults`, { method: 'POST', body: JSON.stringify(body) })
  t.after(() => fault({}))
  await fault({ down: true })
  const [fresh, old] = [new TestBrowser(), new TestBrowser()]
  await comeBy(fresh, `${person('15').idNumber} LoA2`)
  assert.equal(fresh.page.status, 503)
  assert.match(fresh.page.html, /dân cư hiện không trả lời/)
  await comeBy(old, `${known.idNumber} LoA2`)
  assert.equal(old.page.url, `${national.url}/tai-khoan`)
})

test('an organisation comes with its tax code: the person who represents it is logged in and may act for it', async () => {
  const browser = new TestBrowser()
  await comeBy(browser, `${demoOrganisation.representativeIdNumber} LoA2 organisation`)
  assert.equal(browser.page.status, 200)
  const [organisation] = await national.node.db<{ name: string }[]>`SELECT name FROM identity.organisation WHERE tax_code = ${demoOrganisation.taxCode}`
  assert.equal(organisation?.name, demoOrganisation.name)
  assert.match((await browser.open(`${national.url}/tai-khoan/uy-quyen`)).html, new RegExp(demoOrganisation.name))
})

test('who asks for a log-in on the way to a province arrives there', async () => {
  const browser = new TestBrowser()
  await browser.open(`${country.province.url}/dang-nhap?tiep=/tai-khoan`)
  await browser.open(new URL(/href="(\/dang-nhap\/dinh-danh-dien-tu\?tiep=[^"]+)"/.exec(browser.page.html)![1]!, national.url).href)
  await browser.submit({ person: `${known.idNumber} LoA3` })
  assert.equal(browser.page.url, `${country.province.url}/tai-khoan`)
})
})
