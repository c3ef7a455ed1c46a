import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose'
import * as client from 'openid-client'
import { systemCtx } from '../../../platform/ctx.ts'
import { TestBrowser } from '../testing/browser.ts'
import { foreignParty } from '../testing/foreign-party.ts'
import { smallCountry } from '../testing/small-country.tsx'
import { alsoKnown, known, logIn, proveAt, whoIs } from '../testing/stories.ts'
import { enableParty, renewPartySecret } from './register-party.ts'

/** Conformance of our provider, by a certified client library that none of us wrote. */
const country = await smallCountry({ after })
const { national } = country
const party = await foreignParty({ after }, country, 'treasury')
const other = await foreignParty({ after }, country, 'health-insurance', { authMethod: 'client_secret_post', scopes: ['person'] })
const ctx = () => systemCtx(national.node, 'test')

const person = async (assurance: 1 | 2 | 3 = 2): Promise<TestBrowser> => {
  const browser = new TestBrowser()
  await proveAt(country, browser, assurance)
  return browser
}

/** The error that the client gets back, or the page of ours that a person sees. */
async function errorOf(browser: TestBrowser, url: string): Promise<string | null> {
  const end = await browser.open(url)
  const { searchParams, hash } = new URL(end.url)
  return end.url.startsWith(national.url) ? searchParams.get('ma') : (searchParams.get('error') ?? new URLSearchParams(hash.slice(1)).get('error'))
}

test('code with PKCE: a person logs in with pages, and the system learns who, how strongly, how and when', async () => {
  const browser = new TestBrowser()
  const errand = await party.begin()
  const asked = await browser.open(errand.url)
  assert.match(asked.url, new RegExp(`^${national.url}/dang-nhap\\?tiep=`))
  await logIn(country, browser, { returnTo: new URL(asked.url).searchParams.get('tiep')! })
  const tokens = await party.finish(browser.page.url, errand)
  const claims = tokens.claims()!
  assert.equal(claims.acr, 'loa2')
  assert.deepEqual(claims.amr, ['otp', 'sms'])
  assert.ok(Math.abs(claims.auth_time! - Date.now() / 1000) < 60)
  assert.equal(tokens.person, undefined, 'only nodes of ours are told at once who it is')
  const about = await client.fetchUserInfo(party.configuration, tokens.access_token, claims.sub)
  assert.equal(about.name, known.fullName)
  assert.equal(about.id_number, known.idNumber)
  const metadata = party.configuration.serverMetadata()
  assert.deepEqual(metadata.code_challenge_methods_supported, ['S256'])
  assert.equal(metadata.authorization_response_iss_parameter_supported, true)
})

test('a character that no text has makes a request invalid, not a fault of ours', async () => {
  assert.equal(await errorOf(new TestBrowser(), `${(await party.begin()).url}&login_hint=a%00b`), 'invalid_request')
})

test('a provincial system that speaks the real portal gets its claims, and asks what a token is worth by a posted form', async () => {
  const tokens = await party.logIn(await person(3), { scope: 'openid portal', acr_values: 'LoA2 LoA3' })
  const claims = tokens.claims()!
  assert.equal(claims.acr, 'LoA3', 'in the words that were asked with')
  const about = await client.fetchUserInfo(party.configuration, tokens.access_token, claims.sub)
  assert.deepEqual({ ...about, SoDienThoai: 0, ThuDienTu: 0 }, { sub: claims.sub, LoaiTaiKhoan: 1, SoDinhDanh: known.idNumber, HoVaTen: known.fullName, NgayThangNamSinh: known.birthDate.replaceAll('-', ''), SoDienThoai: 0, ThuDienTu: 0, TechID: claims.sub, loAs: 'LoA3' })
  const worth = await client.tokenIntrospection(party.configuration, tokens.access_token)
  assert.deepEqual([worth.active, worth.client_id, typeof worth.exp], [true, 'treasury', 'number'])
})

test('two systems know one person by two names', async () => {
  const browser = await person()
  const [one, two] = [await party.logIn(browser), await other.logIn(browser)]
  assert.notEqual(one.claims()!.sub, two.claims()!.sub)
})

