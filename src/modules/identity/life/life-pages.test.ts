import assert from 'node:assert/strict'
import { after, before, beforeEach, suite, test } from 'node:test'
import { crc32 } from 'node:zlib'
import { runDue } from '../../../platform/jobs.ts'
import { findAccountByIdNumber } from '../citizens/account.store.ts'
import { TestBrowser } from '../testing/browser.ts'
import { smallCountry, type RunningNode, type SmallCountry } from '../testing/small-country.tsx'
import { acceptTermsIfAsked, alsoKnown, codeFor, known, logIn, logInOfficer, thirdKnown } from '../testing/stories.ts'
import { zip } from './own-data/zip.ts'

// Hooks of a file without a suite would run for every file of the process.
suite('pages of the life of an account', () => {
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

const work = async (): Promise<void> => {
  while (await runDue(national.node) > 0);
}
const path = (browser: TestBrowser): string => new URL(browser.page.url).pathname + new URL(browser.page.url).search

test('somebody who cannot log in reports it, is shown every mistake with what was typed, and follows it by number', async () => {
  const browser = new TestBrowser()
  await browser.open(`${national.url}/bao-loi-tai-khoan`)
  await browser.submit({ kind: 'log-in', words: 'ngắn', contact: '0912' }, '/bao-loi-tai-khoan')
  assert.equal(browser.page.status, 400)
  assert.match(browser.page.html, /ngắn<\/textarea>/)
  await browser.submit({ kind: 'log-in', words: 'Không nhận được mã xác nhận', contact: '0912345679', idNumber: '' }, '/bao-loi-tai-khoan')
  const reference = new URL(browser.page.url).searchParams.get('ma')!
  assert.match(reference, /^TK-\d{6}-[A-Z2-9]{8}$/)
  assert.match((await country.lastSms('0912345679')) ?? '', new RegExp(reference))
  const admin = new TestBrowser()
  await logInOfficer(national, admin, 'quantri.quocgia')
  await admin.open(`${national.url}/admin/account-problems`)
  const href = /href="(\/admin\/account-problems\/[0-9a-f-]{36})"/.exec(admin.page.html)![1]!
  await admin.open(`${national.url}${href}`)
  assert.match(admin.page.html, /Không nhận được mã xác nhận/)
  await admin.submit({}, `${href}/take`)
  await admin.submit({ parties: '' }, `${href}/inform`)
  assert.equal(admin.page.status, 400)
  await admin.submit({ parties: 'Nhà mạng' }, `${href}/inform`)
  await admin.submit({ outcome: 'corrected', answer: 'Đã mở lại đầu số gửi tin.' }, `${href}/close`)
  assert.match(admin.page.html, /Đã kết thúc và gửi kết quả/)
  await browser.open(`${national.url}/bao-loi-tai-khoan/theo-doi?ma=${reference.toLowerCase()}`)
  assert.match(browser.page.html, /Đã có kết quả/)
  assert.ok(!browser.page.html.includes('đầu số gửi tin'), 'the words are for the owner, not for whoever has the number')
  await browser.open(`${national.url}${href}`)
  assert.match(browser.page.url, /desk\/login/)
})

test('new terms stand before everything of one’s own, nothing is ticked, and the way goes on where it led', async () => {
  const browser = new TestBrowser()
  await logIn(country, browser, { person: thirdKnown })
  await national.node.db`UPDATE identity.account SET terms_version = 1 WHERE id_number = ${thirdKnown.idNumber}`
  await browser.open(`${national.url}/tai-khoan/dong-y?rut=service-surveys`)
  assert.match(path(browser), /^\/tai-khoan\/dieu-khoan\?tiep=/)
  assert.match(browser.page.html, /Khác gì so với phiên bản 1/)
  await browser.submit({ accept: 'yes' }, '/tai-khoan/dieu-khoan')
  assert.equal(path(browser), '/tai-khoan/dong-y?rut=service-surveys')
})

test('whoever goes on to another node is asked before that node hears of the log-in, and arrives there', async () => {
  const browser = new TestBrowser()
  await logIn(country, browser, { person: thirdKnown })
  await national.node.db`UPDATE identity.account SET terms_version = 1 WHERE id_number = ${thirdKnown.idNumber}`
  await browser.open(`${country.province.url}/dang-nhap?tiep=/tai-khoan`)
  assert.match(browser.page.url, new RegExp(`^${national.url}/tai-khoan/dieu-khoan`))
  await browser.submit({ accept: 'yes' }, '/tai-khoan/dieu-khoan')
  assert.equal(browser.page.url, `${country.province.url}/tai-khoan`)
  assert.equal((await country.province.node.db`SELECT 1 FROM identity.session`).length, 1)
})

test('terms are accepted by a tick of one’s own', async () => {
  const browser = new TestBrowser()
  const fresh = thirdKnown
  await national.database.owner`DELETE FROM identity.terms_acceptance WHERE account_id = (SELECT id FROM identity.account WHERE id_number = ${fresh.idNumber})`
  await national.node.db`UPDATE identity.account SET terms_version = NULL WHERE id_number = ${fresh.idNumber}`
  await browser.open(`${national.url}/dang-nhap?tiep=/tai-khoan/du-lieu`)
  await browser.submit({ idNumber: fresh.idNumber }, '/dang-nhap')
  await browser.submit({ code: await codeFor(country, fresh.phone) }, '/dang-nhap/ma-xac-nhan')
  assert.equal(path(browser), '/tai-khoan/dieu-khoan?tiep=%2Ftai-khoan%2Fdu-lieu')
  assert.ok(!/ checked/.test(browser.page.html), 'no default tick')
  await browser.submit({}, '/tai-khoan/dieu-khoan')
  assert.equal(browser.page.status, 400)
  await browser.submit({ accept: 'yes', hash: 'of another text' }, '/tai-khoan/dieu-khoan')
  assert.equal(browser.page.status, 400)
  await browser.submit({ accept: 'yes' }, '/tai-khoan/dieu-khoan')
  assert.equal(path(browser), '/tai-khoan/du-lieu')
  await acceptTermsIfAsked(browser)
})

test('an account locked for idleness opens at the log-in, with a page that says so', async () => {
  const browser = new TestBrowser()
  await national.node.db`UPDATE identity.account SET state = 'locked', lock_reason = 'idle' WHERE id_number = ${alsoKnown.idNumber}`
  await browser.open(`${national.url}/dang-nhap?tiep=/tai-khoan/du-lieu`)
  await browser.submit({ idNumber: alsoKnown.idNumber }, '/dang-nhap')
  await browser.submit({ code: await codeFor(country, alsoKnown.phone) }, '/dang-nhap/ma-xac-nhan')
  assert.match(path(browser), /^\/tai-khoan\/da-mo-khoa/)
  assert.match(browser.page.html, /đã được mở khóa/)
  await browser.submit({}, '/tai-khoan/da-mo-khoa')
  assert.equal(path(browser), '/tai-khoan/du-lieu')
})

test('consents, copy, code and requests: the pages of the account work from one log-in', async () => {
  const browser = new TestBrowser()
  await logIn(country, browser)
  for (const link of ['/tai-khoan/ma-ca-nhan', '/tai-khoan/dong-y', '/tai-khoan/du-lieu', '/tai-khoan/yeu-cau', '/tai-khoan/ai-da-xem', '/bao-loi-tai-khoan', '/tai-khoan/xoa-tai-khoan']) assert.ok(browser.page.html.includes(`href="${link}"`), link)
  await browser.open(`${national.url}/tai-khoan/dong-y`)
  await browser.submit({ purpose: 'share-between-agencies', act: 'give' }, '/tai-khoan/dong-y')
  assert.match(browser.page.html, /Đã ghi nhận đồng ý/)
  await browser.open(`${national.url}/tai-khoan/dong-y?rut=share-between-agencies`)
  await browser.submit({}, '/tai-khoan/dong-y')
  assert.match(browser.page.html, /có hiệu lực ngay/)
  await browser.open(`${national.url}/tai-khoan`)
  assert.match(browser.page.html, /DL-\d{6}-[A-Z2-9]{8} đang được xử lý/, 'the running request is told on the home of the account')
  await browser.open(`${national.url}/tai-khoan/ma-ca-nhan`)
  await browser.submit({}, '/tai-khoan/ma-ca-nhan')
  assert.match(browser.page.html, /src="data:image\/png;base64,[\s\S]+[A-Z2-9]{5}-[A-Z2-9]{5}</)
  await browser.open(`${national.url}/tai-khoan/xoa-tai-khoan`)
  await browser.submit({}, '/tai-khoan/xoa-tai-khoan')
  assert.equal(browser.page.status, 400)
  await browser.submit({ sure: 'yes' }, '/tai-khoan/xoa-tai-khoan')
  const cancel = /action="(\/tai-khoan\/yeu-cau\/[0-9a-f-]{36}\/rut)"/.exec(browser.page.html)![1]!
  await browser.submit({}, cancel)
  assert.match(browser.page.html, /Đã rút lại yêu cầu/)
})

test('a copy of one’s own data is made by a job, can be fetched by its owner only, and is gone after a day', async () => {
  const [browser, other] = [new TestBrowser(), new TestBrowser()]
  await logIn(country, browser)
  await logIn(country, other, { person: alsoKnown })
  await browser.open(`${national.url}/tai-khoan/du-lieu`)
  await browser.submit({}, '/tai-khoan/du-lieu')
  assert.match(browser.page.html, /Đang thu thập: 0\//)
  const address = browser.page.url
  await work()
  await browser.open(address)
  assert.match(browser.page.html, /Bản sao đã sẵn sàng/)
  const cookie = [...browser.cookies].map(([name, c]) => `${name}=${c.value}`).join('; ')
  const bytes = Buffer.from(await (await fetch(`${address}/tep`, { headers: { cookie } })).arrayBuffer())
  const files = unzip(bytes)
  assert.deepEqual([...files.keys()], ['du-lieu-ca-nhan.json', 'du-lieu-ca-nhan.html'])
  const data = (JSON.parse(files.get('du-lieu-ca-nhan.json')!) as { data: Record<string, { idNumber?: string }[]> }).data
  assert.equal(data['identity.account']![0]!.idNumber, known.idNumber)
  assert.ok(files.get('du-lieu-ca-nhan.html')!.includes(known.fullName))
  const [kept] = await national.database.owner<{ archive: string }[]>`SELECT archive FROM identity.data_export`
  assert.ok(!Buffer.from(kept!.archive, 'base64url').includes(known.idNumber), 'kept encrypted')
  await other.open(`${address}/tep`)
  assert.notEqual(other.page.status, 200)
  await browser.open(`${national.url}/tai-khoan/du-lieu/in`)
  assert.match(browser.page.html, new RegExp(known.idNumber))
  country.moveClock(24 * 3600 + 5)
  await work()
  const [gone] = await national.database.owner<{ state: string; archive: null }[]>`SELECT state, archive FROM identity.data_export`
  assert.deepEqual({ ...gone }, { state: 'expired', archive: null })
})

test('an objection to a look leads to a problem report that names it', async () => {
  const account = (await findAccountByIdNumber(national.node.db, known.idNumber))!
  await national.node.db`INSERT INTO identity.access_log (at, reader, agency_code, subject, object, purpose, request_id, node_code) VALUES (${national.node.now()}, 'officer:x', 'H21.101', ${account.id}, 'd', 'identity.account-problems', 'r', 'H21')`
  const browser = new TestBrowser()
  await logIn(country, browser, { returnTo: '/tai-khoan/ai-da-xem' })
  await browser.open(new URL(/href="(\/bao-loi-tai-khoan\?muc=\d+)"/.exec(browser.page.html)![1]!, national.url).href)
  await browser.submit({ kind: 'access-objection', words: 'Tôi không có hồ sơ nào ở đó' }, '/bao-loi-tai-khoan')
  const [made] = await national.node.db<{ accessId: number; accountId: string }[]>`SELECT access_id AS "accessId", account_id AS "accountId" FROM identity.account_problem WHERE kind = 'access-objection'`
  assert.ok(made!.accessId > 0)
  assert.equal(made!.accountId, account.id)
})
})

/** Names and contents of an archive, read by its directory as other programs do. */
function unzip(bytes: Buffer): Map<string, string> {
  const end = bytes.lastIndexOf(Buffer.from('504b0506', 'hex'))
  const files = new Map<string, string>()
  for (let at = bytes.readUInt32LE(end + 16), n = bytes.readUInt16LE(end + 10); n > 0; n--) {
    const [size, nameLength, place] = [bytes.readUInt32LE(at + 24), bytes.readUInt16LE(at + 28), bytes.readUInt32LE(at + 42)]
    const name = bytes.subarray(at + 46, at + 46 + nameLength).toString()
    const start = place + 30 + bytes.readUInt16LE(place + 26) + bytes.readUInt16LE(place + 28)
    const content = bytes.subarray(start, start + size)
    assert.equal(crc32(content), bytes.readUInt32LE(at + 16), name)
    files.set(name, content.toString())
    at += 46 + nameLength
  }
  return files
}

test('an archive holds its files under their names', () => {
  const files = unzip(zip([{ name: 'tên có dấu.txt', bytes: Buffer.from('một') }, { name: 'b', bytes: Buffer.alloc(0) }], new Date('2026-11-27T02:00:00Z')))
  assert.deepEqual([...files], [['tên có dấu.txt', 'một'], ['b', '']])
})
