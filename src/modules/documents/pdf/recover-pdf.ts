import { fileOf, objectAt, openPdf, type Entry, type PdfFile } from './open-pdf.ts'
import { dictOf, nameOf, PdfDamaged, type PdfDict, type PdfValue } from './values.ts'

/**
 * Opens a PDF as a forgiving viewer does: junk before the header is cut off, and where the cross-reference is wrong the objects are
 * looked for by their headers. For files that people send; a signature is never judged by this. Throws PdfDamaged.
 */
export function recoverPdf(bytes: Buffer): PdfFile {
  const head = bytes.subarray(0, 1024).indexOf('%PDF-')
  if (head < 0) throw new PdfDamaged('The file does not begin with %PDF-.')
  const body = bytes.subarray(head)
  // A file cut off on its way has no end; what is left of it must not pass as the whole.
  if (body.subarray(-2048).lastIndexOf('%%EOF') < 0) throw new PdfDamaged('The end of the file is missing.')
  try {
    const file = openPdf(body)
    if (hasPages(file)) return file
  } catch (error) {
    if (!(error instanceof PdfDamaged)) throw error
  }
  const file = scan(body)
  if (!hasPages(file)) throw new PdfDamaged('The file has no pages.')
  return file
}

function hasPages(file: PdfFile): boolean {
  return file.dict(file.dict(file.trailer.get('Root'))?.get('Pages')) !== undefined
}

const MAX_OBJECTS = 200_000

function scan(body: Buffer): PdfFile {
  const text = body.toString('latin1')
  const entries = new Map<number, Entry>()
  for (const found of text.matchAll(/(?<![0-9])(\d{1,7})\s+(\d{1,5})\s+obj\b/g)) entries.set(Number(found[1]), { offset: found.index, gen: Number(found[2]) })
  if (entries.size > MAX_OBJECTS) throw new PdfDamaged('The file has too many objects to repair.')
  const plain = fileOf(body, [{ offset: 0, kind: 'table', trailer: new Map(), entries }], entries)
  const trailer: PdfDict = new Map()
  for (const [number, entry] of [...entries]) {
    const dict = dictOf(quietly(() => (entry && 'offset' in entry ? objectAt(body, entry.offset, number, (v) => plain.resolve(v)).value : null)))
    const type = nameOf(dict?.get('Type'))
    if (type === 'Catalog') trailer.set('Root', { ref: number, gen: 0 })
    if (type === 'XRef') for (const key of ['Root', 'Encrypt']) if (dict?.has(key)) trailer.set(key, dict.get(key) ?? null)
  }
  const start = text.indexOf('trailer')
  if (start >= 0 && text.includes('/Encrypt', start)) trailer.set('Encrypt', true)
  return fileOf(body, [{ offset: 0, kind: 'table', trailer, entries }], entries)
}

function quietly(read: () => PdfValue): PdfValue {
  try {
    return read()
  } catch {
    return null
  }
}
