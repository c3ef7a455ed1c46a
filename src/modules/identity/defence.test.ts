/**
 * How log-in and sessions are defended: each line of the requirement, and the test that holds it.
 *
 * | What | Held by |
 * | --- | --- |
 * | at most five wrong tries at an account, then a block that grows | citizens/log-in.test "guesses spread over many log-ins …"; officers/officer-log-in.test "five wrong passwords …"; certificates "after five wrong signatures …"; desk/account-request.test |
 * | slow-down by source | here |
 * | officers idle 15 minutes, administrators 5, 12 hours at most | officers/officer-rights.test "officers idle fifteen minutes …" |
 * | a new session at every log-in | citizens/log-in.test "a session that was planted …"; here for officers |
 * | a new token at every step-up, the old one dead | identity-provider.test "… the weaker session is over"; certificate-log-in.test; test/stories/fresh-proof.test for officers |
 * | log-out everywhere | citizens/registration.test "a person ends other sessions …"; sso/single-sign-on.test; here for officers |
 * | a fresh proof before a signature | test/stories/fresh-proof.test |
 * | recovery without a back door | life/recovery/recovery.test |
 * | one-time codes derived, not stored; five minutes; once; in the browser that asked | citizens/log-in.test; here: nowhere in the database |
 * | compared in constant time | here |
 * | no tokens in addresses | here; the ticket of a certificate is the exception: certificate-log-in.test "… leaves no trace in the address" |
 * | a subject of its own for each system | sso/single-sign-on.test "each node knows the person by a subject of its own …" |
 * | cookies out of reach of scripts, other sites and other hosts | citizens/log-in.test "the session cookie …"; here for https |
 * | nobody learns who has an account | npm run bench:enumeration |
 */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, beforeEach, suite, test } from 'node:test'
import { sourceFiles } from '../../../scripts/docs/source-files.ts'
import { buildApp, modules } from '../../app.ts'
import { testDatabase } from '../../platform/testing/database.ts'
import { testNode } from '../../platform/testing/node.ts'
import { countAttempt, rules, throttleKey } from './access/throttle.ts'
import { totpCode } from './officers/totp.ts'
import { TestBrowser } from './testing/browser.ts'
import { smallCountry, type RunningNode, type SmallCountry } from './testing/small-country.tsx'
import { acceptTermsIfAsked, codeFor, known, logInOfficer, whoIs } from './testing/stories.ts'
import { demoOfficers } from '../../stand-ins/demo-people.ts'

suite('defence of log-in and sessions', () => {
let country!: SmallCountry
let national!: RunningNode
let province!: RunningNode
const stops: (() => unknown)[] = []
before(async () => {
  country = await smallCountry({ after: (stop) => void stops.push(stop) })
  ;({ national, province } = country)
})
after(async () => { for (const stop of stops.reverse()) await stop() })
beforeEach(() => country.forgetFailures())

test('who fails often from one address waits longer and longer, then is blocked; other addresses are not', async () => {
  const { node } = national
  const key = throttleKey(node, rules.source, '192.0.2.1')
  let at = Date.now()
  const waits: number[] = []
  for (let tried = 0; tried < 130 && waits.at(-1) !== rules.source.block; tried++) {
    const seconds = await countAttempt(node.db, key, rules.source, new Date(at))
    if (seconds > 0) waits.push(seconds)
    at += seconds * 1000
  }
  assert.deepEqual([waits[0], waits[1], waits[2]], [2, 4, 8])
  assert.equal(waits.at(-1), rules.source.block)
  assert.equal(await countAttempt(node.db, throttleKey(node, rules.source, '192.0.2.2'), rules.source, new Date(at)), 0)
})

test('an officer’s log-in ends the session that the browser showed, and he ends all his others at once', async () => {
  const [here, there] = [new TestBrowser(), new TestBrowser()]
  const officer = demoOfficers.find((o) => o.login === 'motcua.pleiku')!
  await logInOfficer(province, here, officer.login)
  const first = here.cookie('mc_session_h21')!
  country.moveClock(60)
  await logInAgain(here, officer)
  assert.deepEqual([await whoIs(province, first), await whoIs(province, here.cookie('mc_session_h21'))], ['anonymous', 'officer'])
  country.moveClock(60)
  await logInAgain(there, officer)
  await there.open(`${province.url}/desk/account`)
  await there.submit({ session: 'others' }, '/desk/account/sessions')
  assert.deepEqual([await whoIs(province, here.cookie('mc_session_h21')), await whoIs(province, there.cookie('mc_session_h21'))], ['anonymous', 'officer'])
})

/** Also for who is logged in: the address of the form, not the page that leads back at once. */
async function logInAgain(browser: TestBrowser, { login, password, totpSecret }: (typeof demoOfficers)[number]): Promise<void> {
  const fresh = new TestBrowser()
  await fresh.open(`${province.url}/desk/login?tiep=/`)
  const csrf = /name="_csrf" value="([^"]+)"/.exec(fresh.page.html)![1]!
  for (const [name, cookie] of fresh.cookies) browser.cookies.set(name, cookie)
  await browser.post(`${province.url}/desk/login`, { _csrf: csrf, login, password })
  await browser.submit({ code: totpCode(totpSecret, province.node.now()) }, '/desk/login/code')
}

