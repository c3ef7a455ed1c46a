/** Addresses of the publication decisions. */
export const decisionsPath = '/admin/decisions'
export const newDecisionPath = '/admin/decisions/new'
export const decisionPath = '/admin/decisions/:id'
export const editDecisionPath = '/admin/decisions/:id/edit'
export const decisionFilePath = '/admin/decisions/:id/file'
export const addItemPath = '/admin/decisions/:id/items'
export const itemPath = '/admin/decisions/:id/items/:code'
export const removeItemPath = '/admin/decisions/:id/items/:code/remove'
export const submitPath = '/admin/decisions/:id/submit'
export const checkPath = '/admin/decisions/:id/check'
export const publishPath = '/admin/decisions/:id/publish'
export const withdrawPath = '/admin/decisions/:id/withdraw'
export const copiesPath = '/admin/localisations'
export const copyPath = '/admin/localisations/:code'
export const comparePath = '/thu-tuc/:code/so-sanh'

const withQuery = (path: string, query: Readonly<Record<string, string | undefined>>): string => {
  const given = Object.entries(query).filter((e): e is [string, string] => Boolean(e[1]))
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given).toString()}`
}

/** The list narrowed: q, state, issuer, page. */
export const decisionsHref = (query: Readonly<Record<string, string | undefined>> = {}): string => withQuery(decisionsPath, query)
export const decisionHref = (id: string, query: Readonly<Record<string, string | undefined>> = {}): string => withQuery(`/admin/decisions/${id}`, query)
export const editDecisionHref = (id: string): string => `/admin/decisions/${id}/edit`
export const decisionFileHref = (id: string): string => `/admin/decisions/${id}/file`
export const addItemHref = (id: string): string => `/admin/decisions/${id}/items`
export const itemHref = (id: string, code: string, query: Readonly<Record<string, string | undefined>> = {}): string => withQuery(`/admin/decisions/${id}/items/${code}`, query)
export const removeItemHref = (id: string, code: string): string => `/admin/decisions/${id}/items/${code}/remove`
export const submitHref = (id: string): string => `/admin/decisions/${id}/submit`
export const checkHref = (id: string, page?: number): string => withQuery(`/admin/decisions/${id}/check`, { page: page && page > 1 ? String(page) : undefined })
export const publishHref = (id: string): string => `/admin/decisions/${id}/publish`
export const withdrawHref = (id: string): string => `/admin/decisions/${id}/withdraw`
export const copiesHref = (query: Readonly<Record<string, string | undefined>> = {}): string => withQuery(copiesPath, query)
export const copyHref = (code: string): string => `/admin/localisations/${code}`
/** Two versions side by side, for everybody. */
export const compareHref = (code: string, from: number, to: number): string => `/thu-tuc/${code}/so-sanh?tu=${from}&den=${to}`
