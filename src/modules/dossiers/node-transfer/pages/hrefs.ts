/** Addresses of transfers between nodes. */
export const transfersPath = '/desk/transfers'
export const transferOutPath = '/desk/dossiers/:id/transfer-out'
export const transferBackPath = '/desk/dossiers/:id/transfer-back'

/** `sought`: the agency for which one searched there. */
export const transferOutHref = (id: string, sought = ''): string => `/desk/dossiers/${id}/transfer-out${sought === '' ? '' : `?${new URLSearchParams({ agency: sought })}`}`
export const transferBackHref = (id: string): string => `/desk/dossiers/${id}/transfer-back`
