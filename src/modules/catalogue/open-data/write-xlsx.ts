import writeXlsxFile from 'write-excel-file/node'
import type { Cell, ExportTable } from './tables.ts'

/** What Excel takes in one cell. */
const maxCell = 32_767

export interface FilledTable { table: ExportTable; rows: readonly Cell[][] }

/** Tables as one workbook, a sheet each. Text is written as text: nothing in it is a formula. */
export async function xlsxOf(tables: readonly FilledTable[]): Promise<Buffer> {
  const sheets = tables.map(({ table, rows }) => ({
    sheet: table.title, stickyRowsCount: 1,
    data: [table.columns.map((c) => ({ value: c, type: String, fontWeight: 'bold' as const })), ...rows.map((row) => row.map(cellOf))],
  }))
  return await writeXlsxFile(sheets).toBuffer()
}

function cellOf(cell: Cell) {
  if (cell === null || cell === '') return null
  if (typeof cell === 'number') return { value: cell, type: Number }
  const text = cell.replace(/[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g, '')
  return { value: text.length > maxCell ? `${text.slice(0, maxCell - 1)}…` : text, type: String }
}
