import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { crc32, deflateRaw, deflateRawSync, constants } from 'node:zlib'
import { randomToken } from '../ids.ts'

/** What a page says to one visitor only: the nonce of its security policy and the token of its forms. */
export interface Visitor { readonly nonce: string; readonly csrf: string }

/** Stands in a page that is drawn for everybody. Made anew by every process and shown to nobody, so that no text of a page can be one of them. */
export const blank: Visitor = { nonce: `nonce-${randomToken(18)}`, csrf: `csrf-${randomToken(18)}` }
const blanks = new RegExp(`(${blank.nonce}|${blank.csrf})`)

/** A stretch of the page, packed by itself, or the name of the blank between two of them. */
type Piece = keyof Visitor | { readonly packed: Buffer; readonly crc: number; readonly bytes: number; /** How the checksum of what stands before passes over this. */ readonly passing: number }

/** A page without what belongs to a visitor, ready to be sent: packed once, and filled in for each answer in some microseconds. */
export interface FinishedPage {
  readonly pieces: readonly Piece[]
  readonly headers: Readonly<Record<string, string>>
  /** True where the page holds a token of the visitor, so that a browser must not show one that it kept. */
  readonly isPersonal: boolean
  readonly etag: string
  /** What it takes in memory, in bytes. */
  readonly size: number
}

const packLong = promisify(deflateRaw) as (text: Buffer, options: object) => Promise<Buffer>
const long = 2048

/** Ends at a whole byte without ending the stream, so that anything may follow. What is short is not worth a thread and its tables. */
const pack = (bytes: Buffer): Promise<Buffer> | Buffer => bytes.length < long
  ? deflateRawSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH, windowBits: 11, memLevel: 4 })
  : packLong(bytes, { finishFlush: constants.Z_SYNC_FLUSH, level: 6 })

/**
 * @param html drawn with the `blank` visitor
 * @param sort what else an answer that a browser kept must agree with, such as the policy under which it was sent
 */
export async function finishPage(html: string, headers: Readonly<Record<string, string>>, sort: string): Promise<FinishedPage> {
  const print = createHash('sha256').update(sort)
  const pieces = await Promise.all(html.split(blanks).filter((part) => part !== '').map(async (part): Promise<Piece> => {
    if (part === blank.nonce) return 'nonce'
    if (part === blank.csrf) return 'csrf'
    const bytes = Buffer.from(part)
    print.update(bytes)
    return { packed: await pack(bytes), crc: crc32(bytes), bytes: bytes.length, passing: passingOver(bytes.length) }
  }))
  const size = pieces.reduce((sum, piece) => sum + (typeof piece === 'string' ? 16 : piece.packed.length + 200), 1000)
  return { pieces, headers, isPersonal: pieces.includes('csrf'), etag: `W/"${print.digest('base64url').slice(0, 22)}"`, size }
}

const gzipHead = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff])
/** An empty block that says: the last one. */
const lastBlock = Buffer.from([3, 0])

/** The page for one visitor, as gzip (RFC 1952): the packed pieces as they are, the visitor's values between them in blocks that are not packed. */
export function gzipFor({ pieces }: FinishedPage, visitor: Visitor): Buffer {
  const parts: Buffer[] = [gzipHead]
  let crc = 0
  let length = 0
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      const value = Buffer.from(visitor[piece], 'latin1')
      const head = Buffer.alloc(5)
      head.writeUInt16LE(value.length, 1)
      head.writeUInt16LE(~value.length & 0xffff, 3)
      parts.push(head, value)
      crc = crc32(value, crc)
      length += value.length
    } else {
      parts.push(piece.packed)
      crc = (times(piece.passing, crc) ^ piece.crc) >>> 0
      length += piece.bytes
    }
  }
  const tail = Buffer.alloc(8)
  tail.writeUInt32LE(crc, 0)
  tail.writeUInt32LE(length >>> 0, 4)
  parts.push(lastBlock, tail)
  return Buffer.concat(parts)
}

/**
 * CRC-32 is a remainder of polynomials over two values, bits reversed; what follows a text multiplies its remainder by x^(8 · bytes).
 * So the checksum of a whole comes from those of its parts (as zlib's crc32_combine has it).
 */
function times(a: number, b: number): number {
  let product = 0
  for (let bit = 0x80000000; bit !== 0; bit >>>= 1) {
    if (a & bit) product ^= b
    b = b & 1 ? (b >>> 1) ^ 0xedb88320 : b >>> 1
  }
  return product >>> 0
}

function passingOver(bytes: number): number {
  let result = 0x80000000
  let power = 0x00800000
  for (let n = bytes; n > 0; n = Math.floor(n / 2)) {
    if (n % 2 === 1) result = times(power, result)
    power = times(power, power)
  }
  return result
}