test('step-up: who asks for a higher level gets it proved first, by acr_values or as an essential claim', async () => {
  for (const [name, value] of [['acr_values', 'loa3'], ['claims', JSON.stringify({ id_token: { acr: { essential: true, value: 'loa3' } } })]] as const) {
    const browser = await person(2)
    const errand = await party.begin({ [name]: value })
    const asked = await browser.open(errand.url)
    assert.match(asked.url, /\/dang-nhap\/nang-muc\?muc=3/)
    await proveAt(country, browser, 3)
    const { url } = await browser.open(`${national.url}${new URL(asked.url).searchParams.get('tiep')!}`)
    const claims = (await party.finish(url, errand)).claims()!
    assert.deepEqual([claims.acr, claims.amr], ['loa3', ['hwk', 'pin']])
  }
})

test('the lowest level for which a system is registered is asked for at every log-in, and none above the highest', async () => {
  const browser = await person(1)
  assert.match((await browser.open((await party.begin()).url)).url, /\/dang-nhap\/nang-muc\?muc=2/)
  const modest = await foreignParty({ after }, country, 'modest-system', { strengths: ['1', '2'] })
  assert.equal((await modest.logIn(browser)).claims()!.acr, 'loa1')
  assert.equal(await errorOf(browser, (await modest.begin({ acr_values: 'loa3' })).url), 'invalid_request')
  assert.equal(await errorOf(browser, (await party.begin({ claims: JSON.stringify({ id_token: { acr: { essential: true, value: 'urn:moon' } } }) })).url), 'unmet_authentication_requirements')
})

test('who does not prove more is turned back with a reason', async () => {
  const browser = await person(2)
  const asked = await browser.open((await party.begin({ acr_values: 'loa3' })).url)
  assert.equal(await errorOf(browser, `${national.url}${new URL(asked.url).searchParams.get('tiep')!}?thoi=1`), 'unmet_authentication_requirements')
})

test('prompt=none goes through with a session, and else says so without a page', async () => {
  const browser = await person(2)
  assert.equal((await party.logIn(browser, { prompt: 'none' })).claims()!.acr, 'loa2')
  assert.equal(await errorOf(browser, (await party.begin({ prompt: 'none', acr_values: 'loa3' })).url), 'interaction_required')
  assert.equal(await errorOf(new TestBrowser(), (await party.begin({ prompt: 'none' })).url), 'login_required')
})

test('prompt=login and max_age ask for a fresh proof, and nothing older counts', async () => {
  for (const [name, value] of [['prompt', 'login'], ['max_age', '60']] as const) {
    const browser = await person(2)
    country.moveClock(120)
    const errand = await party.begin({ [name]: value })
    const asked = await browser.open(errand.url)
    assert.match(asked.url, /\/dang-nhap\/nang-muc\?muc=2&lai=1/, name)
    const tiep = `${national.url}${new URL(asked.url).searchParams.get('tiep')!}`
    assert.match((await browser.open(tiep)).url, /nang-muc/, 'coming back without a proof leads nowhere')
    await proveAt(country, browser, 2)
    const { url } = await browser.open(tiep)
    // The clock of the country runs ahead of the client's, for which the proof lies in the future.
    const { auth_time: at } = decodeJwt((await party.finish(url, { ...errand, checks: { ...errand.checks, maxAge: 999 } })).id_token!)
    assert.ok(Math.abs(Number(at) - national.node.now().getTime() / 1000) < 30)
  }
})

test('another person who logs in because of prompt=login gets his own account', async () => {
  const browser = await person(2)
  const before = (await party.logIn(browser)).claims()!.sub
  const errand = await party.begin({ prompt: 'login' })
  const asked = await browser.open(errand.url)
  await proveAt(country, browser, 2, alsoKnown)
  const { url } = await browser.open(`${national.url}${new URL(asked.url).searchParams.get('tiep')!}`)
  assert.notEqual((await party.finish(url, errand)).claims()!.sub, before)
})

