import { createContext, Script } from 'node:vm'
import { FeelLimitError, type Run } from '../run.ts'
import type { Value } from '../value.ts'
import { fromXPath } from './xpath-pattern.ts'

// A pattern of an officer may take for ever on an unlucky text; only a script of its own can be stopped in the middle of it.
const patience = 200
const place = createContext({})
const code = new Script('(work === "test") ? new RegExp(pattern, flags).test(text) : [...text.matchAll(new RegExp(pattern, flags))].map((m) => ({ at: m.index, groups: [...m] }))')

type Match = { at: number; groups: (string | undefined)[] }

function run(work: 'test' | 'all', text: string, pattern: string, flags: string): unknown {
  Object.assign(place, { work, text, pattern, flags })
  try {
    return code.runInContext(place, { timeout: patience })
  } catch (error) {
    // The error comes from the other context, whose classes are others.
    if ((error as { code?: unknown } | null)?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw new FeelLimitError('a pattern takes too long')
    throw error
  } finally {
    // The next look keeps nothing of this text.
    Object.assign(place, { text: '' })
  }
}

export function matches(text: string, pattern: string, flags: string, of: Run): Value {
  const known = fromXPath(pattern, flags)
  if (!known) return of.nothing('not-a-pattern', pattern)
  of.spend(text.length)
  return run('test', text, known.pattern, known.flags) === true
}

export function splitBy(text: string, pattern: string, of: Run): Value {
  const known = fromXPath(pattern, '')
  if (!known) return of.nothing('not-a-pattern', pattern)
  of.spend(text.length)
  // Groups of a pattern are no part of the result.
  const found = run('all', text, known.pattern, `${known.flags}g`) as Match[]
  const parts: string[] = []
  let last = 0
  for (const { at, groups } of found.filter((match) => match.groups[0] !== '')) {
    parts.push(text.slice(last, at))
    last = at + groups[0]!.length
  }
  return [...parts, text.slice(last)]
}

export function replaced(text: string, pattern: string, by: string, flags: string, of: Run): Value {
  const known = fromXPath(pattern, flags)
  const isLiteral = flags.includes('q')
  if (!known || (!isLiteral && !/^(?:[^\\$]|\\[\\$]|\$\d)*$/.test(by))) return of.nothing('not-a-pattern', pattern)
  // A pattern that fits the empty text has no place where it ends (F&O 3.1, FORX0003).
  if (run('test', '', known.pattern, known.flags) === true) return of.nothing('not-a-pattern', pattern)
  of.spend(text.length)
  let [result, last] = ['', 0]
  for (const { at, groups } of run('all', text, known.pattern, `${known.flags}g`) as Match[]) {
    result += text.slice(last, at) + (isLiteral ? by : filledIn(by, groups))
    last = at + groups[0]!.length
  }
  return result + text.slice(last)
}

/** $12 is the twelfth group, or the first and a 2 where there are fewer. */
function filledIn(by: string, groups: Match['groups']): string {
  return by.replace(/\\([\\$])|\$(\d+)/g, (_, escaped: string | undefined, digits: string) => {
    if (escaped) return escaped
    let length = digits.length
    while (length > 1 && Number(digits.slice(0, length)) >= groups.length) length--
    return (groups[Number(digits.slice(0, length))] ?? '') + digits.slice(length)
  })
}
