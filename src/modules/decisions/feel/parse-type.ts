import type { Parser } from './parse.ts'
import type { TypeNode } from './syntax.ts'

const spoken = ['date and time', 'days and time duration', 'years and months duration'].map((name) => name.split(' '))

/** A type as "instance of" and the parameters of a function name it. */
export function parseType(parser: Parser): TypeNode {
  for (const words of spoken) {
    if (words.every((word, i) => parser.tokens[parser.at + i]?.text === word)) {
      parser.at += words.length
      return { is: 'named', name: words.join(' ') }
    }
  }
  const generic = parser.tokens[parser.at + 1]?.text === '<'
  if (generic && (parser.is('list') || parser.is('range'))) return inAngles(parser, (is) => ({ is: is as 'list' | 'range', of: parseType(parser) }))
  if (generic && parser.is('context')) {
    return inAngles(parser, () => ({
      is: 'context',
      entries: parser.is('>') ? [] : parser.separated(() => {
        const key = parser.nameBefore(':')
        parser.expect(':')
        return { key, type: parseType(parser) }
      }),
    }))
  }
  if (generic && parser.is('function')) {
    const { parameters } = inAngles(parser, () => ({ parameters: parser.is('>') ? [] : parser.separated(() => parseType(parser)) }))
    parser.expect('->')
    return { is: 'function', parameters, result: parseType(parser) }
  }
  let name = parser.anyName()
  while (parser.take('.')) name = `${name}.${parser.anyName()}`
  return { is: 'named', name }
}

function inAngles<T>(parser: Parser, read: (name: string) => T): T {
  const name = parser.next.text
  parser.at += 2
  const result = read(name)
  parser.expect('>')
  return result
}
