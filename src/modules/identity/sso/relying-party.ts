import * as client from 'openid-client'
import type { Node } from '../../../platform/node.ts'
import { decrypt, encrypt } from '../secrets.ts'
import { acrOf, callbackPath, issuerOf, scope } from './provider.ts'

/** What a local node keeps in the browser between sending a person to the national node and taking him back. Encrypted and bound to this use. */
interface Journey { state: string; nonce: string; verifier: string; returnTo: string; at: number }

export const journeySeconds = 30 * 60
const use = 'sso-journey'

/** A person as the national node describes him to this node. */
export interface NationalPerson {
  subject: string
  fullName: string
  idNumber: string
  birthDate: string
  phone: string
  email: string | null
  assurance: 1 | 2 | 3
  methods: string[]
  authenticatedAt: Date
  sid: string
  idToken: string
  /** For whom the person may act, as told; read by learnMandates. */
  mandates?: unknown
}

const found = new WeakMap<Node, client.Configuration>()

/** The provider's addresses and keys, asked for once. Throws when the national node does not answer; the next call asks again. */
async function discover(node: Node): Promise<client.Configuration> {
  const known = found.get(node)
  if (known) return known
  const { national, code } = node.config
  const insecure = national.baseUrl.startsWith('http:') ? [client.allowInsecureRequests] : []
  const configuration = await client.discovery(new URL(issuerOf(national.baseUrl)), code, { client_secret: national.clientSecret, id_token_signed_response_alg: 'ES256' }, client.ClientSecretBasic(national.clientSecret), { execute: insecure, timeout: 5 })
  found.set(node, configuration)
  return configuration
}

/** Where to send the browser, and what to keep in its cookie meanwhile. */
export async function beginJourney(node: Node, returnTo: string, lang: string): Promise<{ url: string; cookie: string }> {
  const configuration = await discover(node)
  const journey: Journey = { state: client.randomState(), nonce: client.randomNonce(), verifier: client.randomPKCECodeVerifier(), returnTo, at: node.now().getTime() }
  const url = client.buildAuthorizationUrl(configuration, {
    redirect_uri: `${node.config.baseUrl}${callbackPath}`, scope, acr_values: acrOf(2), ui_locales: lang,
    state: journey.state, nonce: journey.nonce, code_challenge: await client.calculatePKCECodeChallenge(journey.verifier), code_challenge_method: 'S256',
  })
  return { url: url.href, cookie: encrypt(node.config.secret, use, JSON.stringify(journey)) }
}

/**
 * Takes a person back. Undefined when this browser began no such journey, or when the answer does not belong to it.
 * Throws when the national node refuses or does not answer.
 */
export async function endJourney(node: Node, cookie: string | undefined, url: string): Promise<{ person: NationalPerson; returnTo: string } | undefined> {
  const text = cookie ? decrypt(node.config.secret, use, cookie) : undefined
  const journey = text ? (JSON.parse(text) as Journey) : undefined
  const given = new URL(url, node.config.baseUrl)
  if (!journey || given.searchParams.get('state') !== journey.state || node.now().getTime() - journey.at > journeySeconds * 1000) return undefined
  const configuration = await discover(node)
  const tokens = await client.authorizationCodeGrant(configuration, given, { pkceCodeVerifier: journey.verifier, expectedState: journey.state, expectedNonce: journey.nonce, idTokenExpected: true })
  const identity = tokens.claims()!
  const about = await client.fetchUserInfo(configuration, tokens.access_token, identity.sub)
  return { returnTo: journey.returnTo, person: personOf(identity, about, tokens.id_token!) }
}

function personOf(identity: client.IDToken, about: client.UserInfoResponse, idToken: string): NationalPerson {
  const level = /^loa([123])$/.exec(String(identity.acr))?.[1]
  const { name, id_number: idNumber, birthdate, phone_number: phone, email } = about as Record<string, unknown>
  if (!level || typeof identity.sid !== 'string' || [name, idNumber, birthdate, phone].some((claim) => typeof claim !== 'string')) throw new Error('The national node described a person incompletely.')
  return { subject: identity.sub, fullName: String(name), idNumber: String(idNumber), birthDate: String(birthdate), phone: String(phone), email: typeof email === 'string' ? email : null, assurance: Number(level) as 1 | 2 | 3, methods: Array.isArray(identity.amr) ? identity.amr.map(String) : [], authenticatedAt: new Date((identity.auth_time ?? identity.iat) * 1000), sid: identity.sid, idToken, mandates: about.mandates }
}

/** Where to send the browser to be logged out everywhere. */
export async function logOutUrl(node: Node, idToken: string): Promise<string> {
  const configuration = await discover(node)
  return client.buildEndSessionUrl(configuration, { id_token_hint: idToken, post_logout_redirect_uri: `${node.config.baseUrl}/` }).href
}

export async function jwksUrl(node: Node): Promise<string> {
  return (await discover(node)).serverMetadata().jwks_uri!
}
