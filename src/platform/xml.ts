import { Parser } from 'saxen'

/** An element as it stands in its document: names with their prefixes, attributes in their order, text between the children to the letter. */
export interface XmlElement { name: string; attributes: Record<string, string>; children: (XmlElement | string)[] }

const largest = 5_000_000
const deepest = 500

/**
 * Reads a document, so that `writeXml` says the same again; only comments and processing instructions are left out. Entities other than
 * the five of XML stay as they are written, and no file but this text is looked at.
 * @throws Error for a text that is no XML
 */
export function readXml(text: string): XmlElement {
  if (text.length > largest) throw new Error('The document is too long.')
  const top: XmlElement = { name: '', attributes: {}, children: [] }
  const open = [top]
  const parser = new Parser()
  parser.on('openTag', (name, attributes) => {
    // White space in an attribute is a space (XML 1.0, 3.3.3), unless it was written as a character reference.
    const found = Object.entries(attributes()).map(([key, value]) => [key, decode(value.replace(/\r\n|\s/g, ' '))] as const)
    const element: XmlElement = { name, attributes: Object.fromEntries(found), children: [] }
    open.at(-1)!.children.push(element)
    open.push(element)
    if (open.length > deepest) throw new Error('The document is too deep.')
  })
  parser.on('closeTag', () => { open.pop() })
  parser.on('text', (value) => { open.at(-1)!.children.push(decode(value.replaceAll('\r\n', '\n'))) })
  parser.on('cdata', (value) => { open.at(-1)!.children.push(value.replaceAll('\r\n', '\n')) })
  parser.on('error', (error) => { throw error })
  parser.parse(text.replace(/^\uFEFF/, ''))
  const root = top.children.find((child) => typeof child !== 'string')
  if (!root || open.length !== 1) throw new Error('The document is no XML.')
  return root
}

const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function decode(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w+));/gi, (whole, hex?: string, decimal?: string, name?: string) => {
    if (name !== undefined) return entities[name] ?? whole
    const point = hex ? parseInt(hex, 16) : Number(decimal)
    return point <= 0x10FFFF ? String.fromCodePoint(point) : whole
  })
}

const escapeText = (text: string): string => text.replace(/[&<>\r]/g, (sign) => `&#${sign.charCodeAt(0)};`)
const escapeValue = (text: string): string => text.replace(/[&<>"\r\n\t]/g, (sign) => `&#${sign.charCodeAt(0)};`)

/** Writes an element as it was read. */
export function writeXml({ name, attributes, children }: XmlElement): string {
  const head = `<${name}${Object.entries(attributes).map(([key, value]) => ` ${key}="${escapeValue(value)}"`).join('')}`
  if (children.length === 0) return `${head} />`
  return `${head}>${children.map((child) => (typeof child === 'string' ? escapeText(child) : writeXml(child))).join('')}</${name}>`
}

/** The text of an XML file in whatever encoding its first bytes tell, without its declaration, which would no longer be true. */
export function decodeXml(bytes: Uint8Array): string {
  const [first, second] = bytes
  const marked = first === 0xFE && second === 0xFF ? 'utf-16be' : first === 0xFF && second === 0xFE ? 'utf-16le' : undefined
  const declared = /^[^<]*<\?xml[^>]*\sencoding\s*=\s*["']([\w.-]+)["']/.exec(Buffer.from(bytes.subarray(0, 300)).toString('latin1'))?.[1]
  // A declaration that can be read byte by byte is not in UTF-16, whatever it says.
  return decoder(marked ?? (/^utf-?16/i.test(declared ?? '') ? 'utf-8' : declared) ?? 'utf-8').decode(bytes).replace(/^\s*<\?xml[^>]*\?>\s*/, '')
}

function decoder(encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding.replace(/^macroman$/i, 'macintosh'))
  } catch {
    // A name that nobody knows: nearly always the file is UTF-8 all the same.
    return new TextDecoder()
  }
}
