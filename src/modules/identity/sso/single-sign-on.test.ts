import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { decodeJwt } from 'jose'
import { systemCtx, transact } from '../../../platform/ctx.ts'
import { accountForSubject, findAccountByIdNumber, subjectForNode } from '../citizens/account.store.ts'
import { createSession, findSso } from '../access/session.store.ts'
import { decrypt } from '../secrets.ts'
import { TestBrowser } from '../testing/browser.ts'
import { smallCountry } from '../testing/small-country.tsx'
import { alsoKnown, codeFor, known, logIn, thirdKnown, whoIs } from '../testing/stories.ts'
import { idTokenUse } from './log-in-from-national.ts'
import { oidcAdapter } from './adapter.ts'

const country = await smallCountry({ after })
const { national, province, ministry } = country

test('a person who logs in at a province does it at the national node, and needs no second log-in anywhere', async () => {
  const browser = new TestBrowser()
  await logIn(country, browser, { at: province.url, returnTo: '/tai-khoan?a=1&b=hồ-sơ' })
  assert.equal(browser.page.url, `${province.url}/tai-khoan?a=1&b=${encodeURIComponent('hồ-sơ')}`, 'back where the person was')
  assert.match(browser.page.html, new RegExp(known.fullName))
  const there = await browser.open(`${ministry.url}/dang-nhap?tiep=/tai-khoan`)
  assert.equal(there.url, `${ministry.url}/tai-khoan`, 'no page in between')
  assert.ok(there.hops.every((hop) => !hop.includes('/dang-nhap/tiep/')), 'not even a redirect through the log-in page')
  assert.equal((await browser.open(`${national.url}/tai-khoan`)).status, 200, 'logged in at the national node too')
})

test('between the log-in page and the way back there is nothing but the code', async () => {
  const browser = new TestBrowser()
  const asked = await browser.open(`${province.url}/dang-nhap?tiep=/tai-khoan`)
  assert.deepEqual(asked.hops.map((hop) => new URL(hop).pathname), ['/dang-nhap', '/oidc/auth'])
  await browser.submit({ idNumber: known.idNumber }, '/dang-nhap')
  const end = await browser.submit({ code: (await codeFor(country, known.phone)) }, '/dang-nhap/ma-xac-nhan')
  assert.deepEqual(end.hops.map((hop) => new URL(hop).pathname.replace(/(?<=auth\/).*/, '…')), ['/dang-nhap/ma-xac-nhan', '/oidc/auth/…', '/dang-nhap/ket-qua'])
})

test('what changed about a person is taken over at the next log-in; what did not is not written again', async () => {
  const changes = async (): Promise<string> => { const browser = new TestBrowser(); await logIn(country, browser, { at: province.url }); const account = (await findAccountByIdNumber(province.node.db, known.idNumber))!; const [row] = await province.database.owner<{ xmin: string }[]>`SELECT xmin::text FROM identity.account WHERE id = ${account.id}`; return `${account.phone} ${row!.xmin}` }
  const first = await changes()
  assert.equal(await changes(), first)
  await national.database.owner`UPDATE identity.account SET email = 'moi@example.com' WHERE id_number = ${known.idNumber}`
  assert.notEqual(await changes(), first)
  assert.equal((await findAccountByIdNumber(province.node.db, known.idNumber))!.email, 'moi@example.com')
})

test('two first log-ins of one person at the same moment make one account', async () => {
  const twice = [new TestBrowser(), new TestBrowser()]
  await logIn(country, twice[0]!, { person: thirdKnown })
  for (const [name, cookie] of twice[0]!.cookies) twice[1]!.cookies.set(name, cookie)
  await province.database.owner`DELETE FROM identity.session WHERE account_id IN (SELECT id FROM identity.account WHERE id_number = ${thirdKnown.idNumber})`
  const ends = await Promise.all(twice.map((browser) => browser.open(`${province.url}/dang-nhap?tiep=/tai-khoan`)))
  assert.deepEqual(ends.map((end) => end.url), [`${province.url}/tai-khoan`, `${province.url}/tai-khoan`])
})

