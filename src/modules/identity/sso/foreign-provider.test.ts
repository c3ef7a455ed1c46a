import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, test } from 'node:test'
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type JWTPayload } from 'jose'
import { TestBrowser } from '../testing/browser.ts'
import { foreignProvider } from '../testing/foreign-provider.ts'
import { beginJourney, endJourney, endSessionUrl, refreshTokens, type Arrived, type TrustedProvider, type Wish } from './relying-party.ts'

/** Conformance of our relying party, at a certified provider that none of us wrote, and at one that lies. */
const foreign = await foreignProvider({ after })

const wish = (more: Partial<Wish> = {}): Wish => ({ returnTo: '/ho-so?a=1', lang: 'vi', now: new Date(), ...more })

/** Redirects until the browser would leave for our callback, which nobody serves here. */
async function travel(browser: TestBrowser, url: string): Promise<string> {
  for (let hop = url, hops = 0; hops < 12; hops++) {
    if (hop.startsWith(foreign.party.redirectUri)) return hop
    const cookie = [...browser.cookies].map(([name, c]) => `${name}=${c.value}`).join('; ')
    const response = await fetch(hop, { redirect: 'manual', headers: { cookie } })
    for (const line of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
      if (value) browser.cookies.set(name!, { value, path: '/' })
      else browser.cookies.delete(name!)
    }
    hop = new URL(response.headers.get('location') ?? assert.fail(`${response.status} ${await response.text()}`), hop).href
  }
  throw new Error('in circles')
}

async function logIn(browser = new TestBrowser(), more: Partial<Wish> = {}): Promise<Arrived> {
  const { url, cookie } = await beginJourney(foreign.party, wish(more))
  const end = await endJourney(foreign.party, cookie, await travel(browser, url), new Date())
  assert.equal(end?.kind, 'arrived')
  return end as Arrived
}

test('code with PKCE: who, how strongly, and back to where the person was', async () => {
  const { identity, about, returnTo } = await logIn()
  assert.deepEqual([identity.sub, identity.acr, about.name, returnTo], ['person-1', 'loa2', 'Nguyễn Thử', '/ho-so?a=1'])
})

test('step-up: a higher level is asked for and told', async () => {
  const browser = new TestBrowser()
  await logIn(browser, { acr: 'loa2' })
  foreign.next.level = 'loa3'
  foreign.asked.length = 0
  assert.equal((await logIn(browser, { acr: 'loa3' })).identity.acr, 'loa3')
  assert.deepEqual(foreign.asked, ['login'])
})

test('a fresh log-in and a silent one are asked for, and a refusal is told apart from a fault', async () => {
  const browser = new TestBrowser()
  await logIn(browser, { prompt: 'login', maxAge: 30 })
  assert.equal((await logIn(browser, { prompt: 'none' })).identity.sub, 'person-1')
  const silent = await beginJourney(foreign.party, wish({ prompt: 'none' }))
  const stranger = await endJourney(foreign.party, silent.cookie, await travel(new TestBrowser(), silent.url), new Date())
  assert.deepEqual(stranger, { kind: 'turned-back', returnTo: '/ho-so?a=1', prompt: 'none', error: 'login_required' })
  foreign.next.refuse = true
  const refused = await beginJourney(foreign.party, wish())
  const end = await endJourney(foreign.party, refused.cookie, await travel(new TestBrowser(), refused.url), new Date())
  foreign.next.refuse = false
  assert.equal(end?.kind === 'turned-back' && end.error, 'access_denied')
})

test('refresh where it is granted, as often as it is', async () => {
  const { refreshToken } = await logIn(new TestBrowser(), { prompt: 'consent' })
  const first = await refreshTokens(foreign.party, refreshToken!)
  assert.equal(first.identity!.sub, 'person-1')
  assert.equal((await refreshTokens(foreign.party, first.refreshToken)).identity!.sub, 'person-1')
})

test('log-out there leads back to us', async () => {
  const browser = new TestBrowser()
  const { idToken } = await logIn(browser)
  const url = await endSessionUrl(foreign.party, idToken)
  const page = await browser.open(url)
  const xsrf = /name="xsrf" value="([^"]+)"/.exec(page.html)![1]!
  const cookie = [...browser.cookies].map(([name, c]) => `${name}=${c.value}`).join('; ')
  const response = await fetch(`${foreign.party.issuer}/session/end/confirm`, { method: 'POST', redirect: 'manual', headers: { cookie }, body: new URLSearchParams({ xsrf, logout: 'yes' }) })
  assert.equal(response.headers.get('location'), foreign.party.logOutUri)
})

