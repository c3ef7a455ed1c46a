import type { SearchIndex } from './search-index.ts'

/** The words that were probably meant, by number: one mistake away (two in long words), the nearest and then the commonest first. */
export function likelyWords(index: Pick<SearchIndex, 'words' | 'countOf'>, word: string): number[] {
  if (word.length < 3 || /^\d+$/.test(word)) return []
  const allowed = word.length >= 7 ? 2 : 1
  const asked = lettersOf(word)
  const near: { number: number; mistakes: number; procedures: number }[] = []
  for (const [other, number] of index.words) {
    if (Math.abs(other.length - word.length) > allowed || other.length < 2) continue
    // A mistake changes at most two kinds of letters: most words are out without being compared.
    if (bitsOf(asked ^ lettersOf(other)) > 2 * allowed) continue
    const mistakes = distance(word, other, allowed)
    if (mistakes <= allowed) near.push({ number, mistakes, procedures: index.countOf(number) })
  }
  return near.sort((a, b) => a.mistakes - b.mistakes || b.procedures - a.procedures).slice(0, 3).map((n) => n.number)
}

function lettersOf(word: string): number {
  let letters = 0
  for (let i = 0; i < word.length; i++) letters |= 1 << (word.charCodeAt(i) & 31)
  return letters
}

function bitsOf(value: number): number {
  let count = 0
  for (let rest = value; rest !== 0; rest &= rest - 1) count++
  return count
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
