import { plainText } from '../plain-text.ts'

/** What the index keeps of a procedure; texts as they are read by people. */
export interface IndexedProcedure {
  code: string
  name: string
  nameEn: string | null
  /** Without diacritics, each a name that people use. */
  keywords: readonly string[]
  /** Single words of summary, sector, agency and results, without diacritics. */
  others: readonly string[]
  /** How common the procedure is, 0 to 1. */
  prior: number
}

/** Words of a text with their diacritics and without, in their order. */
export interface Word { plain: string; exact: string }

const numerals: Readonly<Record<string, string>> = { i: '1', ii: '2', iii: '3', iv: '4' }

/**
 * Splits into words. The place of the tone mark does not count (thủy = thuỷ), classes in Roman figures are figures (loại II = loại 2),
 * and so are leading zeros of single digits (01 = 1).
 */
export function wordsOf(text: string): Word[] {
  return text.normalize('NFD').toLowerCase().split(/[^\p{L}\p{N}\p{M}]+/u).flatMap((part) => {
    const plain = part.replace(/\p{M}/gu, '').replaceAll('đ', 'd')
    if (plain === '') return []
    const figure = numerals[plain] ?? (/^0\d$/.test(plain) ? plain.slice(1) : undefined)
    if (figure) return [{ plain: figure, exact: figure }]
    const tones = part.replace(/[^\u0300\u0301\u0303\u0309\u0323]/g, '')
    return [{ plain, exact: part.replace(/[\u0300\u0301\u0303\u0309\u0323]/g, '') + tones }]
  })
}

/** Rows of lists in two flat arrays: 160,000 places in less than a megabyte. */
class Lists {
  readonly starts: Uint32Array
  readonly values: Uint32Array
  constructor(lists: readonly (readonly number[] | undefined)[]) {
    this.starts = new Uint32Array(lists.length + 1)
    let total = 0
    for (let i = 0; i < lists.length; i++) this.starts[i + 1] = total += lists[i]?.length ?? 0
    this.values = new Uint32Array(total)
    for (let i = 0; i < lists.length; i++) this.values.set(lists[i] ?? [], this.starts[i])
  }
  of(i: number): Uint32Array { return this.values.subarray(this.starts[i], this.starts[i + 1]) }
}

const pairSlots = 1 << 17
const pairSlot = (a: number, b: number): number => (Math.imul(a, 0x9e3779b1) ^ Math.imul(b, 0x85ebca6b)) >>> 15

/** The catalogue as search sees it, in memory: some six megabytes for 6,500 procedures. Made once for each state of the catalogue. */
export class SearchIndex {
  readonly codes: readonly string[]
  readonly priors: Float32Array
  /** Numbers of plain words. */
  readonly words: ReadonlyMap<string, number>
  /** Numbers of words with diacritics. */
  readonly exact: ReadonlyMap<string, number>
  /** Plain word of each word with diacritics. */
  readonly plainOf: Uint32Array
  /** Names, word by word (with diacritics), of each procedure. */
  readonly names: Lists
  readonly inName: Lists
  readonly inKeywords: Lists
  readonly inOthers: Lists
  readonly keywords: ReadonlyMap<string, readonly number[]>
  readonly idf: Float32Array
  readonly #pairs: Uint16Array

  constructor(draft: IndexDraft) {
    this.codes = draft.codes
    this.priors = Float32Array.from(draft.priors)
    this.words = draft.words
    this.exact = draft.exact
    this.plainOf = Uint32Array.from(draft.plainOf)
    this.names = new Lists(draft.names)
    const count = draft.words.size
    const spread = (lists: number[][]): Lists => new Lists(Array.from({ length: count }, (_, i) => lists[i]))
    this.inName = spread(draft.inName)
    this.inKeywords = spread(draft.inKeywords)
    this.inOthers = spread(draft.inOthers)
    this.keywords = draft.keywords
    const all = draft.codes.length
    this.idf = Float32Array.from({ length: count }, (_, i) => this.#rarity(Math.max(this.inName.of(i).length, this.inKeywords.of(i).length), all))
    this.#pairs = draft.pairs
  }

  get size(): number { return this.codes.length }

  /** Of how many procedures a word is in the name or keywords; for spelling. */
  countOf(word: number): number { return this.inName.of(word).length + this.inKeywords.of(word).length + this.inOthers.of(word).length }

  /** The letters of a plain word. */
  wordOf(number: number): string {
    for (const [word, n] of this.words) if (n === number) return word
    return ''
  }

  /** How much two neighbouring words say together. */
  pairIdf(a: number, b: number): number { return this.#rarity(this.#pairs[pairSlot(a, b)]!, this.codes.length) }

  #rarity(found: number, all: number): number { return Math.log(1 + (all - found + 0.5) / (found + 0.5)) }
}

/** An index that is being made, one procedure after the other. */
export class IndexDraft {
  readonly codes: string[] = []
  readonly priors: number[] = []
  readonly words = new Map<string, number>()
  readonly exact = new Map<string, number>()
  readonly plainOf: number[] = []
  readonly names: number[][] = []
  readonly inName: number[][] = []
  readonly inKeywords: number[][] = []
  readonly inOthers: number[][] = []
  readonly keywords = new Map<string, number[]>()
  readonly pairs = new Uint16Array(pairSlots)
  readonly #others = new Map<string, readonly number[]>()

  add(p: IndexedProcedure): void {
    const at = this.codes.push(p.code) - 1
    this.priors.push(p.prior)
    const name = wordsOf(p.nameEn ? `${p.name} . ${p.nameEn}` : p.name)
    const numbers = name.map((w) => this.#exactNumber(w))
    this.names.push(numbers)
    const plain = numbers.map((n) => this.plainOf[n]!)
    for (const word of new Set(plain)) (this.inName[word] ??= []).push(at)
    for (const slot of new Set(plain.slice(1).map((word, i) => pairSlot(plain[i]!, word)))) if (this.pairs[slot]! < 65_535) this.pairs[slot]!++
    const spoken = new Set<number>()
    for (const keyword of p.keywords) {
      const words = wordsOf(keyword)
      const key = words.map((w) => w.plain).join(' ')
      const known = this.keywords.get(key)
      if (!known) this.keywords.set(key, [at])
      else if (known.at(-1) !== at) known.push(at)
      for (const w of words) spoken.add(this.#number(w.plain))
    }
    for (const word of spoken) (this.inKeywords[word] ??= []).push(at)
    for (const word of new Set(p.others.flatMap((other) => this.#numbersIn(other)))) (this.inOthers[word] ??= []).push(at)
  }

  /** The same few thousand words stand in the texts of all procedures. */
  #numbersIn(other: string): readonly number[] {
    let known = this.#others.get(other)
    if (!known) this.#others.set(other, (known = wordsOf(other).map((w) => this.#number(w.plain))))
    return known
  }

  #number(plain: string): number {
    const known = this.words.get(plain)
    if (known !== undefined) return known
    this.words.set(plain, this.words.size)
    return this.words.size - 1
  }

  #exactNumber({ plain, exact }: Word): number {
    const known = this.exact.get(exact)
    if (known !== undefined) return known
    this.exact.set(exact, this.exact.size)
    this.plainOf.push(this.#number(plain))
    return this.exact.size - 1
  }
}

/** As the words of a question are compared: 'Sổ đỏ' → 'so do'. */
export const plainWords = (text: string): string => wordsOf(plainText(text).replaceAll('.', ' ')).map((w) => w.plain).join(' ')
