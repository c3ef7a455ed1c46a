import { Lexer } from './lexer.ts'
import { decodeStream, newBudget, type Budget } from './decode-stream.ts'
import { dictOf, isDict, isRef, isStream, nameOf, PdfDamaged, type PdfDict, type PdfRef, type PdfStream, type PdfValue } from './values.ts'

/** Where an object stands: at a byte of the file, or inside an object stream; null when the number is free. */
export type Entry = { readonly offset: number; readonly gen: number } | { readonly stream: number; readonly index: number } | null

/** One cross-reference section: the first write of the file and each later update has one. */
export interface Section { readonly offset: number; readonly kind: 'table' | 'stream'; readonly trailer: PdfDict; readonly entries: ReadonlyMap<number, Entry> }

export interface PdfFile {
  readonly bytes: Buffer
  /** Newest first. */
  readonly sections: readonly Section[]
  /** The newest trailer dictionary. */
  readonly trailer: PdfDict
  /** What the newest table says of each object number. */
  readonly entries: ReadonlyMap<number, Entry>
  /** The object with this number; null when it is free or unknown. */
  object(number: number): PdfValue
  /** Follows a reference; other values come back as they are. */
  resolve(value: PdfValue | undefined): PdfValue
  dict(value: PdfValue | undefined): PdfDict | undefined
}

const MAX_SECTIONS = 500
const MAX_OBJECT_NUMBER = 8_388_607
/** More objects than any paper of 10 MB has; a table of references that claims more is an attack on memory. */
const MAX_ENTRIES = 100_000

/** Opens a PDF as a viewer does: from the last "startxref" backwards through the cross-reference sections. Throws PdfDamaged. */
export function openPdf(bytes: Buffer): PdfFile {
  if (bytes.toString('latin1', 0, 5) !== '%PDF-') throw new PdfDamaged('The file does not begin with %PDF-.')
  const budget = newBudget()
  const sections = readSections(bytes, lastStartxref(bytes), budget)
  const entries = new Map<number, Entry>()
  for (const section of sections) for (const [number, entry] of section.entries) if (!entries.has(number)) entries.set(number, entry)
  return fileOf(bytes, sections, entries, budget)
}

export function fileOf(bytes: Buffer, sections: readonly Section[], entries: ReadonlyMap<number, Entry>, budget: Budget = newBudget()): PdfFile {
  const trailer = sections[0]?.trailer
  if (!trailer) throw new PdfDamaged('The file has no trailer.')
  const known = new Map<number, PdfValue>()
  const reading = new Set<number>()
  const object = (number: number): PdfValue => {
    const before = known.get(number)
    if (before !== undefined) return before
    const entry = entries.get(number)
    if (!entry) return null
    if (reading.has(number)) throw new PdfDamaged(`Object ${number} is needed to read itself.`)
    reading.add(number)
    const value = 'offset' in entry ? objectAt(bytes, entry.offset, number, resolve).value : objectInStream(object(entry.stream), entry.index, number, budget)
    reading.delete(number)
    known.set(number, value)
    return value
  }
  const resolve = (value: PdfValue | undefined): PdfValue => {
    let v = value ?? null
    for (let hops = 0; isRef(v); hops++) {
      if (hops > 20) throw new PdfDamaged('References lead in a circle.')
      v = object(v.ref)
    }
    return v
  }
  return { bytes, sections, trailer, entries, object, resolve, dict: (value) => dictOf(resolve(value)) }
}

export function lastStartxref(bytes: Buffer): number {
  const at = bytes.lastIndexOf('startxref')
  if (at < 0) throw new PdfDamaged('The file has no startxref: its end is missing.')
  return new Lexer(bytes, at + 'startxref'.length).integer()
}

function readSections(bytes: Buffer, start: number, budget: Budget): Section[] {
  const sections: Section[] = []
  const queue = [start]
  const seen = new Set<number>()
  for (let offset = queue.shift(); offset !== undefined; offset = queue.shift()) {
    if (seen.has(offset)) continue
    if (seen.size > MAX_SECTIONS) throw new PdfDamaged('The file has too many updates.')
    seen.add(offset)
    const section = readSection(bytes, offset, budget)
    sections.push(section)
    // A hybrid file has a stream for newer readers; what it says comes after the table and before older sections.
    for (const key of ['XRefStm', 'Prev']) {
      const next = section.trailer.get(key)
      if (typeof next === 'number') queue.push(next)
    }
  }
  return sections
}

function readSection(bytes: Buffer, offset: number, budget: Budget): Section {
  const lexer = new Lexer(bytes, offset)
  if (offset >= bytes.length) throw new PdfDamaged(`The cross-reference at byte ${offset} is beyond the end.`)
  return lexer.take('xref') ? readTable(lexer, offset) : readXrefStream(bytes, offset, budget)
}

export function readTable(lexer: Lexer, offset: number): Section {
  const entries = new Map<number, Entry>()
  while (!lexer.take('trailer')) {
    const first = lexer.integer()
    const count = lexer.integer()
    if (first + count > MAX_OBJECT_NUMBER || entries.size + count > MAX_ENTRIES) throw new PdfDamaged('A cross-reference table names too many objects.')
    for (let i = 0; i < count; i++) {
      const at = lexer.integer()
      const gen = lexer.integer()
      if (lexer.take('n')) entries.set(first + i, { offset: at, gen })
      else {
        lexer.expect('f')
        entries.set(first + i, null)
      }
    }
  }
  const trailer = lexer.value()
  if (!isDict(trailer)) throw new PdfDamaged('A trailer is no dictionary.')
  return { offset, kind: 'table', trailer, entries }
}

