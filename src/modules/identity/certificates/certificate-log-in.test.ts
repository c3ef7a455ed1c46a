import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from 'node:tls'
import { after, before, beforeEach, suite, test } from 'node:test'
import { systemCtx, transact } from '../../../platform/ctx.ts'
import { demoPin, officerCertificate, orderCertificate, organisationCertificate, pem, personCertificate, softwareKeyPolicy, type DemoCertificate } from '../../../stand-ins/demo-certificates.ts'
import { demoCitizens, demoOfficers, findCitizen, findOfficer } from '../../../stand-ins/demo-people.ts'
import { SoftwareToken } from '../../../stand-ins/software-token.ts'
import { authenticate } from '../access/authenticate.ts'
import { findAccountByIdNumber } from '../citizens/account.store.ts'
import { listOfficers } from '../officers/officer.store.ts'
import { TestBrowser } from '../testing/browser.ts'
import { handshake, openWaysTo, upload } from '../testing/certificates.ts'
import { smallCountry, type RunningNode, type SmallCountry } from '../testing/small-country.tsx'
import { acceptTermsIfAsked, alsoKnown, codeFor, known, logIn, proveAt, thirdKnown } from '../testing/stories.ts'
import { bindCertificate } from './bind-certificate.ts'
import { readCertificate } from './certificate-fields.ts'
import { listOfficerCertificates } from './officer-certificate.store.ts'
import { unbindCertificate } from './unbind-certificate.ts'
import { forgetLogInWays } from '../ways/log-in-ways.ts'

// Hooks of a file without a suite would run for every file of the process.
suite('certificate-log-in', () => {
let country!: SmallCountry
let national!: RunningNode
const folder = mkdtempSync(join(tmpdir(), 'motcua-sign-'))
const stops: (() => unknown)[] = [() => rmSync(folder, { recursive: true })]
before(async () => {
  country = await smallCountry({ after: (stop) => void stops.push(stop) })
  ;({ national } = country)
  await openWaysTo(national.node.db, 'token', 'sim')
})
after(async () => {
  for (const stop of stops.reverse()) await stop()
})
beforeEach(() => country.forgetFailures())

const write = (name: string, content: string | Buffer): string => (writeFileSync(join(folder, name), content), join(folder, name))
const openssl = (...args: string[]): void => void execFileSync('openssl', args, { stdio: 'pipe' })
const session = async (at: RunningNode, browser: TestBrowser) => authenticate(at.node, { cookies: {}, authorization: `Bearer ${browser.cookie(`mc_session_${at.node.config.code.toLowerCase()}`)}` })
const tls = (at: RunningNode): string => at.node.config.certificateListener!.baseUrl

/** Begins by the file road and returns what is to be signed. */
async function takeChallenge(browser: TestBrowser, at = national, path = '/dang-nhap/chung-thu-so', returnTo = '/tai-khoan'): Promise<Buffer> {
  await browser.open(`${at.url}${path}?tiep=${encodeURIComponent(returnTo)}`)
  await browser.submit({ road: 'file' }, path)
  const here = browser.page
  const challenge = Buffer.from((await browser.open(`${at.url}${path}/${path.startsWith('/desk') ? 'challenge' : 'thu-thach'}`)).html)
  browser.page = here
  return challenge
}

/** A CMS signature as openssl makes it. */
function signCms(challenge: Buffer, { certificate, key }: DemoCertificate, signedBy = key): Buffer {
  const [text, own, secret] = [write('thu-thach.txt', challenge), write('own.pem', pem(certificate)), write('own.key', signedBy.privateKey.export({ type: 'pkcs8', format: 'pem' }))]
  openssl('cms', '-sign', '-binary', '-in', text, '-signer', own, '-inkey', secret, '-outform', 'DER', '-out', join(folder, 'out.p7s'))
  return readFileSync(join(folder, 'out.p7s'))
}

/** Begins by the TLS road: the address of the listener to which the browser is sent. */
async function beginTls(browser: TestBrowser, at = national, path = '/dang-nhap/chung-thu-so', returnTo = '/tai-khoan'): Promise<string> {
  await browser.open(`${at.url}${path}?tiep=${encodeURIComponent(returnTo)}`)
  const csrf = /name="_csrf" value="([^"]+)"/.exec(browser.page.html)![1]!
  const cookie = [...browser.cookies].map(([name, c]) => `${name}=${c.value}`).join('; ')
  const answer = await fetch(at.url + path, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ _csrf: csrf, road: 'tls', tiep: returnTo }), headers: { cookie } })
  for (const line of answer.headers.getSetCookie()) browser.cookies.set(line.split('=')[0]!, { value: line.split(/[=;]/)[1]!, path: '/' })
  const location = answer.headers.get('location')!
  assert.ok(location.startsWith(`${tls(at)}/?l=`), location)
  return location
}

