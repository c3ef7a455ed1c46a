import { get } from 'node:http'
import { after } from 'node:test'
import type { BrowserContext, Response } from 'playwright-core'
import { templateOf } from './templates.ts'

/** What a first visit to a page carries over the line, compressed, in bytes; fonts aside. */
export interface Weighed { address: string; html: number; others: number }

const heaviest = new Map<string, Weighed>()
const parts = new Map<string, Promise<number>>()
const underWay = new Set<Promise<void>>()

/** Weighs every citizen's page that a browser opens. Pages of the desk are not meant for slow lines. */
export function weighPages(context: BrowserContext): void {
  context.on('response', (response) => {
    if (response.request().resourceType() !== 'document' || !(response.headers()['content-type'] ?? '').startsWith('text/html')) return
    const { pathname } = new URL(response.url())
    if (/^\/(desk|admin|dev)(\/|$)/.test(pathname)) return
    const weighing = weigh(response).catch(() => {}).finally(() => underWay.delete(weighing))
    underWay.add(weighing)
  })
}

async function weigh(response: Response): Promise<void> {
  const [{ responseBodySize }, html] = await Promise.all([response.request().sizes(), response.text()])
  const links = [...html.matchAll(/<link [^>]*rel="(?:stylesheet|icon)"[^>]*>|<script [^>]*src="[^"]+"|<img [^>]*src="[^"]+"/g)].flatMap(([tag]) => /(?:href|src)="([^"]+)"/.exec(tag)?.[1] ?? [])
  const sizes = await Promise.all([...new Set(links)].filter((link) => !link.startsWith('data:')).map((link) => sizeOf(new URL(link.replaceAll('&amp;', '&'), response.url()).href)))
  const weighed = { address: `${response.status()} ${response.url()}`, html: responseBodySize, others: sizes.reduce((sum, size) => sum + size, 0) }
  const template = templateOf(response.url(), response.status())
  const before = heaviest.get(template)
  if (!before || total(before) < total(weighed)) heaviest.set(template, weighed)
}

/** Size of a part as it comes compressed, asked for once. */
function sizeOf(url: string): Promise<number> {
  const known = parts.get(url)
  if (known) return known
  const asked = new Promise<number>((resolve, reject) => {
    get(url, { headers: { 'accept-encoding': 'gzip' } }, (reply) => {
      let size = 0
      reply.on('data', (chunk: Buffer) => { size += chunk.length })
      reply.once('end', () => resolve(size))
      reply.once('error', reject)
    }).once('error', reject)
  })
  parts.set(url, asked)
  return asked
}

export const total = (w: Weighed): number => w.html + w.others

/** The heaviest page of each template seen so far, heaviest first. */
export async function weighedPages(): Promise<Weighed[]> {
  await Promise.allSettled(underWay)
  return [...heaviest.values()].sort((a, b) => total(b) - total(a))
}

after(async () => {
  const [most] = await weighedPages()
  if (most) console.log(`ℹ largest citizen page of ${heaviest.size} kinds: ${(total(most) / 1000).toFixed(1)} kB compressed with style sheet (${(most.html / 1000).toFixed(1)} kB of it HTML): ${most.address}`)
})
