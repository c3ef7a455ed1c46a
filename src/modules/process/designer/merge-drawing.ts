import { readXml, writeXml, type XmlElement } from '../../../platform/xml.ts'
import { readBpmn, writeBpmn } from '../bpmn-document.ts'
import { bpmn } from '../motcua-extension.ts'

/**
 * A draft with what was changed in the diagram editor, and nothing else changed: the editor's writer leaves out what it does not know and writes values otherwise
 * (ADR 27). What it would have written of the draft unchanged is compared with what it wrote, element by element, and the difference goes into the draft.
 * Undefined for a text that is no BPMN.
 * @param draft the text that the editor began with
 * @param drawn what the editor wrote
 */
export async function mergeDrawing(draft: string, drawn: string): Promise<string | undefined> {
  const document = await readBpmn(draft)
  if (!document || !await readBpmn(drawn)) return undefined
  // The editor reads the readable copy and writes it by the same writer.
  const { xml } = await bpmn.toXML(document.definitions, { format: true })
  const root = mergeElement(document.root, readXml(xml), readXml(drawn))
  return writeBpmn({ ...document, root })
}

/** `kept` with what differs between `before` and `after`. */
function mergeElement(kept: XmlElement, before: XmlElement, after: XmlElement): XmlElement {
  const attributes = { ...kept.attributes }
  for (const name of new Set([...Object.keys(before.attributes), ...Object.keys(after.attributes)])) {
    const value = after.attributes[name]
    if (value === before.attributes[name]) continue
    if (value === undefined) delete attributes[name]
    else attributes[name] = value
  }
  const name = localName(before) === localName(after) ? kept.name : after.name
  return { name, attributes, children: same(before.children, after.children) ? kept.children : mergeChildren(kept, before, after) }
}

function mergeChildren(kept: XmlElement, before: XmlElement, after: XmlElement): (XmlElement | string)[] {
  const [keptBy, beforeBy] = [keyed(kept), keyed(before)]
  const afterBy = keyed(after)
  const children: XmlElement[] = []
  // What the editor never saw stays behind what it stood behind.
  const unseen = new Map<string, XmlElement[]>()
  let last = ''
  for (const [key, child] of keptBy) {
    if (beforeBy.has(key)) last = key
    else unseen.set(last, [...(unseen.get(last) ?? []), child])
  }
  const placed = new Set<string>()
  const follow = (key: string): void => {
    if (placed.has(key)) return
    placed.add(key)
    children.push(...(unseen.get(key) ?? []))
  }
  follow('')
  for (const [key, child] of afterBy) {
    const [old, was] = [keptBy.get(key), beforeBy.get(key)]
    children.push(old && was ? mergeElement(old, was, child) : child)
    follow(key)
  }
  for (const key of unseen.keys()) follow(key)
  if (children.length === 0) return after.children
  const spaces = kept.children.filter((child) => typeof child === 'string')
  const lead = spaces.find((text) => text.trim() === '') ?? ''
  const text = own(after) === own(before) ? spaces.filter((one) => one.trim() !== '') : [own(after)]
  return [...text, ...children.flatMap((child): (XmlElement | string)[] => (lead ? [lead, child] : [child])), ...(lead ? [lead.replace(/ {2}$/, '')] : [])]
}

const localName = ({ name }: XmlElement): string => name.replace(/^.*:/, '')
const own = ({ children }: XmlElement): string => children.filter((child) => typeof child === 'string').join('').trim()

/** Children by what they are and their id, or whom they speak of, or their place among those alike. */
function keyed(element: XmlElement): Map<string, XmlElement> {
  const found = new Map<string, XmlElement>()
  for (const child of element.children) {
    if (typeof child === 'string') continue
    const { id, bpmnElement } = child.attributes
    const text = child.children.every((one) => typeof one === 'string') && /(Refs?|incoming|outgoing)$/.test(localName(child)) ? own(child) : ''
    // The kind of an element may change, its id stays.
    const wish = bpmnElement !== undefined ? `of ${localName(child)} ${bpmnElement}` : id !== undefined ? `id ${id}` : `${localName(child)} ${text}`
    let key = wish
    for (let n = 2; found.has(key); n++) key = `${wish} #${n}`
    found.set(key, child)
  }
  return found
}

/** Whether two contents say the same; white space between elements says nothing. */
function same(a: readonly (XmlElement | string)[], b: readonly (XmlElement | string)[]): boolean {
  const said = (children: readonly (XmlElement | string)[]): (XmlElement | string)[] => children.filter((child) => typeof child !== 'string' || child.trim() !== '')
  const [left, right] = [said(a), said(b)]
  return left.length === right.length && left.every((child, i) => sameChild(child, right[i]!))
}

function sameChild(a: XmlElement | string, b: XmlElement | string): boolean {
  if (typeof a === 'string' || typeof b === 'string') return typeof a === 'string' && typeof b === 'string' && a.trim() === b.trim()
  return localName(a) === localName(b) && Object.keys(a.attributes).length === Object.keys(b.attributes).length && Object.entries(a.attributes).every(([name, value]) => b.attributes[name] === value) && same(a.children, b.children)
}

/** The text that the diagram editor reads: in words that its reader knows. */
export async function textForEditor(draft: string): Promise<string> {
  const document = await readBpmn(draft)
  return document ? `<?xml version="1.0" encoding="UTF-8"?>\n${writeXml(document.readable)}` : draft
}
