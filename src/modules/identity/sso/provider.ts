import Provider, { interactionPolicy, type Account, type Grant, type KoaContextWithOIDC } from 'oidc-provider'
import type { Node } from '../../../platform/node.ts'
import { authenticate } from '../access/authenticate.ts'
import { findAccount, subjectForNode } from '../citizens/account.store.ts'
import { claimedMandates } from '../mandates/claimed-mandates.ts'
import { keyFor } from '../secrets.ts'
import { oidcAdapter } from './adapter.ts'
import { completeLogout } from './single-log-out.ts'
import { signingKeys } from './signing-keys.ts'

/** Address of the provider at the national node; the issuer of every identity token. */
export const oidcPath = '/oidc'
export const issuerOf = (nationalBaseUrl: string): string => `${nationalBaseUrl}${oidcPath}`
export const callbackPath = '/dang-nhap/ket-qua'
export const backchannelPath = '/dang-nhap/ket-thuc'
/** What a local node learns about a person: who, and how strongly proved. */
export const scope = 'openid person'
export const acrOf = (assurance: number): string => `loa${assurance}`

const providers = new WeakMap<Node, Promise<Provider>>()

/** The OpenID provider of the national node; one per process. */
export function providerOf(node: Node): Promise<Provider> {
  let provider = providers.get(node)
  if (!provider) providers.set(node, (provider = buildProvider(node)))
  return provider
}

async function buildProvider(node: Node): Promise<Provider> {
  const provider = new Provider(issuerOf(node.config.national.baseUrl), {
    adapter: (model: string) => oidcAdapter(node.db, model),
    clients: node.config.peers.map(clientOf),
    jwks: { keys: await signingKeys(node) },
    claims: { openid: ['sub'], person: ['name', 'id_number', 'birthdate', 'phone_number', 'email', 'assurance', 'mandates'] },
    scopes: ['openid', 'person'],
    acrValues: ['loa1', 'loa2', 'loa3'],
    subjectTypes: ['pairwise'],
    pairwiseIdentifier: (_ctx, accountId, client) => subjectForNode(node.db, accountId, client.clientId),
    findAccount: (ctx, id) => describeAccount(node, id, ctx.oidc.client?.clientId),
    cookies: { names: cookieNames(node), keys: [keyFor(node.config.secret, 'oidc-cookie').toString('base64url')], long: cookieOptions(node), short: cookieOptions(node) },
    pkce: { required: () => true },
    features: {
      devInteractions: { enabled: false },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: { enabled: true, logoutSource: (ctx: KoaContextWithOIDC) => completeLogout(node, provider, ctx), postLogoutSuccessSource: (ctx: KoaContextWithOIDC) => leave(ctx, '/') },
      userinfo: { enabled: true },
    },
    interactions: { policy: policy(node), url: (_ctx, interaction) => `/dang-nhap/tiep/${interaction.uid}` },
    loadExistingGrant: (ctx) => grantFor(provider, ctx),
    renderError: (ctx, out) => leave(ctx, `/dang-nhap/loi?ma=${encodeURIComponent(out.error)}`),
    clientBasedCORS: () => false,
    // The addresses come from our own configuration only, and in a small country they are on this machine.
    fetch: (url, { dispatcher: _guard, ...options }) => fetch(url, options),
    ttl: { AccessToken: 600, AuthorizationCode: 60, IdToken: 600, Grant: sessionSeconds, Session: sessionSeconds, Interaction: 1800 },
  })
  provider.proxy = node.config.production
  provider.on('server_error', (_ctx: unknown, error: unknown) => node.log.error({ err: error }, 'single sign-on failed'))
  provider.on('backchannel.error', (_ctx: unknown, error: unknown) => node.log.warn({ err: error }, 'a node was not told of a log-out'))
  return provider
}

const sessionSeconds = 12 * 3600

