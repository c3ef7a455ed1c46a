import type { Node } from '../../../platform/node.ts'
import type { Strength } from '../strength/demand-strength.ts'
import { callbackPath, issuerOf, scope } from './addresses.ts'
import { beginJourney, discover, endJourney, endSessionUrl, type Arrived, type TrustedProvider, type TurnedBack } from './relying-party.ts'
import { acrOf, strengthOfAcr } from './requested-strength.ts'

/** A person as the national node describes him to this node. */
export interface NationalPerson {
  subject: string
  fullName: string
  idNumber: string
  birthDate: string
  phone: string
  email: string | null
  assurance: Strength
  methods: string[]
  authenticatedAt: Date
  sid: string
  idToken: string
  /** For whom the person may act, as told; read by learnMandates. */
  mandates?: unknown
}

const parties = new WeakMap<Node, TrustedProvider>()

/** The national node as the identity provider of a local one. */
function nationalProvider(node: Node): TrustedProvider {
  let provider = parties.get(node)
  if (!provider) {
    const { national, code, baseUrl, secret } = node.config
    provider = { issuer: issuerOf(national.baseUrl), clientId: code, clientSecret: national.clientSecret, redirectUri: `${baseUrl}${callbackPath}`, logOutUri: `${baseUrl}/`, scope, algorithm: 'ES256', tellsAtOnce: true, secret }
    parties.set(node, provider)
  }
  return provider
}

/** A person who sets out: how strongly he must be known, and whether anew or without being asked anything. */
export interface Setting { returnTo: string; lang: string; level?: Strength; again?: boolean; silent?: boolean }

/** Any level above the one asked for does as well, and is told. */
const levelsFrom = (level: Strength): string => ([1, 2, 3] as const).filter((l) => l >= level).map(acrOf).join(' ')

export async function goToNational(node: Node, { returnTo, lang, level = 2, again, silent }: Setting): Promise<{ url: string; cookie: string }> {
  return beginJourney(nationalProvider(node), { returnTo, lang, now: node.now(), acr: levelsFrom(level), ...(silent ? { prompt: 'none' as const } : again ? { prompt: 'login' as const } : {}) })
}

export type Homecoming = { kind: 'arrived'; person: NationalPerson; returnTo: string } | { kind: 'too-weak'; returnTo: string } | TurnedBack

/** @see endJourney */
export async function comeFromNational(node: Node, cookie: string | undefined, url: string): Promise<Homecoming | undefined> {
  const end = await endJourney(nationalProvider(node), cookie, url, node.now())
  if (end?.kind !== 'arrived') return end
  const person = personOf(end)
  const least = strengthOfAcr(end.acr?.split(' ')[0]) ?? 1
  return person.assurance < least ? { kind: 'too-weak', returnTo: end.returnTo } : { kind: 'arrived', person, returnTo: end.returnTo }
}

function personOf({ identity, about, idToken }: Arrived): NationalPerson {
  const assurance = strengthOfAcr(identity.acr)
  const { name, id_number: idNumber, birthdate, phone_number: phone, email } = about as Record<string, unknown>
  if (!assurance || typeof identity.sid !== 'string' || [name, idNumber, birthdate, phone].some((claim) => typeof claim !== 'string')) throw new Error('The national node described a person incompletely.')
  return {
    subject: identity.sub, fullName: String(name), idNumber: String(idNumber), birthDate: String(birthdate), phone: String(phone), email: typeof email === 'string' ? email : null,
    assurance, methods: Array.isArray(identity.amr) ? identity.amr.map(String) : [], authenticatedAt: new Date((identity.auth_time ?? identity.iat) * 1000), sid: identity.sid, idToken, mandates: about.mandates,
  }
}

/** Where to send the browser to be logged out everywhere. */
export const logOutUrl = (node: Node, idToken: string): Promise<string> => endSessionUrl(nationalProvider(node), idToken)

export async function jwksUrl(node: Node): Promise<string> {
  return (await discover(nationalProvider(node))).serverMetadata().jwks_uri!
}