test('a file signed by openssl logs in at the highest strength, and leads to the page asked for', async () => {
  const browser = new TestBrowser()
  const challenge = await takeChallenge(browser, national, '/dang-nhap/chung-thu-so', '/tai-khoan?luu=xong')
  assert.match(challenge.toString(), /I log in to National Public Service Portal/)
  await upload(browser, { signature: signCms(challenge, personCertificate(known)) })
  assert.equal(browser.page.url, `${national.url}/tai-khoan?luu=xong`)
  const actor = await session(national, browser)
  assert.ok(actor.kind === 'person' && actor.assurance === 3)
  assert.deepEqual(actor.methods, ['sc', 'pin'])
  assert.equal(browser.cookie('mc_step_vn'), undefined)
})

test('a bare signature with the certificate beside it counts too, from openssl and from a token', async () => {
  const [one, two] = [new TestBrowser(), new TestBrowser()]
  const own = personCertificate(known)
  const text = write('bare.txt', await takeChallenge(one))
  openssl('dgst', '-sha256', '-sign', write('bare.key', own.key.privateKey.export({ type: 'pkcs8', format: 'pem' })), '-out', join(folder, 'bare.sig'), text)
  await upload(one, { signature: readFileSync(join(folder, 'bare.sig')), certificate: Buffer.from(pem(own.certificate)) })
  assert.equal((await session(national, one)).kind, 'person')
  const signed = new SoftwareToken(own, demoPin).sign(demoPin, await takeChallenge(two))
  assert.ok(signed.kind === 'signed')
  await upload(two, { signature: Buffer.from(signed.signature.toString('base64')), certificate: own.certificate })
  assert.equal((await session(national, two)).kind, 'person')
})

test('a key in a file proves less than one on a token', async () => {
  const browser = new TestBrowser()
  await upload(browser, { signature: signCms(await takeChallenge(browser), orderCertificate({ holder: `CCCD:${known.idNumber}`, name: known.fullName, authority: 'public', policies: [softwareKeyPolicy] })) })
  const actor = await session(national, browser)
  assert.ok(actor.kind === 'person' && actor.assurance === 2)
  assert.deepEqual(actor.methods, ['swk', 'pin'])
})

test('a signature over other bytes, by another key, or with a byte changed is wrong; the right one still counts after it', async () => {
  const browser = new TestBrowser()
  const own = personCertificate(known)
  const challenge = await takeChallenge(browser)
  const good = signCms(challenge, own)
  const changed = Buffer.from(good)
  changed[changed.length - 5]! ^= 1
  const stranger = new SoftwareToken(personCertificate(alsoKnown), demoPin).sign(demoPin, challenge)
  assert.ok(stranger.kind === 'signed')
  const other = Buffer.from(challenge)
  other[40]! ^= 1
  const attempts: Record<string, Buffer>[] = [{ signature: changed }, { signature: signCms(other, own) }, { signature: stranger.signature, certificate: own.certificate }, { signature: Buffer.from('nothing') }]
  for (const files of attempts) {
    await upload(browser, files)
    assert.equal(browser.page.status, 400)
    assert.match(browser.page.html, /Chữ ký không đúng/)
  }
  await upload(browser, { signature: good })
  assert.equal((await session(national, browser)).kind, 'person')
})

