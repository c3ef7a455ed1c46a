import type { ListName } from '../list-definition.ts'

/** Addresses of the shared catalogues' pages, at the national node. */
export const listsPath = '/admin/lists'
export const listPath = '/admin/lists/:name'
export const entryPath = '/admin/lists/:name/entries/:code'
export const newEntryPath = '/admin/lists/:name/new'
export const adjustPath = '/admin/lists/:name/entries/:code/adjust'
export const disablePath = '/admin/lists/:name/entries/:code/disable'
export const exportPath = '/admin/lists/:name/export'
export const importPath = '/admin/lists/:name/import'
export const importPreviewPath = '/admin/lists/:name/imports/:id'

const query = (given: Readonly<Record<string, string | undefined>>): string => {
  const set = Object.entries(given).filter((e): e is [string, string] => Boolean(e[1]))
  return set.length === 0 ? '' : `?${new URLSearchParams(set).toString()}`
}

export const listHref = (list: ListName, given: Readonly<Record<string, string | undefined>> = {}): string => `${listsPath}/${list}${query(given)}`
export const entryHref = (list: ListName, key: string, done?: string): string => `${listsPath}/${list}/entries/${encodeURIComponent(key)}${query({ done })}`
export const newEntryHref = (list: ListName): string => `${listsPath}/${list}/new`
export const changeHref = (list: ListName, key: string, action: 'adjust' | 'disable'): string => `${entryHref(list, key)}/${action}`
export const exportHref = (list: ListName, format: 'csv' | 'xlsx', what: 'entries' | 'history'): string => `${listsPath}/${list}/export${query({ format, what })}`
export const importHref = (list: ListName): string => `${listsPath}/${list}/import`
export const importPreviewHref = (list: ListName, id: string, done?: string): string => `${listsPath}/${list}/imports/${id}${query({ done })}`
