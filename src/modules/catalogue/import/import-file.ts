import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { isRefusal } from '../../../platform/errors.ts'
import { listAgencies } from '../../organisations/index.ts'
import type { ProcedureInput } from '../content.ts'
import { recordImported, type ImportedEntry } from '../decisions/record-imported.ts'
import { lockLastVersions } from '../procedure.store.ts'
import { checkContent, publishProcedures, type Publication, type Published } from '../publish-procedure.ts'
import { convertRow, type Ministries } from './convert-row.ts'
import { Oddities, type Oddity } from './oddities.ts'
import { readLines, type FileLine } from './read-rows.ts'

export interface ImportResult {
  lines: number
  /** Procedures that were not in the catalogue. */
  created: number
  /** Procedures whose content differs from the last import. */
  amended: number
  unchanged: number
  /** Procedures that were written or shipped here: the import leaves them alone. */
  kept: number
  /** Lines that gave no procedure; each is among the oddities. */
  refused: number
  oddities: Oddity[]
  seconds: number
}

export interface ImportOptions { file: string; onProgress?: (lines: number) => void }

const batch = 200

export interface ImportRow { publication: Publication; code: string }

/**
 * Loads published procedures from a JSON-lines file at the national node. Each is checked like any publication; the same file a second
 * time changes nothing. What was written or shipped here stays, and the report says so.
 */
export async function importFile(ctx: Ctx, { file, onProgress }: ImportOptions): Promise<ImportResult> {
  const begun = performance.now()
  const result: ImportResult = { lines: 0, created: 0, amended: 0, unchanged: 0, kept: 0, refused: 0, oddities: [], seconds: 0 }
  const ministries: Ministries = new Map((await listAgencies(ctx.db, { level: 'ministry' })).map((a) => [a.nameVi.toLowerCase(), a.code]))
  const seen = new Set<string>()
  let rows: ImportRow[] = []
  const flush = async (): Promise<void> => {
    const full = rows
    rows = []
    if (full.length > 0) await transact(ctx, (tx) => keepBatch(tx, ctx, full, result))
    onProgress?.(result.lines)
  }
  for await (const line of readLines(file)) {
    if (line.text.trim() === '') continue
    result.lines++
    const row = readRow(line, seen, ministries, result)
    if (row) rows.push(row)
    if (rows.length >= batch) await flush()
  }
  await flush()
  result.seconds = (performance.now() - begun) / 1000
  return result
}

function readRow(line: FileLine, seen: Set<string>, ministries: Ministries, result: ImportResult): ImportRow | undefined {
  const parsed = parse(line.text)
  const code = typeof parsed?.code === 'string' ? parsed.code.trim() : ''
  const oddities = new Oddities(code || `line ${line.number}`)
  try {
    if (!parsed) return refuse(oddities, 'line-unreadable', line.text)
    if (!/^\d\.\d{6}(\.\d{3}\.\d{2}\.\d{2}\.[GH]\d{2})?$/.test(code)) return refuse(oddities, 'code-invalid', code || line.text)
    if (seen.has(code)) return refuse(oddities, 'code-twice', code)
    seen.add(code)
    const { content, decisionNumber } = convertRow(parsed, oddities, ministries)
    return { code, publication: { content: checkContent(content), origin: 'imported', ...(decisionNumber ? { decisionNumber } : {}) } }
  } catch (error) {
    if (!isRefusal(error)) throw error
    return refuse(oddities, 'content-invalid', String(error.params.mistakes))
  } finally {
    result.oddities.push(...oddities.list)
  }

  function refuse(list: Oddities, kind: string, found: string): undefined {
    result.refused++
    list.add(kind, found, 'not imported')
    return undefined
  }
}

function parse(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text.replaceAll('\\u0000', ''))
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

/** Publishes what was read, but for what was written or shipped here. */
export async function keepBatch(tx: Tx, ctx: Ctx, rows: readonly ImportRow[], result: ImportResult): Promise<void> {
  const last = await lockLastVersions(tx, rows.map((r) => r.code))
  const ours = rows.filter((r) => (last.get(r.code)?.origin ?? 'imported') !== 'imported' || last.get(r.code)?.isAbolished)
  for (const { code } of ours) result.oddities.push({ kind: 'kept-own-edition', code, found: `version ${last.get(code)!.version}, ${last.get(code)!.origin}`, done: 'left as it is' })
  result.kept += ours.length
  const open = rows.filter((r) => !ours.includes(r))
  const all = await publishProcedures(tx, ctx, open.map((r) => r.publication))
  await recordImported(tx, ctx, all.flatMap((p, i) => entryOf(p, open[i]!.publication)))
  for (const published of all) {
    if (!published.isNew) result.unchanged++
    else if (last.has(published.code)) result.amended++
    else result.created++
  }
}

/** A new version under the decision that the file names; none where it names no decision or no ministry with a code. */
function entryOf({ code, version, isNew }: Published, { content, decisionNumber }: Publication): ImportedEntry[] {
  const issuer = (content as ProcedureInput).owner?.code
  return isNew && decisionNumber && issuer && /^[GH]\d{2}$/.test(issuer) ? [{ code, version, issuer, number: decisionNumber }] : []
}

/** Counts a procedure that gives none, with what was found. */
export function refuseRow(result: ImportResult, code: string, kind: string, found: string): undefined {
  const oddities = new Oddities(code || 'without code')
  oddities.add(kind, found, 'not imported')
  result.refused++
  result.oddities.push(...oddities.list)
}

export function* inBatches<T>(items: readonly T[], size: number): Generator<readonly T[]> {
  for (let i = 0; i < items.length; i += size) yield items.slice(i, i + size)
}