/** Log-in with the right to go on in the person's absence, agreed to on a page. */
async function offline(browser: TestBrowser): Promise<{ refresh: string; grant: Awaited<ReturnType<typeof party.finish>> }> {
  const errand = await party.begin({ scope: 'openid person offline_access', prompt: 'consent' })
  const asked = await browser.open(errand.url)
  assert.match(asked.html, /Hệ thống thử nghiệm/)
  assert.match(asked.html, /kể cả khi|cả khi bạn không có mặt/)
  const end = await browser.submit({ agree: 'yes' })
  const grant = await party.finish(end.url, errand)
  return { refresh: grant.refresh_token!, grant }
}

test('refresh: each token is good once, and one that comes twice ends the whole grant', async () => {
  const { refresh } = await offline(await person(2))
  const second = await client.refreshTokenGrant(party.configuration, refresh)
  assert.equal(second.claims()!.acr, 'loa2')
  assert.notEqual(second.refresh_token, refresh)
  await assert.rejects(client.refreshTokenGrant(party.configuration, refresh), /invalid_grant|error/)
  await assert.rejects(client.refreshTokenGrant(party.configuration, second.refresh_token!), 'the thief and the owner both lose it')
  assert.equal((await client.tokenIntrospection(party.configuration, second.access_token)).active, false)
})

test('refresh outlives a log-out, but not the account', async () => {
  const browser = await person(2)
  const { refresh } = await offline(browser)
  await browser.open(`${national.url}/dang-xuat`)
  await browser.submit({}, '/dang-xuat')
  const second = await client.refreshTokenGrant(party.configuration, refresh)
  await national.database.owner`UPDATE identity.account SET state = 'locked' WHERE id_number = ${known.idNumber}`
  await assert.rejects(client.refreshTokenGrant(party.configuration, second.refresh_token!))
  await national.database.owner`UPDATE identity.account SET state = 'active' WHERE id_number = ${known.idNumber}`
})

test('who does not agree is turned back, and without the person’s word there is no refresh token', async () => {
  const browser = await person(2)
  await browser.open((await party.begin({ scope: 'openid offline_access', prompt: 'consent' })).url)
  assert.equal(new URL((await browser.submit({ agree: 'no' })).url).searchParams.get('error'), 'access_denied')
  assert.equal((await party.logIn(browser, { scope: 'openid person offline_access' })).refresh_token, undefined)
})

test('log-out begun by a system ends the session here, tells the others, and leads back to that system', async () => {
  const browser = await person(2)
  const tokens = await party.logIn(browser)
  await other.logIn(browser)
  const session = browser.cookie('mc_session_vn')
  other.notices.length = 0
  const bye = party.redirectUri.replace('/callback', '/bye')
  const end = await browser.open(client.buildEndSessionUrl(party.configuration, { id_token_hint: tokens.id_token!, post_logout_redirect_uri: bye, state: 'x1' }).href)
  assert.equal(end.url, `${bye}?state=x1`)
  assert.equal(await whoIs(national, session), 'anonymous')
  assert.equal(other.notices.length, 1)
  const keys = createRemoteJWKSet(new URL(other.configuration.serverMetadata().jwks_uri!))
  const { payload, protectedHeader } = await jwtVerify(other.notices[0]!, keys, { issuer: `${national.url}/oidc`, audience: 'health-insurance' })
  assert.equal(protectedHeader.typ, 'logout+jwt')
  assert.ok(payload.sid && payload.nonce === undefined && 'http://schemas.openid.net/event/backchannel-logout' in (payload.events as object))
  assert.equal((await client.tokenIntrospection(party.configuration, tokens.access_token)).active, false, 'tokens end with the session')
})

