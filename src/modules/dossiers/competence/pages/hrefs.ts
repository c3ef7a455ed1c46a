/** Addresses of filings without an agency, and of transfers. */
export const unplacedListPath = '/desk/unplaced'
export const unplacedPath = '/desk/unplaced/:id'
export const transferPath = '/desk/dossiers/:id/transfer'

export const unplacedHref = (id: string): string => `/desk/unplaced/${id}`
export const transferHref = (id: string): string => `/desk/dossiers/${id}/transfer`
