import { evaluate } from '../evaluate.ts'
import { Names } from '../names.ts'
import { Parser } from '../parse.ts'
import { Scope, type Run } from '../run.ts'
import type { Node } from '../syntax.ts'
import { FeelSyntaxError } from '../tokens.ts'
import { compare, type FeelRange, type Value } from '../value.ts'

const conversions = ['date', 'time', 'date and time', 'duration']

/** Reads "[18..21)" with ends that are literals; an end may be missing beside a round or turned bracket. Null for anything else. */
export function rangeOf(text: string, run: Run): FeelRange | null {
  const match = /^\s*([[\](])\s*(.*?)\s*\.\.\s*(.*?)\s*([[\])])\s*$/s.exec(text)
  if (!match) return null
  const [open, low, high, close] = [match[1]!, match[2]!, match[3]!, match[4]!]
  const [start, end] = [literal(low, run), literal(high, run)]
  if (start === undefined || end === undefined || (start === null && end === null)) return null
  const [startIncluded, endIncluded] = [open === '[', close === ']']
  if ((start === null && startIncluded) || (end === null && endIncluded)) return null
  const order = start === null || end === null ? -1 : compare(start, end)
  if (order === null || order > 0) return null
  return { kind: 'range', start, end, startIncluded, endIncluded, ...(start === null ? { open: 'start' } : end === null ? { open: 'end' } : {}) }
}

/** Null where there is none, undefined where it is no literal. */
function literal(text: string, run: Run): Value | undefined {
  if (text === '') return null
  try {
    const parser = new Parser(text, new Names(conversions))
    const node = parser.whole(() => parser.expression())
    return isLiteral(node) ? evaluate(node, new Scope(new Map()), run) ?? undefined : undefined
  } catch (error) {
    if (error instanceof FeelSyntaxError) return undefined
    throw error
  }
}

function isLiteral(node: Node): boolean {
  if (node.is === 'negation') return node.of.is === 'literal'
  if (node.is === 'call') return node.callee.is === 'name' && conversions.includes(node.callee.name) && node.positional.every((argument) => argument.is === 'literal')
  return node.is === 'literal' || node.is === 'temporal'
}
