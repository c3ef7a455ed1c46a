export const servicesPath = '/admin/services'
export const proposePath = '/admin/services/propose'
export const casePath = '/admin/services/cases/:id'
export const caseFilePath = '/admin/services/cases/:id/approval'
export const movePath = '/admin/services/cases/:id/move'
export const offerPath = '/admin/services/offers/:code'

export const caseHref = (id: string): string => `/admin/services/cases/${id}`
export const caseFileHref = (id: string): string => `${caseHref(id)}/approval`
export const moveHref = (id: string): string => `${caseHref(id)}/move`
export const offerHref = (code: string): string => `/admin/services/offers/${code}`
export const servicesHref = (query: Record<string, string> = {}): string => {
  const text = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '')).toString()
  return text ? `${servicesPath}?${text}` : servicesPath
}
