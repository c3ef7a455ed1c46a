import type { ListName } from '../shared-list.ts'

/** Addresses of the shared catalogues' pages, at the national node. */
export const listsPath = '/admin/lists'
export const listPath = '/admin/lists/:list'
export const entryPath = '/admin/lists/:list/entries/:key'
export const newEntryPath = '/admin/lists/:list/new'
export const adjustPath = '/admin/lists/:list/entries/:key/adjust'
export const disablePath = '/admin/lists/:list/entries/:key/disable'
export const exportPath = '/admin/lists/:list/export'
export const importPath = '/admin/lists/:list/import'
export const importPreviewPath = '/admin/lists/:list/imports/:id'

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
