/**
 * A reader of XML that shares no code with the program's own, so that a loss of the program's reader is seen. Names are expanded to
 * `{namespace}local`; what means nothing in XML (prefixes, order of attributes, comments, processing instructions, the layout of the
 * text between elements) is gone. Values that name something by prefix (`xsi:type="bpmn:tExpression"`) are expanded like names.
 */
export interface XmlElement { name: string; attributes: Map<string, string>; children: (XmlElement | string)[] }

type Scope = ReadonlyMap<string, string>
const xmlScope: Scope = new Map([['', ''], ['xml', 'http://www.w3.org/XML/1998/namespace']])

const token = /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!DOCTYPE[^>]*>|<!\[CDATA\[([\s\S]*?)\]\]>|<\/([^\s>]+)\s*>|<([^\s/>]+)((?:\s+[^\s=>]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)/gy
const attribute = /([^\s=]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g
const entities: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

export function readXml(xml: string): XmlElement {
  const document: XmlElement = { name: '', attributes: new Map(), children: [] }
  const open: { element: XmlElement; tag: string; scope: Scope }[] = [{ element: document, tag: '', scope: xmlScope }]
  const text = xml.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n')
  token.lastIndex = 0
  while (token.lastIndex < text.length) {
    const at = token.lastIndex
    const found = token.exec(text)
    if (!found) throw new Error(`no XML at character ${at}: ${text.slice(at, at + 60)}`)
    const [, cdata, closed, opened, attributes, isEmpty, characters] = found
    const { element, tag, scope } = open.at(-1)!
    if (cdata !== undefined) element.children.push(cdata)
    else if (characters !== undefined) element.children.push(decode(characters))
    else if (closed !== undefined) {
      if (closed !== tag) throw new Error(`</${closed}> closes <${tag}>`)
      open.pop()
      finish(element, scope)
    } else if (opened !== undefined) {
      const read = readTag(opened, attributes ?? '', scope)
      element.children.push(read.element)
      if (isEmpty) finish(read.element, read.scope)
      else open.push({ ...read, tag: opened })
    }
  }
  const root = document.children.find((child) => typeof child !== 'string')
  if (open.length !== 1 || !root) throw new Error('the XML ends within an element')
  return root
}

function readTag(name: string, text: string, outer: Scope): { element: XmlElement; scope: Scope } {
  const pairs = [...text.matchAll(attribute)].map(([, key, a, b]) => [key!, decode((a ?? b)!.replace(/\s/g, ' '))] as const)
  const declared = pairs.flatMap(([key, value]) => (key === 'xmlns' ? [['', value] as const] : key.startsWith('xmlns:') ? [[key.slice(6), value] as const] : []))
  const scope = declared.length > 0 ? new Map([...outer, ...declared]) : outer
  const own = pairs.filter(([key]) => !/^xmlns(:|$)/.test(key)).map(([key, value]) => [key.includes(':') ? expand(key, scope) : key, expandValue(value, scope)] as const)
  return { element: { name: expand(name, scope), attributes: new Map(own), children: [] }, scope }
}

function expand(name: string, scope: Scope): string {
  const [prefix, local] = name.includes(':') ? name.split(':', 2) as [string, string] : ['', name]
  const namespace = scope.get(prefix)
  if (namespace === undefined) throw new Error(`the prefix of ${name} is not declared`)
  return namespace === '' ? local : `{${namespace}}${local}`
}

function expandValue(value: string, scope: Scope): string {
  const [, prefix, local] = /^([\w-]+):([\w.-]+)$/.exec(value) ?? []
  const namespace = prefix === undefined ? undefined : scope.get(prefix)
  return namespace === undefined ? value : `{${namespace}}${local}`
}

/** Joins neighbouring text, drops the layout between elements. */
function finish(element: XmlElement, scope: Scope): void {
  const joined: (XmlElement | string)[] = []
  for (const child of element.children) {
    if (typeof child === 'string' && typeof joined.at(-1) === 'string') joined.push((joined.pop() as string) + child)
    else joined.push(child)
  }
  element.children = joined.map((child) => (typeof child === 'string' ? child.trim() : child)).filter((child) => child !== '').map((child) => (typeof child === 'string' ? expandValue(child, scope) : child))
}

function decode(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (whole, hex, decimal, name) => {
    if (hex) return String.fromCodePoint(parseInt(hex, 16))
    if (decimal) return String.fromCodePoint(Number(decimal))
    return entities[name] ?? whole
  })
}
