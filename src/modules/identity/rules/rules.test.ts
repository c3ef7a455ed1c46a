import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { civilDate } from '../../../platform/i18n.ts'
import { demoAuthority, pem } from '../../../stand-ins/demo-certificates.ts'
import { accessRule, forgetAccessRules } from '../access/access-rule.ts'
import { listAuthorities } from '../certificates/trusted-authority.store.ts'
import { TestBrowser } from '../testing/browser.ts'
import { smallCountry, type RunningNode, type SmallCountry } from '../testing/small-country.tsx'
import { logInOfficer } from '../testing/stories.ts'

suite('rules of the node that two administrators change', () => {
let country!: SmallCountry
let province!: RunningNode
let one!: TestBrowser
let two!: TestBrowser
const stops: (() => unknown)[] = []
before(async () => {
  country = await smallCountry({ after: (stop) => void stops.push(stop) })
  ;({ province } = country)
  ;[one, two] = [await admin('quantri.gialai'), await admin('quantri2.gialai')]
})
after(async () => {
  for (const stop of stops.reverse()) await stop()
})

async function admin(login: string): Promise<TestBrowser> {
  const browser = new TestBrowser()
  await logInOfficer(province, browser, login)
  return browser
}
const at = (path: string): string => `${province.url}${path}`
const inDays = (days: number): Date => new Date(province.node.now().getTime() + days * 86_400_000)
const boxes = (days: number): Record<string, string> => {
  const [year, month, day] = civilDate(inDays(days)).split('-').map(Number)
  return { 'from-year': String(year), 'from-month': String(month), 'from-day': String(day) }
}
const rules = '/admin/access-rules'
const authorities = '/admin/trusted-authorities'
const decideOn = (html: string, list: string): string => new RegExp(`action="(${list}/[0-9a-f-]{36}/decide)"`).exec(html)![1]!
const limits = { idleMinutes: '10', longestHours: '8', parallelSessions: '2', failures: '5', blockMinutes: '15', passwordLength: '12', unusedDays: '30', unusedNoticeDays: '5', reviewMonths: '6', requestDays: '7', proofMinutes: '30' }
const signed = { basis: 'QĐ 12/2026', confirmed: 'yes' }
const idleOn = async (days: number): Promise<number> => {
  forgetAccessRules()
  return (await accessRule(province.node.db, 'officer', inDays(days))).idleMinutes
}

test('new limits hold from the day that was decided, once another administrator has approved', async () => {
  await one.open(at(`${rules}/new?audience=officer`))
  assert.match(one.page.html, /value="15"/, 'begins with what holds now')
  await one.submit({ ...limits, reviewMonths: '5', idleMinutes: '0', ...boxes(0) }, `${rules}/new`)
  assert.equal(one.page.status, 400)
  for (const said of ['Nhập số từ 1 đến 60', '1, 2, 3, 4, 6 hoặc 12', 'phải sau hôm nay', 'Nhập căn cứ', 'Đánh dấu']) assert.ok(one.page.html.includes(said), said)
  await one.submit({ ...limits, ...boxes(2), ...signed }, `${rules}/new`)
  assert.equal(one.page.url, at(`${rules}?done=proposed`))
  const decide = decideOn(one.page.html, rules)
  assert.equal(await idleOn(3), 15)
  assert.equal((await one.submit({ decision: 'approved' }, decide)).status, 403, 'nobody approves his own')
  await two.open(at(rules))
  await two.submit({ decision: 'approved' }, decide)
  assert.equal(two.page.status, 200)
  assert.deepEqual([await idleOn(1), await idleOn(2), await idleOn(300)], [15, 10, 10])
  assert.match(two.page.html, /QĐ 12\/2026/)
})

test('a rule whose day has come, or before which another stands, is not approved any more', async () => {
  for (const days of [2, 1]) {
    await two.open(at(`${rules}/new?audience=officer`))
    await two.submit({ ...limits, ...boxes(days), ...signed }, `${rules}/new`)
    const decide = decideOn(two.page.html, rules)
    await one.open(at(rules))
    assert.equal((await one.submit({ decision: 'approved' }, decide)).status, 409)
    await one.open(at(rules))
    await one.submit({ decision: 'refused' }, decide)
  }
  assert.doesNotMatch(one.page.html, /\/decide"/)
})

test('an administrator cannot be bound to certificates before two have one', async () => {
  await province.database.owner`UPDATE identity.officer_certificate SET unbound_at = bound_at`
  await one.open(at(`${rules}/new?audience=administrator`))
  await one.submit({ ...limits, needsCertificate: 'yes', ...boxes(2), ...signed }, `${rules}/new`)
  assert.match(one.page.html, /không còn ai quản trị được/)
})

test('an authority is trusted from the day on, with a list that can be fetched; the trust ends on a day', async () => {
  const { certificate } = demoAuthority('public')
  await province.database.owner`DELETE FROM identity.trusted_authority WHERE 'person' = ANY (purposes)`
  const propose = async (bytes: Buffer, revocationUrl: string) => {
    const { html } = await one.open(at(`${authorities}/new`))
    const body = new FormData()
    body.set('_csrf', /name="_csrf" value="([^"]+)"/.exec(html)![1]!)
    for (const [name, value] of Object.entries({ name: 'CA thử nghiệm', purposes: 'person', revocationUrl, policies: '', ...boxes(1), ...signed })) body.set(name, value)
    body.set('certificate', new Blob([new Uint8Array(bytes)]), 'ca.cer')
    return one.postBody(at(`${authorities}/new`), body)
  }
  const list = `${province.node.config.standIns.authorityUrl}/crl/public.crl`
  assert.match((await propose(Buffer.from('x'), list)).html, /Chọn tệp chứng thư đọc được/)
  assert.match((await propose(certificate, list.replace('public', 'duty'))).html, /Không tải được danh sách thu hồi/)
  await propose(Buffer.from(pem(certificate)), list)
  assert.equal(one.page.url, at(`${authorities}?done=proposed`), one.page.html)
  await two.open(at(authorities))
  assert.match(two.page.html, /([0-9A-F]{2}:){31}[0-9A-F]{2}/, 'its fingerprint is there to compare')
  await two.submit({ decision: 'approved' }, decideOn(two.page.html, authorities))
  const added = (await listAuthorities(province.node.db)).find((a) => a.name === 'CA thử nghiệm')!
  assert.deepEqual([added.validFrom, added.validTo, added.purposes], [civilDate(inDays(1)), null, ['person']])

  await two.open(at(`${authorities}/${added.id}/close`))
  await two.submit({ ...boxes(5), ...signed }, `${authorities}/${added.id}/close`)
  await one.open(at(authorities))
  await one.submit({ decision: 'approved' }, decideOn(one.page.html, authorities))
  assert.equal((await listAuthorities(province.node.db)).find((a) => a.id === added.id)!.validTo, civilDate(inDays(5)))
})
})
