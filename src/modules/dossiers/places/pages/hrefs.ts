/** Addresses of what a desk does for other agencies. */
export const receiveFiledPath = '/desk/receive-filed'
export const returnsPath = '/desk/returns'
export const returnPath = '/desk/returns/:id'
export const returnPaperPath = '/desk/returns/:id/papers/:document'

export const returnHref = (id: string): string => `/desk/returns/${id}`
export const returnPaperHref = (id: string, document: string): string => `/desk/returns/${id}/papers/${document}`
