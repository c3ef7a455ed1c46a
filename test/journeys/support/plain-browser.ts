import assert from 'node:assert/strict'
import { once } from 'node:events'
import { request } from 'node:http'
import type { Lang } from '../../../src/platform/i18n.ts'
import { TestBrowser } from '../../../src/modules/identity/testing/browser.ts'
import { demoPassword, findCitizen } from '../../../src/stand-ins/demo-people.ts'
import type { NodeSlug } from '../../../src/nodes.ts'
import { codeSentTo, generatorCode, type JourneyCountry } from './country.ts'

/** A file to send; `repeat` makes a large one without holding it in memory. */
export interface SentFile { field: string; name: string; type: string; bytes: Buffer; repeat?: number }
export interface Answer { status: number; text: string; type: string; location: string | undefined }

/** A person who logged in over plain HTTP, without a browser. */
export async function plainCitizen(place: JourneyCountry, idNumber: string, node: NodeSlug, lang: Lang = 'vi'): Promise<TestBrowser> {
  const browser = new TestBrowser()
  const since = new Date()
  await browser.open(place.at(node, `/dang-nhap?tiep=/ho-so&lang=${lang}`))
  await browser.submit({ idNumber }, '/dang-nhap')
  await browser.submit({ code: await codeSentTo(place, findCitizen(idNumber)!.phone, since) }, '/dang-nhap/ma-xac-nhan')
  assert.equal(new URL(browser.page.url).pathname, '/ho-so', browser.page.url)
  return browser
}

export async function plainOfficer(place: JourneyCountry, login: string, node: NodeSlug, lang: Lang = 'vi'): Promise<TestBrowser> {
  const browser = new TestBrowser()
  await browser.open(place.at(node, `/desk/login?tiep=/desk&lang=${lang}`))
  await browser.submit({ login, password: demoPassword }, '/desk/login')
  await browser.submit({ code: await generatorCode(login) }, '/desk/login/code')
  assert.equal(browser.page.status, 200, browser.page.url)
  return browser
}

/** The token that a form of this page carries. */
export function csrfOf(html: string): string {
  const found = /name="_csrf" value="([^"]+)"/.exec(html)?.[1]
  assert.ok(found, 'the page has a form')
  return found
}

/** Sends a form as a browser does when it has a file box. Does not follow redirects. */
export async function postForm(browser: TestBrowser, url: string, fields: readonly (readonly [string, string])[], files: readonly SentFile[] = []): Promise<Answer> {
  const boundary = `----motcua${Math.random().toString(36).slice(2)}`
  const head = (disposition: string, more = ''): Buffer => Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; ${disposition}\r\n${more}\r\n`)
  const parts: { bytes: Buffer; repeat?: number }[] = [
    ...fields.flatMap(([name, value]) => [{ bytes: head(`name="${name}"`) }, { bytes: Buffer.from(`${value}\r\n`) }]),
    ...files.flatMap((f) => [{ bytes: head(`name="${f.field}"; filename="${f.name}"`, `Content-Type: ${f.type}\r\n`) }, { bytes: f.bytes, repeat: f.repeat ?? 1 }, { bytes: Buffer.from('\r\n') }]),
    { bytes: Buffer.from(`--${boundary}--\r\n`) },
  ]
  const length = parts.reduce((sum, p) => sum + p.bytes.length * (p.repeat ?? 1), 0)
  return send(url, { method: 'POST', headers: { 'content-type': `multipart/form-data; boundary=${boundary}`, 'content-length': length, cookie: cookieHeader(browser) } }, parts)
}

export const cookieHeader = (browser: TestBrowser): string => [...browser.cookies].map(([name, c]) => `${name}=${c.value}`).join('; ')

function send(url: string, options: object, parts: readonly { bytes: Buffer; repeat?: number }[]): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let answered = false
    const outgoing = request(url, options, (reply) => {
      answered = true
      const chunks: Buffer[] = []
      reply.on('data', (chunk: Buffer) => chunks.push(chunk))
      reply.once('end', () => resolve({ status: reply.statusCode!, text: Buffer.concat(chunks).toString(), type: reply.headers['content-type'] ?? '', location: reply.headers.location }))
    })
    // A server that has answered may close before it has read everything.
    outgoing.on('error', (error) => { if (!answered) reject(error) })
    const closed = new AbortController()
    outgoing.once('close', () => closed.abort())
    void (async () => {
      for (const { bytes, repeat = 1 } of parts) {
        for (let i = 0; i < repeat && !outgoing.destroyed && !answered; i++) {
          if (bytes.length > 0 && !outgoing.write(bytes)) await once(outgoing, 'drain', { signal: closed.signal }).catch(() => {})
        }
      }
      outgoing.end()
    })()
  })
}
