import Provider, { errors, type KoaContextWithOIDC } from 'oidc-provider'
import type { Node } from '../../../platform/node.ts'
import { subjectForNode } from '../citizens/account.store.ts'
import { keyFor, sameText } from '../secrets.ts'
import { oidcAdapter } from './adapter.ts'
import { issuerOf, waitPath } from './addresses.ts'
import { claimsOfScopes, describeAccount, tellAtOnce } from './claims.ts'
import { clientAdapter, extraMetadata, hashSecret, peerClient } from './clients.ts'
import { absenceSeconds, grantFor, sessionSeconds } from './grants.ts'
import { logInPolicy, type LogInDetails } from './log-in-policy.ts'
import { scopes } from './relying-party.store.ts'
import { inOneWrite } from './request-writes.ts'
import { openKeys, publishedKeys, readSigningKeys, type SigningKey } from './signing-keys.ts'
import { completeLogout, skipFinishedLogout } from './single-log-out.ts'

/** How long a process works with the keys as it read them: a change by another process is seen after that. */
const freshMs = 10_000

interface Kept { readAt: number; keys: Promise<SigningKey[]>; built?: { kids: string; provider: Provider } }
const kept = new WeakMap<Node, Kept>()

/** The OpenID provider of the national node. A change of keys, by the calendar or by hand, makes a new one; all it knows is in the database. */
export async function providerOf(node: Node): Promise<Provider> {
  const now = node.now()
  let known = kept.get(node)
  if (!known || Math.abs(now.getTime() - known.readAt) > freshMs) kept.set(node, (known = { ...known, readAt: now.getTime(), keys: readSigningKeys(node) }))
  let keys: SigningKey[]
  try {
    keys = publishedKeys(await known.keys, now)
  } catch (error) {
    if (kept.get(node) === known) kept.delete(node)
    throw error
  }
  const kids = keys.map((key) => key.kid).join(' ')
  if (known.built?.kids !== kids) known.built = { kids, provider: buildProvider(node, keys) }
  return known.built.provider
}

/** After a change of keys in this process. */
export function forgetKeys(node: Node): void {
  const known = kept.get(node)
  if (known) known.readAt = -Infinity
}

function buildProvider(node: Node, keys: readonly SigningKey[]): Provider {
  const provider = new Provider(issuerOf(node.config.national.baseUrl), {
    adapter: (model: string) => (model === 'Client' ? clientAdapter(node) : oidcAdapter(node.db, model)),
    clients: node.config.peers.map(peerClient),
    extraClientMetadata: { properties: [...extraMetadata] },
    jwks: { keys: openKeys(node, keys) },
    claims: claimsOfScopes,
    scopes: [...scopes],
    acrValues: ['loa1', 'loa2', 'loa3'],
    subjectTypes: ['pairwise'],
    pairwiseIdentifier: (_ctx, accountId, client) => subjectForNode(node.db, accountId, client.clientId),
    findAccount: (ctx, id, token) => describeAccount(node, id, ctx, token),
    cookies: { names: cookieNames(node), keys: [keyFor(node.config.secret, 'oidc-cookie').export().toString('base64url')], long: cookieOptions(node), short: cookieOptions(node) },
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      claimsParameter: { enabled: true, assertClaimsParameter: onlyAboutTheLogIn },
      introspection: { enabled: true, allowedPolicy: (_ctx: unknown, client: { clientId: string }, token: { clientId: string }) => token.clientId === client.clientId },
      revocation: { enabled: true, allowedPolicy: (_ctx: unknown, client: { clientId: string }, token: { clientId: string }) => token.clientId === client.clientId },
      rpInitiatedLogout: { enabled: true, logoutSource: (ctx: KoaContextWithOIDC) => completeLogout(node, provider, ctx), postLogoutSuccessSource: (ctx: KoaContextWithOIDC) => leave(ctx, '/') },
      userinfo: { enabled: true },
    },
    interactions: { policy: logInPolicy(node), url: (_ctx, interaction) => waitPath(interaction.uid) },
    loadExistingGrant: (ctx) => grantFor(provider, ctx),
    rotateRefreshToken: () => true,
    renderError: (ctx, out) => leave(ctx, `/dang-nhap/loi?ma=${encodeURIComponent(out.error)}`),
    clientBasedCORS: () => false,
    // The addresses are those of nodes and registered systems only, and in a small country they are on this machine.
    fetch: (url, { dispatcher: _guard, ...options }) => fetch(url, options),
    ttl: { AccessToken: 600, AuthorizationCode: 60, IdToken: 600, RefreshToken: absenceSeconds, Grant: sessionSeconds, Session: sessionSeconds, Interaction: 1800 },
  })
  provider.Client.prototype.compareClientSecret = function (actual) {
    return sameText(hashSecret(actual), this.clientSecret)
  }
  provider.proxy = node.config.production
  provider.use((ctx, next) => inOneWrite(node.db, next).catch((error: unknown) => fail(node, ctx, error)))
  provider.use((ctx, next) => skipFinishedLogout(node, provider, ctx, next))
  provider.use((ctx, next) => next().then(() => logInAtOnce(ctx)))
  provider.use((ctx, next) => next().then(() => tellAtOnce(node, ctx)))
  provider.on('server_error', (_ctx: unknown, error: unknown) => node.log.error({ err: error }, 'single sign-on failed'))
  return provider
}