function clientOf(peer: Node['config']['peers'][number]): object {
  return {
    client_id: peer.code, client_secret: peer.clientSecret, client_name: peer.name.vi,
    redirect_uris: [`${peer.baseUrl}${callbackPath}`], post_logout_redirect_uris: [`${peer.baseUrl}/`],
    backchannel_logout_uri: `${peer.baseUrl}${backchannelPath}`, backchannel_logout_session_required: true,
    response_types: ['code'], grant_types: ['authorization_code'], token_endpoint_auth_method: 'client_secret_basic',
    id_token_signed_response_alg: 'ES256', subject_type: 'pairwise', scope,
  }
}

const cookieNames = (node: Node): object => Object.fromEntries(['session', 'interaction', 'resume'].map((name) => [name, `mc_oidc_${name}_${node.config.code.toLowerCase()}`]))
const cookieOptions = (node: Node): object => ({ httpOnly: true, sameSite: 'lax', secure: node.config.baseUrl.startsWith('https:'), signed: true })

async function describeAccount(node: Node, id: string, clientId?: string): Promise<Account | undefined> {
  const account = await findAccount(node.db, id)
  if (account?.state !== 'active') return undefined
  return {
    accountId: id,
    // Mandates are told with the subject by which that node knows the represented, and only where it asks who the person is.
    claims: async (use) => ({ ...(use === 'userinfo' && clientId ? { mandates: await claimedMandates(node, id, clientId) } : {}), sub: id, name: account.fullName, id_number: account.idNumber, birthdate: account.birthDate, phone_number: account.phone, email: account.email ?? undefined, assurance: account.assurance }),
  }
}

/** Our own nodes need no consent page: a grant for what they may know is made when there is none. */
async function grantFor(provider: Provider, ctx: KoaContextWithOIDC): Promise<Grant> {
  const { session, client } = ctx.oidc
  const grantId = session.grantIdFor(client.clientId)
  const known = grantId ? await provider.Grant.find(grantId) : undefined
  if (known && known.accountId === session.accountId) return known
  const grant = new provider.Grant({ accountId: session.accountId!, clientId: client.clientId })
  grant.addOIDCScope(scope)
  await grant.save(sessionSeconds)
  return grant
}

/**
 * The log-in of this node is the only truth about who sits at the browser: at every request of another node the session behind the provider
 * is made to follow it. Who is logged in here goes through without a page; who is not, is asked to.
 */
function policy(node: Node): unknown {
  const base = interactionPolicy.base()
  const { Check } = interactionPolicy
  const { checks } = base.get('login')
  checks.remove('no_session')
  checks.add(new Check('no_session', 'Log in first.', async (ctx) => {
    const { session, client } = ctx.oidc
    const actor = await authenticate(node, { cookies: cookiesOf(ctx), authorization: undefined })
    // Who still has a page to see, such as new terms, sees it before any other node hears of the log-in.
    if (actor.kind !== 'person' || actor.mustSee) {
      if (session.accountId) Object.assign(session, { authorizations: undefined }) && delete session.accountId
      return Check.REQUEST_PROMPT
    }
    const acr = acrOf(actor.assurance)
    if (session.accountId === actor.id && session.acr === acr) return Check.NO_NEED_TO_PROMPT
    if (session.accountId !== actor.id) session.authorizations = undefined
    session.loginAccount({ accountId: actor.id, acr, amr: [...actor.methods], loginTs: Math.floor(actor.authenticatedAt.getTime() / 1000) })
    const provider = await providerOf(node)
    ctx.oidc.entity('Account', await describeAccount(node, actor.id))
    const grant = await grantFor(provider, ctx)
    session.ensureClientContainer(client.clientId)
    session.grantIdFor(client.clientId, grant.jti)
    ctx.oidc.entity('Grant', grant)
    return Check.NO_NEED_TO_PROMPT
  }), 0)
  return base
}

function cookiesOf(ctx: KoaContextWithOIDC): Record<string, string | undefined> {
  return Object.fromEntries((ctx.req.headers.cookie ?? '').split(/;\s*/).map((pair) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)]))
}

function leave(ctx: KoaContextWithOIDC, path: string): void {
  ctx.redirect(path)
  ctx.status = 303
}
