/** Addresses of the correction of a result. */
export const proposeCorrectionPath = '/desk/dossiers/:id/correction'
export const signCorrectionPath = '/desk/dossiers/:id/correction/sign'
export const proposeCorrectionHref = (id: string): string => `/desk/dossiers/${id}/correction`
export const signCorrectionHref = (id: string): string => `/desk/dossiers/${id}/correction/sign`