/** What a relying party learns follows from its scopes alone; the claims parameter may only ask how the log-in was. */
function onlyAboutTheLogIn(_ctx: unknown, claims: { id_token?: object; userinfo?: object }): void {
  const asked = [...Object.keys(claims.id_token ?? {}).filter((name) => !['acr', 'auth_time', 'sub', 'amr'].includes(name)), ...Object.keys(claims.userinfo ?? {})]
  if (asked.length > 0) throw new errors.InvalidRequest('claims may ask for acr, auth_time, amr and sub of the identity token only')
}

const cookieNames = (node: Node): object => Object.fromEntries(['session', 'interaction', 'resume'].map((name) => [name, `${secureName(node)}mc_oidc_${name}_${node.config.code.toLowerCase()}`]))
/** Not `__Host-`: the provider sets some of them for single paths. */
const secureName = (node: Node): string => (node.config.baseUrl.startsWith('https:') ? '__Secure-' : '')
const cookieOptions = (node: Node): object => ({ httpOnly: true, sameSite: 'lax', secure: node.config.baseUrl.startsWith('https:'), signed: true })

/** Who is not logged in, and needs no more than that, goes to the log-in page and from there straight back to the provider; all others by way of the interaction page. */
function logInAtOnce(ctx: KoaContextWithOIDC): void {
  const { Interaction: waiting } = ctx.oidc?.entities ?? {}
  if (!waiting || ctx.res.getHeader('location') !== waitPath(waiting.uid) || waiting.prompt.name !== 'login') return
  const { isNobody, since, level = 1 } = waiting.prompt.details as Partial<LogInDetails>
  if (isNobody && since === undefined && level <= 2) leave(ctx, `/dang-nhap?tiep=${encodeURIComponent(new URL(waiting.returnTo).pathname)}`)
}

/** The answer could not be kept, so it is not given. */
function fail(node: Node, ctx: KoaContextWithOIDC, error: unknown): void {
  node.log.error({ err: error }, 'single sign-on failed')
  if (ctx.oidc?.route === 'authorization' || ctx.oidc?.route === 'resume') return leave(ctx, '/dang-nhap/loi?ma=server_error')
  ctx.status = 500
  ctx.body = { error: 'server_error' }
}

function leave(ctx: KoaContextWithOIDC, path: string): void {
  ctx.redirect(path)
  ctx.status = 303
}
