import type { Db } from '../../../platform/db.ts'
import { alternativesOf, coreOf } from './query-words.ts'
import { readIndex } from './read-index.ts'
import { corrected } from './score.ts'
import type { LifeEvent } from './search-procedures.ts'
import { plainWords, type SearchIndex } from './search-index.ts'

export interface Hints { /** The question with its slips put right, when it has some. */ meant: string | undefined; /** Occasions that the question names. */ lifeEvents: readonly LifeEvent[] }

/** What leads on from a question: its probable spelling, and the life events that it names. */
export async function hintsFor(db: Db, question: string | undefined, lifeEvents: readonly LifeEvent[]): Promise<Hints> {
  const asked = question === undefined ? undefined : alternativesOf(question)[0]
  if (!asked) return { meant: undefined, lifeEvents: [] }
  const core = coreOf(asked.words)
  const named = core.length < 3 ? [] : lifeEvents.filter((e) => namesOf(e).some((name) => ` ${core} `.includes(` ${name} `)))
  return { meant: spelled(await readIndex(db), asked.words.map((w) => w.plain)), lifeEvents: named.slice(0, 3) }
}

const names = new WeakMap<LifeEvent, readonly string[]>()

/** What an occasion is called, in both languages; 'Lái xe, mua xe' is two. */
function namesOf(event: LifeEvent): readonly string[] {
  let known = names.get(event)
  if (!known) names.set(event, (known = [event.name.vi, event.name.en].flatMap((name) => name.split(',')).map(plainWords).filter((name) => name.length > 2)))
  return known
}

function spelled(index: SearchIndex, words: readonly string[]): string | undefined {
  let changed = false
  const right = words.map((word, i) => {
    // The last word may be unfinished: then it is the beginning of one.
    if (index.words.has(word) || (i === words.length - 1 && [...index.words.keys()].some((known) => known.startsWith(word)))) return word
    const better = corrected(index, word)[0]
    if (better === undefined) return word
    changed = true
    return index.wordOf(better)
  })
  return changed ? right.join(' ') : undefined
}
