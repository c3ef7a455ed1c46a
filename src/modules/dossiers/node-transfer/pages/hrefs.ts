/** Addresses of transfers between nodes. */
export const transfersPath = '/desk/transfers'
export const transferOutPath = '/desk/dossiers/:id/transfer-out'
export const transferBackPath = '/desk/dossiers/:id/transfer-back'

export const transferOutHref = (id: string): string => `/desk/dossiers/${id}/transfer-out`
export const transferBackHref = (id: string): string => `/desk/dossiers/${id}/transfer-back`
