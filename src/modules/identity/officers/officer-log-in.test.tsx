import assert from 'node:assert/strict'
import { after, before, beforeEach, suite, test } from 'node:test'
import { page } from '../../../platform/http/reply.ts'
import { systemCtx, transact } from '../../../platform/ctx.ts'
import { demoOfficers } from '../../../stand-ins/demo-people.ts'
import { listAccess, recordAccess } from '../access/access-log.ts'
import { findAccountByIdNumber } from '../citizens/account.store.ts'
import { TestBrowser } from '../testing/browser.ts'
import { smallCountry, type RunningNode, type SmallCountry } from '../testing/small-country.tsx'
import { known, logIn, logInOfficer, whoIs } from '../testing/stories.ts'
import { revokeRole } from './add-officer.ts'
import { listOfficers } from './officer.store.ts'
import { totpCode } from './totp.ts'

// Hooks of a file without a suite would run for every file of the process.
suite('officer-log-in', () => {
let country!: SmallCountry
let province!: RunningNode
const stops: (() => unknown)[] = []
before(async () => {
  country = await smallCountry({ after: (stop) => void stops.push(stop) }, {
  extraRoutes: [
    { method: 'GET', path: '/desk/calendar', access: { permission: 'calendar.manage' }, handler: ({ ctx }) => page(<p>calendar {ctx.actor.kind}</p>, { title: 'x' }) },
    { method: 'GET', path: '/desk/person/:id', access: 'officer', handler: async ({ ctx, params }) => {
      await recordAccess(ctx.db, ctx, { subjectId: params.id, purpose: 'identity.account.title' })
      return page(<p>seen</p>, { title: 'x' })
    } },
  ],
})
  ;({ province } = country)
})
after(async () => {
  for (const stop of stops.reverse()) await stop()
})
const officer = demoOfficers.find((o) => o.login === 'motcua.pleiku')!
const plain = (html: string) => html.replace(/(_csrf" value=|nonce=)"[^"]*"/g, '')

beforeEach(() => country.forgetFailures())

async function password(browser: TestBrowser, login: string, word: string): Promise<void> {
  await browser.open(`${province.url}/desk/login`)
  await browser.submit({ login, password: word }, '/desk/login')
}

test('an officer logs in with password and code', async () => {
  const browser = new TestBrowser()
  await logInOfficer(province, browser, officer.login)
  assert.equal(browser.page.url, `${province.url}/`)
  assert.equal(await whoIs(province, browser.cookie('mc_session_h21')), 'officer')
  country.moveClock(60)
})

test('a wrong name and a wrong password look the same', async () => {
  const [one, two] = [new TestBrowser(), new TestBrowser()]
  await password(one, officer.login, 'wrong')
  await password(two, 'nobody.here', 'wrong')
  assert.equal(one.page.status, 400)
  assert.equal(plain(one.page.html).replaceAll(officer.login, '?'), plain(two.page.html).replaceAll('nobody.here', '?'))
})

test('the password alone opens nothing', async () => {
  const browser = new TestBrowser()
  await password(browser, officer.login, officer.password)
  assert.equal(browser.page.url, `${province.url}/desk/login/code`)
  assert.equal(browser.cookie('mc_session_h21'), undefined)
  assert.equal((await browser.open(`${province.url}/desk/person/x`)).url.split('?')[0], `${province.url}/desk/login`)
})

test('a code that was used is refused, also to a second request at the same moment', async () => {
  const [one, two] = [new TestBrowser(), new TestBrowser()]
  await password(one, officer.login, officer.password)
  await password(two, officer.login, officer.password)
  const code = totpCode(officer.totpSecret, province.node.now())
  await Promise.all([one.submit({ code }, '/desk/login/code'), two.submit({ code }, '/desk/login/code')])
  assert.deepEqual([one, two].filter((b) => b.cookie('mc_session_h21')).length, 1)
  const third = new TestBrowser()
  await password(third, officer.login, officer.password)
  await third.submit({ code }, '/desk/login/code')
  assert.equal(third.page.status, 400)
  country.moveClock(60)
  await third.submit({ code: totpCode(officer.totpSecret, province.node.now()) }, '/desk/login/code')
  assert.equal(await whoIs(province, third.cookie('mc_session_h21')), 'officer')
})

test('five wrong passwords block the name, whether it exists or not', async () => {
  for (const login of ['chuyenmon.pleiku', 'not.there']) {
    const browser = new TestBrowser()
    for (let i = 0; i < 5; i++) {
      await password(browser, login, `wrong ${i}`)
      country.moveClock(20)
    }
    await password(browser, login, officer.password)
    assert.equal(browser.page.status, 429, login)
  }
})

test('five wrong codes end the second step', async () => {
  const browser = new TestBrowser()
  await password(browser, officer.login, officer.password)
  for (let i = 0; i < 5; i++) {
    await browser.submit({ code: `00000${i}` }, '/desk/login/code')
    country.moveClock(20)
  }
  await browser.submit({ code: totpCode(officer.totpSecret, province.node.now()) }, '/desk/login/code')
  assert.equal(browser.cookie('mc_session_h21'), undefined)
  country.moveClock(60)
})

test('rights follow the role and end with it at the next request', async () => {
  const [admin, clerk] = [new TestBrowser(), new TestBrowser()]
  await logInOfficer(province, clerk, officer.login)
  assert.equal((await clerk.open(`${province.url}/desk/calendar`)).status, 403)
  await logInOfficer(province, admin, 'quantri.gialai')
  assert.equal((await admin.open(`${province.url}/desk/calendar`)).status, 200)
  const [found] = (await listOfficers(province.node.db, { role: 'agency-admin' })).filter((o) => o.login === 'quantri.gialai')
  const ctx = systemCtx(province.node, 'test')
  await transact(ctx, (tx) => revokeRole(tx, ctx, { officerId: found!.id, role: 'agency-admin', agencyCode: found!.agencyCode }))
  assert.equal((await admin.open(`${province.url}/desk/calendar`)).status, 403)
  country.moveClock(60)
})

test('an officer idles out after fifteen minutes', async () => {
  const browser = new TestBrowser()
  await logInOfficer(province, browser, 'lanhdao.pleiku')
  country.moveClock(14 * 60)
  assert.equal(await whoIs(province, browser.cookie('mc_session_h21')), 'officer')
  country.moveClock(15 * 60 + 1)
  assert.equal(await whoIs(province, browser.cookie('mc_session_h21')), 'anonymous')
})

test('an officer\'s look at personal data is recorded for good and shown to the person', async () => {
  const [person, clerk] = [new TestBrowser(), new TestBrowser()]
  await logIn(country, person, { at: province.url })
  const account = (await findAccountByIdNumber(province.node.db, known.idNumber))!
  await logInOfficer(province, clerk, 'lanhdao.dienhong')
  await clerk.open(`${province.url}/desk/person/${account.id}`)
  const entries = await listAccess(province.node.db, { accountId: account.id, subject: account.subject })
  assert.equal(entries.length, 1)
  await person.open(`${province.url}/tai-khoan`)
  assert.ok(person.page.html.includes(entries[0]!.agencyCode), 'the agency is named')
  await assert.rejects(async () => province.node.db`DELETE FROM identity.access_log`, { code: '42501' })
  await assert.rejects(async () => province.node.db`UPDATE identity.access_log SET purpose = 'none'`, { code: '42501' })
})

test('neither password nor generator secret can be read from the database', async () => {
  const rows = await province.database.owner<{ line: string }[]>`SELECT o::text AS line FROM identity.officer o`
  for (const { line } of rows) for (const o of demoOfficers) assert.ok(!line.includes(o.password) && !line.includes(o.totpSecret))
})

test('log-out ends the session on the server', async () => {
  const browser = new TestBrowser()
  await logInOfficer(province, browser, 'chuyenmon.dienhong')
  const token = browser.cookie('mc_session_h21')
  await browser.open(`${province.url}/dang-xuat`)
  const csrf = /name="_csrf" value="([^"]+)"/.exec(browser.page.html)![1]!
  assert.equal((await browser.post(`${province.url}/desk/logout`, { _csrf: csrf })).url, `${province.url}/desk/login`)
  assert.equal(await whoIs(province, token), 'anonymous')
})
})
