/** Addresses of the administration of officers, and of what an officer does for himself. */
export const officersPath = '/admin/officers'
export const officerHref = (id: string, act = ''): string => `/admin/officers/${id}${act && `/${act}`}`
export const withdrawHref = (id: string, grantId: string): string => `/admin/officers/${id}/grants/${grantId}/withdraw`
export const requestsPath = '/admin/requests'
export const requestHref = (id: string, act = ''): string => `/admin/requests/${id}${act && `/${act}`}`
export const auditPath = '/admin/audit'
export const reviewPath = '/admin/account-reviews'
export const dutiesPath = '/admin/unit-duties'
export const ownAccountPath = '/desk/account'
export const substitutesPath = '/desk/substitutes'

/** An address with the values that are set. */
export function withQuery(path: string, query: Readonly<Record<string, string | undefined>>): string {
  const set = Object.entries(query).filter((pair): pair is [string, string] => !!pair[1])
  return set.length === 0 ? path : `${path}?${new URLSearchParams(set)}`
}
