import { readXml as readDocument, type XmlElement } from '../../../platform/xml.ts'

/** An element of a document: names without their prefixes, the text of its own. */
export interface Element { name: string; attributes: Record<string, string>; children: Element[]; text: string }

/** Reads a document. @throws Error for a text that is no XML */
export const readXml = (text: string): Element => withoutPrefixes(readDocument(text))

function withoutPrefixes({ name, attributes, children }: XmlElement): Element {
  return {
    name: name.slice(name.indexOf(':') + 1), attributes,
    children: children.filter((child) => typeof child !== 'string').map(withoutPrefixes), text: children.filter((child) => typeof child === 'string').join(''),
  }
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