test('after five wrong signatures the challenge is over', async () => {
  const browser = new TestBrowser()
  const good = signCms(await takeChallenge(browser), personCertificate(known))
  for (let i = 0; i < 5; i++) await upload(browser, { signature: Buffer.from(`wrong ${i}`) })
  await upload(browser, { signature: good })
  assert.equal((await session(national, browser)).kind, 'anonymous')
})

test('a challenge is answered once, within five minutes, and by the browser that asked', async () => {
  const [first, thief, late] = [new TestBrowser(), new TestBrowser(), new TestBrowser()]
  const own = personCertificate(known)
  const signature = signCms(await takeChallenge(first), own)
  await takeChallenge(thief)
  await upload(thief, { signature })
  assert.match(thief.page.html, /Chữ ký không đúng/, 'signed for another browser')
  const twin = (): TestBrowser => Object.assign(new TestBrowser(), { page: first.page, cookies: new Map(first.cookies) })
  const [two, later] = [[twin(), twin()], twin()]
  await Promise.all(two.map((browser) => upload(browser, { signature })))
  const sessions = await Promise.all(two.map(async (browser) => (await session(national, browser)).kind))
  assert.deepEqual(sessions.sort(), ['anonymous', 'person'], 'sent twice at once: one log-in')
  await upload(later, { signature })
  assert.equal((await session(national, later)).kind, 'anonymous')
  const tooLate = signCms(await takeChallenge(late), own)
  country.moveClock(301)
  await upload(late, { signature: tooLate })
  assert.match(late.page.html, /quá thời hạn/)
})

test('certificates that are revoked, expired, foreign, for another use, or of an organisation get a page that says so', async () => {
  const past = { from: new Date('2025-01-01T00:00:00Z'), to: new Date('2025-02-01T00:00:00Z') }
  const order = { holder: `CCCD:${known.idNumber}`, name: known.fullName, authority: 'public' as const }
  const revoked = orderCertificate({ ...order, device: 'lost' })
  await fetch(`${national.node.config.standIns.authorityUrl}/thu-hoi`, { method: 'POST', body: JSON.stringify({ authority: 'public', serial: readCertificate(revoked.certificate).serial }), headers: { authorization: `Bearer ${national.node.config.standIns.key}` } })
  country.moveClock(400)
  for (const [certificate, words] of [[revoked, /đã bị thu hồi/], [orderCertificate({ ...order, ...past }), /đã hết hạn/], [orderCertificate({ ...order, authority: 'foreign' }), /được cấp phép/], [orderCertificate({ ...order, uses: ['1.3.6.1.5.5.7.3.8'] }), /không được cấp để/], [organisationCertificate(), /của tổ chức/]] as const) {
    const browser = new TestBrowser()
    await upload(browser, { signature: signCms(await takeChallenge(browser), certificate) })
    assert.match(browser.page.html, words)
    assert.equal((await session(national, browser)).kind, 'anonymous')
  }
})

