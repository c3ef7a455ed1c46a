import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { demoOfficers } from '../../../stand-ins/demo-people.ts'
import { officerCertificate, orderCertificate, pem, type DemoCertificate } from '../../../stand-ins/demo-certificates.ts'
import { findOfficerByLogin } from '../officers/officer.store.ts'
import { TestBrowser, type Page } from '../testing/browser.ts'
import { smallCountry, type RunningNode, type SmallCountry } from '../testing/small-country.tsx'
import { logInOfficer } from '../testing/stories.ts'
import { listOfficerCertificates } from './officer-certificate.store.ts'

suite('certificates in the administration of officers', () => {
let country!: SmallCountry
let province!: RunningNode
const stops: (() => unknown)[] = []
before(async () => {
  country = await smallCountry({ after: (stop) => void stops.push(stop) })
  ;({ province } = country)
})
after(async () => {
  for (const stop of stops.reverse()) await stop()
})

const at = (path: string): string => `${province.url}${path}`
async function admin(login: string): Promise<TestBrowser> {
  country.moveClock(60)
  const browser = new TestBrowser()
  await logInOfficer(province, browser, login)
  return browser
}

async function offer(browser: TestBrowser, officerId: string, bytes: Buffer, reason = 'Theo giấy cấp chứng thư'): Promise<Page> {
  const { html } = await browser.open(at(`/admin/officers/${officerId}/certificates`))
  const body = new FormData()
  body.set('_csrf', /name="_csrf" value="([^"]+)"/.exec(html)![1]!)
  body.set('reason', reason)
  body.set('certificate', new Blob([new Uint8Array(bytes)]), 'can-bo.cer')
  return browser.postBody(at(`/admin/officers/${officerId}/certificates`), body)
}
const bytesOf = (certificate: DemoCertificate): Buffer => Buffer.from(pem(certificate.certificate))

test('one administrator asks, the other reads what the certificate says and binds it; one alone unbinds it', async () => {
  const login = 'chuyenmon.pleiku'
  const own = officerCertificate(demoOfficers.find((o) => o.login === login)!)
  const { id } = (await findOfficerByLogin(province.node.db, login))!
  const one = await admin('quantri.gialai')

  for (const [bytes, said] of [[Buffer.from('không phải'), 'không đọc được'], [bytesOf(orderCertificate({ holder: 'MCQ:H21', name: 'Giả', authority: 'foreign' })), 'không do tổ chức'], [bytesOf(orderCertificate({ holder: 'MCQ:G01', name: 'Nơi khác', authority: 'duty' })), 'không thuộc cơ quan']] as const) {
    const refused = await offer(one, id, bytes)
    assert.equal(refused.status, 400)
    assert.match(refused.html, new RegExp(said))
    assert.match(refused.html, /Theo giấy cấp chứng thư/, 'what was typed is still there')
  }
  const asked = await offer(one, id, own.certificate)
  const requestPath = new URL(asked.url).pathname
  assert.match(requestPath, /^\/admin\/requests\//)
  assert.equal((await listOfficerCertificates(province.node.db, id)).length, 0, 'one person alone binds nothing')

  const two = await admin('quantri2.gialai')
  await two.open(at(requestPath))
  for (const said of ['Trịnh Chuyên Môn Mẫu', 'MCQ:H21', 'SHA-256']) assert.ok(two.page.html.includes(said), said)
  await two.submit({ reason: 'Đã đối chiếu' }, `${requestPath}/approve`)
  const [binding] = await listOfficerCertificates(province.node.db, id)
  assert.ok(binding && two.page.html.includes('Đã'), two.page.html)

  await two.open(at(`/admin/officers/${id}`))
  assert.match(two.page.html, new RegExp(binding.serial))
  const unbind = `/admin/officers/${id}/certificates/${binding.id}/unbind`
  await two.open(at(unbind))
  assert.equal((await two.submit({ reason: '' }, unbind)).status, 400)
  await two.submit({ reason: 'Mất thiết bị' }, unbind)
  assert.ok((await listOfficerCertificates(province.node.db, id))[0]!.unboundAt)
  assert.match(two.page.html, /Đã gỡ chứng thư số/)
  assert.equal((await two.open(at(unbind))).status, 404)
})
})