test('each node knows the person by a subject of its own, which the national node can resolve', async () => {
  const browser = new TestBrowser()
  await logIn(country, browser, { at: province.url })
  await browser.open(`${ministry.url}/dang-nhap`)
  const [atProvince, atMinistry, atNational] = await Promise.all([province, ministry, national].map((n) => findAccountByIdNumber(n.node.db, known.idNumber)))
  assert.equal(new Set([atProvince!.subject, atMinistry!.subject, atNational!.subject, atNational!.id]).size, 4)
  assert.equal(atProvince!.subject, await subjectForNode(national.node.db, atNational!.id, 'H21'))
  assert.equal((await accountForSubject(national.node.db, 'G01', atMinistry!.subject))?.id, atNational!.id)
  assert.equal(await accountForSubject(national.node.db, 'H21', atMinistry!.subject), undefined)
})

test('the identity token that travels through the browser at log-out says nothing about the person', async () => {
  const browser = new TestBrowser()
  await logIn(country, browser, { at: province.url })
  const [session] = await province.database.owner<{ id: string }[]>`SELECT id FROM identity.session ORDER BY created_at DESC LIMIT 1`
  const sso = (await findSso(province.node.db, session!.id))!
  const token = decrypt(province.node.config.secret, idTokenUse, sso.idToken)!
  assert.deepEqual(Object.keys(decodeJwt(token)).filter((c) => /name|birth|phone|email|number/.test(c)), [])
  assert.equal(decodeJwt(token).acr, 'loa2')
})

test('logging out at one node logs out everywhere, without a question', async () => {
  const browser = new TestBrowser()
  await logIn(country, browser, { at: province.url })
  await browser.open(`${ministry.url}/dang-nhap`)
  const tokens = [province, ministry, national].map((n) => browser.cookie(`mc_session_${n.node.config.code.toLowerCase()}`))
  await browser.open(`${province.url}/tai-khoan`)
  const csrf = /name="_csrf" value="([^"]+)"/.exec(browser.page.html)![1]!
  const end = await browser.post(`${province.url}/dang-xuat`, { _csrf: csrf })
  assert.equal(end.url, `${province.url}/`, 'back at the node where the button was')
  assert.deepEqual(await Promise.all([province, ministry, national].map((n, i) => whoIs(n, tokens[i]))), ['anonymous', 'anonymous', 'anonymous'])
  assert.match((await browser.open(`${ministry.url}/dang-nhap`)).url, new RegExp(`^${national.url}/dang-nhap\\?`), 'the next log-in starts from the beginning')
})

test('logging out at the national node ends the sessions at the local nodes', async () => {
  const browser = new TestBrowser()
  await logIn(country, browser, { at: province.url })
  const token = browser.cookie('mc_session_h21')
  assert.equal(await whoIs(province, token), 'person')
  await browser.open(`${national.url}/dang-xuat`)
  await browser.submit({}, '/dang-xuat')
  assert.equal(await whoIs(province, token), 'anonymous')
})

