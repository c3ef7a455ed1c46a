import { parse } from 'csv-parse/sync'
import { readSheet } from 'read-excel-file/node'

export { fileTypes, writeTable, type FileFormat } from '../../../platform/write-table.ts'

export const maxFileBytes = 10 * 1024 * 1024
export const maxLines = 20_000
/** Unpacked; a small file can claim to be a large one. */
const maxUnpacked = 200 * 1024 * 1024

export type ReadTable = { readonly rows: readonly (readonly string[])[] } | { readonly mistake: 'empty' | 'format' | 'size' | 'lines' }

/** Rows of the first sheet or of the CSV, as text; the first row is the heading. The kind of file is seen in its first bytes. */
export async function readTable(bytes: Buffer): Promise<ReadTable> {
  if (bytes.length === 0) return { mistake: 'empty' }
  if (bytes.length > maxFileBytes) return { mistake: 'size' }
  const isZip = bytes.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 3, 4]))
  if (isZip && unpackedSize(bytes) > maxUnpacked) return { mistake: 'size' }
  try {
    const rows = isZip ? (await readSheet(bytes)).map((row) => row.map(cellText)) : readCsv(bytes)
    const filled = rows.filter((row) => row.some((cell) => cell !== ''))
    return filled.length === 0 ? { mistake: 'empty' } : filled.length > maxLines + 1 ? { mistake: 'lines' } : { rows: filled }
  } catch {
    return { mistake: 'format' }
  }
}

function readCsv(bytes: Buffer): string[][] {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  const heading = text.slice(0, text.search(/\r|\n|$/))
  // Excel in Vietnamese parts with semicolons.
  const delimiter = [',', ';', '\t'].map((mark) => ({ mark, count: heading.split(mark).length })).sort((a, b) => b.count - a.count)[0]!.mark
  const rows: string[][] = parse(text, { bom: true, delimiter, relax_column_count: true, skip_empty_lines: true, trim: true, max_record_size: 100_000 })
  return rows.map((row) => row.map((cell) => cleanText(cell).replace(/^'(?=[=+\-@\t\r＝＋－＠])/, '')))
}

function cellText(cell: unknown): string {
  if (cell == null) return ''
  return cleanText(cell instanceof Date ? cell.toISOString().slice(0, 10) : String(cell))
}

/** Without what no database column takes and nobody types: control characters, halves of letters. */
const cleanText = (text: string): string => text.toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '').normalize('NFC').trim()

/** Sum of the sizes that the archive's own directory claims. */
function unpackedSize(zip: Buffer): number {
  let total = 0
  for (let at = zip.indexOf('PK\x01\x02', 0, 'latin1'); at >= 0 && at + 28 <= zip.length; at = zip.indexOf('PK\x01\x02', at + 4, 'latin1')) total += zip.readUInt32LE(at + 24)
  return total
}
