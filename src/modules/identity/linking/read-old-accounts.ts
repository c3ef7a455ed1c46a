import { parse } from 'csv-parse/sync'
import { cleanName, cleanPhone } from '../citizens/person-fields.ts'
import { idNumberAgrees, readIdNumber, readOldIdNumber } from '../../numbers/index.ts'

/** An account of the old system, as its file tells it. */
export interface OldRow { localId: string; idNumber: string | null; oldIdNumber: string | null; fullName: string; birthDate: string; phone: string | null }

export type RowMistake = 'local-id' | 'twice' | 'number' | 'contradicts' | 'name' | 'birth-date'
export interface LineMistake { line: number; mistake: RowMistake }
export type OldFile = { ok: true; rows: OldRow[]; mistakes: LineMistake[] } | { ok: false; reason: 'missing' | 'format' | 'columns' | 'lines' }

/** Headings in either language, in any order. */
const headings = {
  localId: ['ma_tai_khoan', 'local_id'], idNumber: ['so_dinh_danh', 'id_number'], oldIdNumber: ['so_cmnd', 'old_id_number'],
  fullName: ['ho_ten', 'full_name'], birthDate: ['ngay_sinh', 'birth_date'], phone: ['dien_thoai', 'phone'],
} as const
type Column = keyof typeof headings
export const headingRow = Object.values(headings).map(([vi]) => vi).join(',')

const maxLines = 50_000

/** Reads a CSV of old accounts. A line that cannot be right is left out and named; the others are read. Never throws. */
export function readOldAccounts(bytes: Buffer): OldFile {
  if (bytes.length === 0) return { ok: false, reason: 'missing' }
  const table = tableOf(bytes)
  if (!table) return { ok: false, reason: 'format' }
  const [head = [], ...lines] = table
  const at = (column: Column): number => head.findIndex((cell) => (headings[column] as readonly string[]).includes(cell.trim().toLowerCase()))
  const places = Object.fromEntries((Object.keys(headings) as Column[]).map((column) => [column, at(column)])) as Record<Column, number>
  if (places.localId < 0 || places.fullName < 0 || places.birthDate < 0 || (places.idNumber < 0 && places.oldIdNumber < 0)) return { ok: false, reason: 'columns' }
  if (lines.length === 0) return { ok: false, reason: 'missing' }
  if (lines.length > maxLines) return { ok: false, reason: 'lines' }
  return readLines(lines, places)
}

function readLines(lines: readonly string[][], places: Record<Column, number>): OldFile {
  const seen = new Set<string>()
  const rows: OldRow[] = []
  const mistakes: LineMistake[] = []
  lines.forEach((cells, i) => {
    const row = readRow((column) => (places[column] < 0 ? '' : (cells[places[column]] ?? '').normalize('NFC').replaceAll('\u0000', '').trim()))
    const mistake = typeof row === 'string' ? row : seen.has(row.localId) ? 'twice' : undefined
    if (mistake) mistakes.push({ line: i + 2, mistake })
    else rows.push(row as OldRow)
    if (typeof row !== 'string') seen.add(row.localId)
  })
  return { ok: true, rows, mistakes }
}

function readRow(cell: (column: Column) => string): OldRow | RowMistake {
  const localId = cell('localId')
  if (!/^[\w.@-]{1,100}$/.test(localId)) return 'local-id'
  const fullName = cleanName(cell('fullName'))
  if (!fullName) return 'name'
  const birthDate = dayOf(cell('birthDate'))
  if (!birthDate) return 'birth-date'
  const idNumber = readIdNumber(cell('idNumber'))?.idNumber ?? null
  const oldIdNumber = readOldIdNumber(cell('oldIdNumber')) ?? readOldIdNumber(cell('idNumber')) ?? null
  if (!idNumber && !oldIdNumber) return 'number'
  if (idNumber && !idNumberAgrees(idNumber, { birthDate })) return 'contradicts'
  return { localId, idNumber, oldIdNumber, fullName, birthDate, phone: cleanPhone(cell('phone')) ?? null }
}

function tableOf(bytes: Buffer): string[][] | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    const heading = text.slice(0, text.search(/\r|\n|$/))
    // Excel in Vietnamese parts with semicolons.
    const delimiter = [',', ';', '\t'].map((mark) => ({ mark, count: heading.split(mark).length })).sort((a, b) => b.count - a.count)[0]!.mark
    return parse(text, { bom: true, delimiter, relax_column_count: true, skip_empty_lines: true, trim: true, max_record_size: 10_000 }) as string[][]
  } catch {
    // Not UTF-8, or no CSV: both are said as one.
    return undefined
  }
}

/** '27/3/1990', '27-03-1990' or '1990-03-27'. */
function dayOf(text: string): string | undefined {
  const [, d, m, y] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text) ?? []
  const iso = y ? `${y}-${m!.padStart(2, '0')}-${d!.padStart(2, '0')}` : text
  if (!/^\d{4}-\d{2}-\d{2}$/.test(iso)) return undefined
  const date = new Date(`${iso}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === iso ? iso : undefined
}
