/** Addresses of the reception. */
export const receptionPath = '/desk/reception'
export const visitPath = '/desk/reception/:id'
export const newDraftPath = '/desk/reception/:id/drafts'
export const deskDraftPagePath = '/desk/reception/:id/drafts/:draft/pages/:page'
export const deskCheckPath = '/desk/reception/:id/drafts/:draft/check'
export const dropDraftPath = '/desk/reception/:id/drafts/:draft/drop'
export const deskReceiptPath = '/desk/reception/:id/receipt'
export const deskSlipPath = '/desk/reception/:id/slips/:document'
export const organisationPath = '/desk/reception/:id/organisation'
export const noOrganisationPath = '/desk/reception/:id/organisation/end'
export const closeVisitPath = '/desk/reception/:id/close'

interface OfVisit { visitId: string | null; id: string }
export const visitHref = (visit: string): string => `/desk/reception/${visit}`
export const newDraftHref = (visit: string): string => `/desk/reception/${visit}/drafts`
export const deskDraftPageHref = (d: OfVisit, page: string): string => `/desk/reception/${d.visitId}/drafts/${d.id}/pages/${page}`
export const deskCheckHref = (d: OfVisit): string => `/desk/reception/${d.visitId}/drafts/${d.id}/check`
export const dropDraftHref = (d: OfVisit): string => `/desk/reception/${d.visitId}/drafts/${d.id}/drop`
export const deskReceiptHref = (visit: string): string => `/desk/reception/${visit}/receipt`
export const deskSlipHref = (visit: string, document: string): string => `/desk/reception/${visit}/slips/${document}`
export const closeVisitHref = (visit: string): string => `/desk/reception/${visit}/close`
export const organisationHref = (visit: string): string => `/desk/reception/${visit}/organisation`
export const noOrganisationHref = (visit: string): string => `/desk/reception/${visit}/organisation/end`
