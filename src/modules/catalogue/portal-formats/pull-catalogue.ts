import { transact, type Ctx } from '../../../platform/ctx.ts'
import { isRefusal } from '../../../platform/errors.ts'
import { inBatches, keepBatch, refuseRow, type ImportResult, type ImportRow } from '../import/import-file.ts'
import { line } from '../import/clean-text.ts'
import { Oddities } from '../import/oddities.ts'
import { checkContent } from '../publish-procedure.ts'
import { PortalAnswerError, type Portal } from './call-portal.ts'
import { readProcedure, type AgencyNames } from './read-procedure.ts'

export interface PullOptions {
  /** Details asked for at the same time; 4 unless told. */
  parallel?: number
  /** Only these codes; all that the portal lists unless told. */
  codes?: readonly string[]
  onProgress?: (done: number, of: number) => void
}

const batch = 100

/**
 * Reads the catalogue of a portal that speaks the national formats and imports it at the national node: checked like any import, what was written
 * or shipped here stays, and everything odd is in the result. A procedure that the portal cannot give is an oddity, not the end.
 */
export async function pullCatalogue(ctx: Ctx, portal: Portal, options: PullOptions = {}): Promise<ImportResult> {
  const begun = performance.now()
  const result: ImportResult = { lines: 0, created: 0, amended: 0, unchanged: 0, kept: 0, refused: 0, oddities: [], seconds: 0 }
  const agencies = new Map((await portal.pull('LayDanhMucCoQuan')).map((a) => [line(a.MADONVI), line(a.TENDONVI)]))
  const listed = (await portal.pull('LayDanhSachTTHC')).map((p) => line(p.MATTHC))
  const wanted = options.codes ? listed.filter((code) => options.codes!.includes(code)) : listed
  const codes = [...new Set(wanted)]
  for (const code of wanted.filter((c, i) => wanted.indexOf(c) !== i)) refuseRow(result, code, 'code-twice', code)
  for (const some of inBatches(codes, batch)) {
    const rows = (await gather(some, options.parallel ?? 4, (code) => readOne(portal, code, agencies, result))).filter((row) => row !== undefined)
    if (rows.length > 0) await transact(ctx, (tx) => keepBatch(tx, ctx, rows, result))
    options.onProgress?.(result.lines, codes.length)
  }
  result.seconds = (performance.now() - begun) / 1000
  return result
}

async function readOne(portal: Portal, code: string, agencies: AgencyNames, result: ImportResult): Promise<ImportRow | undefined> {
  result.lines++
  if (!/^\d\.\d{6}(\.\d{3}\.\d{2}\.\d{2}\.[GH]\d{2})?$/.test(code)) return refuseRow(result, code, 'code-invalid', code)
  const oddities = new Oddities(code)
  try {
    const [message] = await portal.pull('LayThuTuc', { maTTHC: code })
    if (!message) return refuseRow(result, code, 'detail-missing', '')
    if (line(message.MATTHC) !== code) return refuseRow(result, code, 'code-invalid', `the answer is about ${line(message.MATTHC)}`)
    const { content, decisionNumber } = readProcedure(message, oddities, agencies)
    result.oddities.push(...oddities.list)
    return { code, publication: { content: checkContent(content), origin: 'imported', ...(decisionNumber ? { decisionNumber } : {}) } }
  } catch (error) {
    if (error instanceof PortalAnswerError) return refuseRow(result, code, 'detail-missing', error.message)
    if (isRefusal(error)) return refuseRow(result, code, 'content-invalid', String(error.params.mistakes))
    throw error
  }
}

/** As Promise.all, but at most so many at once, in order. */
async function gather<T, R>(items: readonly T[], parallel: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results = new Array<R>(items.length)
  let next = 0
  const worker = async (): Promise<void> => {
    for (let i = next++; i < items.length; i = next++) results[i] = await work(items[i]!)
  }
  await Promise.all(Array.from({ length: parallel }, worker))
  return results
}
