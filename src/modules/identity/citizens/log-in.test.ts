import assert from 'node:assert/strict'
import { after, before, beforeEach, suite, test } from 'node:test'
import { createCtx } from '../../../platform/ctx.ts'
import { takeTry } from '../access/challenge.store.ts'
import { TestBrowser } from '../testing/browser.ts'
import { smallCountry, type RunningNode, type SmallCountry } from '../testing/small-country.tsx'
import { alsoKnown, codeFor, known, logIn, thirdKnown, whoIs, wrongCode } from '../testing/stories.ts'
import { confirmCode } from './confirm-code.ts'
import { startLogIn } from './start-log-in.ts'

// Hooks of a file without a suite would run for every file of the process.
suite('log-in', () => {
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
const step = '/dang-nhap/ma-xac-nhan'
const unknownNumber = '001099000099'

beforeEach(() => country.forgetFailures())

async function askCode(browser: TestBrowser, idNumber: string): Promise<void> {
  await browser.open(`${national.url}/dang-nhap`)
  await browser.submit({ idNumber }, '/dang-nhap')
}

const plain = (html: string): string => html.replace(/(_csrf" value=|nonce=)"[^"]*"/g, '$1""')

test('an id number without an account gets the same pages as one with an account', async () => {
  const [known1, unknown] = [new TestBrowser(), new TestBrowser()]
  await askCode(known1, known.idNumber)
  await askCode(unknown, unknownNumber)
  assert.equal(known1.page.status, unknown.page.status)
  assert.equal(known1.page.url, unknown.page.url)
  assert.equal(plain(known1.page.html), plain(unknown.page.html))
  await known1.submit({ code: wrongCode(await codeFor(country, known.phone)) }, step)
  await unknown.submit({ code: '123456' }, step)
  assert.equal(plain(known1.page.html), plain(unknown.page.html))
  for (const browser of [known1, unknown]) for (let i = 0; i < 6; i++) { country.moveClock(20); await askCode(browser, browser === known1 ? known.idNumber : unknownNumber) }
  assert.equal(known1.page.status, 429)
  assert.equal(known1.page.status, unknown.page.status, 'the limits are the same too')
})

test('five wrong codes use a log-in up, and the right one no longer helps', async () => {
  const browser = new TestBrowser()
  await askCode(browser, alsoKnown.idNumber)
  const right = await codeFor(country, alsoKnown.phone)
  for (let i = 0; i < 4; i++) {
    await browser.submit({ code: wrongCode(right) }, step)
    assert.equal(browser.page.status, 400)
    country.moveClock(20)
  }
  const form = { _csrf: /name="_csrf" value="([^"]+)"/.exec(browser.page.html)![1]! }
  await browser.submit({ code: wrongCode(right) }, step)
  const stale = browser.cookie('mc_step_vn')
  assert.equal(stale, undefined, 'the step is over')
  const again = await browser.post(`${national.url}${step}`, { ...form, code: right })
  assert.equal(again.status, 400)
  assert.equal(browser.cookie('mc_session_vn'), undefined)
})

test('guesses spread over many log-ins block the account, longer each time, and the owner gets in afterwards', async () => {
  const ctx = () => createCtx(national.node)
  const guess = async (): Promise<string> => {
    const started = await startLogIn(ctx(), { idNumber: thirdKnown.idNumber, returnTo: '/', source: '10.0.0.1' })
    if (started.kind !== 'sent') return started.kind
    return (await confirmCode(ctx(), { stepToken: started.token, code: 'nonsense', source: '10.0.0.1', device: '', oldSession: undefined })).kind
  }
  const seen: string[] = []
  for (let i = 0; i < 6; i++) {
    seen.push(await guess())
    country.moveClock(10)
  }
  assert.deepEqual(seen, ['wrong', 'wrong', 'wrong', 'wrong', 'wrong', 'wait'])
  await national.database.owner`DELETE FROM identity.throttle WHERE key LIKE 'send:%'`
  const waiting = await startLogIn(ctx(), { idNumber: thirdKnown.idNumber, returnTo: '/', source: '10.0.0.2' })
  assert.equal(waiting.kind, 'sent')
  const right = await codeFor(country, thirdKnown.phone)
  const input = { stepToken: (waiting as { token: string }).token, code: right, source: '10.0.0.2', device: '', oldSession: undefined }
  assert.equal((await confirmCode(ctx(), input)).kind, 'wait', 'blocked for everybody, from wherever')
  country.moveClock(16 * 60)
  const fresh = await startLogIn(ctx(), { idNumber: thirdKnown.idNumber, returnTo: '/', source: '10.0.0.2' })
  assert.equal((await confirmCode(ctx(), { ...input, stepToken: (fresh as { token: string }).token, code: await codeFor(country, thirdKnown.phone) })).kind, 'logged-in')
})

test('guesses sent at the same moment share the five tries', async () => {
  const ctx = () => createCtx(national.node)
  const started = await startLogIn(ctx(), { idNumber: alsoKnown.idNumber, returnTo: '/', source: '10.0.0.3' })
  const right = await codeFor(country, alsoKnown.phone)
  const outcomes = await Promise.all(Array.from({ length: 20 }, () => confirmCode(ctx(), { stepToken: (started as { token: string }).token, code: wrongCode(right), source: '10.0.0.3', device: '', oldSession: undefined })))
  assert.ok(outcomes.filter((o) => o.kind === 'wrong').length <= 5)
})

test('a challenge gives five tries, however many ask at once', async () => {
  const started = await startLogIn(createCtx(national.node), { idNumber: alsoKnown.idNumber, returnTo: '/', source: '10.0.0.6' })
  const tries = await Promise.all(Array.from({ length: 20 }, () => takeTry(national.node.db, (started as { token: string }).token, national.node.now())))
  assert.equal(tries.filter(Boolean).length, 5)
})

test('a code works only in the browser that asked for it, and once', async () => {
  const [asker, thief] = [new TestBrowser(), new TestBrowser()]
  await askCode(asker, known.idNumber)
  const code = await codeFor(country, known.phone)
  await thief.open(`${national.url}/dang-nhap`)
  const csrf = /name="_csrf" value="([^"]+)"/.exec(thief.page.html)![1]!
  assert.equal((await thief.post(`${national.url}${step}`, { _csrf: csrf, code })).status, 400)
  const token = asker.cookie('mc_step_vn')!
  await asker.submit({ code }, step)
  assert.equal(asker.page.url, `${national.url}/tai-khoan`)
  const again = await confirmCode(createCtx(national.node), { stepToken: token, code, source: '10.0.0.4', device: '', oldSession: undefined })
  assert.equal(again.kind, 'expired')
})

test('the right code sent twice at the same moment opens one session', async () => {
  const started = await startLogIn(createCtx(national.node), { idNumber: alsoKnown.idNumber, returnTo: '/', source: '10.0.0.7' })
  const input = { stepToken: (started as { token: string }).token, code: await codeFor(country, alsoKnown.phone), source: '10.0.0.7', device: 'Twice', oldSession: undefined }
  const outcomes = await Promise.all([confirmCode(createCtx(national.node), input), confirmCode(createCtx(national.node), input)])
  assert.deepEqual(outcomes.map((o) => o.kind).sort(), ['expired', 'logged-in'])
  const [row] = await national.database.owner`SELECT count(*)::int AS sessions, (SELECT count(*)::int FROM ledger.event e JOIN identity.session s ON s.id::text = e.data ->> 'sessionId' WHERE e.type = 'identity.logged_in' AND s.device = 'Twice') AS events FROM identity.session WHERE device = 'Twice'`
  assert.deepEqual(row, { sessions: 1, events: 1 })
})

test('a code sent again replaces the earlier one', async () => {
  const browser = new TestBrowser()
  await askCode(browser, known.idNumber)
  const first = await codeFor(country, known.phone)
  await browser.submit({}, '/dang-nhap/gui-lai-ma')
  const second = await codeFor(country, known.phone)
  assert.notEqual(first, second)
  await browser.submit({ code: first }, step)
  assert.equal(browser.page.status, 400)
  country.moveClock(5)
  await browser.submit({ code: second }, step)
  assert.equal(browser.page.url, `${national.url}/tai-khoan`)
})

test('a code is good for five minutes', async () => {
  const browser = new TestBrowser()
  await askCode(browser, known.idNumber)
  const code = await codeFor(country, known.phone)
  country.moveClock(5 * 60 + 1)
  await browser.submit({ code }, step)
  assert.equal(browser.page.status, 400)
  assert.equal(browser.cookie('mc_session_vn'), undefined)
})

test('a session that was planted before the log-in is worth nothing after it', async () => {
  const browser = new TestBrowser()
  await logIn(country, browser)
  const first = browser.cookie('mc_session_vn')!
  assert.match((await browser.open(`${national.url}/dang-nhap`)).url, /tai-khoan/, 'who is logged in is not asked again')
  const planted = new TestBrowser()
  planted.cookies.set('mc_session_vn', { value: 'A'.repeat(43), path: '/' })
  await logIn(country, planted)
  assert.notEqual(planted.cookie('mc_session_vn'), 'A'.repeat(43))
  const started = await startLogIn(createCtx(national.node), { idNumber: known.idNumber, returnTo: '/', source: '10.0.0.5' })
  const again = await confirmCode(createCtx(national.node), { stepToken: (started as { token: string }).token, code: await codeFor(country, known.phone), source: '10.0.0.5', device: '', oldSession: first })
  assert.equal(again.kind, 'logged-in')
  assert.equal(await whoIs(national, first), 'anonymous', 'the old session ended with the new log-in')
})

test('a log-in that another site posts is refused', async () => {
  const response = await fetch(`${national.url}/dang-nhap`, { method: 'POST', body: new URLSearchParams({ idNumber: known.idNumber }), redirect: 'manual' })
  assert.equal(response.status, 403)
  const browser = new TestBrowser()
  await askCode(browser, known.idNumber)
  const code = await codeFor(country, known.phone)
  assert.equal((await browser.post(`${national.url}${step}`, { code })).status, 403)
})

test('the session cookie is out of reach of scripts and of other sites', async () => {
  const browser = new TestBrowser()
  await logIn(country, browser)
  const cookie = browser.page.setCookies.find((c) => c.startsWith('mc_session_vn='))!
  assert.match(cookie, /HttpOnly/)
  assert.match(cookie, /SameSite=Lax/)
  assert.match(cookie, /Path=\/;/)
  const [stored] = await national.database.owner`SELECT count(*)::int AS n FROM identity.session s WHERE s::text LIKE ${`%${browser.cookie('mc_session_vn')}%`}`
  assert.equal(stored!.n, 0, 'the token itself is not in the database')
})

test('a person\'s session idles out after half an hour and ends after twelve hours', async () => {
  const browser = new TestBrowser()
  await logIn(country, browser)
  const token = browser.cookie('mc_session_vn')
  for (let i = 0; i < 24; i++) {
    assert.equal(await whoIs(national, token), 'person', `after ${i * 29} minutes`)
    country.moveClock(29 * 60)
  }
  country.moveClock(29 * 60)
  assert.equal(await whoIs(national, token), 'anonymous', 'twelve hours are over')
  await logIn(country, browser)
  country.moveClock(30 * 60 + 1)
  assert.equal(await whoIs(national, browser.cookie('mc_session_vn')), 'anonymous', 'half an hour of nothing')
})

test('a locked account is out at its next request', async () => {
  const browser = new TestBrowser()
  await logIn(country, browser, { person: alsoKnown })
  await national.database.owner`UPDATE identity.account SET state = 'locked' WHERE id_number = ${alsoKnown.idNumber}`
  assert.equal(await whoIs(national, browser.cookie('mc_session_vn')), 'anonymous')
  await national.database.owner`UPDATE identity.account SET state = 'active' WHERE id_number = ${alsoKnown.idNumber}`
})

test('what was typed wrong is said and kept', async () => {
  const browser = new TestBrowser()
  for (const [typed, sentence] of [['', /Nhập số định danh/], ['12345', /đúng 12 chữ số/], ['0520900000zz', /đúng 12 chữ số/]] as const) {
    await askCode(browser, typed)
    assert.equal(browser.page.status, 400)
    assert.match(browser.page.html, sentence)
    assert.ok(typed === '' || browser.page.html.includes(`value="${typed}"`))
  }
  await askCode(browser, ' 052 090 000 011 ')
  assert.equal(browser.page.status, 200, 'spaces do not matter')
})

test('the ledger tells of log-ins and failures with ids only', async () => {
  const browser = new TestBrowser()
  await logIn(country, browser)
  const events = await national.database.owner<{ line: string; type: string }[]>`SELECT e::text AS line, type FROM ledger.event e`
  assert.ok(['identity.logged_in', 'identity.log_in_failed'].every((type) => events.some((e) => e.type === type)))
  for (const secret of [known.idNumber, known.phone, known.fullName]) assert.ok(events.every((e) => !e.line.includes(secret)), secret)
})
})
