import { randomBytes } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { exportJWK, generateKeyPair } from 'jose'
import Provider, { interactionPolicy, type KoaContextWithOIDC } from 'oidc-provider'
import { MemoryAdapter } from '../../../stand-ins/memory-adapter.ts'
import type { TrustedProvider } from '../sso/relying-party.ts'
import type { Scope } from './small-country.tsx'

/** An identity provider that none of us wrote: oidc-provider with the defaults of its makers, at which the interaction logs in one person at the level that was asked for. */
export interface ForeignProvider {
  party: TrustedProvider
  /** What the interaction does with the next request: a level, or 'refuse'. */
  next: { level: string; refuse: boolean }
  /** Pages that a person would have seen. */
  asked: string[]
}

export async function foreignProvider(t: Scope): Promise<ForeignProvider> {
  const server = createServer()
  const issuer = await new Promise<string>((done) => server.listen(0, '127.0.0.1', () => done(`http://127.0.0.1:${(server.address() as AddressInfo).port}`)))
  t.after(() => (server.closeAllConnections(), new Promise((done) => server.close(done))))
  const party: TrustedProvider = { issuer, clientId: 'motcua', clientSecret: 'a-secret-of-the-foreign-provider', redirectUri: 'http://127.0.0.1:9/callback', logOutUri: 'http://127.0.0.1:9/bye', scope: 'openid profile offline_access', algorithm: 'ES256', secret: 'the-secret-of-our-own-node' }
  const next = { level: 'loa2', refuse: false }
  const asked: string[] = []
  const { privateKey } = await generateKeyPair('ES256', { extractable: true })
  const policy = interactionPolicy.base()
  policy.get('login').checks.add(new interactionPolicy.Check('weak', 'A stronger log-in is asked for.', 'interaction_required', ({ oidc }) => Boolean(oidc.params.acr_values && oidc.session.acr !== oidc.params.acr_values)))
  const provider = new Provider(issuer, {
    adapter: MemoryAdapter,
    clients: [{ client_id: party.clientId, client_secret: party.clientSecret, redirect_uris: [party.redirectUri], post_logout_redirect_uris: [party.logOutUri], grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'], id_token_signed_response_alg: 'ES256', scope: party.scope }],
    jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: 'one', alg: 'ES256', use: 'sig' }] },
    cookies: { keys: [randomBytes(16).toString('hex')] },
    claims: { openid: ['sub', 'acr', 'amr'], profile: ['name'] },
    acrValues: ['loa2', 'loa3'],
    features: { devInteractions: { enabled: false }, rpInitiatedLogout: { enabled: true, logoutSource: (ctx: KoaContextWithOIDC, form: string) => void (ctx.body = form) } },
    interactions: { policy, url: (_ctx, { uid }) => `/interaction/${uid}` },
    findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ sub: id, name: 'Nguyễn Thử' }) }),
    pkce: { required: () => true },
    ttl: { AccessToken: 600, AuthorizationCode: 60, IdToken: 600, Interaction: 600, Session: 600, Grant: 600, RefreshToken: 600 },
  })
  const handle = provider.callback()
  server.on('request', (request, response) => {
    if (!request.url!.startsWith('/interaction/')) return void handle(request, response)
    void (async () => {
      const waiting = await provider.interactionDetails(request, response)
      asked.push(waiting.prompt.name)
      if (next.refuse) return provider.interactionFinished(request, response, { error: 'access_denied' }, { mergeWithLastSubmission: false })
      const grant = new provider.Grant({ accountId: 'person-1', clientId: party.clientId })
      grant.addOIDCScope(party.scope)
      const result = waiting.prompt.name === 'login' ? { login: { accountId: 'person-1', acr: next.level, amr: ['mfa'] } } : { consent: { grantId: await grant.save() } }
      await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: true })
    })()
  })
  return { party, next, asked }
}
