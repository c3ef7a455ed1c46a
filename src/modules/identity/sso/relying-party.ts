import { createHash } from 'node:crypto'
import * as client from 'openid-client'
import { decrypt, encrypt } from '../secrets.ts'
import { fetchSimply } from './fetch-simply.ts'

/** An identity provider whose word is taken, and what it knows about this node: the national node for a local one, a licensed provider for the national one. */
export interface TrustedProvider {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  readonly authMethod?: 'client_secret_basic' | 'client_secret_post'
  readonly redirectUri: string
  /** Where the browser may come back after a log-out there. */
  readonly logOutUri?: string
  readonly scope: string
  /** How its identity tokens are signed; a token signed otherwise, or not at all, is refused. */
  readonly algorithm: string
  /** It tells with the tokens who the person is, so that nobody need ask. */
  readonly tellsAtOnce?: boolean
  /** The node's secret: seals what the browser keeps meanwhile. */
  readonly secret: string
}

export interface Wish {
  returnTo: string
  lang: string
  now: Date
  /** Names of the levels that would do, the weakest first. */
  acr?: string
  /** 'none': without a page, or not at all; 'login': even if there is a session; 'consent': for going on in the person's absence. */
  prompt?: 'none' | 'login' | 'consent'
  maxAge?: number
}

/** What is kept in the browser between sending a person away and taking him back. Encrypted and bound to this use. */
interface Journey { issuer: string; state: string; nonce: string; verifier: string; returnTo: string; prompt?: string | undefined; maxAge?: number | undefined; acr?: string | undefined; at: number }

export interface Arrived { kind: 'arrived'; returnTo: string; acr: string | undefined; identity: client.IDToken; about: client.UserInfoResponse; idToken: string; refreshToken: string | undefined }
export interface TurnedBack { kind: 'turned-back'; returnTo: string; prompt: string | undefined; error: string }

export const journeySeconds = 30 * 60
const use = 'sso-journey'
const found = new WeakMap<TrustedProvider, Promise<client.Configuration>>()

/** The provider's addresses and keys, asked for once, also by many at the same moment. Throws when it does not answer; the next call asks again. */
export function discover(provider: TrustedProvider): Promise<client.Configuration> {
  let configuration = found.get(provider)
  if (!configuration) {
    found.set(provider, (configuration = read(provider)))
    configuration.catch(() => found.delete(provider))
  }
  return configuration
}

async function read({ issuer, clientId, clientSecret, authMethod, algorithm }: TrustedProvider): Promise<client.Configuration> {
  const insecure = issuer.startsWith('http:') ? [client.allowInsecureRequests] : []
  const authenticate = authMethod === 'client_secret_post' ? client.ClientSecretPost(clientSecret) : client.ClientSecretBasic(clientSecret)
  // Signatures are checked although the token comes over our own connection: an address may one day lead through a proxy that is not ours.
  const configuration = await client.discovery(new URL(issuer), clientId, { client_secret: clientSecret, id_token_signed_response_alg: algorithm }, authenticate, { execute: [...insecure, client.enableNonRepudiationChecks], timeout: 5, [client.customFetch]: fetchSimply })
  // The limit is that of fetchSimply; a signal of its own for each request would go off long after the answer.
  configuration.timeout = 0
  return configuration
}

/** Where to send the browser (authorization code with PKCE), and what to keep in its cookie meanwhile. */
export async function beginJourney(provider: TrustedProvider, wish: Wish): Promise<{ url: string; cookie: string }> {
  const configuration = await discover(provider)
  const { returnTo, prompt, maxAge, acr, lang, now } = wish
  const journey: Journey = { issuer: provider.issuer, state: client.randomState(), nonce: client.randomNonce(), verifier: client.randomPKCECodeVerifier(), returnTo, prompt, maxAge, acr, at: now.getTime() }
  const url = client.buildAuthorizationUrl(configuration, {
    redirect_uri: provider.redirectUri, scope: provider.scope, ui_locales: lang, ...(acr ? { acr_values: acr } : {}), ...(prompt ? { prompt } : {}), ...(maxAge === undefined ? {} : { max_age: String(maxAge) }),
    state: journey.state, nonce: journey.nonce, code_challenge: createHash('sha256').update(journey.verifier).digest('base64url'), code_challenge_method: 'S256',
  })
  return { url: url.href, cookie: encrypt(provider.secret, use, JSON.stringify(journey)) }
}

/**
 * Takes a person back. Undefined when this browser began no such journey, or when the answer does not belong to it; turned back when the provider says no.
 * Throws when the answer is not the provider's (RFC 9207), its token is not for us, not signed, too old, replayed, or the provider does not answer.
 */
export async function endJourney(provider: TrustedProvider, cookie: string | undefined, url: string, now: Date): Promise<Arrived | TurnedBack | undefined> {
  const text = cookie ? decrypt(provider.secret, use, cookie) : undefined
  const journey = text ? (JSON.parse(text) as Journey) : undefined
  const given = new URL(url, provider.redirectUri)
  if (!journey || journey.issuer !== provider.issuer || given.searchParams.get('state') !== journey.state || now.getTime() - journey.at > journeySeconds * 1000) return undefined
  const configuration = await discover(provider)
  try {
    const tokens = await client.authorizationCodeGrant(configuration, given, { pkceCodeVerifier: journey.verifier, expectedState: journey.state, expectedNonce: journey.nonce, idTokenExpected: true, ...(journey.maxAge === undefined ? {} : { maxAge: journey.maxAge }) })
    const identity = tokens.claims()!
    const told = provider.tellsAtOnce ? (tokens.person as client.UserInfoResponse | undefined) : undefined
    if (told && told.sub !== identity.sub) throw new Error('The provider described somebody else.')
    const about = told ?? await client.fetchUserInfo(configuration, tokens.access_token, identity.sub)
    return { kind: 'arrived', returnTo: journey.returnTo, acr: journey.acr, identity, about, idToken: tokens.id_token!, refreshToken: tokens.refresh_token }
  } catch (error) {
    if (error instanceof client.AuthorizationResponseError) return { kind: 'turned-back', returnTo: journey.returnTo, prompt: journey.prompt, error: error.error }
    throw error
  }
}

/** New tokens for a refresh token, which is worth nothing afterwards. Throws when the provider has ended the grant. */
export async function refreshTokens(provider: TrustedProvider, refreshToken: string): Promise<{ accessToken: string; refreshToken: string; identity: client.IDToken | undefined }> {
  const tokens = await client.refreshTokenGrant(await discover(provider), refreshToken)
  return { accessToken: tokens.access_token, refreshToken: tokens.refresh_token ?? refreshToken, identity: tokens.claims() }
}

/** Where to send the browser to be logged out there too. */
export async function endSessionUrl(provider: TrustedProvider, idToken: string): Promise<string> {
  return client.buildEndSessionUrl(await discover(provider), { id_token_hint: idToken, ...(provider.logOutUri ? { post_logout_redirect_uri: provider.logOutUri } : {}) }).href
}
