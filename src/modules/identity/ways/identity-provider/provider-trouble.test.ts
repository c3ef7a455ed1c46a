import assert from 'node:assert/strict'
import { after, before, beforeEach, suite, test } from 'node:test'
import { findCitizen } from '../../../../stand-ins/demo-people.ts'
import { findAccountByIdNumber } from '../../citizens/account.store.ts'
import { TestBrowser } from '../../testing/browser.ts'
import { startCrookedProvider, type CrookedProvider, type Mischief } from '../../testing/crooked-provider.ts'
import { smallCountry, type RunningNode, type SmallCountry } from '../../testing/small-country.tsx'
import { known } from '../../testing/stories.ts'
import { readClaims } from './provider-claims.ts'

suite('an identity provider that errs or lies', () => {
let country!: SmallCountry
let national!: RunningNode
let provider!: CrookedProvider
const stops: (() => unknown)[] = []
before(async () => {
  const scope = { after: (stop: () => unknown) => void stops.push(stop) }
  provider = await startCrookedProvider(scope)
  country = await smallCountry(scope, { identityUrl: provider.url })
  ;({ national } = country)
})
after(async () => {
  for (const stop of stops.reverse()) await stop()
})
beforeEach(() => country.forgetFailures())

const whole = { TechID: 'tech-1', LoaiTaiKhoan: 1, SoDinhDanh: known.idNumber, HoVaTen: known.fullName, NgayThangNamSinh: known.birthDate.replaceAll('-', ''), SoDienThoai: known.phone, loAs: 'LoA2', IAL: 2 }
const of = (tail: string, more: object = {}): Record<string, unknown> => {
  const p = findCitizen(tail)!
  return { ...whole, TechID: `tech-${tail}`, SoDinhDanh: p.idNumber, HoVaTen: p.fullName, NgayThangNamSinh: p.birthDate.replaceAll('-', ''), SoDienThoai: p.phone, ...more }
}

async function comeBy(mischief: Mischief): Promise<TestBrowser> {
  const browser = new TestBrowser()
  provider.mischief = { claims: whole, ...mischief }
  await browser.open(`${national.url}/dang-nhap/dinh-danh-dien-tu?tiep=/tai-khoan`)
  return browser
}

async function refuses(mischief: Mischief, status: number, sentence: RegExp): Promise<void> {
  const browser = await comeBy(mischief)
  const about = JSON.stringify(mischief)
  assert.equal(browser.page.status, status, about)
  assert.match(browser.page.html, sentence, about)
  assert.match(browser.page.html, /href="\/dang-nhap\/dinh-danh-dien-tu\?tiep=%2Ftai-khoan"/, 'the way to try again, to the same place')
  assert.equal(browser.cookie('mc_session_vn'), undefined, about)
  assert.equal(browser.cookie('mc_identity_vn'), undefined, 'the journey is over')
}

test('a provider that is not there yet is said plainly, and asked again the next time', async () => {
  await refuses({ discovery: 503 }, 503, /VNeID hiện không trả lời/)
  const browser = await comeBy({})
  assert.equal(browser.page.url, `${national.url}/tai-khoan`)
})

test('the request carries a challenge, a state, a nonce and the levels; the code is sent with its verifier, by POST', async () => {
  await comeBy({})
  const asked = provider.lastAuthorization!
  assert.deepEqual(['response_type', 'client_id', 'scope', 'acr_values', 'prompt', 'code_challenge_method'].map((n) => asked.get(n)), ['code', 'mot-cua', 'openid profile', 'LoA2 LoA3', 'login', 'S256'])
  for (const name of ['state', 'nonce', 'code_challenge']) assert.ok(asked.get(name)!.length >= 43, name)
  assert.deepEqual(['grant_type', 'client_id', 'client_secret'].map((n) => provider.lastTokenRequest!.get(n)), ['authorization_code', 'mot-cua', national.node.config.standIns.key])
  assert.ok(provider.lastTokenRequest!.get('code_verifier'))
})

test('an answer that is not proved to be the provider’s own logs nobody in', async () => {
  const lies: Mischief[] = [{ foreignKey: true }, { nonce: 'of another log-in' }, { issuer: 'https://evil.example' }, { audience: 'another-portal' }, { expired: true }, { otherSubject: true }]
  for (const lie of lies) await refuses(lie, 400, /không chứng minh được là của VNeID/)
})

test('a provider that fails, refuses us or is slow on the way back', async () => {
  await refuses({ token: 500 }, 503, /VNeID hiện không trả lời/)
  await refuses({ userinfo: 503 }, 503, /VNeID hiện không trả lời/)
  await refuses({ error: 'temporarily_unavailable' }, 503, /VNeID hiện không trả lời/)
  await refuses({ slow: 'token' }, 503, /VNeID hiện không trả lời/)
  await refuses({ token: 401 }, 400, /không nhận yêu cầu đăng nhập của hệ thống này/)
  await refuses({ error: 'unauthorized_client' }, 400, /không nhận yêu cầu đăng nhập của hệ thống này/)
  await refuses({ error: 'access_denied' }, 400, /không đồng ý đăng nhập/)
})

test('claims that are incomplete or not of their form open nothing', async () => {
  for (const missing of ['TechID', 'SoDinhDanh', 'HoVaTen', 'NgayThangNamSinh', 'LoaiTaiKhoan', 'IAL']) await refuses({ claims: { ...whole, [missing]: undefined } }, 400, /không chia sẻ đủ thông tin/)
  for (const wrong of [{ SoDinhDanh: '12' }, { NgayThangNamSinh: '19901332' }, { LoaiTaiKhoan: 3 }, { LoaiTaiKhoan: 2 }, { HoVaTen: ' ' }]) await refuses({ claims: { ...whole, ...wrong } }, 400, /không chia sẻ đủ thông tin/)
  await refuses({ claims: { ...whole, loAs: undefined }, acr: null }, 400, /không chia sẻ đủ thông tin/)
})

test('levels: unknown ones are refused, low ones are too weak, and of two that differ the weaker counts', async () => {
  await refuses({ claims: { ...whole, loAs: 'LoA7' } }, 400, /mức xác thực mà hệ thống này chưa biết/)
  await refuses({ acr: 'gold' }, 400, /mức xác thực mà hệ thống này chưa biết/)
  await refuses({ claims: { ...whole, loAs: 'LoA1' } }, 403, /chưa đủ mức/)
  await refuses({ claims: { ...whole, IAL: 1 } }, 403, /chưa đủ mức/)
  await comeBy({ claims: { ...whole, loAs: 'LoA3' }, acr: 'LoA2' })
  const account = (await findAccountByIdNumber(national.node.db, known.idNumber))!
  const [session] = await national.database.owner<{ assurance: number }[]>`SELECT assurance FROM identity.session WHERE account_id = ${account.id} ORDER BY created_at DESC LIMIT 1`
  assert.equal(session!.assurance, 2)
})

test('what a level is worth is a matter of the day', async (t) => {
  const { owner } = national.database
  await owner`UPDATE identity.provider_level SET valid_to = '2026-11-01' WHERE level = 'loa2' AND identity_level = 2`
  t.after(() => owner`UPDATE identity.provider_level SET valid_to = NULL WHERE level = 'loa2' AND identity_level = 2`)
  await refuses({}, 403, /chưa đủ mức/)
})

test('a step-up that ends with less than was asked for leaves the browser as it was', async () => {
  const browser = await comeBy({})
  const token = browser.cookie('mc_session_vn')
  await browser.open(`${national.url}/dang-nhap/dinh-danh-dien-tu?tiep=/tai-khoan&muc=3`)
  assert.equal(browser.page.status, 403)
  assert.match(browser.page.html, /xác thực mạnh hơn[\s\S]*dinh-danh-dien-tu\?tiep=%2Ftai-khoan&(?:amp;)?muc=3"/)
  assert.equal(browser.cookie('mc_session_vn'), token)
  assert.equal(provider.lastAuthorization!.get('acr_values'), 'LoA3')
})

test('the dead, children and whom the register does not know get no account', async () => {
  await refuses({ claims: of('052055000024') }, 403, /không mở được tài khoản/)
  await refuses({ claims: of('064315000023') }, 403, /chưa đủ 14 tuổi/)
  await refuses({ claims: of('052095000015', { HoVaTen: 'Hoàng Văn Khác' }) }, 400, /không khớp với cơ sở dữ liệu quốc gia/)
  await refuses({ claims: { ...whole, TechID: 'tech-9', SoDinhDanh: '001095999999' } }, 400, /không khớp với cơ sở dữ liệu quốc gia/)
  assert.equal(await findAccountByIdNumber(national.node.db, '052055000024'), undefined)
})

test('a name that the source writes anew is taken over once the register confirms it', async () => {
  await national.database.owner`UPDATE identity.account SET full_name = 'Tên Cũ' WHERE id_number = ${known.idNumber}`
  await comeBy({})
  assert.equal((await findAccountByIdNumber(national.node.db, known.idNumber))?.fullName, known.fullName)
  await refuses({ claims: { ...whole, HoVaTen: 'Tên Bịa' } }, 400, /không khớp/)
  assert.equal((await findAccountByIdNumber(national.node.db, known.idNumber))?.fullName, known.fullName)
})

test('failures from one address are limited as those of every way', async () => {
  const failing = { claims: { ...whole, IAL: undefined } }
  for (let i = 0; i < 79; i++) await comeBy(failing)
  await comeBy(failing)
  await refuses(failing, 429, /Thử lại sau|thử lại sau/)
})

test('claims are read in the forms in which they are written', () => {
  const read = (more: object, acr?: string) => readClaims({ ...whole, ...more }, acr)
  assert.equal(read({ NgayThangNamSinh: { Nam: '1990', NgayThangNam: '19900312' } })?.birthDate, '1990-03-12')
  assert.equal(read({ NgayThangNamSinh: '1990-03-12' })?.birthDate, '1990-03-12')
  assert.deepEqual(read({ loAs: 2 }, 'LoA3')?.levels, ['loa2', 'loa3'])
  assert.equal(read({ LoaiTaiKhoan: '1', IAL: '2' })?.identityLevel, 2)
  assert.deepEqual(['+84 900 000 011', '0900000011', '', null, 'abc'].map((SoDienThoai) => read({ SoDienThoai })?.phone), ['0900000011', '0900000011', undefined, undefined, undefined])
  assert.deepEqual(read({ LoaiTaiKhoan: 2, MaSoThue: '5900000019', TenDoanhNghiep: 'Công ty TNHH Thử Nghiệm' })?.organisation, { taxCode: '5900000019', name: 'Công ty TNHH Thử Nghiệm' })
})
})
