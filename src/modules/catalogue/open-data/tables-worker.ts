/**
 * Makes CSV and XLSX files of the tables in a process of its own: the workbook of a whole catalogue keeps a processor busy for seconds
 * and takes a hundred megabytes, which go with the process. Node runs this file as it stands; the build bundles it as build/tables-worker.js.
 */
import { exportTables, type Cell } from './tables.ts'
import { byteOrderMark, csvOf } from './write-csv.ts'
import { xlsxOf } from './write-xlsx.ts'

/** Rows of some procedures, a list for each table; then the order to finish. */
export type TablesOrder = { rows: Cell[][][] } | { finish: true }
export type TablesReply = { csv: Uint8Array[]; counts: number[]; xlsx: Uint8Array } | { error: string }

const filled = exportTables.map((table) => ({ table, rows: [] as Cell[][] }))

async function finish(): Promise<TablesReply> {
  const csv = filled.map(({ table, rows }) => Buffer.from(byteOrderMark + csvOf([table.columns, ...rows])))
  return { csv, counts: filled.map(({ rows }) => rows.length), xlsx: await xlsxOf(filled) }
}

process.on('message', (order: TablesOrder) => {
  if ('rows' in order) {
    for (const [i, rows] of order.rows.entries()) filled[i]!.rows.push(...rows)
    return
  }
  finish().catch((error: unknown): TablesReply => ({ error: String(error) })).then((reply) => process.send!(reply, () => process.exit(0)))
})
// Nobody is left to want the files.
process.on('disconnect', () => process.exit(1))
