import { abbreviations, everydayWords, questionWords, type GlossaryEntry } from './glossary.ts'
import { plainWords, wordsOf, type Word } from './search-index.ts'

/** A word of a question; `weight` is less than 1 for words that only frame it. */
export interface AskedWord extends Word { weight: number }

/** A way in which a question may be meant. */
export interface Alternative { words: AskedWord[]; /** 1 as typed, less where the glossary put other words in. */ trust: number }

/** What a word of the frame still counts, so that 'Cấp lại hồ sơ' prefers a name with 'hồ sơ'. */
const frameWeight = 0.12
const longest = 60
const mostAlternatives = 6

const frames = questionWords.map(plainWords).sort((a, b) => b.length - a.length)
const glossary = new Map<string, GlossaryEntry>([...everydayWords, ...abbreviations].map((e) => [plainWords(e.said), e]))
const longestSaid = Math.max(...[...glossary.keys()].map((key) => key.split(' ').length))

/** The ways in which a question may be meant: as it was typed and with the words of the law. Empty when there is no word in it. */
export function alternativesOf(question: string, options: { typing?: boolean } = {}): Alternative[] {
  const typed = wordsOf(question.slice(0, 600)).slice(0, longest)
  if (typed.length === 0) return []
  const core = weigh(typed)
  const meant = replacements(typed).map(({ words, trust }) => ({ words: weigh(words), trust }))
  const begun = options.typing ? beginnings(typed).map((words) => ({ words: weigh(words), trust: 0.9 })) : []
  return [{ words: core, trust: 1 }, ...meant, ...begun].slice(0, mostAlternatives)
}

/** The question without its frame, without diacritics: 'Thủ tục khai sinh' → 'khai sinh'. All of it when there is only a frame. */
export function coreOf(words: readonly AskedWord[]): string {
  return words.filter((w) => w.weight === 1).map((w) => w.plain).join(' ')
}

function weigh(words: readonly Word[]): AskedWord[] {
  let line = ` ${words.map((w) => w.plain).join(' ')} `
  // Marks each word of a frame by a sign of the same number of words, so that places stay.
  for (const frame of frames) if (line.includes(` ${frame} `)) line = line.replaceAll(` ${frame} `, ` ${frame.split(' ').map(() => '~').join(' ')} `).replaceAll(` ${frame} `, ` ${frame.split(' ').map(() => '~').join(' ')} `)
  const marks = line.trim().split(' ')
  const onlyFrame = marks.every((m) => m === '~')
  return words.map((w, i) => ({ ...w, weight: marks[i] === '~' && !onlyFrame ? frameWeight : 1 }))
}

/** The question with said words put into those of the law: the longest first, each place once; every official name is a question of its own. */
function replacements(typed: readonly Word[]): { words: Word[]; trust: number }[] {
  const found: { from: number; length: number; entry: GlossaryEntry }[] = []
  for (let from = 0; from < typed.length; from++) {
    for (let length = Math.min(longestSaid, typed.length - from); length > 0; length--) {
      const entry = glossary.get(typed.slice(from, from + length).map((w) => w.plain).join(' '))
      if (!entry) continue
      found.push({ from, length, entry })
      from += length - 1
      break
    }
  }
  if (found.length === 0) return []
  const choices = Math.max(...found.map((f) => f.entry.called.length))
  return Array.from({ length: choices }, (_, choice) => {
    const words = [...typed]
    for (const { from, length, entry } of found.toReversed()) words.splice(from, length, ...wordsOf(entry.called[Math.min(choice, entry.called.length - 1)]!))
    return { words, trust: found.some((f) => f.entry.doubtful) ? 0.8 : 0.97 }
  })
}

/** What a question that is still being typed may become: 'bang l' → 'giấy phép lái xe'. */
function beginnings(typed: readonly Word[]): Word[][] {
  const start = typed.map((w) => w.plain).join(' ')
  if (start.length < 4) return []
  return [...glossary].filter(([said]) => said.startsWith(start) && said !== start).sort(([a], [b]) => a.length - b.length).slice(0, 2).map(([, entry]) => wordsOf(entry.called[0]!))
}

/** The beginning of a procedure code, when the question is one: '1.0011' → '1.0011'. */
export function codeOf(question: string): string | undefined {
  return /^\s*(\d\.\d{3,6})/.exec(question)?.[1]
}