test('the legal representative who is logged in presents the organisation’s certificate and may act for it; nobody else may', async () => {
  const present = async (person: typeof known): Promise<TestBrowser> => {
    const browser = new TestBrowser()
    await proveAt(country, browser, 2, person)
    await browser.open(`${national.url}/tai-khoan/to-chuc`)
    await acceptTermsIfAsked(browser)
    await browser.open(`${national.url}/tai-khoan/to-chuc`)
    assert.match(browser.page.html, /href="\/dang-nhap\/chung-thu-so\?tiep=/)
    await upload(browser, { signature: signCms(await takeChallenge(browser, national, '/dang-nhap/chung-thu-so', '/tai-khoan/to-chuc'), organisationCertificate()) })
    return browser
  }
  const representations = async (): Promise<number> => (await national.node.db`SELECT 1 FROM identity.mandate WHERE kind = 'representative' AND state = 'accepted'`).length
  const stranger = await present(known)
  assert.match(stranger.page.html, /không phải người đại diện/)
  assert.equal(await representations(), 0)
  const own = await present(thirdKnown)
  assert.match(own.page.url, /\/tai-khoan\/to-chuc\/[0-9a-f-]{36}\?xong=1$/)
  assert.match(own.page.html, /Công ty TNHH Thử Nghiệm Gia Lai/)
  assert.equal(await representations(), 1)
  const actor = await session(national, own)
  assert.ok(actor.kind === 'person' && actor.assurance === 2, 'an organisation’s token says nothing more about the person')
})

test('a handshake with the token logs in, through a ticket that counts once and leaves no trace in the address', async () => {
  const browser = new TestBrowser()
  const back = await handshake(await beginTls(browser), personCertificate(known))
  assert.match(back!, /\/ket-qua\?ve=[\w-]{43}$/)
  const copy = Object.assign(new TestBrowser(), { cookies: new Map(browser.cookies) })
  const both = await Promise.all([browser.open(back!), copy.open(back!)])
  assert.deepEqual(both.map((p) => new URL(p.url).pathname).sort(), ['/dang-nhap/chung-thu-so/ket-qua', '/tai-khoan'])
  const actor = await session(national, both[0].url.endsWith('/tai-khoan') ? browser : copy)
  assert.ok(actor.kind === 'person' && actor.assurance === 3)
})

test('a ticket is worth nothing in another browser, after a minute, or without the key', async () => {
  const [owner, thief, late] = [new TestBrowser(), new TestBrowser(), new TestBrowser()]
  const ticket = await handshake(await beginTls(owner), personCertificate(known))
  await beginTls(thief)
  assert.match((await thief.open(ticket!)).html, /quá thời hạn/)
  await owner.open(ticket!)
  assert.equal((await session(national, owner)).kind, 'person', 'the other browser did not use it up')
  const old = await handshake(await beginTls(late), personCertificate(known))
  country.moveClock(61)
  assert.match((await late.open(old!)).html, /quá thời hạn/)
  await assert.rejects(async () => handshake(await beginTls(new TestBrowser()), personCertificate(known), personCertificate(alsoKnown).key))
  const none = new TestBrowser()
  assert.match((await none.open((await handshake(await beginTls(none), undefined))!)).html, /không gửi chứng thư số/)
  assert.match((await none.open((await handshake(`${tls(national)}/?l=01900000-0000-7000-8000-000000000000`, personCertificate(known)))!)).html, /quá thời hạn/)
})

test('every log-in is a whole handshake: a session that is taken up again shows no certificate', async () => {
  const { hostname, port } = new URL(tls(national))
  const { certificate, key } = personCertificate(known)
  const options = { host: hostname, port: Number(port), cert: pem(certificate), key: key.privateKey.export({ type: 'pkcs8', format: 'pem' }), rejectUnauthorized: false }
  const visit = (session: Buffer | undefined, path: string) => new Promise<{ session: Buffer | undefined; reused: boolean; text: string }>((resolve, reject) => {
    let kept: Buffer | undefined
    let text = ''
    let reused = false
    const socket = connect({ ...options, ...(session ? { session } : {}) }, () => { reused = socket.isSessionReused(); socket.write(`GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`) })
    socket.on('session', (s) => { kept = s }).on('data', (chunk) => { text += String(chunk) }).once('close', () => resolve({ session: kept, reused, text })).once('error', reject)
  })
  const first = await visit(undefined, new URL(await beginTls(new TestBrowser())).pathname)
  const second = await visit(first.session, `/${new URL(await beginTls(new TestBrowser())).search}`)
  assert.equal(second.reused, false)
  assert.match(second.text, /\?ve=/)
})

test('who was lured into another one’s log-in does not open it', async () => {
  const [attacker, victim] = [new TestBrowser(), new TestBrowser()]
  const ticket = await handshake(await beginTls(attacker), personCertificate(known))
  await victim.open(ticket!)
  await attacker.open(`${national.url}/dang-nhap/chung-thu-so/ket-qua`)
  for (const browser of [attacker, victim]) assert.equal((await session(national, browser)).kind, 'anonymous')
})

test('a person without an account gets one when the population register agrees and the telephone answers', async () => {
  const browser = new TestBrowser()
  const person = findCitizen('052095000015')!
  await browser.open((await handshake(await beginTls(browser), personCertificate(person)))!)
  assert.equal(new URL(browser.page.url).pathname, '/dang-nhap/chung-thu-so/tai-khoan-moi')
  assert.match(browser.page.html, /Hoàng Văn Giả Định/)
  const [year, month, day] = person.birthDate.split('-') as [string, string, string]
  await browser.submit({ 'birthDate-day': '1', 'birthDate-month': month, 'birthDate-year': year, phone: person.phone }, '/dang-nhap/chung-thu-so/tai-khoan-moi')
  assert.equal(browser.page.status, 400)
  assert.match(browser.page.html, /không khớp/)
  assert.match(browser.page.html, new RegExp(person.phone), 'what was typed is still there')
  assert.equal(await findAccountByIdNumber(national.node.db, person.idNumber), undefined)
  await browser.submit({ 'birthDate-day': day, 'birthDate-month': month, 'birthDate-year': year, phone: person.phone }, '/dang-nhap/chung-thu-so/tai-khoan-moi')
  await browser.submit({ code: '000 000' }, '/dang-nhap/chung-thu-so/ma-xac-nhan')
  assert.equal(browser.page.status, 400)
  await browser.submit({ code: await codeFor(country, person.phone) }, '/dang-nhap/chung-thu-so/ma-xac-nhan')
  await acceptTermsIfAsked(browser)
  assert.equal(new URL(browser.page.url).pathname, '/tai-khoan')
  const account = await findAccountByIdNumber(national.node.db, person.idNumber)
  assert.deepEqual([account?.assurance, account?.phone, account?.birthDate], [3, person.phone, person.birthDate])
})

test('who is logged in proves himself more strongly and stays where he was; another person’s certificate is refused', async () => {
  const browser = new TestBrowser()
  await logIn(country, browser, { person: alsoKnown })
  const before = await session(national, browser)
  assert.ok(before.kind === 'person' && before.assurance === 2)
  await upload(browser, { signature: signCms(await takeChallenge(browser, national, '/dang-nhap/chung-thu-so', '/tai-khoan?luu=xong'), personCertificate(known)) })
  assert.equal(browser.page.status, 403)
  assert.deepEqual(await session(national, browser), before, 'the session stays as it was')
  const old = browser.cookie('mc_session_vn')
  await upload(browser, { signature: signCms(await takeChallenge(browser, national, '/dang-nhap/chung-thu-so', '/tai-khoan?luu=xong'), personCertificate(alsoKnown)) })
  assert.equal(browser.page.url, `${national.url}/tai-khoan?luu=xong`)
  const afterwards = await session(national, browser)
  assert.ok(afterwards.kind === 'person' && afterwards.assurance === 3 && afterwards.id === before.id)
  assert.equal((await authenticate(national.node, { cookies: {}, authorization: `Bearer ${old}` })).kind, 'anonymous', 'the weaker session ended')
})

test('the way is closed when the list of ways says so', async () => {
  const browser = new TestBrowser()
  await national.node.db`UPDATE identity.log_in_way SET valid_to = '2026-09-01' WHERE way = 'token' AND valid_to IS NULL`
  forgetLogInWays()
  assert.equal((await browser.open(`${national.url}/dang-nhap/chung-thu-so`)).status, 404)
  await national.node.db`UPDATE identity.log_in_way SET valid_to = NULL WHERE way = 'token' AND valid_to = '2026-09-01'`
  forgetLogInWays()
})

/** Asks for a signature on a telephone; the waiting page is open afterwards. */
async function askSim(browser: TestBrowser, phone: string, returnTo = '/tai-khoan'): Promise<void> {
  await browser.open(`${national.url}/dang-nhap/sim-ky-so?tiep=${returnTo}`)
  await browser.submit({ phone }, '/dang-nhap/sim-ky-so')
}
const waitingFor = async (phone: string): Promise<{ id: string; code: string }[]> => (await fetch(`${country.standInsUrl}/sim/waiting?to=${phone}`)).json() as never
/** The person at the telephone: the newest request there, answered with a PIN, or refused without. */
async function atTelephone(phone: string, pin?: string): Promise<string> {
  const [request] = await waitingFor(phone)
  assert.ok(request, 'a request is on the telephone')
  await fetch(`${country.standInsUrl}/sim`, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ id: request.id, act: pin === undefined ? 'refuse' : 'confirm', pin: pin ?? '' }) })
  return request.code
}
const pressed = '/dang-nhap/sim-ky-so/cho-xac-nhan'

