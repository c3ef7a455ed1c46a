import type { Db, Tx } from './db.ts'
import { publicChanged } from './public-state.ts'

export type EntryValues = Readonly<Record<string, string | null>>
export type EntryState = 'valid' | 'disabled' | 'future'
export const entryStates: readonly EntryState[] = ['valid', 'future', 'disabled']

/** One entry as it stands on a day: the period in force, else the next one, else the last. */
export interface DatedEntry {
  readonly key: string
  /** First day, 'YYYY-MM-DD'; null where it lies before the records. */
  readonly validFrom: string | null
  /** First day on which it no longer holds; null while it does. */
  readonly validTo: string | null
  readonly state: EntryState
  readonly values: EntryValues
}

export interface EntryQuery {
  /** Words; each must occur in the code or in one of the searched columns, diacritics aside. */
  readonly q?: string | undefined
  readonly state?: EntryState | undefined
  /** A field, 'key' or 'validFrom'. */
  readonly sort?: string | undefined
  readonly descending?: boolean
  readonly page?: number
  readonly size?: number
}

export interface EntryPage { readonly rows: readonly DatedEntry[]; readonly total: number; readonly page: number; readonly pages: number }

export interface DatedTableOptions {
  /** Schema and name: 'catalogue.revenue_type'. It has the columns code, valid_from, valid_to. */
  readonly table: string
  /** Field of the entry → column. */
  readonly columns: Readonly<Record<string, string>>
  /** Fields in which words are looked for. */
  readonly searched: readonly string[]
  /** Column that holds the searched fields without diacritics already, for large tables. */
  readonly plainColumn?: string
  /** 'many': a row for each period. 'one': one row for each code, which a change overwrites from its day on. */
  readonly periods: 'many' | 'one'
  /** Columns that a new period takes from the one before it. */
  readonly carried?: readonly string[]
  /** Boolean column that is true on rows written here. */
  readonly mark?: string
  /** Columns that follow from the fields, or from other rows; written with them. */
  derive?(tx: Tx, key: string, values: EntryValues): Promise<Readonly<Record<string, string | null>>>
}

export interface DatedTable {
  search(db: Db, query: EntryQuery, today: string): Promise<EntryPage>
  find(db: Db, key: string, today: string): Promise<DatedEntry | undefined>
  /** All periods of one entry, or of all of them, by code and first day. */
  periods(db: Db, key?: string): Promise<DatedEntry[]>
  /** Every entry as it stands today, by code. */
  all(db: Db, today: string): Promise<DatedEntry[]>
  /** The values hold from that day; the period in force then ends. */
  put(tx: Tx, key: string, values: EntryValues, from: string): Promise<void>
  /** The period in force ends on that day. */
  end(tx: Tx, key: string, on: string): Promise<void>
}

interface Row { key: string; validFrom: string | null; validTo: string | null; state: EntryState; row: Record<string, unknown> }

