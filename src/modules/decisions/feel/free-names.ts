import type { Node, UnaryTests } from './syntax.ts'

/** The names that a tree uses without binding them itself, each with its place. */
export function freeNames(tree: Node | UnaryTests): { name: string; at: number }[] {
  const found: { name: string; at: number }[] = []
  visit(tree, new Set(), found)
  return found
}

function visit(part: unknown, bound: ReadonlySet<string>, found: { name: string; at: number }[]): void {
  if (Array.isArray(part)) return part.forEach((one) => visit(one, bound, found))
  if (typeof part !== 'object' || part === null || part instanceof Map) return
  const node = part as Partial<Node> & { is?: string }
  if (node.is === 'literal' || node.is === 'instance of') return 'value' in node && node.is === 'instance of' ? visit(node.value, bound, found) : undefined
  if (node.is === 'name' && 'name' in node) return bound.has(node.name!) ? undefined : void found.push({ name: node.name!, at: node.at! })
  const inner = new Set([...bound, ...namesBoundBy(part as Node)])
  for (const value of Object.values(part)) visit(value, inner, found)
}

/** Inside of a filter any entry of the items may be called by its name alone: what they are is known only then. */
function namesBoundBy(node: Node): string[] {
  switch (node.is) {
    case 'for': return ['partial', ...node.iterations.map(({ name }) => name)]
    case 'some': case 'every': return node.iterations.map(({ name }) => name)
    case 'function': return node.parameters.map(({ name }) => name)
    case 'context': return node.entries.map(({ key }) => key)
    case 'filter': return ['item', ...freeNames(node.by).map(({ name }) => name)]
    default: return []
  }
}
