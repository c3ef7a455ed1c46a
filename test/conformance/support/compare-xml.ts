import type { XmlElement } from './xml-tree.ts'

/** What differs between two XML documents, as paths into the first; empty when they say the same. */
export function compareXml(before: XmlElement, after: XmlElement, path = nameOf(before)): string[] {
  if (before.name !== after.name) return [`${path}: became ${nameOf(after)}`]
  const differences: string[] = []
  for (const name of new Set([...before.attributes.keys(), ...after.attributes.keys()])) {
    const [a, b] = [before.attributes.get(name), after.attributes.get(name)]
    if (a !== b) differences.push(`${path}/@${name}: ${say(a)} became ${say(b)}`)
  }
  const [own, others] = [groups(before), groups(after)]
  for (const kind of new Set([...own.keys(), ...others.keys()])) {
    const [a, b] = [own.get(kind) ?? [], others.get(kind) ?? []]
    if (a.length !== b.length) differences.push(`${path}/${kind}: ${a.length} became ${b.length}`)
    else a.forEach((child, i) => differences.push(...compareChild(child, b[i]!, `${path}/${kind}[${i + 1}]`)))
  }
  const [a, b] = [namesIn(before), namesIn(after)]
  if (a.join() !== b.join() && a.toSorted().join() === b.toSorted().join()) differences.push(`${path}: its children stand in another order`)
  return differences
}

const namesIn = ({ children }: XmlElement): string[] => children.map((child) => (typeof child === 'string' ? 'text()' : child.name))
const say = (value: string | undefined): string => (value === undefined ? 'nothing' : JSON.stringify(value))

function compareChild(a: XmlElement | string, b: XmlElement | string, path: string): string[] {
  if (typeof a === 'string' || typeof b === 'string') return a === b ? [] : [`${path}: ${JSON.stringify(a)} became ${JSON.stringify(b)}`]
  return compareXml(a, b, path)
}

function groups(element: XmlElement): Map<string, (XmlElement | string)[]> {
  return Map.groupBy(element.children, (child) => (typeof child === 'string' ? 'text()' : nameOf(child)))
}

const nameOf = (element: XmlElement): string => element.name.replace(/^\{.*\}/, '')

export function countElements(element: XmlElement): number {
  return 1 + element.children.reduce((sum, child) => sum + (typeof child === 'string' ? 0 : countElements(child)), 0)
}
