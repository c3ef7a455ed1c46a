import type { Entry, PdfFile } from './open-pdf.ts'
import { isDict, isName, isRef, isStream, isString, PdfDamaged, type PdfDict, type PdfValue } from './values.ts'

/** A value to write; `raw` goes into the file as it stands. */
export type Written = PdfValue | { readonly raw: string }

/**
 * Appends an update with new and changed objects (ISO 32000-2, 7.5.6). Not a byte of the old file is touched, so signatures in it stay
 * valid. The cross-reference has the kind of the last one: readers want them not mixed.
 */
export function appendRevision(file: PdfFile, objects: ReadonlyMap<number, Written>): Buffer {
  const newest = file.sections[0]
  if (!newest) throw new PdfDamaged('The file has no cross-reference.')
  const parts: Buffer[] = [file.bytes, Buffer.from('\n')]
  let at = file.bytes.length + 1
  const write = (text: string): void => {
    const bytes = Buffer.from(text, 'latin1')
    parts.push(bytes)
    at += bytes.length
  }
  const places = new Map<number, { offset: number; gen: number }>()
  for (const [number, value] of [...objects].sort(([a], [b]) => a - b)) {
    const gen = generation(file.entries.get(number))
    places.set(number, { offset: at, gen })
    write(`${number} ${gen} obj\n${serialize(value)}\nendobj\n`)
  }
  const size = Math.max(Number(newest.trailer.get('Size') ?? 0), ...[...objects.keys()].map((n) => n + 1))
  const start = at
  write(newest.kind === 'table' ? xrefTable(newest.trailer, newest.offset, size, places) : xrefStream(newest.trailer, newest.offset, size, places, at))
  write(`startxref\n${start}\n%%EOF\n`)
  return Buffer.concat(parts)
}

const generation = (entry: Entry | undefined): number => (entry && 'gen' in entry ? entry.gen : 0)

function xrefTable(trailer: PdfDict, prev: number, size: number, places: ReadonlyMap<number, { offset: number; gen: number }>): string {
  const lines = runs([...places.keys()]).map((run) => {
    const entries = run.map((n) => `${String(places.get(n)?.offset).padStart(10, '0')} ${String(places.get(n)?.gen).padStart(5, '0')} n\r\n`)
    return `${run[0]} ${run.length}\n${entries.join('')}`
  })
  return `xref\n${lines.join('')}trailer\n${serialize(trailerDict(trailer, prev, size))}\n`
}

function xrefStream(trailer: PdfDict, prev: number, size: number, places: ReadonlyMap<number, { offset: number; gen: number }>, at: number): string {
  const own = new Map([...places, [size, { offset: at, gen: 0 }]])
  const numbers = [...own.keys()].sort((a, b) => a - b)
  const data = Buffer.alloc(numbers.length * 7)
  numbers.forEach((n, i) => {
    data[i * 7] = 1
    data.writeUInt32BE(own.get(n)?.offset ?? 0, i * 7 + 1)
    data.writeUInt16BE(own.get(n)?.gen ?? 0, i * 7 + 5)
  })
  const dict = trailerDict(trailer, prev, size + 1)
  dict.set('Type', { name: 'XRef' }).set('W', [1, 4, 2]).set('Index', runs(numbers).flatMap((run) => [run[0] ?? 0, run.length])).set('Length', data.length)
  return `${size} 0 obj\n${serialize(dict)}\nstream\n${data.toString('latin1')}\nendstream\nendobj\n`
}

function trailerDict(old: PdfDict, prev: number, size: number): PdfDict {
  const kept = ['Root', 'Info', 'ID'].flatMap((key) => (old.has(key) ? [[key, old.get(key) ?? null] as const] : []))
  return new Map<string, PdfValue>([['Size', size], ...kept, ['Prev', prev]])
}

function runs(numbers: number[]): number[][] {
  const out: number[][] = []
  for (const n of [...numbers].sort((a, b) => a - b)) {
    const last = out.at(-1)
    if (last && last.at(-1) === n - 1) last.push(n)
    else out.push([n])
  }
  return out
}

export function serialize(value: Written): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return Number.isInteger(value) ? String(value) : value.toFixed(5).replace(/0+$/, '')
  if ('raw' in value) return value.raw
  if (Array.isArray(value)) return `[${value.map(serialize).join(' ')}]`
  if (isDict(value)) return `<< ${[...value].map(([key, v]) => `${serialize({ name: key })} ${serialize(v)}`).join(' ')} >>`
  if (isName(value)) return `/${value.name.replace(/[^!-~]|[#()<>[\]{}/%]/g, (c) => `#${c.charCodeAt(0).toString(16).padStart(2, '0')}`)}`
  if (isString(value)) return `<${value.string.toString('hex')}>`
  if (isRef(value)) return `${value.ref} ${value.gen} R`
  if (isStream(value)) throw new Error('Streams are not rewritten by an update.')
  throw new Error('This value cannot be written.')
}

/** Text as UTF-16 with its mark, which every reader knows. */
export function textString(text: string): Written {
  return { raw: `<feff${Buffer.from(text.normalize('NFC'), 'utf16le').swap16().toString('hex')}>` }
}
