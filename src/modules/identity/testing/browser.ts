/** A browser without scripts: cookies by host (as browsers do: not by port), forms, redirects. */
export interface Page { status: number; url: string; html: string; /** Addresses passed on the way. */ hops: string[]; setCookies: string[] }

export class TestBrowser {
  readonly cookies = new Map<string, { value: string; path: string }>()
  page: Page = { status: 0, url: '', html: '', hops: [], setCookies: [] }

  async open(url: string): Promise<Page> {
    return this.#go('GET', url)
  }

  /** Fills in and sends the form of the page that goes to `action` (the first one without). Hidden fields go along. */
  async submit(values: Record<string, string>, action?: string): Promise<Page> {
    const forms = [...this.page.html.matchAll(/<form method="post"(?: action="([^"]*)")?[^>]*>([\s\S]*?)<\/form>/g)]
    const form = forms.find((f) => action === undefined || f[1] === action)
    if (!form) throw new Error(`No form ${action ?? ''} on ${this.page.url} (${this.page.status})`)
    const body = new URLSearchParams()
    for (const input of form[2]!.matchAll(/<input type="hidden" name="([^"]*)" value(?:="([^"]*)")?/g)) body.append(input[1]!, unescape(input[2] ?? ''))
    for (const [name, value] of Object.entries(values)) body.set(name, value)
    return this.#go('POST', new URL(unescape(form[1] ?? this.page.url), this.page.url).href, body)
  }

  async post(url: string, values: Record<string, string>): Promise<Page> {
    return this.#go('POST', url, new URLSearchParams(values))
  }

  /** A form with files. */
  async postBody(url: string, body: FormData): Promise<Page> {
    return this.#go('POST', url, body)
  }

  cookie(name: string): string | undefined {
    return this.cookies.get(name)?.value
  }

  async #go(method: string, url: string, body?: URLSearchParams | FormData, hops: string[] = [], setCookies: string[] = []): Promise<Page> {
    const target = new URL(url)
    const cookie = [...this.cookies].filter(([, c]) => target.pathname.startsWith(c.path)).map(([name, c]) => `${name}=${c.value}`).join('; ')
    const response = await fetch(target, { method, redirect: 'manual', headers: { cookie, accept: 'text/html', 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' }, ...(body ? { body } : {}) })
    for (const line of response.headers.getSetCookie()) this.#keep(line, setCookies)
    const location = response.headers.get('location')
    if (response.status >= 300 && response.status < 400 && location) {
      await response.arrayBuffer()
      if (hops.length > 12) throw new Error(`Redirects in circles: ${hops.join(' → ')}`)
      return this.#go('GET', new URL(location, url).href, undefined, [...hops, url], setCookies)
    }
    this.page = { status: response.status, url, html: await response.text(), hops, setCookies }
    return this.page
  }

  #keep(line: string, setCookies: string[]): void {
    setCookies.push(line)
    const [pair, ...attributes] = line.split(/;\s*/)
    const at = pair!.indexOf('=')
    const attribute = (name: string): string | undefined => attributes.find((a) => a.toLowerCase().startsWith(`${name}=`))?.split('=')[1]
    const [name, value] = [pair!.slice(0, at), pair!.slice(at + 1)]
    if (attribute('max-age') === '0' || /1970/.test(attribute('expires') ?? '') || value === '') this.cookies.delete(name)
    else this.cookies.set(name, { value, path: attribute('path') ?? '/' })
  }
}

const unescape = (text: string): string => text.replaceAll('&quot;', '"').replaceAll('&#39;', "'").replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
