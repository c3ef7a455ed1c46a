import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { systemCtx, transact } from '../../../platform/ctx.ts'
import { insertAccount } from '../citizens/account.store.ts'
import { TestBrowser } from '../testing/browser.ts'
import { smallCountry, type RunningNode, type SmallCountry } from '../testing/small-country.tsx'
import { codeFor, known, logIn } from '../testing/stories.ts'
import { linkExternal } from './external-identifier.store.ts'
import { isWayOpen, openWays } from './log-in-ways.ts'

// Hooks of a file without a suite would run for every file of the process.
suite('ways to log in', () => {
let country!: SmallCountry
let national!: RunningNode
const stops: (() => unknown)[] = []
const lastEvening = new Date('2026-07-19T23:57:00+07:00')
before(async () => {
  country = await smallCountry({ after: (stop) => void stops.push(stop) }, { demo: false, startAt: lastEvening })
  ;({ national } = country)
  await transact(systemCtx(national.node, 'test'), async (tx) => {
    const account = (await insertAccount(tx, 'VN', { ...known, assurance: 2 }, national.node.now()))!
    await linkExternal(tx, { scheme: 'social-insurance', value: known.socialInsurance, accountId: account.id, now: national.node.now() })
  })
})
after(async () => {
  for (const stop of stops.reverse()) await stop()
})

const links = (html: string): string[] => [...html.slice(html.indexOf('<main')).matchAll(/<a[^>]* href="(\/dang-(?:nhap|ky)[^"?]*)\?tiep=/g)].map((m) => m[1]!)

test('which ways are open is a matter of the day, for persons and organisations apart', async () => {
  const { db } = national.node
  const on = (day: string): Date => new Date(`${day}T12:00:00+07:00`)
  assert.deepEqual(await openWays(db, 'person', on('2026-07-19')), ['phone', 'identity-provider', 'social-insurance', 'token', 'sim', 'passkey'])
  assert.deepEqual(await openWays(db, 'person', on('2026-07-20')), ['identity-provider', 'passkey'])
  assert.deepEqual(await openWays(db, 'organisation', on('2026-07-19')), ['identity-provider', 'token', 'sim'])
  assert.deepEqual(await openWays(db, 'organisation', on('2025-06-30')), ['token', 'sim'])
  assert.deepEqual(await openWays(db, 'person', on('2019-12-08')), [])
  assert.equal(await isWayOpen(db, 'phone', 'person', new Date('2026-07-19T23:59:59+07:00')), true)
  assert.equal(await isWayOpen(db, 'phone', 'person', new Date('2026-07-20T00:00:00+07:00')), false, 'the day begins in Vietnam, not at Greenwich')
})

test('until the last minute before the rule the telephone is a way, and the others stand below it as links', async () => {
  const browser = new TestBrowser()
  await browser.open(`${national.url}/dang-nhap?tiep=/tai-khoan?a=1`)
  assert.match(browser.page.html, /name="idNumber"/)
  assert.deepEqual(links(browser.page.html), ['/dang-nhap/dinh-danh-dien-tu', '/dang-nhap/so-bao-hiem', '/dang-nhap/chung-thu-so', '/dang-nhap/sim-ky-so', '/dang-nhap/khoa-truy-cap', '/dang-ky'])
  assert.match(browser.page.html, /so-bao-hiem\?tiep=%2Ftai-khoan%3Fa%3D1"/, 'every link takes along where to return to')
  await browser.open(`${national.url}/dang-ky`)
  assert.deepEqual(links(browser.page.html), ['/dang-nhap/dinh-danh-dien-tu', '/dang-ky/so-bao-hiem', '/dang-nhap/chung-thu-so', '/dang-nhap/sim-ky-so', '/dang-nhap'])
  await logIn(country, browser)
  assert.match(browser.page.html, new RegExp(known.fullName))
})

test('at midnight the rule changes: pages, forms that were open, and codes that were sent', async () => {
  const [waiting, typing, insured] = [new TestBrowser(), new TestBrowser(), new TestBrowser()]
  await waiting.open(`${national.url}/dang-nhap?tiep=/tai-khoan`)
  await waiting.submit({ idNumber: known.idNumber }, '/dang-nhap')
  const code = await codeFor(country, known.phone)
  await typing.open(`${national.url}/dang-nhap`)
  await insured.open(`${national.url}/dang-nhap/so-bao-hiem`)
  assert.equal(insured.page.status, 200)
  country.moveClock(Math.ceil((new Date('2026-07-20T00:00:01+07:00').getTime() - national.node.now().getTime()) / 1000))

  await typing.submit({ idNumber: known.idNumber }, '/dang-nhap')
  assert.equal(typing.page.status, 403)
  assert.match(typing.page.html, /Cách đăng nhập này đang đóng[\s\S]*QĐ 29\/2026\/QĐ-TTg[\s\S]*href="\/dang-nhap\/dinh-danh-dien-tu\?tiep=/)
  await insured.submit({ socialInsurance: known.socialInsurance }, '/dang-nhap/so-bao-hiem')
  assert.equal(insured.page.status, 403)
  await waiting.submit({ code }, '/dang-nhap/ma-xac-nhan')
  assert.equal(waiting.page.status, 403, 'a code of yesterday opens nothing today')
  assert.equal(waiting.cookie('mc_session_vn'), undefined)
})

test('where electronic identity alone is open the pages say so with the rule, one button, and the passkey of an account', async () => {
  const browser = new TestBrowser()
  for (const [path, expected] of [['/dang-nhap', ['/dang-nhap/dinh-danh-dien-tu', '/dang-nhap/khoa-truy-cap']], ['/dang-ky', ['/dang-nhap/dinh-danh-dien-tu', '/dang-nhap']]] as const) {
    await browser.open(`${national.url}${path}?lang=vi`)
    assert.equal(browser.page.status, 200)
    assert.match(browser.page.html, /chỉ đăng ký, đăng nhập bằng tài khoản định danh điện tử/)
    assert.match(browser.page.html, /QĐ 29\/2026\/QĐ-TTg/)
    assert.doesNotMatch(browser.page.html, /name="idNumber"/)
    assert.deepEqual(links(browser.page.html), expected)
  }
  for (const path of ['/dang-nhap/so-bao-hiem', '/dang-ky/so-bao-hiem']) assert.equal((await browser.open(`${national.url}${path}`)).status, 403, path)
})

test('forms of a closed way are refused whatever is posted', async () => {
  const browser = new TestBrowser()
  await browser.open(`${national.url}/dang-nhap`)
  const csrf = await browser.open(`${national.url}/desk/login`).then((p) => /name="_csrf" value="([^"]+)"/.exec(p.html)![1]!)
  for (const path of ['/dang-nhap', '/dang-ky', '/dang-nhap/so-bao-hiem', '/dang-ky/so-bao-hiem']) assert.equal((await browser.post(`${national.url}${path}`, { _csrf: csrf })).status, 403, path)
  const [{ n }] = await national.database.owner<[{ n: number }]>`SELECT count(*)::int AS n FROM identity.challenge WHERE created_at > '2026-07-20T00:00:00+07:00'`
  assert.equal(n, 0)
})
})
