/** Addresses of moves to another version. */
export const movesPath = '/admin/process-moves'
export const newMovePath = '/admin/process-moves/new'
export const previewPath = '/admin/process-moves/preview'
export const movePath = '/admin/process-moves/:id'
export const reportPath = '/admin/process-moves/:id/report'
export const cancelMovePath = '/admin/process-moves/:id/cancel'

export const newMoveHref = (key: string): string => `/admin/process-moves/new?${new URLSearchParams({ process: key })}`
export const moveHref = (id: string): string => `/admin/process-moves/${id}`
export const reportHref = (id: string, format: string): string => `/admin/process-moves/${id}/report?format=${format}`
export const cancelMoveHref = (id: string): string => `/admin/process-moves/${id}/cancel`
