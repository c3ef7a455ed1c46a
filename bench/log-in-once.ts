import { Client } from 'undici'
import type { Person } from './log-ins-country.ts'

/** A browser as small as possible: kept-alive connections from an address of its own, cookies, redirects. */
export interface SmallBrowser { open(method: 'GET' | 'POST', url: string, form?: Record<string, string>): Promise<{ url: string; status: number; body: string }>; forget(): void; close(): Promise<void> }

/** `number` gives the source address: people do not all sit behind one, and attempts are counted by it. */
export function smallBrowser(number: number): SmallBrowser {
  const clients = new Map<string, Client>()
  let cookies = new Map<string, string>()
  const clientOf = (origin: string): Client => {
    let client = clients.get(origin)
    if (!client) clients.set(origin, (client = new Client(origin, { pipelining: 1, localAddress: `127.0.1.${1 + (number % 250)}` })))
    return client
  }
  return {
    async open(method, url, form) {
      let [at, verb, body] = [new URL(url), method, form && new URLSearchParams(form).toString()]
      for (let hops = 0; hops < 15; hops++) {
        const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
        const answer = await clientOf(at.origin).request({ method: verb, path: `${at.pathname}${at.search}`, headers: { cookie, 'accept-encoding': 'gzip', ...(body === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }) }, ...(body === undefined ? {} : { body }) })
        for (const line of [answer.headers['set-cookie'] ?? []].flat()) keep(cookies, line)
        const { location } = answer.headers
        if (answer.statusCode < 300 || answer.statusCode >= 400 || typeof location !== 'string') return { url: at.href, status: answer.statusCode, body: await readText(answer) }
        await answer.body.dump()
        ;[at, verb, body] = [new URL(location, at), 'GET', undefined]
      }
      throw new Error(`Redirects in circles at ${at.href}`)
    },
    forget: () => void (cookies = new Map()),
    close: async () => void await Promise.all([...clients.values()].map((client) => client.close())),
  }
}

async function readText(answer: Awaited<ReturnType<Client['request']>>): Promise<string> {
  const bytes = Buffer.from(await answer.body.arrayBuffer())
  if (answer.headers['content-encoding'] !== 'gzip') return bytes.toString()
  const { gunzipSync } = await import('node:zlib')
  return gunzipSync(bytes).toString()
}

function keep(cookies: Map<string, string>, line: string): void {
  const [, name, value] = /^([^=]+)=([^;]*)/.exec(line)!
  if (value === '' || /max-age=0\b|expires=Thu, 01 Jan 1970/i.test(line)) cookies.delete(name!)
  else cookies.set(name!, value!)
}

const csrfOf = (html: string): string => /name="_csrf" value="([^"]+)"/.exec(html)![1]!
const tiepOf = (html: string): string => /name="tiep" value="([^"]+)"/.exec(html)![1]!

/** A whole log-in: from a page of a local node to the national node, id number, code from the telephone, and back to that page. Throws when it does not end there. */
export async function logInOnce(browser: SmallBrowser, local: string, national: string, person: Person, codeFor: (phone: string) => Promise<string>): Promise<void> {
  browser.forget()
  const asked = await browser.open('GET', `${local}/dang-nhap?tiep=/healthz`)
  const code = codeFor(person.phone)
  code.catch(() => {})
  const second = await browser.open('POST', `${national}/dang-nhap`, { _csrf: csrfOf(asked.body), tiep: tiepOf(asked.body), idNumber: person.idNumber })
  const end = await browser.open('POST', `${national}/dang-nhap/ma-xac-nhan`, { _csrf: csrfOf(second.body), code: await code })
  if (end.url !== `${local}/healthz` || end.status !== 200) throw new Error(`The log-in ended at ${end.url} with ${end.status}.`)
}
