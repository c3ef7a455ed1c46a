import { inflateSync } from 'node:zlib'
import { isDict, isName, nameOf, PdfDamaged, type PdfDict, type PdfStream } from './values.ts'

/** Bytes that the streams of one file may still unpack to: a small file that unpacks to gigabytes is an attack, not a document. */
export interface Budget { left: number }
export const newBudget = (): Budget => ({ left: 96 * 1024 * 1024 })

const decoded = new WeakMap<PdfStream, Buffer>()

/** Unpacks a stream of objects or cross-references: uncompressed or Flate, with or without predictor. Others never hold objects. */
export function decodeStream(stream: PdfStream, budget: Budget): Buffer {
  const known = decoded.get(stream)
  if (known) return known
  const data = unpack(stream, budget)
  decoded.set(stream, data)
  return data
}

function unpack({ dict, data }: PdfStream, budget: Budget): Buffer {
  const filter = dict.get('Filter')
  const names = Array.isArray(filter) ? filter.map((f) => (isName(f) ? f.name : '')) : filter ? [nameOf(filter) ?? ''] : []
  if (names.length === 0) return data
  if (names.length > 1 || names[0] !== 'FlateDecode') throw new PdfDamaged(`A stream of objects is packed as ${names.join(' ')}.`)
  const parms = dict.get('DecodeParms')
  const first = Array.isArray(parms) ? parms[0] : parms
  try {
    const plain = inflateSync(data, { maxOutputLength: Math.max(1, budget.left) })
    budget.left -= plain.length
    return unpredict(plain, isDict(first) ? first : new Map())
  } catch (error) {
    throw error instanceof PdfDamaged ? error : new PdfDamaged('A stream of objects cannot be unpacked.', { cause: error })
  }
}

/** PNG predictors with one byte per sample, the only ones in use for cross-reference streams. */
function unpredict(data: Buffer, parms: PdfDict): Buffer {
  const predictor = Number(parms.get('Predictor') ?? 1)
  if (predictor === 1) return data
  const columns = Number(parms.get('Columns') ?? 1)
  if (predictor < 10 || !(columns > 0 && columns < 65_536) || Number(parms.get('Colors') ?? 1) !== 1) throw new PdfDamaged('A stream of objects has an unknown predictor.')
  const rows = Math.floor(data.length / (columns + 1))
  const out = Buffer.alloc(rows * columns)
  for (let row = 0; row < rows; row++) {
    const type = data[row * (columns + 1)] ?? 0
    for (let i = 0; i < columns; i++) {
      const at = row * columns + i
      const left = i > 0 ? out[at - 1]! : 0
      const up = row > 0 ? out[at - columns]! : 0
      const corner = i > 0 && row > 0 ? out[at - columns - 1]! : 0
      out[at] = (data[row * (columns + 1) + 1 + i]! + predicted(type, left, up, corner)) & 255
    }
  }
  return out
}

function predicted(type: number, left: number, up: number, corner: number): number {
  if (type === 0) return 0
  if (type === 1) return left
  if (type === 2) return up
  if (type === 3) return (left + up) >> 1
  if (type !== 4) throw new PdfDamaged('A stream of objects has an unknown predictor.')
  const [a, b, c] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)]
  return a <= b && a <= c ? left : b <= c ? up : corner
}
