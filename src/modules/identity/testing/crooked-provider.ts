import { createHash, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from 'jose'
import type { Scope } from './small-country.tsx'

/** What goes wrong at the provider, in the next log-ins. */
export interface Mischief {
  /** Signs with a key that is not among the published ones. */
  foreignKey?: boolean
  nonce?: string
  issuer?: string
  audience?: string
  /** Another person in userinfo than in the identity token. */
  otherSubject?: boolean
  expired?: boolean
  acr?: string | null
  /** Status of an endpoint, where it is not to answer. */
  token?: number
  userinfo?: number
  slow?: 'token' | 'discovery'
  discovery?: number
  /** Answers the authorization request with this error. */
  error?: string
  claims?: Record<string, unknown>
}

export interface CrookedProvider { url: string; mischief: Mischief; /** Form fields of the last token request. */ lastTokenRequest: URLSearchParams | undefined; lastAuthorization: URLSearchParams | undefined }

/** A small OpenID provider over real HTTP that can lie: for what the honest stand-in never does. It asks nobody and sends the browser straight back. */
export async function startCrookedProvider(t: Scope): Promise<CrookedProvider> {
  const [own, foreign] = await Promise.all([generateKeyPair('ES256', { extractable: true }), generateKeyPair('ES256')])
  const jwk = { ...(await exportJWK(own.publicKey)), kid: 'own', alg: 'ES256', use: 'sig' }
  const nonces = new Map<string, { nonce: string; challenge: string }>()
  const crooked: CrookedProvider = { url: '', mischief: {}, lastTokenRequest: undefined, lastAuthorization: undefined }
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { mischief } = crooked
    const url = new URL(request.url!, crooked.url)
    const send = (body: unknown, status = 200): void => void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
    const wait = (): Promise<void> => new Promise((done) => setTimeout(done, 6000))
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        if (mischief.slow === 'discovery') await wait()
        return send(metadata(crooked.url), mischief.discovery ?? 200)
      case '/jwks': return send({ keys: [jwk] })
      case '/authorize': {
        const query = (crooked.lastAuthorization = url.searchParams)
        const back = new URL(query.get('redirect_uri')!)
        const code = randomUUID()
        nonces.set(code, { nonce: query.get('nonce')!, challenge: query.get('code_challenge')! })
        back.search = new URLSearchParams({ state: query.get('state')!, ...(mischief.error ? { error: mischief.error } : { code }) }).toString()
        return void response.writeHead(303, { location: back.href }).end()
      }
      case '/token': {
        const form = (crooked.lastTokenRequest = new URLSearchParams(await read(request)))
        if (mischief.slow === 'token') await wait()
        if (mischief.token) return send({ error: mischief.token < 500 ? 'invalid_client' : 'server_error' }, mischief.token)
        const begun = nonces.get(form.get('code') ?? '')
        nonces.delete(form.get('code') ?? '')
        if (begun?.challenge !== createHash('sha256').update(form.get('code_verifier') ?? '').digest('base64url')) return send({ error: 'invalid_grant' }, 400)
        return send({ access_token: 'token', token_type: 'Bearer', id_token: await identityToken(crooked, mischief.foreignKey ? foreign.privateKey : own.privateKey, begun.nonce) })
      }
      case '/userinfo':
        return mischief.userinfo ? send({}, mischief.userinfo) : send({ sub: mischief.otherSubject ? 'somebody-else' : 'tech-1', ...mischief.claims })
    }
    send({}, 404)
  }
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  t.after(() => { server.closeAllConnections(); server.close() })
  crooked.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return crooked
}

const metadata = (url: string): object => ({
  issuer: url, authorization_endpoint: `${url}/authorize`, token_endpoint: `${url}/token`, userinfo_endpoint: `${url}/userinfo`, jwks_uri: `${url}/jwks`,
  response_types_supported: ['code'], subject_types_supported: ['public'], id_token_signing_alg_values_supported: ['ES256'],
})

function identityToken({ url, mischief }: CrookedProvider, key: CryptoKey, nonce: string): Promise<string> {
  const now = Math.floor(Date.now() / 1000)
  const acr = mischief.acr === undefined ? 'LoA2' : mischief.acr
  return new SignJWT({ nonce: mischief.nonce ?? nonce, ...(acr === null ? {} : { acr }) })
    .setProtectedHeader({ alg: 'ES256', kid: 'own' }).setSubject('tech-1').setIssuer(mischief.issuer ?? url).setAudience(mischief.audience ?? 'mot-cua')
    .setIssuedAt(mischief.expired ? now - 7200 : now).setExpirationTime(mischief.expired ? now - 3600 : now + 600).sign(key)
}

async function read(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
  return Buffer.concat(parts).toString()
}
