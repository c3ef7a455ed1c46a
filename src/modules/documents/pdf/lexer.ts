import { PdfDamaged, isRef, type PdfDict, type PdfValue } from './values.ts'

const WHITE = new Set([0, 9, 10, 12, 13, 32])
const DELIMITER = new Set([...'()<>[]{}/%'].map((c) => c.charCodeAt(0)))
const MAX_DEPTH = 100
const code = (c: string): number => c.charCodeAt(0)
const ESCAPES: Record<string, number> = { n: 10, r: 13, t: 9, b: 8, f: 12 }

/** Reads values from `bytes` at `pos`; every method leaves `pos` behind what it read. Throws PdfDamaged. */
export class Lexer {
  readonly bytes: Buffer
  pos: number
  constructor(bytes: Buffer, pos = 0) {
    this.bytes = bytes
    this.pos = pos
  }

  /** Skips white space and comments. */
  skip(): void {
    for (;;) {
      const c = this.bytes[this.pos]
      if (c !== undefined && WHITE.has(c)) this.pos += 1
      else if (c === code('%')) while (this.pos < this.bytes.length && this.bytes[this.pos] !== 10 && this.bytes[this.pos] !== 13) this.pos += 1
      else return
    }
  }

  /** True, and moves on, when `word` stands here as a word of its own. */
  take(word: string): boolean {
    this.skip()
    const end = this.pos + word.length
    if (this.bytes.toString('latin1', this.pos, end) !== word) return false
    const next = this.bytes[end]
    if (next !== undefined && !WHITE.has(next) && !DELIMITER.has(next)) return false
    this.pos = end
    return true
  }

  expect(word: string): void {
    if (!this.take(word)) throw new PdfDamaged(`"${word}" expected at byte ${this.pos}.`)
  }

  value(depth = 0): PdfValue {
    if (depth > MAX_DEPTH) throw new PdfDamaged(`Values are nested too deeply at byte ${this.pos}.`)
    this.skip()
    const c = this.bytes[this.pos]
    if (c === code('/')) return this.name()
    if (c === code('(')) return this.literal()
    if (c === code('[')) return this.array(depth)
    if (c === code('<')) return this.bytes[this.pos + 1] === c ? this.dict(depth) : this.hex()
    return this.word()
  }

  /** A whole number, for object headers and cross-reference tables. */
  integer(): number {
    const v = this.word()
    if (typeof v !== 'number' || !Number.isInteger(v) || v < 0) throw new PdfDamaged(`A whole number expected before byte ${this.pos}.`)
    return v
  }

  private raw(): string {
    this.skip()
    const start = this.pos
    for (let c = this.bytes[this.pos]; c !== undefined && !WHITE.has(c) && !DELIMITER.has(c); c = this.bytes[this.pos]) this.pos += 1
    return this.bytes.toString('latin1', start, this.pos)
  }

  private word(): PdfValue {
    const start = this.pos
    const word = this.raw()
    if (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(word)) return Number(word)
    if (word === 'true' || word === 'false') return word === 'true'
    if (word === 'null') return null
    throw new PdfDamaged(`"${word.slice(0, 20)}" is no value at byte ${start}.`)
  }

  private name(): PdfValue {
    this.pos += 1
    const start = this.pos
    for (let c = this.bytes[this.pos]; c !== undefined && !WHITE.has(c) && !DELIMITER.has(c); c = this.bytes[this.pos]) this.pos += 1
    return { name: this.bytes.toString('latin1', start, this.pos).replace(/#([0-9a-fA-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))) }
  }

  private literal(): PdfValue {
    const start = this.pos++
    const out: number[] = []
    for (let open = 1; ; ) {
      const c = this.bytes[this.pos++]
      if (c === undefined) throw new PdfDamaged(`The text at byte ${start} does not end.`)
      if (c === code('\\')) this.escape(out)
      else {
        if (c === code('(')) open += 1
        else if (c === code(')') && --open === 0) break
        out.push(c)
      }
    }
    return { string: Buffer.from(out), start, end: this.pos }
  }

  private escape(out: number[]): void {
    const c = this.bytes[this.pos++] ?? 0
    const octal = /^[0-7]{1,3}/.exec(this.bytes.toString('latin1', this.pos - 1, this.pos + 2))
    if (octal) {
      this.pos += octal[0].length - 1
      out.push(parseInt(octal[0], 8) & 255)
    } else if (c === 13) {
      if (this.bytes[this.pos] === 10) this.pos += 1
    } else if (c !== 10) out.push(ESCAPES[String.fromCharCode(c)] ?? c)
  }

  private hex(): PdfValue {
    const start = this.pos
    const close = this.bytes.indexOf('>', start)
    if (close < 0) throw new PdfDamaged(`The text at byte ${start} does not end.`)
    this.pos = close + 1
    const digits = this.bytes.toString('latin1', start + 1, close).replace(/[\0\t\n\f\r ]/g, '')
    if (!/^[0-9a-fA-F]*$/.test(digits)) throw new PdfDamaged(`The hexadecimal text at byte ${start} has other signs in it.`)
    return { string: Buffer.from(digits.length % 2 ? `${digits}0` : digits, 'hex'), start, end: this.pos }
  }

  private array(depth: number): PdfValue {
    this.pos += 1
    const out: PdfValue[] = []
    for (;;) {
      this.skip()
      if (this.bytes[this.pos] === code(']')) break
      if (this.reference(out)) continue
      out.push(this.value(depth + 1))
    }
    this.pos += 1
    return out
  }

  private dict(depth: number): PdfDict {
    this.pos += 2
    const out: PdfDict = new Map()
    for (;;) {
      this.skip()
      if (this.bytes[this.pos] === code('>') && this.bytes[this.pos + 1] === code('>')) break
      if (this.bytes[this.pos] !== code('/')) throw new PdfDamaged(`A key expected at byte ${this.pos}.`)
      const key = (this.name() as { name: string }).name
      const held: PdfValue[] = [this.value(depth + 1)]
      this.skip()
      // The value was the object number of a reference.
      if (typeof held[0] === 'number' && this.bytes[this.pos] !== code('/') && this.bytes[this.pos] !== code('>')) {
        held.push(this.value(depth + 1))
        this.reference(held)
        if (held.length !== 1 || !isRef(held[0])) throw new PdfDamaged(`A reference expected before byte ${this.pos}.`)
      }
      out.set(key, held[0] ?? null)
    }
    this.pos += 2
    return out
  }

  /** Turns two numbers at the end of `out` and an "R" here into a reference. */
  private reference(out: PdfValue[]): boolean {
    const [ref, gen] = out.slice(-2)
    if (out.length < 2 || !Number.isInteger(ref) || !Number.isInteger(gen) || !this.take('R')) return false
    out.splice(-2, 2, { ref: ref as number, gen: gen as number })
    return true
  }
}
