import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import * as client from 'openid-client'
import { systemCtx } from '../../../platform/ctx.ts'
import type { TypedParty } from '../sso/check-party.ts'
import { registerParty } from '../sso/register-party.ts'
import type { TestBrowser } from './browser.ts'
import type { Scope, SmallCountry } from './small-country.tsx'

/** A system of the State that none of us wrote, as far as can be: the certified client library openid-client, and a server for its own addresses. */
export interface ForeignParty {
  configuration: client.Configuration
  clientId: string
  secret: string
  /** Log-out tokens as they came; `refuse` makes it answer 503. */
  notices: string[]
  refuse: boolean
  redirectUri: string
  /** Where the person is sent; what is kept meanwhile. */
  begin(wish?: Record<string, string>): Promise<Errand>
  /** The whole way for a browser that can go through without a page. */
  logIn(browser: TestBrowser, wish?: Record<string, string>): Promise<Tokens>
  finish(url: string, errand: Errand): Promise<Tokens>
}
export interface Errand { url: string; checks: client.AuthorizationCodeGrantChecks }
export type Tokens = client.TokenEndpointResponse & client.TokenEndpointResponseHelpers

export async function foreignParty(t: Scope, country: SmallCountry, clientId: string, typed: Partial<TypedParty> = {}): Promise<ForeignParty> {
  const notices: string[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part)).on('end', () => {
      const token = new URLSearchParams(Buffer.concat(parts).toString()).get('logout_token')
      if (token && party.refuse) return void response.writeHead(503).end()
      if (token) notices.push(token)
      response.writeHead(200, { 'content-type': 'text/html' }).end('at home')
    })
  })
  const home = `http://127.0.0.1:${await portOf(server)}`
  t.after(() => (server.closeAllConnections(), new Promise((done) => server.close(done))))
  const redirectUri = `${home}/callback`
  const outcome = await registerParty(systemCtx(country.national.node, 'test'), {
    clientId, nameVi: 'Hệ thống thử nghiệm', nameEn: 'Test system', redirectUris: redirectUri, logOutUris: `${home}/bye`, backchannelUri: `${home}/backchannel`, authMethod: 'client_secret_basic', scopes: ['person', 'portal', 'offline_access'], strengths: ['2', '3'], ...typed,
  })
  if (Array.isArray(outcome)) throw new Error(JSON.stringify(outcome))
  const post = typed.authMethod === 'client_secret_post'
  const configuration = await client.discovery(new URL(`${country.national.url}/oidc`), clientId, { client_secret: outcome.secret, id_token_signed_response_alg: 'ES256' }, post ? client.ClientSecretPost(outcome.secret) : client.ClientSecretBasic(outcome.secret), { execute: [client.allowInsecureRequests, client.enableNonRepudiationChecks] })
  const party: ForeignParty = {
    configuration, clientId, secret: outcome.secret, notices, refuse: false, redirectUri,
    async begin(wish = {}) {
      const [verifier, state, nonce] = [client.randomPKCECodeVerifier(), client.randomState(), client.randomNonce()]
      const url = client.buildAuthorizationUrl(configuration, { redirect_uri: redirectUri, scope: 'openid person', state, nonce, code_challenge: await client.calculatePKCECodeChallenge(verifier), code_challenge_method: 'S256', ...wish })
      return { url: url.href, checks: { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true, ...(wish.max_age ? { maxAge: Number(wish.max_age) } : {}) } }
    },
    async logIn(browser, wish) {
      const errand = await party.begin(wish)
      const { url } = await browser.open(errand.url)
      return party.finish(url, errand)
    },
    finish: (url, errand) => client.authorizationCodeGrant(configuration, new URL(url), errand.checks),
  }
  return party
}

const portOf = (server: Server): Promise<number> => new Promise((done) => server.listen(0, '127.0.0.1', () => done((server.address() as AddressInfo).port)))