test('a SIM certificate logs in once the PIN was entered at the telephone, where the same code is shown', async () => {
  const browser = new TestBrowser()
  await askSim(browser, known.phone)
  assert.equal(new URL(browser.page.url).pathname, pressed)
  await browser.submit({}, pressed)
  assert.match(browser.page.html, /Chưa nhận được xác nhận/)
  const code = await atTelephone(known.phone, demoPin)
  assert.match(browser.page.html, new RegExp(`>${code}<`))
  const twin = Object.assign(new TestBrowser(), { page: browser.page, cookies: new Map(browser.cookies) })
  await Promise.all([browser.submit({}, pressed), twin.open(national.url + pressed)])
  assert.ok(browser.page.status !== 503 && twin.page.status !== 503, 'the operator is asked for one signature')
  const actors = await Promise.all([session(national, browser), session(national, twin)])
  assert.deepEqual(actors.map((a) => a.kind).sort(), ['anonymous', 'person'], 'asked twice at once: one log-in')
  const actor = actors.find((a) => a.kind === 'person')!
  assert.ok(actor.kind === 'person' && actor.assurance === 3)
  assert.deepEqual(actor.methods, ['sc', 'pin', 'mca'])
})

test('the waiting page loads again by itself and finishes without a press', async () => {
  const browser = new TestBrowser()
  await askSim(browser, known.phone)
  const reply = await fetch(national.url + pressed, { headers: { cookie: [...browser.cookies].map(([n, c]) => `${n}=${c.value}`).join('; ') } })
  assert.equal(reply.headers.get('refresh'), `5; url=${pressed}`)
  await atTelephone(known.phone, demoPin)
  assert.equal(new URL((await browser.open(national.url + pressed)).url).pathname, '/tai-khoan')
})

