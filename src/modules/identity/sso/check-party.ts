import type { FieldError } from '../../../platform/errors.ts'
import type { Strength } from '../strength/demand-strength.ts'
import { authMethods, scopes, type RegisteredParty } from './relying-party.store.ts'

/** As typed: addresses one a line. */
export interface TypedParty { clientId: string; nameVi: string; nameEn: string; redirectUris: string; logOutUris: string; backchannelUri: string; authMethod: string; scopes: string[]; strengths: string[] }

const linesOf = (text: string): string[] => [...new Set(text.split(/\s+/).filter(Boolean))]

/** https, or http on this machine while a system is being built; no fragment, no password in it. */
function isAddress(text: string): boolean {
  const url = URL.parse(text)
  if (!url || url.hash || url.username || url.password) return false
  return url.protocol === 'https:' || (url.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname))
}

/** The registration as it will be kept, or the mistakes of the form. */
export function checkParty(typed: TypedParty): { party: RegisteredParty } | { errors: FieldError[] } {
  const errors: FieldError[] = []
  const wrong = (field: keyof TypedParty, reason: string): void => void errors.push({ field, key: `identity.sso.admin.bad.${reason}` })
  const [redirectUris, logOutUris] = [linesOf(typed.redirectUris), linesOf(typed.logOutUris)]
  if (!/^[a-z][a-z0-9-]{2,39}$/.test(typed.clientId)) wrong('clientId', 'clientId')
  for (const field of ['nameVi', 'nameEn'] as const) if (!typed[field] || typed[field].length > 200) wrong(field, 'name')
  if (redirectUris.length === 0 || redirectUris.length > 10 || !redirectUris.every(isAddress)) wrong('redirectUris', 'redirectUris')
  // Two hosts would be two systems: a person has one name at each.
  else if (new Set(redirectUris.map((uri) => new URL(uri).host)).size > 1) wrong('redirectUris', 'hosts')
  if (logOutUris.length > 10 || !logOutUris.every(isAddress)) wrong('logOutUris', 'logOutUris')
  if (typed.backchannelUri && !isAddress(typed.backchannelUri)) wrong('backchannelUri', 'backchannelUri')
  if (!(authMethods as readonly string[]).includes(typed.authMethod)) wrong('authMethod', 'authMethod')
  if (!typed.scopes.every((scope) => (scopes as readonly string[]).includes(scope))) wrong('scopes', 'scopes')
  const strengths = [1, 2, 3].filter((level) => typed.strengths.includes(String(level))) as Strength[]
  if (strengths.length === 0) wrong('strengths', 'strengths')
  if (errors.length > 0) return { errors }
  return {
    party: {
      clientId: typed.clientId, name: { vi: typed.nameVi, en: typed.nameEn }, redirectUris, logOutUris, backchannelUri: typed.backchannelUri || null,
      authMethod: typed.authMethod as RegisteredParty['authMethod'], scopes: scopes.filter((scope) => scope === 'openid' || typed.scopes.includes(scope)), strengths,
    },
  }
}

export const typedFrom = (p: RegisteredParty): TypedParty => ({
  clientId: p.clientId, nameVi: p.name.vi, nameEn: p.name.en, redirectUris: p.redirectUris.join('\n'), logOutUris: p.logOutUris.join('\n'), backchannelUri: p.backchannelUri ?? '',
  authMethod: p.authMethod, scopes: [...p.scopes], strengths: p.strengths.map(String),
})