test('no token and no code stands in an address, on the whole way through log-in at another node, officers’ log-in and log-out', async () => {
  const [person, officer] = [new TestBrowser(), new TestBrowser()]
  const seen: string[] = []
  const secrets: string[] = []
  const note = (browser: TestBrowser, more: string[] = []): void => {
    seen.push(...browser.page.hops, browser.page.url)
    secrets.push(...more, ...[...browser.cookies].filter(([name]) => /^mc_(session|step|form|csrf)_/.test(name)).map(([, cookie]) => cookie.value))
  }
  await person.open(`${province.url}/dang-nhap?tiep=/tai-khoan`)
  note(person)
  await person.submit({ idNumber: known.idNumber }, '/dang-nhap')
  const code = await codeFor(country, known.phone)
  note(person, [code])
  await person.submit({ code }, '/dang-nhap/ma-xac-nhan')
  note(person)
  await acceptTermsIfAsked(person)
  note(person)
  await logInOfficer(province, officer, 'motcua.pleiku')
  note(officer)
  for (const path of ['/dang-xuat', '/tai-khoan']) {
    await person.open(province.url + path)
    note(person)
  }
  assert.ok(secrets.filter(Boolean).length > 8 && seen.length > 10)
  for (const address of seen) for (const secret of secrets.filter((s) => s.length > 5)) assert.ok(!address.includes(secret), address)
  // What OpenID Connect itself carries: a code that is good once, for a minute, with the verifier and secret of the node alone.
  const named = new Set(seen.flatMap((address) => [...new URL(address).searchParams.keys()]))
  assert.deepEqual([...named].filter((name) => /token|session|pass|secret|sid|otp/i.test(name)), [])
})

test('a one-time code that was sent stands nowhere in the database', async () => {
  const browser = new TestBrowser()
  await browser.open(`${national.url}/dang-nhap`)
  await browser.submit({ idNumber: known.idNumber }, '/dang-nhap')
  const code = await codeFor(country, known.phone)
  const tables = await national.database.owner<{ name: string }[]>`SELECT format('%I.%I', schemaname, tablename) AS name FROM pg_tables WHERE schemaname = 'identity' OR (schemaname = 'platform' AND tablename = 'job')`
  assert.ok(tables.length > 30)
  for (const { name } of tables) {
    const rows = await national.database.owner.unsafe<{ row: string }[]>(`SELECT t::text AS row FROM ${name} t`)
    for (const { row } of rows) assert.ok(!new RegExp(`(?<![\\w.-])${code}(?![\\w.-])`).test(row), name)
  }
  await browser.submit({ code }, '/dang-nhap/ma-xac-nhan')
  assert.equal(await whoIs(national, browser.cookie('mc_session_vn')), 'person', 'it was the right one')
})

test('secrets are compared in constant time: no code of the module uses === for a code, token, seal or hash', () => {
  const files = sourceFiles().filter((f) => !f.isTest && f.path.startsWith('src/modules/identity/'))
  const direct = /(?:[cC]odeOf\([^)]*\)|activationCode\([^)]*\)|hashPassword\([^)]*\)|keyed\([^)]*\)[.\w()']*|\bsealOf\([^)]*\))\s*[!=]==|[!=]==\s*(?:codeOf|\w+CodeOf|activationCode|keyed|sealOf|sha256)\(/
  assert.ok(files.length > 150)
  assert.deepEqual(files.filter((f) => direct.test(readFileSync(f.path, 'utf8'))).map((f) => f.path), [])
  assert.match('if (code === codeOf(node, id))', direct, 'the pattern finds one')
})

test('over https every cookie belongs to this host alone and travels encrypted', async (t) => {
  const { db } = await testDatabase(t)
  const node = testNode(db, { modules, code: 'VN', baseUrl: 'https://dichvucong.example' })
  for (const m of node.modules) await m.seed?.(node)
  const { server } = await buildApp(node)
  t.after(() => server.close())
  const page = await server.inject({ url: '/desk/login', headers: { accept: 'text/html' } })
  const csrf = /name="_csrf" value="([^"]+)"/.exec(page.body)![1]!
  const first = [page.headers['set-cookie']].flat().map(String)
  const next = await server.inject({ method: 'POST', url: '/desk/login', headers: { cookie: first.map((c) => c.split(';')[0]).join('; '), 'content-type': 'application/x-www-form-urlencoded' }, payload: new URLSearchParams({ _csrf: csrf, login: 'x', password: 'khong dung' }).toString() })
  assert.equal(next.statusCode, 400, 'wrong, not forged: the node reads the names that it sets')
  const passkey = await server.inject({ url: '/desk/login/passkey' })
  const all = [...first, ...[passkey.headers['set-cookie']].flat().map(String)]
  assert.ok(all.some((c) => c.startsWith('__Host-mc_step_vn=')) && all.some((c) => c.startsWith('__Host-mc_csrf_')), all.join('\n'))
  for (const cookie of all) {
    for (const part of ['; Secure', '; HttpOnly', '; SameSite=Lax', '; Path=/;']) assert.ok(cookie.includes(part), cookie)
    assert.doesNotMatch(cookie, /Domain=/i)
  }
  assert.equal(page.headers['strict-transport-security'], 'max-age=31536000')
})
})
