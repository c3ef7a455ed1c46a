/** Addresses of the postal staff, and of the desk that works with them. */
export const postalPath = '/desk/post'
export const giveToDeskPath = '/desk/post/hand-over'
export const deliverPath = '/desk/post/results/:id'
export const postalListPath = '/desk/post/lists/:id'
export const takeListPath = '/desk/post/lists/:id/take'
export const postalPaperPath = '/desk/post/lists/:id/paper'
export const withPostPath = '/desk/with-post'
export const delegationsPath = '/desk/postal-delegations'
export const endDelegationPath = '/desk/postal-delegations/:id/end'

export const deliverHref = (id: string): string => `/desk/post/results/${id}`
export const postalListHref = (id: string): string => `/desk/post/lists/${id}`
export const takeListHref = (id: string): string => `/desk/post/lists/${id}/take`
export const postalPaperHref = (id: string): string => `/desk/post/lists/${id}/paper`
export const endDelegationHref = (id: string): string => `/desk/postal-delegations/${id}/end`
