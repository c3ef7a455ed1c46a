import { errors } from 'oidc-provider'
import type { Strength } from '../strength/demand-strength.ts'

/** Name of a level in requests and tokens. The real portal writes LoA2; both are read. */
export const acrOf = (assurance: number): string => `loa${assurance}`

export function strengthOfAcr(acr: unknown): Strength | undefined {
  const level = typeof acr === 'string' ? /^loa([123])$/i.exec(acr)?.[1] : undefined
  return level ? (Number(level) as Strength) : undefined
}

interface AcrClaim { essential?: boolean; value?: unknown; values?: unknown }
interface Asking { acr_values?: string | undefined; claims?: string | undefined }

/** What a relying party asks for: every name of a level that would do. */
function namesOf({ acr_values: voluntary, claims }: Asking): { wished: string[]; demanded: string[] | undefined } {
  const acr = claims ? (JSON.parse(claims) as { id_token?: { acr?: AcrClaim | null } }).id_token?.acr : undefined
  const listed = [...(Array.isArray(acr?.values) ? acr.values : []), acr?.value].filter((name): name is string => typeof name === 'string')
  return { wished: [...(voluntary?.split(' ').filter(Boolean) ?? []), ...(acr?.essential ? [] : listed)], demanded: acr?.essential && listed.length > 0 ? listed : undefined }
}

/**
 * The level that a log-in must have: the lowest of those listed, in acr_values or in the claims request, but not below the lowest that the relying party is
 * registered for. Names of other worlds in acr_values are wishes that nobody can grant here; as an essential claim they end the request.
 */
export function requestedStrength(asking: Asking, registered: readonly Strength[]): Strength {
  const { wished, demanded } = namesOf(asking)
  const lowest = (names: readonly string[]): Strength | undefined => names.map(strengthOfAcr).filter((level) => level !== undefined).sort()[0]
  const essential = demanded && lowest(demanded)
  if (demanded && !essential) throw new errors.UnmetAuthenticationRequirements('no requested acr is known here')
  const asked = Math.max(lowest(wished) ?? 1, essential ?? 1) as Strength
  if (asked > Math.max(...registered)) throw new errors.InvalidRequest('this client is not registered for the requested acr')
  return Math.max(asked, Math.min(...registered)) as Strength
}

/** How the token names the level of a log-in: by the strongest requested name that it satisfies, so that strict clients recognise their own; else by ours. */
export function acrFor(asking: Asking, assurance: Strength): string {
  const { wished, demanded } = namesOf(asking)
  const met = (demanded ?? wished).filter((name) => (strengthOfAcr(name) ?? 4) <= assurance).sort((a, b) => strengthOfAcr(b)! - strengthOfAcr(a)!)
  return met[0] ?? acrOf(assurance)
}
