/** Addresses of the decision tables. `/admin/decisions` is that of the publication decisions of the catalogue. */
export const tablesPath = '/admin/decision-tables'
export const newTablePath = '/admin/decision-tables/new'
export const tablePath = '/admin/decision-tables/:table'
export const versionPath = '/admin/decision-tables/:table/versions/:version'
export const versionFilePath = '/admin/decision-tables/:table/versions/:version/dmn'
export const startPath = '/admin/decision-tables/:table/versions/:version/draft'
export const draftPath = '/admin/decision-tables/:table/draft'
export const importPath = '/admin/decision-tables/:table/draft/import'
export const handOverPath = '/admin/decision-tables/:table/draft/hand-over'
export const returnPath = '/admin/decision-tables/:table/draft/return'
export const publishPath = '/admin/decision-tables/:table/draft/publish'
export const discardPath = '/admin/decision-tables/:table/draft/discard'

export const tableHref = (table: string): string => `/admin/decision-tables/${table}`
export const versionHref = (table: string, version: number, step = ''): string => `/admin/decision-tables/${table}/versions/${version}${step && `/${step}`}`
export const draftHref = (table: string, step = ''): string => `/admin/decision-tables/${table}/draft${step && `/${step}`}`
