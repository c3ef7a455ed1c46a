/** Addresses of the catalogue's pages. */
export const homePath = '/'
export const listPath = '/thu-tuc'
export const procedurePath = '/thu-tuc/:code'
export const versionPath = '/thu-tuc/:code/phien-ban/:version'
/** Answers the search box while one types. */
export const suggestPath = '/thu-tuc/goi-y'
export const informationPath = '/thong-tin'

export const procedureHref = (code: string): string => `/thu-tuc/${code}`
export const versionHref = (code: string, version: number): string => `/thu-tuc/${code}/phien-ban/${version}`
/** The list narrowed: q, linh-vuc, cap, doi-tuong, truc-tuyen, su-kien, sap-xep, trang. Empty values are left out. */
export function listHref(query: Readonly<Record<string, string | undefined>> = {}): string {
  const given = Object.entries(query).filter((e): e is [string, string] => Boolean(e[1]))
  return given.length === 0 ? listPath : `${listPath}?${new URLSearchParams(given).toString()}`
}
/** Filing belongs to another module; its address is part of the contract of the portal. */
export const filingHref = (code: string): string => `/nop-ho-so/${code}`
export const trackPath = '/tra-cuu'
