import { Parser } from 'saxen'

/** An element of a document: names without their prefixes, the text of its own. */
export interface Element { name: string; attributes: Record<string, string>; children: Element[]; text: string }

const largest = 5_000_000

/**
 * Reads a document. Entities other than the five of XML stay as they are written, and no file but this text is looked at.
 * @throws Error for a text that is no XML
 */
export function readXml(text: string): Element {
  if (text.length > largest) throw new Error('The document is too long.')
  const top: Element = { name: '', attributes: {}, children: [], text: '' }
  const open = [top]
  const parser = new Parser()
  parser.on('openTag', (name, attributes, decode) => {
    const found = Object.entries(attributes()).map(([key, value]) => [key, decode(value)] as const)
    const element: Element = { name: name.slice(name.indexOf(':') + 1), attributes: Object.fromEntries(found), children: [], text: '' }
    open.at(-1)!.children.push(element)
    open.push(element)
    if (open.length > 500) throw new Error('The document is too deep.')
  })
  parser.on('closeTag', () => { open.pop() })
  parser.on('text', (value, decode) => { open.at(-1)!.text += decode(value) })
  parser.on('cdata', (value) => { open.at(-1)!.text += value })
  parser.on('error', (error) => { throw error })
  parser.parse(text.replace(/^\uFEFF/, ''))
  const [root] = top.children
  if (!root || open.length !== 1) throw new Error('The document is no XML.')
  return root
}

export const childrenOf = (element: Element | undefined, name: string): Element[] => element?.children.filter((child) => child.name === name) ?? []
export const childOf = (element: Element | undefined, name: string): Element | undefined => element?.children.find((child) => child.name === name)
export const textIn = (element: Element | undefined, name: string): string | undefined => childOf(element, name)?.text.trim()

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign]!)

/** Writes an element, one line for each; text is kept to the letter. */
export function writeXml({ name, attributes, children, text }: Element, indent = ''): string {
  const head = `${indent}<${name}${Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`).join('')}`
  if (children.length === 0) return text === '' ? `${head}/>\n` : `${head}>${escaped(text)}</${name}>\n`
  return `${head}>\n${children.map((child) => writeXml(child, `${indent}  `)).join('')}${indent}</${name}>\n`
}
