/** Addresses of linked groups. */
export const groupPath = '/ho-so-lien-thong/:id'
export const withdrawGroupPath = '/ho-so-lien-thong/:id/rut'
export const fileAgainPath = '/ho-so-lien-thong/:id/phan/:key/nop-lai'
export const giveUpPath = '/ho-so-lien-thong/:id/phan/:key/khong-nop-lai'
export const deskGroupsPath = '/desk/linked'
export const answerUndoPath = '/desk/dossiers/:id/undo-result'

export const groupHref = (id: string): string => `/ho-so-lien-thong/${id}`
export const withdrawGroupHref = (id: string): string => `/ho-so-lien-thong/${id}/rut`
export const fileAgainHref = (id: string, part: string): string => `/ho-so-lien-thong/${id}/phan/${part}/nop-lai`
export const giveUpHref = (id: string, part: string): string => `/ho-so-lien-thong/${id}/phan/${part}/khong-nop-lai`
export const answerUndoHref = (id: string): string => `/desk/dossiers/${id}/undo-result`