test('refusal, three wrong PINs, an unknown number and an operator that is down have their pages', async () => {
  const [refusing, guessing, unknown, down] = [new TestBrowser(), new TestBrowser(), new TestBrowser(), new TestBrowser()]
  await askSim(refusing, alsoKnown.phone)
  await atTelephone(alsoKnown.phone)
  await refusing.submit({}, pressed)
  assert.match(refusing.page.html, /bị từ chối trên điện thoại/)
  const third = findCitizen('064085000013')!
  await askSim(guessing, third.phone)
  for (const _ of [1, 2]) await atTelephone(third.phone, '999999')
  await guessing.submit({}, pressed)
  assert.match(guessing.page.html, /Chưa nhận được xác nhận/, 'a wrong PIN can be corrected')
  await atTelephone(third.phone, '999999')
  await guessing.submit({}, pressed)
  assert.match(guessing.page.html, /nhập sai mã PIN nhiều lần/)
  await askSim(unknown, '0912345678')
  assert.equal(unknown.page.status, 400)
  assert.match(unknown.page.html, /chưa đăng ký SIM ký số/)
  const faults = (body: object) => fetch(`${national.node.config.standIns.simUrl}/admin/faults`, { method: 'POST', body: JSON.stringify(body) })
  await askSim(down, known.phone)
  await faults({ down: true })
  await down.submit({}, pressed)
  assert.equal(down.page.status, 503)
  await askSim(down, known.phone)
  assert.equal(down.page.status, 503)
  assert.match(down.page.html, new RegExp(known.phone), 'what was typed is still there')
  await faults({})
  for (const browser of [refusing, guessing, unknown, down]) assert.equal((await session(national, browser)).kind, 'anonymous')
})