/** Rows with a first and a last day, read and written in one way: what every shared list of reference data is. */
export function datedTable(options: DatedTableOptions): DatedTable {
  const { table, columns, searched } = options
  const marked = options.mark ? { [options.mark]: true } : {}
  const values = (row: Record<string, unknown>): EntryValues => Object.fromEntries(Object.entries(columns).map(([field, column]) => [field, row[column] == null ? null : String(row[column])]))
  const entry = ({ key, validFrom, validTo, state, row }: Row): DatedEntry => ({ key, validFrom, validTo, state, values: values(row) })
  const state = (db: Db, today: string) => db`CASE WHEN r.valid_to <= ${today} THEN 'disabled' WHEN r.valid_from > ${today} THEN 'future' ELSE 'valid' END AS state`
  const period = (db: Db, today: string) => db`r.code AS key, nullif(r.valid_from, '-infinity'::date) AS "validFrom", r.valid_to AS "validTo", to_jsonb(r) AS row, ${state(db, today)}`
  /** One row for each code: the period in force, else the next, else the last. */
  const first = (db: Db, today: string) => db`
    ORDER BY r.code, (r.valid_from <= ${today} AND (r.valid_to IS NULL OR r.valid_to > ${today})) DESC, (r.valid_from > ${today}) DESC, CASE WHEN r.valid_from > ${today} THEN r.valid_from END, r.valid_from DESC`
  const standing = (db: Db, today: string, key?: string) => db`SELECT DISTINCT ON (r.code) ${period(db, today)} FROM ${db(table)} r ${key === undefined ? db`` : db`WHERE r.code = ${key}`} ${first(db, today)}`
  const text = (db: Db) => options.plainColumn ? db`r.code || ' ' || ${db(`r.${options.plainColumn}`)}` : db`platform.plain(concat_ws(' ', r.code, ${searched.map((field, i) => db`${i > 0 ? db`, ` : db``}${db(`r.${columns[field]!}`)}`)}))`

  return {
    async search(db, query, today) {
      const size = query.size ?? 50
      const words = wordsOf(query.q).map((word) => `%${word}%`)
      const sort = query.sort && Object.hasOwn(columns, query.sort) ? db`${db(`r.${columns[query.sort]!}`)}::text` : query.sort === 'validFrom' ? db`r.valid_from` : db`r.code`
      // Only the keys are sorted and counted; the whole rows are read for one page. A former name finds the entry as well.
      const keys = db`
        FROM (SELECT DISTINCT ON (r.code) r.code, r.valid_from, ${sort} AS sort, ${state(db, today)} FROM ${db(table)} r
          ${words.length > 0 ? db`WHERE r.code IN (SELECT r.code FROM ${db(table)} r WHERE ${text(db)} LIKE ALL(${words}::text[]))` : db``} ${first(db, today)}) k
        ${query.state ? db`WHERE k.state = ${query.state}` : db``}`
      const [{ total } = { total: 0 }] = await db<{ total: number }[]>`SELECT count(*)::int AS total ${keys}`
      const pages = Math.max(1, Math.ceil(total / size))
      const page = Math.min(Math.max(1, query.page ?? 1), pages)
      const order = query.descending ? db`k.sort DESC NULLS LAST, k.code` : db`k.sort ASC NULLS FIRST, k.code`
      const rows = await db<Row[]>`
        SELECT ${period(db, today)} FROM (SELECT k.code, k.valid_from, row_number() OVER (ORDER BY ${order}) AS n ${keys} ORDER BY ${order} LIMIT ${size} OFFSET ${(page - 1) * size}) k
        JOIN ${db(table)} r ON r.code = k.code AND r.valid_from = k.valid_from ORDER BY k.n`
      return { rows: rows.map(entry), total, page, pages }
    },
    async find(db, key, today) {
      const [row] = await db<Row[]>`${standing(db, today, key)}`
      return row && entry(row)
    },
    async periods(db, key) {
      const rows = await db<Row[]>`SELECT ${period(db, '9999-12-31')} FROM ${db(table)} r ${key === undefined ? db`` : db`WHERE r.code = ${key}`} ORDER BY r.code, r.valid_from`
      return rows.map(entry)
    },
    async all(db, today) {
      return (await db<Row[]>`${standing(db, today)}`).map(entry)
    },
    put: (tx, key, given, from) => put(tx, options, key, given, from),
    async end(tx, key, on) {
      publicChanged(tx)
      await tx`UPDATE ${tx(table)} SET ${tx({ valid_to: on, ...marked })} WHERE code = ${key} AND valid_from <= ${on} AND (valid_to IS NULL OR valid_to > ${on})`
    },
  }
}

async function put(tx: Tx, options: DatedTableOptions, key: string, given: EntryValues, from: string): Promise<void> {
  publicChanged(tx)
  const { table, columns, periods, carried = [] } = options
  const marked = options.mark ? { [options.mark]: true } : {}
  const [before] = await tx<{ row: Record<string, unknown>; first: string }[]>`SELECT to_jsonb(r) AS row, r.valid_from::text AS first FROM ${tx(table)} r WHERE code = ${key} AND (valid_from <= ${from} OR ${periods === 'one'}) ORDER BY valid_from DESC LIMIT 1`
  const row = {
    ...Object.fromEntries(carried.map((column) => [column, before?.row[column] ?? null])),
    ...Object.fromEntries(Object.entries(columns).map(([field, column]) => [column, given[field] ?? null])),
    ...(await options.derive?.(tx, key, given)),
    ...marked,
  }
  const open = before && (before.row.valid_to === null || String(before.row.valid_to) > from)
  if (before && (before.first === from || (periods === 'one' && open))) return void await tx`UPDATE ${tx(table)} SET ${tx({ ...row, valid_to: null })} WHERE code = ${key} AND valid_from = ${before.first}`
  if (periods === 'one' && before) return void await tx`UPDATE ${tx(table)} SET ${tx({ ...row, valid_from: from, valid_to: null })} WHERE code = ${key}`
  if (open) await tx`UPDATE ${tx(table)} SET ${tx({ valid_to: from, ...marked })} WHERE code = ${key} AND valid_from = ${before.first}`
  await tx`INSERT INTO ${tx(table)} ${tx({ code: key, valid_from: from, ...row })}`
}

/** What was typed, as the words that are looked for; wild cards of LIKE mean themselves. */
function wordsOf(q: string | undefined): string[] {
  const plain = (q ?? '').normalize('NFD').replace(/\p{M}/gu, '').replace(/[đĐ]/g, 'd').toLowerCase()
  return plain.split(/[^\p{L}\p{N}.]+/u).filter(Boolean).slice(0, 10).map((word) => word.replace(/[\\%_]/g, '\\$&'))
}
