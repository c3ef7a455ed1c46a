/** Addresses of the portal's pages about filings and dossiers. */
export const startPath = '/nop-ho-so/:code'
export const draftPagePath = '/nop-ho-so/:code/:draft/trang/:page'
export const checkPath = '/nop-ho-so/:code/:draft/kiem-tra'
export const deleteDraftPath = '/nop-ho-so/:code/:draft/xoa'
export const ownListPath = '/ho-so'
export const ownDossierPath = '/ho-so/:id'
export const receiptPath = '/ho-so/:id/da-nop'
export const supplementPath = '/ho-so/:id/bo-sung'
export const withdrawPath = '/ho-so/:id/rut'
export const ownDueStoryPath = '/ho-so/:id/cach-tinh-ngay-hen'
export const ownDocumentPath = '/ho-so/:id/giay-to/:document'
export const calendarPath = '/ho-so/:id/lich-hen'
export const trackPath = '/tra-cuu'

export const startHref = (code: string): string => `/nop-ho-so/${code}`
export const draftPageHref = (d: { procedureCode: string; id: string }, page: string): string => `/nop-ho-so/${d.procedureCode}/${d.id}/trang/${page}`
export const checkHref = (d: { procedureCode: string; id: string }): string => `/nop-ho-so/${d.procedureCode}/${d.id}/kiem-tra`
export const deleteDraftHref = (d: { procedureCode: string; id: string }): string => `/nop-ho-so/${d.procedureCode}/${d.id}/xoa`
export const ownDossierHref = (id: string): string => `/ho-so/${id}`
export const receiptHref = (id: string): string => `/ho-so/${id}/da-nop`
export const supplementHref = (id: string): string => `/ho-so/${id}/bo-sung`
export const withdrawHref = (id: string): string => `/ho-so/${id}/rut`
export const ownDueStoryHref = (id: string): string => `/ho-so/${id}/cach-tinh-ngay-hen`
export const returnWayHref = (id: string): string => `/ho-so/${id}/cach-nhan`
export const calendarHref = (id: string): string => `/ho-so/${id}/lich-hen`
export const ownDocumentHref = (id: string, document: string): string => `/ho-so/${id}/giay-to/${document}`
