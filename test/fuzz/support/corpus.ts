import type { LiveRoute, Seat } from '../../rights/support/house.ts'

/** A form as a page of ours shows it: with this, and one field broken, a request gets past the first checks. */
export interface FormSeen { fields: readonly (readonly [name: string, values: readonly string[]])[]; files: readonly string[] }

interface Known { params: Record<string, string>[]; forms: FormSeen[]; seats: Set<Seat>; queries: Set<string> }

const most = { params: 24, forms: 12 }
const unescape = (text: string): string => text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
const attribute = (tag: string, name: string): string | undefined => { const found = new RegExp(`\\s${name}(?:="([^"]*)")?(?=[\\s/>])`).exec(tag); return found ? unescape(found[1] ?? '') : undefined }

/** What the pages of the node have shown so far: ids that exist, queries, forms; by the address to which they lead. */
export class Corpus {
  readonly #known = new Map<string, Known>()
  readonly #matchers: { name: string; method: string; pattern: RegExp; variables: string[] }[]
  readonly #static = new Map<string, string>()
  /** Every id that stood in an address. */
  readonly ids: string[] = []

  constructor(routes: readonly LiveRoute[]) {
    this.#matchers = routes.filter((r) => r.path.includes('/:')).map((r) => ({ name: nameOf(r), method: r.method, pattern: new RegExp(`^${r.path.replace(/[.+]/g, '\\$&').replace(/:\w+/g, '([^/]+)')}$`), variables: [...r.path.matchAll(/:(\w+)/g)].map(([, v]) => v!) }))
    for (const r of routes) if (!r.path.includes('/:')) this.#static.set(nameOf(r), r.path)
  }

  of(route: LiveRoute): Known {
    const name = nameOf(route)
    let known = this.#known.get(name)
    if (!known) this.#known.set(name, (known = { params: [], forms: [], seats: new Set(), queries: new Set() }))
    return known
  }

  /** Reads a page that a seat saw at an address. */
  learn(seat: Seat, address: string, html: string): string[] {
    const fresh: string[] = []
    for (const [, href] of html.matchAll(/\shref="(\/[^"#]*)/g)) if (this.#meet('GET', unescape(href!), seat)) fresh.push(unescape(href!))
    for (const [, open, inner] of html.matchAll(/<form\b([^>]*)>([\s\S]*?)<\/form>/g)) {
      const tag = ` ${open}>`
      const action = attribute(tag, 'action') ?? address
      const method = (attribute(tag, 'method') ?? 'get').toUpperCase()
      if (this.#meet(method, action, seat) && method === 'GET') fresh.push(action)
      const known = this.#lookUp(method, action)
      if (known && known.forms.length < most.forms) known.forms.push(formOf(inner!))
    }
    return fresh
  }

  #lookUp(method: string, address: string): Known | undefined {
    const path = address.split('?')[0]!
    const name = this.#static.has(`${method} ${path}`) ? `${method} ${path}` : this.#matchers.find((m) => m.method === method && m.pattern.test(path))?.name
    return name === undefined ? undefined : this.of({ method, path: name.slice(method.length + 1) } as LiveRoute)
  }

  /** True where this address led nowhere known before. */
  #meet(method: string, address: string, seat: Seat): boolean {
    const known = this.#lookUp(method, address)
    if (!known) return false
    const [path, query] = address.split('?')
    let isFresh = !known.seats.has(seat)
    known.seats.add(seat)
    for (const [name] of new URLSearchParams(query ?? '')) known.queries.add(name)
    const matcher = this.#static.has(`${method} ${path}`) ? undefined : this.#matchers.find((m) => m.method === method && m.pattern.test(path!))
    const values = matcher?.pattern.exec(path!)
    if (matcher && values && known.params.length < most.params) {
      const params = Object.fromEntries(matcher.variables.map((v, i) => [v, decode(values[i + 1]!)]))
      if (!known.params.some((p) => JSON.stringify(p) === JSON.stringify(params))) {
        known.params.push(params)
        for (const value of Object.values(params)) if (this.ids.length < 300 && !this.ids.includes(value)) this.ids.push(value)
        isFresh = true
      }
    }
    return isFresh
  }
}

const decode = (text: string): string => { try { return decodeURIComponent(text) } catch { return text } }
const nameOf = ({ method, path }: Pick<LiveRoute, 'method' | 'path'>): string => `${method} ${path}`

function formOf(html: string): FormSeen {
  const fields = new Map<string, string[]>()
  const files: string[] = []
  const add = (name: string | undefined, value: string): void => { if (name && name !== '_csrf') fields.set(name, [...(fields.get(name) ?? []), value]) }
  for (const [tag] of html.matchAll(/<(?:input|textarea|button)\b[^>]*>/g)) {
    const name = attribute(tag, 'name')
    if (attribute(tag, 'type') === 'file') { if (name) files.push(name) } else add(name, attribute(tag, 'value') ?? '')
  }
  for (const [, open, inner] of html.matchAll(/<select\b([^>]*)>([\s\S]*?)<\/select>/g)) for (const [tag] of inner!.matchAll(/<option\b[^>]*>/g)) add(attribute(` ${open}>`, 'name'), attribute(tag, 'value') ?? '')
  return { fields: [...fields], files }
}
