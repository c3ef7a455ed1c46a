import type { XmlElement } from '../../platform/xml.ts'

/**
 * The same file in the words that our reader of BPMN understands, which knows neither all that XML Schema allows nor how to live with common slips:
 * - a reference may be a qualified name (`bpmnElement="tns:task_1"`): it loses its prefix;
 * - an id may have letters beyond ASCII (`Bước_1`): they are spelled out; so is what no id may hold;
 * - documentation, notes and scripts may hold elements, such as HTML: their text remains;
 * - a shape may have the id of its element, which is wrong: it loses it, since nothing refers to shapes.
 * @param texts 'plain' unless told; 'kept' leaves elements in texts as they are, for a file that is written again
 */
export function readableBpmn(root: XmlElement, texts: 'plain' | 'kept' = 'plain'): XmlElement {
  const ids = collectIds(root)
  const names = new Map([...ids].filter((id) => !isPlain(id)).map((id) => [id, spelledOut(id)]))
  const taken = collectIds(root, (kind) => !isOfDiagram(kind))
  const plainReference = (value: string): string => {
    const local = /^[^:\s]+:(\S+)$/.exec(value)?.[1]
    const id = local !== undefined && ids.has(local) && !ids.has(value) ? local : value
    return names.get(id) ?? id
  }
  const plain = (element: XmlElement): XmlElement => {
    const kind = localName(element.name)
    const attributes = Object.entries(element.attributes).flatMap(([name, value]): [string, string][] => {
      if (name !== 'id') return [[name, /(Refs?|Element|Style|Shape)$|^default$/.test(name) ? plainReference(value) : value]]
      if (isOfDiagram(kind)) {
        if (taken.has(value)) return []
        taken.add(value)
      }
      return [[name, names.get(value) ?? value]]
    })
    if (texts === 'plain' && /^(documentation|text|script)$/.test(kind)) return { ...element, attributes: Object.fromEntries(attributes), children: [textOf(element)] }
    const isReference = /(Refs?|^incoming|^outgoing)$/.test(kind)
    return { ...element, attributes: Object.fromEntries(attributes), children: element.children.map((child) => (typeof child !== 'string' ? plain(child) : isReference ? plainReference(child.trim()) : child)) }
  }
  return plain(root)
}

const textOf = ({ children }: XmlElement): string => children.map((child) => (typeof child === 'string' ? child : textOf(child))).join('')
const isOfDiagram = (kind: string): boolean => kind.startsWith('BPMN')
const localName = (name: string): string => name.replace(/^.*:/, '')
const isPlain = (id: string): boolean => /^[a-z_][\w.-]*$/i.test(id)
const spelledOut = (id: string): string => id.replace(/[^\w.-]/gu, (sign) => `_u${sign.codePointAt(0)!.toString(16)}`).replace(/^(?![a-z_])/i, '_')

function collectIds(element: XmlElement, of: (kind: string) => boolean = () => true, ids = new Set<string>()): Set<string> {
  if (element.attributes.id !== undefined && of(localName(element.name))) ids.add(element.attributes.id)
  for (const child of element.children) if (typeof child !== 'string') collectIds(child, of, ids)
  return ids
}