test('a request to a telephone is good for five minutes and for the browser that asked', async () => {
  const [owner, thief] = [new TestBrowser(), new TestBrowser()]
  await askSim(owner, known.phone)
  await atTelephone(known.phone, demoPin)
  assert.match((await thief.open(national.url + pressed)).html, /quá thời hạn/)
  country.moveClock(301)
  assert.match((await owner.open(national.url + pressed)).html, /quá thời hạn/)
})

test('an officer logs in with the certificate that is bound to his account, by both roads, until it is unbound', async () => {
  const { province } = country
  const [byTls, byFile, other] = [new TestBrowser(), new TestBrowser(), new TestBrowser()]
  const own = officerCertificate(findOfficer('quantri.gialai')!)
  await byTls.open((await handshake(await beginTls(byTls, province, '/desk/login/certificate', ''), own))!)
  assert.equal(new URL(byTls.page.url).pathname, '/admin')
  await upload(byFile, { signature: signCms(await takeChallenge(byFile, province, '/desk/login/certificate', '/'), own) })
  const actor = await session(province, byFile)
  assert.ok(actor.kind === 'officer')
  assert.deepEqual(actor.methods, ['sc', 'pin'])
  await upload(other, { signature: signCms(await takeChallenge(other, province, '/desk/login/certificate', '/'), officerCertificate(findOfficer('motcua.pleiku')!)) })
  assert.match(other.page.html, /chưa được gắn/)
  const ctx = systemCtx(province.node, 'test')
  const [binding] = await listOfficerCertificates(province.node.db, actor.id)
  await transact(ctx, (tx) => unbindCertificate(tx, ctx, { officerId: actor.id, bindingId: binding!.id }))
  assert.equal((await session(province, byFile)).kind, 'anonymous', 'sessions by the certificate end with it')
  await upload(byFile, { signature: signCms(await takeChallenge(byFile, province, '/desk/login/certificate', '/'), own) })
  assert.match(byFile.page.html, /chưa được gắn/)
})

test('only a good certificate for official duty of the officer’s own agency is bound, and to one officer', async () => {
  const { node } = country.province
  const ctx = systemCtx(node, 'test')
  const [clerk, other] = ['motcua.pleiku', 'motcua.dienhong'].map((login) => demoOfficers.find((o) => o.login === login)!)
  const officers = await listOfficers(node.db)
  const idOf = (login: string): string => officers.find((o) => o.login === login)!.id
  const bind = (login: string, certificate: DemoCertificate) => transact(ctx, (tx) => bindCertificate(tx, ctx, { officerId: idOf(login), pem: pem(certificate.certificate) }))
  await bind(clerk!.login, officerCertificate(clerk!))
  await assert.rejects(bind(other!.login, officerCertificate(clerk!)), { code: 'CERTIFICATE_TAKEN' })
  await assert.rejects(bind(other!.login, orderCertificate({ holder: 'MCQ:G01', name: 'x', authority: 'duty' })), { code: 'CERTIFICATE_UNFIT' })
  await assert.rejects(bind(other!.login, personCertificate(demoCitizens[0]!)), { code: 'CERTIFICATE_UNFIT' })
  await assert.rejects(bind(other!.login, orderCertificate({ holder: 'MCQ:H21', name: 'x', authority: 'foreign' })), { code: 'CERTIFICATE_UNFIT' })
})
})