function readXrefStream(bytes: Buffer, offset: number, budget: Budget): Section {
  const { value } = objectAt(bytes, offset, null, (v) => v ?? null)
  if (!isStream(value) || nameOf(value.dict.get('Type')) !== 'XRef') throw new PdfDamaged(`There is no cross-reference at byte ${offset}.`)
  const widths = (value.dict.get('W') as number[] | undefined) ?? []
  const [a = 0, b = 0, c = 0] = widths
  const width = a + b + c
  if (widths.length < 3 || !(width > 0 && width < 32)) throw new PdfDamaged('A cross-reference stream has no widths.')
  const data = decodeStream(value, budget)
  const index = (value.dict.get('Index') as number[] | undefined) ?? [0, Number(value.dict.get('Size') ?? 0)]
  const entries = new Map<number, Entry>()
  if (data.length / width > MAX_ENTRIES) throw new PdfDamaged('A cross-reference stream names too many objects.')
  let at = 0
  for (let i = 0; i + 1 < index.length; i += 2) {
    for (let n = 0; n < (index[i + 1] ?? 0) && at + width <= data.length; n++, at += width) {
      const field = (from: number, length: number, absent: number): number => (length === 0 ? absent : Number(`0x${data.toString('hex', at + from, at + from + length)}`))
      const [type, second, third] = [field(0, a, 1), field(a, b, 0), field(a + b, c, 0)]
      entries.set((index[i] ?? 0) + n, type === 1 ? { offset: second, gen: third } : type === 2 ? { stream: second, index: third } : null)
    }
  }
  return { offset, kind: 'stream', trailer: value.dict, entries }
}

/** Reads "n g obj … endobj" at a byte. `number` is the object number expected there, null for any. */
export function objectAt(bytes: Buffer, offset: number, number: number | null, resolve: (v: PdfValue | undefined) => PdfValue): { number: number; gen: number; value: PdfValue; end: number } {
  if (offset >= bytes.length) throw new PdfDamaged(`Object ${number} stands beyond the end of the file.`)
  const lexer = new Lexer(bytes, offset)
  const found = lexer.integer()
  const gen = lexer.integer()
  lexer.expect('obj')
  if (number !== null && found !== number) throw new PdfDamaged(`Object ${number} expected at byte ${offset}, but ${found} is there.`)
  const head = numberOrValue(lexer)
  const value = isDict(head) && lexer.take('stream') ? readStream(lexer, head, resolve) : head
  lexer.expect('endobj')
  return { number: found, gen, value, end: lexer.pos }
}

/** The only value of an object may itself be a reference. */
function numberOrValue(lexer: Lexer): PdfValue {
  const first = lexer.value()
  if (typeof first !== 'number' || lexer.take('endobj')) {
    if (typeof first === 'number') lexer.pos -= 'endobj'.length
    return first
  }
  const gen = lexer.integer()
  lexer.expect('R')
  return { ref: first, gen } satisfies PdfRef
}

function readStream(lexer: Lexer, dict: PdfDict, resolve: (v: PdfValue | undefined) => PdfValue): PdfStream {
  const { bytes } = lexer
  if (bytes[lexer.pos] === 13) lexer.pos += 1
  if (bytes[lexer.pos] === 10) lexer.pos += 1
  const start = lexer.pos
  const length = resolve(dict.get('Length'))
  if (typeof length !== 'number' || length < 0 || start + length > bytes.length) throw new PdfDamaged(`The stream at byte ${start} has no usable length.`)
  lexer.pos = start + length
  lexer.expect('endstream')
  return { dict, data: bytes.subarray(start, start + length) }
}

function objectInStream(holder: PdfValue, index: number, number: number, budget: Budget): PdfValue {
  if (!isStream(holder) || nameOf(holder.dict.get('Type')) !== 'ObjStm') throw new PdfDamaged(`The stream that should hold object ${number} is none.`)
  const place = placesIn(holder, budget)[index]
  if (place?.number !== number) throw new PdfDamaged(`Object ${number} is not at its place in its stream.`)
  return new Lexer(decodeStream(holder, budget), place.at).value()
}

const places = new WeakMap<PdfStream, { number: number; at: number }[]>()

/** The head of an object stream: number and place of each object in it. */
function placesIn(holder: PdfStream, budget: Budget): { number: number; at: number }[] {
  const known = places.get(holder)
  if (known) return known
  const lexer = new Lexer(decodeStream(holder, budget))
  const [first, count] = [Number(holder.dict.get('First')), Number(holder.dict.get('N'))]
  if (!(first >= 0) || !(count >= 0 && count <= MAX_ENTRIES)) throw new PdfDamaged('A stream of objects has no head.')
  const list = Array.from({ length: count }, () => ({ number: lexer.integer(), at: first + lexer.integer() }))
  places.set(holder, list)
  return list
}