test('a wrong return address, a missing PKCE challenge, an unregistered scope or claim, and an unknown client end on a page or with an error', async () => {
  const browser = await person(2)
  assert.equal(await errorOf(browser, (await party.begin({ redirect_uri: 'https://evil.example/' })).url), 'invalid_redirect_uri')
  assert.match(browser.page.html, /địa chỉ chưa đăng ký/)
  const plain = new URL((await party.begin()).url)
  plain.searchParams.delete('code_challenge')
  plain.searchParams.delete('code_challenge_method')
  assert.equal(await errorOf(browser, plain.href), 'invalid_request')
  assert.equal(await errorOf(browser, (await party.begin({ code_challenge_method: 'plain' })).url), 'invalid_request')
  assert.equal(await errorOf(browser, (await other.begin({ scope: 'openid portal' })).url), 'invalid_scope')
  assert.equal(await errorOf(browser, (await party.begin({ claims: JSON.stringify({ userinfo: { id_number: null } }) })).url), 'invalid_request')
  assert.equal(await errorOf(browser, (await party.begin({ client_id: 'nobody-here' })).url), 'invalid_client')
  assert.equal(await errorOf(browser, (await party.begin({ response_type: 'token' })).url), 'unsupported_response_type')
  assert.equal((await browser.open(`${national.url}/dang-nhap/loi?ma=%3Cscript%3E&lang=en`)).status, 400)
  assert.match(browser.page.html, /mc-code">unknown</, 'nothing of the address is repeated')
})

test('a code is good once, for the client and the verifier that asked for it', async () => {
  const browser = await person(2)
  const take = async () => {
    const errand = await party.begin()
    return { errand, url: (await browser.open(errand.url)).url }
  }
  const first = await take()
  const tokens = await party.finish(first.url, first.errand)
  await assert.rejects(party.finish(first.url, first.errand), /error|invalid_grant/)
  assert.equal((await client.tokenIntrospection(party.configuration, tokens.access_token)).active, false, 'a replayed code ends what it once gave')
  const second = await take()
  await assert.rejects(party.finish(second.url, { ...second.errand, checks: { ...second.errand.checks, pkceCodeVerifier: client.randomPKCECodeVerifier() } }))
  const third = await take()
  const body = new URLSearchParams({ grant_type: 'authorization_code', code: new URL(third.url).searchParams.get('code')!, redirect_uri: party.redirectUri, client_id: other.clientId, client_secret: other.secret, code_verifier: third.errand.checks.pkceCodeVerifier! })
  const stolen = await fetch(`${national.url}/oidc/token`, { method: 'POST', body })
  assert.deepEqual([stolen.status, ((await stolen.json()) as { error: string }).error], [400, 'invalid_grant'])
})

test('an answer with another state, another nonce or another provider’s name is refused by the client', async () => {
  const browser = await person(2)
  for (const [name, value] of [['state', 'other'], ['iss', 'https://evil.example']] as const) {
    const errand = await party.begin()
    const url = new URL((await browser.open(errand.url)).url)
    assert.equal(url.searchParams.get('iss'), `${national.url}/oidc`)
    url.searchParams.set(name, value)
    await assert.rejects(party.finish(url.href, errand), name)
  }
  const errand = await party.begin()
  const { url } = await browser.open(errand.url)
  await assert.rejects(party.finish(url, { ...errand, checks: { ...errand.checks, expectedNonce: 'other' } }))
})

test('a token says nothing to a client that it was not made for, nor after its time', async () => {
  const tokens = await party.logIn(await person(2))
  assert.equal((await client.tokenIntrospection(other.configuration, tokens.access_token)).active, false)
  await client.fetchUserInfo(party.configuration, tokens.access_token, tokens.claims()!.sub)
  await national.database.owner`UPDATE identity.oidc_payload SET expires_at = now() - interval '1 second', payload = payload || jsonb_build_object('exp', extract(epoch FROM now())::int - 1) WHERE model = 'AccessToken'`
  assert.equal((await client.tokenIntrospection(party.configuration, tokens.access_token)).active, false)
  await assert.rejects(client.fetchUserInfo(party.configuration, tokens.access_token, tokens.claims()!.sub))
})

test('a disabled system, or one with its former secret, gets nothing from the next request on', async () => {
  const browser = await person(2)
  await enableParty(ctx(), 'health-insurance', false)
  assert.equal(await errorOf(browser, (await other.begin()).url), 'invalid_client')
  await enableParty(ctx(), 'health-insurance', true)
  await other.logIn(browser)
  await renewPartySecret(ctx(), 'health-insurance')
  await assert.rejects(other.logIn(browser))
  const [row] = await national.database.owner`SELECT count(*)::int AS n FROM identity.relying_party WHERE secret_hash = ${other.secret}`
  assert.equal(row!.n, 0)
})
