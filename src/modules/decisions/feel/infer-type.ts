import type { Run } from './run.ts'
import type { Node, TypeNode } from './syntax.ts'
import { parseTemporal } from './temporal.ts'
import { anyType, typeOf, type FeelType } from './types.ts'

/** The type that a text names; undefined when there is none of the name. */
export function resolveType(node: TypeNode, run: Run): FeelType | undefined {
  if (node.is === 'named') return run.type(node.name)
  if (node.is === 'list' || node.is === 'range') {
    const of = resolveType(node.of, run)
    return of && { is: node.is, of }
  }
  if (node.is === 'context') {
    const entries = node.entries.map(({ key, type }) => [key, resolveType(type, run)] as const)
    return entries.every((entry): entry is readonly [string, FeelType] => entry[1] !== undefined) ? { is: 'context', entries: new Map(entries) } : undefined
  }
  if (node.is !== 'function') return undefined
  const parameters = node.parameters.map((type) => resolveType(type, run))
  const result = resolveType(node.result, run)
  return result && parameters.every((type) => type !== undefined) ? { is: 'function', parameters, result } : undefined
}

const number: FeelType = { is: 'number' }
const string: FeelType = { is: 'string' }

/** The type of an expression as far as its text shows it: what a function without a declared result gives back. */
export function inferType(node: Node, known: ReadonlyMap<string, FeelType>): FeelType {
  switch (node.is) {
    case 'literal': return node.value === null ? anyType : typeOf(node.value)
    case 'temporal': return typeOf(parseTemporal(node.text))
    case 'name': return known.get(node.name) ?? anyType
    case 'context': return { is: 'context', entries: new Map(node.entries.map(({ key, value }) => [key, inferType(value, known)])) }
    case 'list': return { is: 'list', of: commonType(node.items.map((item) => inferType(item, known))) }
    case 'if': return commonType([inferType(node.then, known), inferType(node.else, known)])
    case 'comparison': case 'and': case 'or': case 'between': case 'in': case 'some': case 'every': case 'instance of': return { is: 'boolean' }
    case 'arithmetic': {
      const [left, right] = [inferType(node.left, known), inferType(node.right, known)]
      return left.is === 'number' && right.is === 'number' ? number : left.is === 'string' && right.is === 'string' ? string : anyType
    }
    default: return anyType
  }
}

function commonType(types: FeelType[]): FeelType {
  const [first] = types
  return first && types.every((type) => type.is === first.is) ? first : anyType
}
