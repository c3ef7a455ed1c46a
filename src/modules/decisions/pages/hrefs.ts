/** Addresses of the decision tables. `/admin/decisions` is that of the publication decisions of the catalogue. */
export const tablesPath = '/admin/decision-tables'
export const newTablePath = '/admin/decision-tables/new'
export const tablePath = '/admin/decision-tables/:key'
export const versionPath = '/admin/decision-tables/:key/versions/:version'
export const versionFilePath = '/admin/decision-tables/:key/versions/:version/dmn'
export const startPath = '/admin/decision-tables/:key/versions/:version/draft'
export const draftPath = '/admin/decision-tables/:key/draft'
export const importPath = '/admin/decision-tables/:key/draft/import'
export const handOverPath = '/admin/decision-tables/:key/draft/hand-over'
export const returnPath = '/admin/decision-tables/:key/draft/return'
export const publishPath = '/admin/decision-tables/:key/draft/publish'
export const discardPath = '/admin/decision-tables/:key/draft/discard'

export const tableHref = (table: string): string => `/admin/decision-tables/${table}`
export const versionHref = (table: string, version: number, step = ''): string => `/admin/decision-tables/${table}/versions/${version}${step && `/${step}`}`
export const draftHref = (table: string, step = ''): string => `/admin/decision-tables/${table}/draft${step && `/${step}`}`
