/** Addresses of assignment, bulk actions and the load of a desk. */
export const bulkPath = '/desk/bulk'
export const bulkReportPath = '/desk/bulk/:id'
export const handoversPath = '/desk/handovers'
export const handoverPath = '/desk/handovers/:id'
export const minutesPath = '/desk/handovers/:id/minutes'
export const workloadPath = '/desk/workload'

export const bulkReportHref = (id: string): string => `/desk/bulk/${id}`
export const handoverHref = (id: string): string => `/desk/handovers/${id}`
export const minutesHref = (id: string): string => `/desk/handovers/${id}/minutes`
