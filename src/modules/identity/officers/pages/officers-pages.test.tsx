import assert from 'node:assert/strict'
import { after, before, beforeEach, suite, test } from 'node:test'
import { anonymous } from '../../../../platform/actor.ts'
import { systemCtx } from '../../../../platform/ctx.ts'
import { accessRefused } from '../../../../platform/http/failures.ts'
import { competentAgency, organisations } from '../../../organisations/index.ts'
import { forgetAccessRules } from '../../access/access-rule.ts'
import { TestBrowser, type Page } from '../../testing/browser.ts'
import { smallCountry, type RunningNode, type SmallCountry } from '../../testing/small-country.tsx'
import { logInOfficer, whoIs } from '../../testing/stories.ts'
import { checkNewPassword } from '../accounts/check-password.ts'
import { findOfficerByLogin } from '../officer.store.ts'
import { grantRole } from '../rights/grant-role.ts'
import { totpCode } from '../totp.ts'

// Hooks of a file without a suite would run for every file of the process.
suite('pages of officers', () => {
let country!: SmallCountry
let province!: RunningNode
const stops: (() => unknown)[] = []
before(async () => {
  country = await smallCountry({ after: (stop) => void stops.push(stop) })
  ;({ province } = country)
  await organisations.seed!(province.node)
  // Without agencies the seed put everybody into the province's own.
  for (const [suffix, communeCode] of [['pleiku', '23575'], ['dienhong', '23563']] as const) {
    const { code } = (await competentAgency(province.node.db, { level: 'commune', communeCode, at: province.node.now() }))!
    await province.database.owner`UPDATE identity.officer SET agency_code = ${code} WHERE login LIKE ${`%.${suffix}`}`
    await province.database.owner`UPDATE identity.role_grant g SET agency_code = ${code} FROM identity.officer o WHERE o.id = g.officer_id AND o.login LIKE ${`%.${suffix}`}`
  }
})
after(async () => {
  for (const stop of stops.reverse()) await stop()
})
beforeEach(() => country.forgetFailures())

const at = (path: string): string => `${province.url}${path}`
const idIn = (page: Page): string => /\/admin\/(?:officers|requests)\/([0-9a-f-]{36})/.exec(page.url)![1]!
async function admin(login = 'quantri.gialai'): Promise<TestBrowser> {
  country.moveClock(60)
  const browser = new TestBrowser()
  await logInOfficer(province, browser, login)
  return browser
}
const secretOn = (page: Page): string => /<code>([A-Z2-7 ]{20,})<\/code>/.exec(page.html)![1]!.replaceAll(' ', '')
const codeOn = (page: Page): string => /<strong class="mc-code">([A-Z0-9-]{19})</.exec(page.html)![1]!
const phrase = 'chim sẻ bay qua đồi chè'

/** A new account without mail, and the code on its paper. */
async function newAccount(browser: TestBrowser, login: string): Promise<{ id: string; code: string }> {
  await browser.open(at('/admin/officers/new?agency=H21.102'))
  const page = await browser.submit({ name: 'Trần Thử Mới', login, email: '', unit: '' }, '/admin/officers/new')
  return { id: idIn(page), code: codeOn(page) }
}

async function activate(login: string, code: string, password: string | undefined, known?: string): Promise<{ browser: TestBrowser; secret: string }> {
  const browser = new TestBrowser()
  await browser.open(at('/desk/activate'))
  await browser.submit({ login, code }, '/desk/activate')
  assert.equal(browser.page.url, at('/desk/activate/set-up'), browser.page.html)
  const secret = known ?? secretOn(browser.page)
  await browser.submit({ password: password ?? phrase, repeat: password ?? phrase, code: totpCode(secret, province.node.now()) }, '/desk/activate/set-up')
  return { browser, secret }
}

async function logInWith(login: string, password: string, secret: string): Promise<TestBrowser> {
  country.moveClock(60)
  const browser = new TestBrowser()
  await browser.open(at('/desk/login?tiep=/desk/account'))
  await browser.submit({ login, password }, '/desk/login')
  if (browser.page.url.endsWith('/code')) await browser.submit({ code: totpCode(secret, province.node.now()) }, '/desk/login/code')
  return browser
}

test('a new officer sets password and generator alone; the paper is used once and its code stands in no address', async () => {
  const browser = await admin()
  const { id, code } = await newAccount(browser, 'moi.mot')
  assert.ok(!browser.page.url.includes(code))
  assert.equal((await findOfficerByLogin(province.node.db, 'moi.mot'))!.state, 'new')
  const second = await admin('quantri2.gialai')
  assert.ok(!(await second.open(at(`/admin/officers/${id}/activation`))).html.includes(code), 'shown to its maker only')
  const { browser: officer, secret } = await activate('moi.mot', code, undefined)
  assert.equal(officer.page.status, 200)
  const own = await logInWith('moi.mot', phrase, secret)
  assert.equal(own.page.url, at('/desk/account'))
  const again = new TestBrowser()
  await again.open(at('/desk/activate'))
  assert.equal((await again.submit({ login: 'moi.mot', code }, '/desk/activate')).status, 400)
  country.moveClock(60)
  assert.ok(!(await browser.open(at(`/admin/officers/${id}/activation`))).html.includes(code))
})

test('a paper runs out after three days, is no longer shown after a quarter of an hour, and a new one takes its place', async () => {
  const browser = await admin()
  const { id, code } = await newAccount(browser, 'moi.hai')
  assert.ok((await browser.open(at(`/admin/officers/${id}/activation`))).html.includes(code))
  country.moveClock(4 * 60)
  await browser.open(at('/desk/account'))
  country.moveClock(4 * 60)
  await browser.open(at('/desk/account'))
  country.moveClock(4 * 60)
  await browser.open(at('/desk/account'))
  country.moveClock(4 * 60)
  assert.ok(!(await browser.open(at(`/admin/officers/${id}/activation`))).html.includes(code))
  await browser.open(at(`/admin/officers/${id}/password`))
  await browser.submit({ reason: '' }, `/admin/officers/${id}/password`)
  assert.equal(browser.page.status, 400, 'a reason is needed')
  const next = codeOn(await browser.submit({ reason: 'mất giấy' }, `/admin/officers/${id}/password`))
  const opened = async (word: string) => {
    const visitor = new TestBrowser()
    await visitor.open(at('/desk/activate'))
    return (await visitor.submit({ login: 'moi.hai', code: word }, '/desk/activate')).status
  }
  assert.deepEqual([await opened(code), await opened(next.toLowerCase().replaceAll('-', ' '))], [400, 200])
  country.moveClock(3 * 86_400 + 60)
  assert.equal(await opened(next), 400)
})

test('with a mail address the code goes there and the administrator never sees it', async () => {
  const browser = await admin()
  await browser.open(at('/admin/officers/new?agency=H21.102'))
  const page = await browser.submit({ name: 'Trần Thử Thư', login: 'moi.thu', email: 'moi.thu@example.vn', unit: '' }, '/admin/officers/new')
  assert.doesNotMatch(page.html, /class="mc-code"/)
})

test('wrong codes are the same for a name that exists and one that does not, and are blocked', async () => {
  const browser = await admin()
  await newAccount(browser, 'moi.ba')
  const tries = async (login: string): Promise<number[]> => {
    const visitor = new TestBrowser()
    const statuses: number[] = []
    for (let n = 0; n < 6; n++) {
      await visitor.open(at('/desk/activate'))
      statuses.push((await visitor.submit({ login, code: 'ABCD-EFGH-JKMN-PQRS' }, '/desk/activate')).status)
      country.moveClock(20)
    }
    return statuses
  }
  const [known, unknown] = [await tries('moi.ba'), await tries('khong.co')]
  assert.deepEqual(known, unknown)
  assert.equal(known.at(-1), 429)
})

test('passwords: at least eight letters, none that everybody guesses, no rules of composition', async () => {
  const ctx = systemCtx(province.node, 'test')
  const wrong = async (word: string) => (await checkNewPassword(ctx.db, ctx.now, word, 'an.nguyen'))[0]?.key.split('.').at(-1)
  assert.deepEqual(await Promise.all(['1234567', 'matkhau123', 'Mật Khẩu@123'.replace(' ', ''), 'aaaaaaaaaa', 'an.nguyen2026', 'nguyen1', 'a'.repeat(201)].map(wrong)), ['short', 'guessed', 'guessed', 'guessed', 'own_name', 'short', 'long'])
  assert.deepEqual(await Promise.all(['chim sẻ bay', 'tám chữ cái', 'zxcvbqpwo'].map(wrong)), [undefined, undefined, undefined])
})

test('an officer changes the password and renews the generator; other sessions end, and the old generator counts until the new one is confirmed', async () => {
  const { code } = await newAccount(await admin(), 'moi.bon')
  const { secret } = await activate('moi.bon', code, undefined)
  const officer = await findOfficerByLogin(province.node.db, 'moi.bon')
  const ctx = systemCtx(province.node, 'test')
  await province.node.db.begin((tx) => grantRole(tx as never, ctx, { officerId: officer!.id, role: 'specialist', agencyCode: 'H21.102' }))
  const [browser, other] = [await logInWith('moi.bon', phrase, secret), await logInWith('moi.bon', phrase, secret)]
  await browser.open(at('/desk/account/password'))
  await browser.submit({ current: 'sai rồi nhé', password: 'một câu khác dài', repeat: 'một câu khác' }, '/desk/account/password')
  assert.equal(browser.page.status, 400)
  assert.equal((browser.page.html.match(/href="#(current|repeat)"/g) ?? []).length, 2, 'both mistakes are told')
  await browser.submit({ current: phrase, password: 'một câu khác dài', repeat: 'một câu khác dài' }, '/desk/account/password')
  assert.equal(browser.page.url, at('/desk/account?done=password_changed'))
  assert.deepEqual([await whoIs(province, browser.cookie('mc_session_h21')), await whoIs(province, other.cookie('mc_session_h21'))], ['officer', 'anonymous'])
  await browser.open(at('/desk/account/generator'))
  await browser.submit({ current: 'một câu khác dài' }, '/desk/account/generator')
  const fresh = secretOn(browser.page)
  assert.equal((await logInWith('moi.bon', 'một câu khác dài', secret)).page.url, at('/desk/account'), 'the old one still counts')
  country.moveClock(60)
  await browser.submit({ code: '000000' }, '/desk/account/generator')
  assert.equal(browser.page.status, 400)
  await browser.submit({ code: totpCode(fresh, province.node.now()) }, '/desk/account/generator')
  assert.equal(browser.page.url, at('/desk/account?done=generator_renewed'))
  assert.notEqual((await logInWith('moi.bon', 'một câu khác dài', secret)).page.url, at('/desk/account'))
  await country.forgetFailures()
  assert.equal((await logInWith('moi.bon', 'một câu khác dài', fresh)).page.url, at('/desk/account'))
})

test('a lost generator: one asks, another approves, the officer sets up a new one with the password; a lost password needs the generator', async () => {
  const first = await admin()
  const { id, code } = await newAccount(first, 'moi.nam')
  const { secret } = await activate('moi.nam', code, undefined)
  await first.open(at(`/admin/officers/${id}/generator`))
  await first.submit({ reason: 'mất điện thoại' }, `/admin/officers/${id}/generator`)
  const request = idIn(first.page)
  assert.ok(!first.page.html.includes(`/admin/requests/${request}/approve`), 'not by who asked')
  const second = await admin('quantri2.gialai')
  await second.open(at(`/admin/requests/${request}`))
  await second.submit({ reason: '' }, `/admin/requests/${request}/approve`)
  assert.equal(second.page.status, 400)
  await second.submit({ reason: 'đã gặp trực tiếp' }, `/admin/requests/${request}/approve`)
  assert.equal(second.page.status, 200)
  const paper = codeOn(await second.open(at(`/admin/officers/${id}/activation`)))
  const thief = await activate('moi.nam', paper, 'không phải mật khẩu')
  assert.equal(thief.browser.page.status, 400, 'the paper alone is worth nothing')
  const { browser, secret: fresh } = await activate('moi.nam', paper, phrase)
  assert.equal(browser.page.status, 200)
  assert.equal((await logInWith('moi.nam', phrase, fresh)).page.url, at('/desk/account'))
  assert.notEqual((await logInWith('moi.nam', phrase, secret)).page.url, at('/desk/account'))
  await country.forgetFailures()
  const third = await admin('quantri2.gialai')
  await third.open(at(`/admin/officers/${id}/password`))
  const word = codeOn(await third.submit({ reason: 'quên mật khẩu' }, `/admin/officers/${id}/password`))
  assert.equal((await activate('moi.nam', word, 'câu mới dài hơn', 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP')).browser.page.status, 400)
  assert.equal((await activate('moi.nam', word, 'câu mới dài hơn', fresh)).browser.page.status, 200)
})

test('rights are given and taken on pages, filled in again after a mistake, and the list finds and exports whom one administers', async () => {
  const browser = await admin('capcao.pleiku')
  const pleiku = (await findOfficerByLogin(province.node.db, 'capcao.pleiku'))!.agencyCode
  const clerk = (await findOfficerByLogin(province.node.db, 'motcua.pleiku'))!
  const elsewhere = (await findOfficerByLogin(province.node.db, 'motcua.dienhong'))!
  const list = (await browser.open(at('/admin/officers?q=phan mot cua'))).html
  assert.ok(list.includes('motcua.pleiku') && !list.includes('lanhdao.pleiku') && !list.includes('dienhong'))
  for (const path of ['', '/grant', '/lock', '/move']) assert.notEqual((await browser.open(at(`/admin/officers/${elsewhere.id}${path}`))).status, 200, path)
  await browser.open(at(`/admin/officers/${clerk.id}/grant`))
  await browser.submit({ role: 'specialist', agency: pleiku, procedure: '1.001193', 'from-day': '31', 'from-month': '2', 'from-year': '2026', reason: 'phân công mới' }, `/admin/officers/${clerk.id}/grant`)
  assert.equal(browser.page.status, 400)
  assert.ok(browser.page.html.includes('value="1.001193"') && browser.page.html.includes('phân công mới') && browser.page.html.includes('value="31"'), 'nothing typed is lost')
  await browser.submit({ role: 'specialist', agency: pleiku, procedure: '', 'from-day': '', 'from-month': '', 'from-year': '', reason: 'phân công mới' }, `/admin/officers/${clerk.id}/grant`)
  assert.equal(browser.page.url, at(`/admin/officers/${clerk.id}?done=granted`))
  assert.ok(browser.page.html.includes('phân công mới'), 'the history shows the reason')
  const withdraw = /href="(\/admin\/officers\/[^"]+\/withdraw)"/.exec(browser.page.html)![1]!
  await browser.open(at(withdraw))
  await browser.submit({ reason: 'thôi' }, withdraw)
  assert.equal(browser.page.url, at(`/admin/officers/${clerk.id}?done=withdrawn`))
  const csv = await browser.open(at('/admin/officers/export?format=csv'))
  assert.ok(csv.html.includes('motcua.pleiku') && !csv.html.includes('dienhong'))
  assert.equal((await browser.open(at('/admin/officers/export?format=xlsx'))).html.slice(0, 2), 'PK')
  for (const path of ['/admin/audit?act=role_granted&from-day=1&from-month=1&from-year=2026', '/admin/account-reviews', '/admin/unit-duties', '/admin/requests', '/desk/account']) assert.equal((await browser.open(at(path))).status, 200, path)
  assert.equal((await browser.open(at('/admin/audit?from-day=99'))).status, 400)
  const clerkBrowser = await admin('motcua.pleiku')
  for (const path of ['/admin/officers', `/admin/officers/${clerk.id}`, '/admin/requests', '/admin/audit', '/admin/account-reviews']) assert.equal((await clerkBrowser.open(at(path))).status, 403, path)
})

test('where the rule asks for a certificate, a high-level account is led to the token and back to the same page', async () => {
  const browser = await admin()
  await province.database.owner`UPDATE identity.access_rule SET needs_certificate = true WHERE audience = 'administrator'`
  forgetAccessRules()
  const page = await browser.open(at('/admin/officers?q=an'))
  assert.equal(page.status, 403)
  assert.ok(page.html.includes(`/desk/login/certificate?tiep=${encodeURIComponent('/admin/officers?q=an')}`))
  await province.database.owner`UPDATE identity.session SET methods = '{sc,pin}' WHERE ended_at IS NULL`
  assert.equal((await browser.open(at('/admin/officers?q=an'))).status, 200)
  await province.database.owner`UPDATE identity.access_rule SET needs_certificate = false`
  forgetAccessRules()
})

test('after an idle time-out the log-in leads back to the page, also from a form that came too late', async () => {
  const browser = await admin('chuyenmon.pleiku')
  await browser.open(at('/desk/account/password'))
  assert.match(browser.page.html, /kết thúc lúc \d\d:\d\d/, 'when it ends stands on the page')
  country.moveClock(15 * 60)
  assert.equal(new URL((await browser.open(at('/desk/account/password'))).url).searchParams.get('tiep'), '/desk/account/password')
  const failure = accessRefused({ method: 'POST', path: '/desk/account/password', access: 'officer', handler: () => assert.fail() }, anonymous, '/desk/account/password', { person: '/a', officer: '/desk/login' }, at('/desk/account/password?x=1'))
  assert.deepEqual(failure, { kind: 'log-in', location: `/desk/login?tiep=${encodeURIComponent('/desk/account/password?x=1')}` })
})
})
