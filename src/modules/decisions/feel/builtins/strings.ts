import { round, toNumber, whole, type Decimal } from '../decimal.ts'
import type { Run } from '../run.ts'
import type { Value } from '../value.ts'
import { list, missable, number, optional, string, takes, type BuiltIns } from './define.ts'
import { matches, replaced, splitBy } from './patterns.ts'

export const strings: BuiltIns = {
  substring: [takes([string('string'), number('start position'), missable(number('length'))], ([text, start, length], run) => substring(text, start, length) ?? run.nothing('no-position'))],
  'string length': [takes([string('string')], ([text]) => whole([...text].length))],
  'upper case': [takes([string('string')], ([text]) => text.toUpperCase())],
  'lower case': [takes([string('string')], ([text]) => text.toLowerCase())],
  'substring before': [takes([string('string'), string('match')], ([text, match]) => (text.includes(match) ? text.slice(0, text.indexOf(match)) : ''))],
  'substring after': [takes([string('string'), string('match')], ([text, match]) => (text.includes(match) ? text.slice(text.indexOf(match) + match.length) : ''))],
  replace: [takes([string('input'), string('pattern'), string('replacement'), optional(string('flags'))], ([text, pattern, by, flags], run) => replaced(text, pattern, by, flags ?? '', run))],
  contains: [takes([string('string'), string('match')], ([text, match]) => text.includes(match))],
  'starts with': [takes([string('string'), string('match')], ([text, match]) => text.startsWith(match))],
  'ends with': [takes([string('string'), string('match')], ([text, match]) => text.endsWith(match))],
  matches: [takes([string('input'), string('pattern'), optional(string('flags'))], ([text, pattern, flags], run) => matches(text, pattern, flags ?? '', run))],
  split: [takes([string('string'), string('delimiter')], ([text, delimiter], run) => splitBy(text, delimiter, run))],
  'string join': [takes([list('list'), optional(string('delimiter'))], ([items, delimiter], run) => join(items, delimiter ?? '', run))],
}

/** Positions and lengths count characters as people see code points, not UTF-16 units. */
function substring(text: string, start: Decimal, length: Decimal | null): string | null {
  const characters = [...text]
  const [from, count] = [toNumber(round(start, 0, 'down')!), length && toNumber(round(length, 0, 'down')!)]
  if (from === 0 || Math.abs(from) > characters.length || (count !== null && count < 1)) return null
  const begin = from > 0 ? from - 1 : characters.length + from
  return characters.slice(begin, count === null ? undefined : begin + count).join('')
}

function join(items: Value[], delimiter: string, run: Run): Value {
  const texts = items.filter((item) => item !== null)
  run.spend(texts.length)
  return texts.every((item) => typeof item === 'string') ? texts.join(delimiter) : run.nothing('wrong-arguments', 'string join')
}
