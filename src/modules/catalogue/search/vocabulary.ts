import type { Db } from '../../../platform/db.ts'

/** Words of the catalogue with the number of procedures that hold them. */
export type Vocabulary = ReadonlyMap<string, number>

const lifetimeMs = 60_000
const kept = new WeakMap<object, { until: number; words: Promise<Vocabulary> }>()

/** All words of the search rows; a minute old at most, which only matters for words that never were there before. */
export function readVocabulary(db: Db): Promise<Vocabulary> {
  const known = kept.get(db)
  if (known && known.until > performance.now()) return known.words
  const words = db<{ word: string; ndoc: number }[]>`SELECT word, ndoc FROM ts_stat('SELECT words FROM catalogue.procedure')`.then((rows) => new Map(rows.map((r) => [r.word, r.ndoc])))
  kept.set(db, { until: performance.now() + lifetimeMs, words })
  words.catch(() => kept.delete(db))
  return words
}

/** The words that were probably meant: one mistake away (two in long words), the nearest and then the commonest first; none for a word that exists. */
export function likelyWords(vocabulary: Vocabulary, word: string): string[] {
  if (vocabulary.has(word) || word.length < 3) return []
  const allowed = word.length >= 7 ? 2 : 1
  const near = [...vocabulary].flatMap(([other, procedures]) => {
    if (Math.abs(other.length - word.length) > allowed) return []
    const mistakes = distance(word, other, allowed)
    return mistakes <= allowed ? [{ other, mistakes, procedures }] : []
  })
  return near.sort((a, b) => a.mistakes - b.mistakes || b.procedures - a.procedures).slice(0, 3).map((n) => n.other)
}

/** Letters to add, drop, change or swap with a neighbour; stops counting beyond `limit`. */
export function distance(a: string, b: string, limit: number): number {
  let beforeLast: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)
      const swap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? beforeLast[j - 2]! + 1 : Infinity
      row.push(Math.min(last[j]! + 1, row[j - 1]! + 1, change, swap))
    }
    if (Math.min(...row) > limit) return limit + 1
    beforeLast = last
    last = row
  }
  return last.at(-1)!
}
