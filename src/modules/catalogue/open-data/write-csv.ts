import { stringify } from 'csv-stringify/sync'
import type { Cell } from './tables.ts'

/** Begins a CSV file: so that Excel reads it as UTF-8. */
export const byteOrderMark = '\uFEFF'

/**
 * Rows as CSV (RFC 4180). A cell that a spreadsheet would take for a formula gets an apostrophe in front; also one that begins so after
 * blanks, which some programs skip.
 */
export function csvOf(rows: readonly (readonly Cell[])[]): string {
  return stringify(rows.map((row) => row.map(harmless)), { record_delimiter: 'windows' })
}

function harmless(cell: Cell): Cell {
  if (typeof cell !== 'string') return cell
  const text = cell.replaceAll('\u0000', '')
  return /^\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]|^[\t\r\n]/.test(text) ? `'${text}` : text
}
