import { stringify } from 'csv-stringify/sync'
import writeExcelFile from 'write-excel-file/node'

export type FileFormat = 'csv' | 'xlsx'
export const fileTypes: Readonly<Record<FileFormat, string>> = { csv: 'text/csv; charset=utf-8', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' }

/**
 * A table as CSV (with a byte order mark, for Excel) or XLSX. In CSV a cell that a spreadsheet would run as a formula is led by an
 * apostrophe; in XLSX every cell is text.
 */
export async function writeTable(format: FileFormat, header: readonly string[], rows: readonly (readonly string[])[]): Promise<Buffer> {
  if (format === 'csv') return Buffer.from(stringify([[...header], ...rows.map((r) => [...r])], { bom: true, escape_formulas: true, record_delimiter: 'windows' }))
  const cells = rows.map((row) => row.map((value) => (value === '' ? null : { type: String, value })))
  return await writeExcelFile([header.map((value) => ({ type: String, value, fontWeight: 'bold' as const })), ...cells], { stickyRowsCount: 1 }).toBuffer()
}
