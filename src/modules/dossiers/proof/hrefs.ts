export const ownProofPath = '/ho-so/:id/bang-chung'
export const proofFilePath = '/ho-so/:id/bang-chung/tep'
export const ownProofHref = (id: string): string => `/ho-so/${id}/bang-chung`
export const proofFileHref = (id: string, seq: number): string => `/ho-so/${id}/bang-chung/tep?su-kien=${seq}`
