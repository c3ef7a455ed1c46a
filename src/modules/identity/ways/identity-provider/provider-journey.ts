import * as client from 'openid-client'
import { z } from 'zod'
import type { Node } from '../../../../platform/node.ts'
import { decrypt, encrypt } from '../../secrets.ts'

/** Where the identity provider sends people back to: registered there, so it stays. */
export const providerCallbackPath = '/dang-nhap/dinh-danh-dien-tu/ket-qua'
export const journeySeconds = 15 * 60
const use = 'identity-provider-journey'
/** Seconds for each question to the provider. */
const patience = 4

/** What stays in the browser, encrypted, while the person is at the provider. */
const journeySchema = z.object({ state: z.string(), nonce: z.string(), verifier: z.string(), returnTo: z.string(), level: z.number(), at: z.number() })
type Journey = z.infer<typeof journeySchema>

/** The provider's own words about who came back; nothing is judged yet but their origin. */
export interface ProviderAnswer {
  returnTo: string
  /** Authentication level that was asked for: 2 or, for a step-up, 3. */
  level: number
  /** Claims of userinfo. */
  about: Readonly<Record<string, unknown>>
  acr: string | undefined
}

/** Why a journey ended without an answer; each has a page that says what to do. */
export type Trouble = 'unavailable' | 'denied' | 'refused' | 'expired' | 'untrusted' | 'not_ours'

const found = new WeakMap<Node, client.Configuration>()

/** The provider's addresses and keys, asked for once; after a failure the next call asks again. */
async function discover(node: Node): Promise<client.Configuration> {
  const known = found.get(node)
  if (known) return known
  const { identityUrl, identityClientId, key } = node.config.standIns
  // The signature of the identity token is checked as well, though it comes over the provider's own connection: the token is proof of who logged in.
  const execute = [client.enableNonRepudiationChecks, ...(identityUrl.startsWith('http:') ? [client.allowInsecureRequests] : [])]
  const configuration = await client.discovery(new URL(identityUrl), identityClientId, { client_secret: key, id_token_signed_response_alg: 'ES256' }, client.ClientSecretPost(key), { execute, timeout: patience })
  configuration.timeout = patience
  found.set(node, configuration)
  return configuration
}

/** Where to send the browser, and what to keep in its cookie meanwhile. Throws when the provider does not answer. */
export async function beginProviderJourney(node: Node, options: { returnTo: string; level: number; lang: string }): Promise<{ url: string; cookie: string }> {
  const configuration = await discover(node)
  const { returnTo, level, lang } = options
  const journey: Journey = { state: client.randomState(), nonce: client.randomNonce(), verifier: client.randomPKCECodeVerifier(), returnTo, level, at: node.now().getTime() }
  const url = client.buildAuthorizationUrl(configuration, {
    redirect_uri: `${node.config.baseUrl}${providerCallbackPath}`, scope: 'openid profile', acr_values: level > 2 ? 'LoA3' : 'LoA2 LoA3', ui_locales: lang,
    // Asked anew whoever the provider remembers: who logged out here, perhaps at the machine of a one-stop desk, is logged out.
    prompt: 'login',
    state: journey.state, nonce: journey.nonce, code_challenge: await client.calculatePKCECodeChallenge(journey.verifier), code_challenge_method: 'S256',
  })
  return { url: url.href, cookie: encrypt(node.config.secret, use, JSON.stringify(journey)) }
}

/** Takes a person back from the provider: code for tokens, tokens for claims. Never throws: every trouble is an answer. */
export async function endProviderJourney(node: Node, cookie: string | undefined, url: string): Promise<ProviderAnswer | { trouble: Trouble; returnTo: string; level: number }> {
  const journey = readJourney(node, cookie)
  const given = new URL(url, node.config.baseUrl)
  if (!journey || given.searchParams.get('state') !== journey.state) return { trouble: 'not_ours', returnTo: '/tai-khoan', level: 2 }
  const { returnTo, level, verifier, state, nonce } = journey
  if (node.now().getTime() - journey.at > journeySeconds * 1000) return { trouble: 'expired', returnTo, level }
  try {
    const configuration = await discover(node)
    const tokens = await client.authorizationCodeGrant(configuration, given, { pkceCodeVerifier: verifier, expectedState: state, expectedNonce: nonce, idTokenExpected: true })
    const identity = tokens.claims()!
    const about = await client.fetchUserInfo(configuration, tokens.access_token, identity.sub)
    return { returnTo, level, about, acr: typeof identity.acr === 'string' ? identity.acr : undefined }
  } catch (error) {
    const trouble = troubleOf(error)
    // The message of the library names the check that failed and never a claim.
    node.log.warn({ trouble, reason: (error as Error).message, code: (error as { code?: string }).code }, 'a log-in at the identity provider could not be taken over')
    return { trouble, returnTo, level }
  }
}

function readJourney(node: Node, cookie: string | undefined): Journey | undefined {
  const text = cookie ? decrypt(node.config.secret, use, cookie) : undefined
  return text ? journeySchema.parse(JSON.parse(text)) : undefined
}

function troubleOf(error: unknown): Trouble {
  if (error instanceof client.AuthorizationResponseError) return error.error === 'access_denied' ? 'denied' : /^(temporarily_unavailable|server_error)$/.test(error.error) ? 'unavailable' : 'refused'
  if (error instanceof client.ResponseBodyError) return error.status >= 500 ? 'unavailable' : error.error === 'invalid_grant' ? 'expired' : 'refused'
  if (!(error instanceof client.ClientError)) return 'unavailable'
  // What could not be fetched is another thing than what was fetched and is not right.
  return /TIMEOUT|ABORT|RESPONSE_IS_NOT/.test(error.code ?? '') || !error.code ? 'unavailable' : 'untrusted'
}
