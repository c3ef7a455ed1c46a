import { alternativesOf, coreOf, type Alternative, type AskedWord } from './query-words.ts'
import type { SearchIndex } from './search-index.ts'
import { likelyWords } from './vocabulary.ts'

export interface Scored { code: string; score: number }

/** How many procedures are compared word by word; all are compared by the words they hold. */
const close = 200
/** What the parts of a score weigh. Found on the catalogue as a whole; the bench prints what comes of them. */
const weights = { keyword: 0.85, other: 0.4, pairs: 0.75, back: 0.45, exact: 0.45, whole: 0.7, prior: 0.3 }
/** Who holds less than this share of what was asked does not answer the question. */
const least = 0.3

interface Meant { plain: number[]; /** Number of the word as typed; -1 when it was corrected or is in no name. */ exact: number; weight: number; idf: number; marked: boolean }

/** Codes by how well they answer the question, the best first. */
export function scoreQuestion(index: SearchIndex, question: string, options: { typing?: boolean } = {}): Scored[] {
  const best = new Map<number, number>()
  for (const [i, alternative] of alternativesOf(question, options).entries()) {
    for (const [at, score] of scoreAlternative(index, alternative, i === 0 && options.typing === true)) best.set(at, Math.max(best.get(at) ?? 0, score * alternative.trust))
  }
  return [...best].map(([at, score]) => ({ code: index.codes[at]!, score })).sort((a, b) => b.score - a.score || (a.code < b.code ? -1 : 1))
}

function scoreAlternative(index: SearchIndex, { words }: Alternative, typing: boolean): Map<number, number> {
  const meant = words.map((w, i) => meaning(index, w, i === words.length - 1, typing))
  const total = meant.reduce((sum, m) => sum + m.weight * m.idf, 0)
  const held = holders(index, meant)
  const keyword = index.keywords.get(coreOf(words)) ?? []
  const found: { at: number; share: number }[] = []
  const enough = Math.max(total * least, highest(held) * 0.6)
  for (let at = 0; at < held.length; at++) if (held[at]! > 0 && held[at]! >= enough) found.push({ at, share: held[at]! / total })
  found.sort((a, b) => b.share + index.priors[b.at]! * 0.02 - a.share - index.priors[a.at]! * 0.02)
  const asked = new Asked(index, meant)
  const scores = new Map<number, number>()
  for (const { at, share } of found.slice(0, close)) scores.set(at, share + asked.compare(at) + weights.prior * index.priors[at]! + (keyword.includes(at) ? weights.whole : 0))
  return scores
}

function highest(values: Float32Array): number {
  let most = 0
  for (const value of values) if (value > most) most = value
  return most
}

/** A word of the question as numbers of the index: itself, what begins with it where it may still be on its way, or what it is a slip of. */
function meaning(index: SearchIndex, word: AskedWord, last: boolean, typing: boolean): Meant {
  const known = index.words.get(word.plain)
  const exact = index.exact.get(word.exact) ?? -1
  const marked = word.exact !== word.plain
  if (known !== undefined && !last) return { plain: [known], exact, weight: word.weight, idf: index.idf[known]!, marked }
  const plain = known !== undefined ? [known] : []
  if (last && (typing || (plain.length === 0 && word.plain.length >= 2))) plain.push(...beginnings(index, word.plain).filter((p) => p !== known))
  if (plain.length === 0) plain.push(...corrected(index, word.plain))
  // A word that nothing holds counts as a rare one, so that what lacks it is not a whole answer.
  const idf = plain.length === 0 ? Math.log(1 + index.size) * 0.6 : Math.min(...plain.map((p) => index.idf[p]!))
  return { plain, exact: known === undefined ? -1 : exact, weight: word.weight, idf, marked }
}

const corrections = new WeakMap<SearchIndex, Map<string, number[]>>()

/** What a word is a slip of; the same slips come again and again. */
export function corrected(index: SearchIndex, word: string): number[] {
  let known = corrections.get(index)
  if (!known) corrections.set(index, (known = new Map()))
  let found = known.get(word)
  if (!found) {
    if (known.size >= 500) known.clear()
    known.set(word, (found = likelyWords(index, word)))
  }
  return found
}

function beginnings(index: SearchIndex, start: string): number[] {
  const found: number[] = []
  for (const [word, number] of index.words) if (word.startsWith(start)) found.push(number)
  return found.sort((a, b) => index.countOf(b) - index.countOf(a)).slice(0, 8)
}

