import type { DatedEntry, EntryValues } from '../../../platform/dated-table.ts'
import type { Db } from '../../../platform/db.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { findAdministrativeUnit, findAgency } from '../../organisations/index.ts'
import type { EntryRequest } from './change-entry.ts'
import type { ListChange } from './list-change.store.ts'
import type { ListColumn, SharedList } from './list-definition.ts'

const longestBasis = 300

interface Standing { readonly before: DatedEntry | undefined; readonly last: ListChange | undefined }

/** Reads what was typed into values of the list; says field by field what is wrong. */
export async function checkEntry(db: Db, list: SharedList, request: EntryRequest, standing: Standing): Promise<{ errors: FieldError[]; after: EntryValues | null }> {
  const errors = [...checkKey(list, request, standing), ...checkDay(request, standing), ...checkBasis(request)]
  if (request.action === 'disable') return { errors, after: null }
  const after: Record<string, string | null> = {}
  for (const column of list.columns) {
    const parsed = column.schema.safeParse(request.values[column.field] ?? '')
    if (parsed.success) after[column.field] = parsed.data
    else errors.push({ field: column.field, key: mistakeIn(column, request.values[column.field]) })
  }
  const rule = list.check?.(request.key, after)
  if (rule && !errors.some((e) => e.field === rule.field)) errors.push(rule)
  const admitted = request.action === 'add' && errors.length === 0 ? await list.admits?.(db, request.key) : undefined
  if (admitted) errors.push(admitted)
  errors.push(...(await checkReferences(db, list, after, request.from)))
  if (errors.length === 0 && request.action === 'adjust' && sameValues(standing.before!.values, after)) errors.push({ field: list.columns[0]!.field, key: 'catalogue.lists.invalid.unchanged' })
  return { errors, after }
}

/** A civil date that exists: 2026-02-31 does not. */
export const isDay = (day: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(day) && new Date(`${day}T00:00:00Z`).toJSON()?.startsWith(day) === true

export const sameValues = (a: EntryValues, b: EntryValues): boolean => [...new Set([...Object.keys(a), ...Object.keys(b)])].every((field) => (a[field] ?? null) === (b[field] ?? null))

function mistakeIn(column: ListColumn, typed: string | null | undefined): string {
  if (!typed?.trim()) return 'catalogue.lists.invalid.empty'
  return column.choices ? 'catalogue.lists.invalid.choice' : 'catalogue.lists.invalid.form'
}

function checkKey(list: SharedList, { key, action }: EntryRequest, { before }: Standing): FieldError[] {
  if (action === 'add' && !list.keyPattern.test(key)) return [{ field: 'key', key: `catalogue.lists.invalid.key.${list.name}` }]
  if (action === 'add' && before && before.state !== 'disabled') return [{ field: 'key', key: 'catalogue.lists.invalid.taken' }]
  if (action !== 'add' && before?.state === 'disabled') return [{ field: 'key', key: 'catalogue.lists.invalid.disabled' }]
  return []
}

/** Changes go forward in time: one that is planned is corrected on its own day, not undercut. */
function checkDay({ from, action }: EntryRequest, { before, last }: Standing): FieldError[] {
  const invalid = (key: string, date = ''): FieldError[] => [{ field: 'from', key, params: { date: date.split('-').reverse().join('/') } }]
  if (!isDay(from) || from < '1945-01-01' || from > '2200-01-01') return invalid('catalogue.lists.invalid.day')
  if (last && from < last.fromDate) return invalid('catalogue.lists.invalid.beforeLast', last.fromDate)
  if (before?.validTo && action === 'add' && from < before.validTo) return invalid('catalogue.lists.invalid.beforeEnd', before.validTo)
  if (before?.validFrom && action === 'adjust' && from < before.validFrom) return invalid('catalogue.lists.invalid.beforeStart', before.validFrom)
  if (before?.validFrom && action === 'disable' && from <= before.validFrom) return invalid('catalogue.lists.invalid.beforeStart', before.validFrom)
  if (before?.validTo && action === 'disable' && from >= before.validTo) return invalid('catalogue.lists.invalid.endsBefore', before.validTo)
  return []
}

function checkBasis({ basis }: EntryRequest): FieldError[] {
  if (basis.trim() === '') return [{ field: 'basis', key: 'catalogue.lists.invalid.basis' }]
  return [...basis].length > longestBasis ? [{ field: 'basis', key: 'catalogue.lists.invalid.long', params: { longest: longestBasis } }] : []
}

async function checkReferences(db: Db, list: SharedList, values: EntryValues, day: string): Promise<FieldError[]> {
  const errors: FieldError[] = []
  for (const { field, refers } of list.columns) {
    const value = values[field]
    if (!refers || !value || !isDay(day)) continue
    if (!(await exists(db, refers, value, day))) errors.push({ field, key: `catalogue.lists.invalid.unknown.${refers}` })
  }
  return errors
}

async function exists(db: Db, refers: 'agency' | 'procedure' | 'unit', code: string, day: string): Promise<boolean> {
  if (refers === 'agency') return (await findAgency(db, code, day)) !== undefined
  if (refers === 'unit') return (await findAdministrativeUnit(db, code, day)) !== undefined
  return (await db`SELECT 1 FROM catalogue.procedure WHERE code = ${code} AND abolished_on IS NULL`).length > 0
}