test('a system whose name holds a character that no text has is unknown like any other', async () => {
  const auth = await fetch(`${national.url}/oidc/auth?client_id=%00&response_type=code`, { redirect: 'manual' })
  assert.equal(auth.headers.get('location'), '/dang-nhap/loi?ma=invalid_client')
  const token = await fetch(`${national.url}/oidc/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'authorization_code', code: 'x', client_id: '\0', client_secret: 'x' }) })
  assert.equal(token.status, 401)
})

test('a foreign site cannot log anybody out by a link', async () => {
  const browser = new TestBrowser()
  await logIn(country, browser)
  await browser.open(`${province.url}/dang-nhap`)
  const end = await browser.open(`${national.url}/oidc/session/end?client_id=H21`)
  assert.equal(end.url, `${national.url}/dang-xuat`, 'a page with a button')
  assert.equal(await whoIs(national, browser.cookie('mc_session_vn')), 'person')
})

test('an answer of the national node is only taken by the browser that asked', async () => {
  const [victim, attacker] = [new TestBrowser(), new TestBrowser()]
  await logIn(country, attacker)
  const response = await fetch(`${province.url}/dang-nhap`, { redirect: 'manual' })
  const authorize = await fetch(response.headers.get('location')!, { redirect: 'manual', headers: { cookie: [...attacker.cookies].map(([n, c]) => `${n}=${c.value}`).join('; ') } })
  const callback = authorize.headers.get('location')!
  assert.match(callback, /\/dang-nhap\/ket-qua\?code=/)
  const page = await victim.open(callback)
  assert.equal(page.status, 400)
  assert.equal(victim.cookie('mc_session_h21'), undefined)
})

test('another person at the same browser gets his own account, not the one before', async () => {
  const browser = new TestBrowser()
  await logIn(country, browser, { at: province.url, person: known })
  browser.cookies.delete('mc_session_vn')
  browser.cookies.delete('mc_session_h21')
  await logIn(country, browser, { at: province.url, person: alsoKnown })
  assert.match(browser.page.html, new RegExp(alsoKnown.fullName))
  assert.doesNotMatch(browser.page.html, new RegExp(known.fullName))
})

test('first log-ins of one person in several windows at the same moment all succeed', async () => {
  const browsers = await Promise.all(Array.from({ length: 6 }, async () => {
    const browser = new TestBrowser()
    const account = (await findAccountByIdNumber(national.node.db, thirdKnown.idNumber))!
    const { token } = await transact(systemCtx(national.node, 'test'), (tx) => createSession(tx, { kind: 'person', accountId: account.id, assurance: 2, methods: ['otp'], now: national.node.now() }))
    browser.cookies.set('mc_session_vn', { value: token, path: '/' })
    return browser
  }))
  const pages = await Promise.all(browsers.map((b) => b.open(`${province.url}/dang-nhap`)))
  assert.deepEqual(pages.map((p) => p.status), browsers.map(() => 200))
})

test('whose log-in at the national node has idled out must log in again before another node is told', async () => {
  const browser = new TestBrowser()
  await logIn(country, browser)
  await browser.open(`${province.url}/dang-nhap`)
  country.moveClock(31 * 60)
  assert.match((await browser.open(`${ministry.url}/dang-nhap`)).url, new RegExp(`^${national.url}/dang-nhap\\?`))
})

test('a log-in returns to no other host', async () => {
  for (const target of ['//evil.example', 'https://evil.example/', '/\\evil.example', '/%5Cevil', '/a\nb']) {
    const browser = new TestBrowser()
    await logIn(country, browser, { returnTo: target })
    assert.equal(new URL(browser.page.url).origin, national.url)
  }
})

test('a provider code is used once, even by two requests at the same moment', async () => {
  const codes = oidcAdapter(national.node.db, 'AuthorizationCode')
  await codes.upsert('secret-code', { jti: 'secret-code', accountId: 'x' }, 60)
  const results = await Promise.allSettled([codes.consume('secret-code'), codes.consume('secret-code')])
  assert.deepEqual(results.map((r) => r.status).sort(), ['fulfilled', 'rejected'])
  const [row] = await national.database.owner`SELECT count(*)::int AS n FROM identity.oidc_payload WHERE payload::text LIKE '%secret-code%'`
  assert.equal(row!.n, 0, 'the secret itself is not stored')
})

test('a log-out notice that the national node did not sign ends nothing', async () => {
  const browser = new TestBrowser()
  await logIn(country, browser, { at: province.url })
  const forged = `${Buffer.from('{"alg":"none","typ":"logout+jwt"}').toString('base64url')}.${Buffer.from('{"sid":"x"}').toString('base64url')}.`
  const response = await fetch(`${province.url}/dang-nhap/ket-thuc`, { method: 'POST', body: new URLSearchParams({ logout_token: forged }) })
  assert.equal(response.status, 400)
  assert.equal(await whoIs(province, browser.cookie('mc_session_h21')), 'person')
})