/** Room to reckon in, used again by every question: it is worked through without a pause. */
interface Sheet { sums: Float32Array; best: Float32Array; words: Uint8Array; seen: Uint32Array; round: number }
const sheets = new WeakMap<SearchIndex, Sheet>()

function sheetOf(index: SearchIndex): Sheet {
  let sheet = sheets.get(index)
  if (!sheet) sheets.set(index, (sheet = { sums: new Float32Array(index.size), best: new Float32Array(index.size), words: new Uint8Array(index.words.size), seen: new Uint32Array(index.words.size), round: 0 }))
  return sheet
}

/** For each procedure the weight of the asked words that it holds: most in its name, less in what people call it, least in its texts. */
function holders(index: SearchIndex, meant: readonly Meant[]): Float32Array {
  const { sums, best } = sheetOf(index)
  sums.fill(0)
  for (const { plain, weight, idf } of meant) {
    best.fill(0)
    for (const [lists, share] of [[index.inName, 1], [index.inKeywords, weights.keyword], [index.inOthers, weights.other]] as const) {
      const gain = weight * idf * share
      for (const word of plain) {
        for (const at of lists.of(word)) {
          if (gain <= best[at]!) continue
          sums[at]! += gain - best[at]!
          best[at] = gain
        }
      }
    }
  }
  return sums
}

/** What a question asks for, laid out so that a name is read through once. */
class Asked {
  readonly #index: SearchIndex
  readonly #sheet: Sheet
  /** Neighbouring words of the question with the places where they stand. */
  readonly #pairs = new Map<number, number[]>()
  readonly #exact = new Map<number, number[]>()
  readonly #pairValues: number[] = []
  readonly #exactValues: number[] = []
  readonly #hits: Uint32Array
  readonly #exactHits: Uint32Array

  constructor(index: SearchIndex, meant: readonly Meant[]) {
    this.#index = index
    this.#sheet = sheetOf(index)
    this.#sheet.words.fill(0)
    // Rounds are counted in 32 bits, here and in `hits`.
    if (this.#sheet.round > 0x7fffffff) {
      this.#sheet.round = 0
      this.#sheet.seen.fill(0)
    }
    meant.forEach(({ plain, exact, weight, idf, marked }, i) => {
      for (const p of plain) this.#sheet.words[p] = 1
      this.#exactValues.push(marked ? weight * idf : 0)
      if (marked && exact >= 0) this.#exact.set(exact, [...(this.#exact.get(exact) ?? []), i])
      const next = meant[i + 1]
      if (!next) return
      const known = plain[0] !== undefined && next.plain[0] !== undefined
      this.#pairValues.push(Math.sqrt(weight * next.weight) * (known ? index.pairIdf(plain[0]!, next.plain[0]!) : 2))
      for (const a of plain) for (const b of next.plain) this.#pairs.set(a * 0x100000 + b, [...(this.#pairs.get(a * 0x100000 + b) ?? []), i])
    })
    this.#hits = new Uint32Array(meant.length)
    this.#exactHits = new Uint32Array(meant.length)
  }

  /** How the name reads beside the question: neighbours, marks, and how much of the name was asked for. */
  compare(at: number): number {
    const index = this.#index
    const { words, seen } = this.#sheet
    const round = ++this.#sheet.round
    let before = -1, backSum = 0, backTotal = 0
    for (const word of index.names.of(at)) {
      const plain = index.plainOf[word]!
      const asked = words[plain] === 1
      if (seen[plain] !== round) {
        seen[plain] = round
        backTotal += index.idf[plain]!
        if (asked) backSum += index.idf[plain]!
      }
      if (asked) {
        for (const i of this.#exact.get(word) ?? []) this.#exactHits[i] = round
        if (before >= 0) for (const i of this.#pairs.get(before * 0x100000 + plain) ?? []) this.#hits[i] = round
      }
      before = asked ? plain : -1
    }
    return weights.pairs * hitShare(this.#pairValues, this.#hits, round) + weights.back * (backTotal > 0 ? backSum / backTotal : 0) + weights.exact * hitShare(this.#exactValues, this.#exactHits, round)
  }
}

/** The share of the values whose place was hit in this round; half where there is nothing to hit. */
function hitShare(values: readonly number[], hits: Uint32Array, round: number): number {
  let sum = 0, total = 0
  for (let i = 0; i < values.length; i++) {
    total += values[i]!
    if (hits[i] === round) sum += values[i]!
  }
  return total > 0 ? sum / total : 0.5
}