test('an answer that this browser did not ask for, that was changed, or that comes from another provider, is not taken', async () => {
  const browser = new TestBrowser()
  const { url, cookie } = await beginJourney(foreign.party, wish())
  const answer = await travel(browser, url)
  const changed = (name: string, value: string): string => {
    const to = new URL(answer)
    to.searchParams.set(name, value)
    return to.href
  }
  const other = await beginJourney(foreign.party, wish())
  assert.equal(await endJourney(foreign.party, other.cookie, answer, new Date()), undefined, 'of another journey')
  assert.equal(await endJourney(foreign.party, undefined, answer, new Date()), undefined)
  assert.equal(await endJourney(foreign.party, `${cookie.slice(0, -4)}AAAA`, answer, new Date()), undefined, 'a changed cookie')
  assert.equal(await endJourney(foreign.party, cookie, changed('state', 'x'), new Date()), undefined)
  assert.equal(await endJourney(foreign.party, cookie, answer, new Date(Date.now() + 31 * 60_000)), undefined, 'too late')
  assert.equal(await endJourney({ ...foreign.party, issuer: 'https://other.example' }, cookie, answer, new Date()), undefined, 'begun at another provider')
  await assert.rejects(endJourney(foreign.party, cookie, changed('iss', 'https://other.example'), new Date()), 'mix-up')
  await assert.rejects(endJourney(foreign.party, cookie, changed('code', 'guessed'), new Date()))
})

test('a token that is unsigned, foreign, for somebody else, too old, or without our nonce logs nobody in', async (t) => {
  const liar = await lyingProvider(t)
  const now = Math.floor(Date.now() / 1000)
  const good: JWTPayload = { iss: liar.party.issuer, aud: 'motcua', sub: 'person-1', iat: now, exp: now + 60 }
  const attempt = async (make: (nonce: string) => Promise<string> | string): Promise<unknown> => {
    const { url, cookie } = await beginJourney(liar.party, wish())
    const { searchParams } = new URL(url)
    liar.idToken = await make(searchParams.get('nonce')!)
    return endJourney(liar.party, cookie, `${liar.party.redirectUri}?code=c&state=${searchParams.get('state')}&iss=${encodeURIComponent(liar.party.issuer)}`, new Date())
  }
  const signed = (claims: JWTPayload, key = liar.key): Promise<string> => new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'one' }).sign(key)
  assert.equal((await attempt((nonce) => signed({ ...good, nonce })) as Arrived).identity.sub, 'person-1', 'the honest one')
  const wrongKey = (await generateKeyPair('ES256')).privateKey
  await assert.rejects(attempt((nonce) => new UnsecuredJWT({ ...good, nonce }).encode()), 'alg none')
  await assert.rejects(attempt((nonce) => signed({ ...good, nonce }, wrongKey)), 'another key')
  await assert.rejects(attempt((nonce) => new SignJWT({ ...good, nonce }).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(liar.party.clientSecret.padEnd(32, '.')))), 'signed with a shared secret')
  await assert.rejects(attempt((nonce) => signed({ ...good, nonce, aud: 'another-client' })), 'for another client')
  await assert.rejects(attempt((nonce) => signed({ ...good, nonce, iss: 'https://other.example' })), 'by another issuer')
  await assert.rejects(attempt((nonce) => signed({ ...good, nonce, iat: now - 7200, exp: now - 3600 })), 'expired')
  await assert.rejects(attempt(() => signed({ ...good, nonce: 'of-another-journey' })), 'replayed')
  await assert.rejects(attempt(() => signed(good)), 'without nonce')
})

/** Publishes one key and hands out whatever token it is told to. */
async function lyingProvider(t: { after(stop: () => unknown): void }): Promise<{ party: TrustedProvider; key: CryptoKey; idToken: string }> {
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  const liar = { idToken: '' }
  const server = createServer((request, response) => {
    const answers: Record<string, unknown> = {
      '/.well-known/openid-configuration': { issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token`, jwks_uri: `${issuer}/jwks`, userinfo_endpoint: `${issuer}/me`, authorization_response_iss_parameter_supported: true, id_token_signing_alg_values_supported: ['ES256'] },
      '/jwks': { keys: [{ ...jwk, kid: 'one', alg: 'ES256', use: 'sig' }] },
      '/token': { access_token: 'a', token_type: 'Bearer', expires_in: 60, id_token: liar.idToken },
      '/me': { sub: 'person-1' },
    }
    request.resume().on('end', () => response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answers[request.url!])))
  })
  const jwk = await exportJWK(publicKey)
  const issuer = await new Promise<string>((done) => server.listen(0, '127.0.0.1', () => done(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)))
  t.after(() => (server.closeAllConnections(), server.close()))
  return Object.assign(liar, { party: { ...foreign.party, issuer }, key: privateKey })
}
