import { Lexer } from '../pdf/lexer.ts'
import { objectAt, readTable, type PdfFile } from '../pdf/open-pdf.ts'
import { isStream, nameOf, PdfDamaged } from '../pdf/values.ts'
import type { Change } from './verdict.ts'

const WHITE = new Set([0, 9, 10, 12, 13, 32])

/**
 * Reads what follows a signed revision as a strict series of updates: objects, cross-reference, trailer, end mark. Whatever is not that
 * is named: a viewer that repairs files might show it although no table points to it.
 */
export function readTail(file: PdfFile, from: number): Change[] {
  const { bytes } = file
  const changes: Change[] = []
  const found = new Map<number, number>()
  let at = from
  for (;;) {
    while (at < bytes.length && WHITE.has(bytes[at] ?? 0)) at += 1
    if (at >= bytes.length) break
    const end = unitEnd(file, at, found)
    if (end === null) {
      changes.push({ kind: 'foreign-bytes', allowed: false, count: bytes.length - at })
      break
    }
    at = end
  }
  // An empty line may be all that was added; it is no update, and a signature that should reach the end does not.
  if (changes.length === 0 && found.size === 0) changes.push({ kind: 'foreign-bytes', allowed: false, count: bytes.length - from })
  for (const [offset, number] of found) if (!isListed(file, number, offset)) changes.push({ kind: 'hidden-object', allowed: false, object: number })
  return changes
}

/** The byte behind the unit that begins here, or null when nothing that belongs in an update does. */
function unitEnd(file: PdfFile, at: number, found: Map<number, number>): number | null {
  const { bytes } = file
  try {
    if (bytes.toString('latin1', at, at + 5) === '%%EOF') return at + 5
    const lexer = new Lexer(bytes, at)
    if (lexer.take('xref')) {
      readTable(lexer, at)
      return lexer.pos
    }
    if (lexer.take('startxref')) {
      lexer.integer()
      return lexer.pos
    }
    const object = objectAt(bytes, at, null, (v) => file.resolve(v))
    const isTable = isStream(object.value) && nameOf(object.value.dict.get('Type')) === 'XRef'
    if (!isTable) found.set(at, object.number)
    return object.end
  } catch (error) {
    if (error instanceof PdfDamaged) return null
    throw error
  }
}

function isListed(file: PdfFile, number: number, offset: number): boolean {
  return file.sections.some((section) => {
    const entry = section.entries.get(number)
    return entry != null && 'offset' in entry && entry.offset === offset
  })
}
