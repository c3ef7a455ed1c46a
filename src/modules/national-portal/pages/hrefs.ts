export const portalPath = '/admin/national-portal'
export type Done = 'redriven' | 'all' | 'set-aside' | 'compare'
export const portalHref = (done?: Done): string => (done ? `${portalPath}?done=${done}` : portalPath)
export const comparePath = '/admin/national-portal/compare'
export const redriveAllPath = '/admin/national-portal/redrive-all'
export const deadHref = (id: string): string => `/admin/national-portal/dossiers/${id}`
export const redriveHref = (id: string): string => `${deadHref(id)}/redrive`
export const setAsideHref = (id: string): string => `${deadHref(id)}/set-aside`
