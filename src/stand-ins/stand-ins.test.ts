import assert from 'node:assert/strict'
import { after, before, suite, test } from 'node:test'
import { createTransport } from 'nodemailer'
import * as oidc from 'openid-client'
import { demoOrganisation } from './demo-organisations.ts'
import { demoCitizens, demoLicences } from './demo-people.ts'
import { deadNumber } from './gateway.ts'
import { identityClientId } from './identity.tsx'
import { startStandIns } from './main.ts'

// Hooks of a file without a suite would run for every file of the process.
suite('stand-ins', () => {
const firstPort = 26_000 + (process.pid % 600) * 10
const key = 'key-of-the-test-stand-ins'
const [person] = demoCitizens
let standIns: { stop(): Promise<void> }
before(async () => { standIns = await startStandIns({ host: '127.0.0.1', firstPort, key }) })
after(() => standIns.stop())

const at = (offset: number, path: string): string => `http://127.0.0.1:${firstPort + offset}${path}`
const post = (offset: number, path: string, body: unknown, bearer = key): Promise<Response> => fetch(at(offset, path), { method: 'POST', body: JSON.stringify(body), headers: { authorization: `Bearer ${bearer}` } })
const messagesTo = async (to: string): Promise<{ text: string; subject?: string }[]> => (await fetch(at(0, `/messages?to=${encodeURIComponent(to)}`))).json() as never

test('an SMS sent twice with one key arrives once and is reported as delivered', async () => {
  const sms = { to: '0900000011', text: 'Mã của bạn: 123456', key: 'once' }
  const first = await (await post(0, '/sms', sms)).json() as { id: string }
  const second = await (await post(0, '/sms', sms)).json() as { id: string }
  assert.equal(second.id, first.id)
  assert.deepEqual((await messagesTo(sms.to)).map((m) => m.text), [sms.text])
  const state = await (await fetch(at(0, `/sms/${first.id}`), { headers: { authorization: `Bearer ${key}` } })).json() as { state: string }
  assert.equal(state.state, 'delivered')
})

test('an SMS without the key, to a wrong number or to a dead number is told apart', async () => {
  const sms = { to: deadNumber, text: 'x', key: 'dead' }
  assert.equal((await post(0, '/sms', sms, 'wrong')).status, 401)
  assert.equal((await post(0, '/sms', { ...sms, to: '12' })).status, 422)
  assert.equal((await post(0, '/sms', { to: sms.to })).status, 400)
  const { id } = await (await post(0, '/sms', sms)).json() as { id: string }
  const { state } = await (await fetch(at(0, `/sms/${id}`), { headers: { authorization: `Bearer ${key}` } })).json() as { state: string }
  assert.equal(state, 'undeliverable')
})

test('a mail sent over SMTP is readable with its Vietnamese subject and text', async () => {
  const transport = createTransport({ host: '127.0.0.1', port: firstPort + 4, ignoreTLS: true })
  const text = 'Hồ sơ của ông bà đã được tiếp nhận.\n.\nHẹn trả: thứ Hai — tại bộ phận một cửa, Ủy ban nhân dân phường Pleiku, tỉnh Gia Lai.'
  const subject = 'Tiếp nhận hồ sơ đăng ký khai sinh cho cháu Nguyễn Thử Bình An tại phường Pleiku'
  await transport.sendMail({ from: 'mot-cua@example.com', to: 'thunghiem11@example.com', subject, text })
  const [mail] = await messagesTo('thunghiem11@')
  assert.equal(mail?.subject, subject)
  assert.equal(mail?.text.replaceAll('\r\n', '\n'), text)
})

test('the population register gives a record only when number, name and birth date belong together', async () => {
  const ask = async (query: object): Promise<{ ketQua: string; congDan?: { HoVaTen: string } }> => (await post(2, '/tra-cuu', query)).json() as never
  const right = { soDinhDanh: person!.idNumber, hoTen: person!.fullName.toUpperCase().normalize('NFD'), ngaySinh: person!.birthDate.replaceAll('-', '') }
  assert.equal((await ask(right)).congDan?.HoVaTen, person!.fullName)
  assert.deepEqual([(await ask({ ...right, hoTen: 'Ai Khác' })).congDan, (await ask({ ...right, ngaySinh: '19900313' })).ketQua], [undefined, 'KHONG_KHOP'])
  assert.equal((await ask({ ...right, soDinhDanh: '001090999999' })).ketQua, 'KHONG_TIM_THAY')
  assert.equal((await post(2, '/tra-cuu', right, 'wrong')).status, 401)
  assert.equal((await post(2, '/tra-cuu', { ...right, soDinhDanh: '12' })).status, 400)
})

test('a register fails as often as it is told to', async () => {
  const query = { soDinhDanh: demoLicences[0]!.idNumber }
  await post(3, '/admin/faults', { failNext: 1 })
  assert.deepEqual([(await post(3, '/tra-cuu', query)).status, (await post(3, '/tra-cuu', query)).status], [503, 200])
})

test('a licence is found by its holder and number, never by somebody else’s', async () => {
  const [licence, other] = demoLicences
  const ask = async (soDinhDanh: string): Promise<{ ketQua: string; giayPhep: { Hang: string }[] }> => (await post(3, '/tra-cuu', { soDinhDanh, soGiayPhep: licence!.number })).json() as never
  assert.equal((await ask(licence!.idNumber)).giayPhep[0]?.Hang, licence!.class)
  assert.equal((await ask(other!.idNumber)).ketQua, 'KHONG_CO')
})

test('the social-insurance register says whose number it is only when name and birth date belong to it', async () => {
  const ask = async (query: object): Promise<{ ketQua: string; nguoiThamGia?: { SoDinhDanh: string } }> => (await post(2, '/bao-hiem-xa-hoi/tra-cuu', query)).json() as never
  const right = { maSoBHXH: person!.socialInsurance, hoTen: person!.fullName.toUpperCase().normalize('NFD'), ngaySinh: person!.birthDate.replaceAll('-', '') }
  assert.equal((await ask(right)).nguoiThamGia?.SoDinhDanh, person!.idNumber)
  assert.deepEqual(await ask({ ...right, hoTen: 'Ai Khác' }).then(({ ketQua, nguoiThamGia }) => [ketQua, nguoiThamGia]), ['KHONG_KHOP', undefined])
  assert.equal((await ask({ ...right, maSoBHXH: '9900000099' })).ketQua, 'KHONG_TIM_THAY')
  assert.equal((await post(2, '/bao-hiem-xa-hoi/tra-cuu', right, 'wrong')).status, 401)
  assert.equal((await post(2, '/bao-hiem-xa-hoi/tra-cuu', { ...right, maSoBHXH: '12' })).status, 400)
  await post(2, '/bao-hiem-xa-hoi/admin/faults', { failNext: 1 })
  assert.deepEqual([(await post(2, '/bao-hiem-xa-hoi/tra-cuu', right)).status, (await post(2, '/bao-hiem-xa-hoi/tra-cuu', right)).status], [503, 200])
})

test('the social-insurance register tells for whom of a list an employer paid in a month', async () => {
  const ask = async (thang: string, list: readonly [string, string][]): Promise<string[]> => ((await (await post(2, '/bao-hiem-xa-hoi/doi-chieu-dong', { maSoThue: demoOrganisation.taxCode, thang, danhSach: list.map(([maSoBHXH, hoTen]) => ({ maSoBHXH, hoTen })) })).json()) as { ketQua: { trangThai: string }[] }).ketQua.map((one) => one.trangThai)
  const { socialInsurance, fullName } = person!
  assert.deepEqual(await ask('202610', [[socialInsurance, fullName.toUpperCase()], [socialInsurance, 'Ai Khác'], ['9900000099', fullName]]), ['DA_DONG', 'KHONG_KHOP', 'KHONG_TIM_THAY'])
  assert.deepEqual(await ask('201412', [[socialInsurance, fullName]]), ['CHUA_DONG'])
  assert.equal((await post(2, '/bao-hiem-xa-hoi/doi-chieu-dong', { maSoThue: '59', thang: '202610', danhSach: [] })).status, 400)
  assert.equal((await post(2, '/bao-hiem-xa-hoi/doi-chieu-dong', {}, 'wrong')).status, 401)
})

/** Goes to the identity provider, chooses, and comes back: the page of choices, the levels of the token and the claims, or the provider's refusal. */
async function choose(value: string, asked: Record<string, string> = {}): Promise<{ page: string; error?: string; acr?: unknown; claims?: oidc.UserInfoResponse }> {
  const config = await oidc.discovery(new URL(at(1, '')), identityClientId, key, undefined, { execute: [oidc.allowInsecureRequests] })
  const verifier = oidc.randomPKCECodeVerifier()
  const state = oidc.randomState()
  const redirect = 'http://127.0.0.1:39999/dang-nhap'
  const start = oidc.buildAuthorizationUrl(config, { redirect_uri: redirect, scope: 'openid profile', state, ...asked, code_challenge: await oidc.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256' })
  const jar = new Map<string, string>()
  const browse = async (url: string, init: RequestInit = {}): Promise<Response> => {
    const reply = await fetch(url, { ...init, redirect: 'manual', headers: { cookie: [...jar].map(([n, v]) => `${n}=${v}`).join('; ') } })
    for (const cookie of reply.headers.getSetCookie()) jar.set(cookie.slice(0, cookie.indexOf('=')), cookie.slice(cookie.indexOf('=') + 1).split(';')[0]!)
    return reply
  }
  const choice = new URL((await browse(start.href)).headers.get('location')!, at(1, '')).href
  const page = await (await browse(choice)).text()
  const chosen = await browse(choice, { method: 'POST', body: new URLSearchParams({ person: value }) })
  const back = (await browse(new URL(chosen.headers.get('location')!, at(1, '')).href)).headers.get('location')!
  assert.ok(back.startsWith(redirect), back)
  const error = new URL(back).searchParams.get('error')
  if (error) return { page, error }
  const tokens = await oidc.authorizationCodeGrant(config, new URL(back), { pkceCodeVerifier: verifier, expectedState: state })
  return { page, acr: tokens.claims()!.acr, claims: await oidc.fetchUserInfo(config, tokens.access_token, tokens.claims()!.sub) }
}

const both = { acr_values: 'LoA2 LoA3' }

test('choosing a person at the identity provider logs in as that person, as strongly as was chosen', async () => {
  const { page, acr, claims } = await choose(`${person!.idNumber} LoA2`, both)
  assert.match(page, /Nguyễn Văn Thử Nghiệm/)
  assert.deepEqual([claims!.SoDinhDanh, claims!.HoVaTen, claims!.LoaiTaiKhoan, claims!.loAs, claims!.IAL, acr], [person!.idNumber, person!.fullName, 1, 'LoA2', 2, 'LoA2'])
  const face = await choose(`${person!.idNumber} LoA3`, both)
  assert.deepEqual([face.claims!.loAs, face.acr, face.claims!.TechID], ['LoA3', 'LoA3', claims!.TechID])
})

test('a level that was not asked for is neither offered nor given, and nobody or the dead log in', async () => {
  const asked = await choose(`${person!.idNumber} LoA2`, { acr_values: 'LoA3' })
  assert.doesNotMatch(asked.page, / LoA2/)
  assert.equal(asked.error, 'access_denied')
  assert.equal((await choose(`${person!.idNumber} LoA3`, { acr_values: 'LoA3' })).acr, 'LoA3')
  for (const nobody of ['', '052055000024 LoA2', '064315000023 LoA2', `${person!.idNumber} LoA9`]) assert.equal((await choose(nobody)).error, 'access_denied', nobody)
})

test('an organisation comes with its tax code and the person who represents it; another person is none', async () => {
  const { claims } = await choose(`${demoOrganisation.representativeIdNumber} LoA2 organisation`)
  assert.deepEqual([claims!.LoaiTaiKhoan, claims!.MaSoThue, claims!.TenDoanhNghiep, claims!.SoDinhDanh], [2, demoOrganisation.taxCode, demoOrganisation.name, demoOrganisation.representativeIdNumber])
  assert.equal((await choose(`${person!.idNumber} LoA2 organisation`)).claims!.LoaiTaiKhoan, 1)
})

test('the pages show messages, officers with their codes and citizens, in both languages', async () => {
  const read = async (path: string): Promise<string> => (await fetch(at(0, path))).text()
  assert.match(await read('/?to=0900000011'), /Mã của bạn: 123456/)
  assert.match(await read('/can-bo?lang=en'), /motcua\.pleiku<\/code>.*\d{6}<\/code>.*One-stop desk/s)
  assert.match(await read('/nguoi-dan'), /052090000011/)
})
})
