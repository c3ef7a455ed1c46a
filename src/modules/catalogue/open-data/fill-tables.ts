import { fork } from 'node:child_process'
import { join } from 'node:path'
import { root } from '../../../platform/root.ts'
import type { ExportRow } from './read-export.ts'
import { exportTables, type ExportTable } from './tables.ts'
import type { TablesOrder, TablesReply } from './tables-worker.ts'

export interface TableFiles { tables: { table: ExportTable; csv: Buffer; rows: number }[]; xlsx: Buffer }

const timeoutMs = 5 * 60_000

/** CSV and XLSX of the versions, made in a process of its own that gets them page by page. */
export async function fillTables(pages: AsyncIterable<readonly ExportRow[]>): Promise<TableFiles> {
  const isBundled = !import.meta.filename.endsWith('.ts')
  const entry = isBundled ? join(root, 'build', 'tables-worker.js') : join(root, 'src', 'modules', 'catalogue', 'open-data', 'tables-worker.ts')
  const child = fork(entry, [], { execPath: process.execPath, execArgv: [], serialization: 'advanced', stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const reply = new Promise<TablesReply>((resolve, reject) => {
    child.once('message', (message) => resolve(message as TablesReply))
    child.once('error', reject)
    child.once('exit', (code, signal) => reject(new Error(`The process that makes the tables ended (${signal ?? code}).`)))
  })
  reply.catch(() => {})
  const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs)
  const order = (message: TablesOrder): Promise<void> => new Promise((resolve, reject) => child.send(message, (error) => (error ? reject(error) : resolve())))
  try {
    for await (const page of pages) await order({ rows: exportTables.map((table) => page.flatMap((v) => table.rows(v))) })
    await order({ finish: true })
    const done = await reply
    if ('error' in done) throw new Error(`The tables could not be made: ${done.error}`)
    return { tables: exportTables.map((table, i) => ({ table, csv: Buffer.from(done.csv[i]!), rows: done.counts[i]! })), xlsx: Buffer.from(done.xlsx) }
  } finally {
    clearTimeout(timer)
    child.kill()
  }
}
