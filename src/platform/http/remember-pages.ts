import { gunzipSync } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { civilDate } from '../i18n.ts'
import type { Node } from '../node.ts'
import { publicState } from '../public-state.ts'
import { finishPage, gzipFor, type FinishedPage, type Visitor } from './finished-page.ts'
import { PageMemory, pageMemoryBytes } from './page-memory.ts'
import type { PageReply, Reply } from './reply.ts'
import type { Req, Route } from './route.ts'

export type Drawn = { readonly page: FinishedPage } | { readonly reply: Reply }

interface Asked { readonly route: Route | undefined; readonly lang: string; readonly isAnonymous: boolean; readonly request: FastifyRequest }

export interface Drawing {
  read(): Promise<Req>
  /** The whole document for the `blank` visitor. */
  render(reply: PageReply, req: Req): Promise<string> | string
  /** The security policy for the `blank` visitor. */
  policy(): string
}

/** The finished pages of a node (ADR 22). */
export class RememberedPages {
  readonly #memory = new PageMemory(pageMemoryBytes)
  readonly #node: Node
  /** Several who ask for one page at the same time wait for one drawing. */
  readonly #drawing = new Map<string, Promise<Drawn>>()

  constructor(node: Node) {
    this.#node = node
  }

  /** Nobody who has logged in ever fills the memory or is answered from it; who names JSON among what he accepts is a program and asks for data. */
  canServe({ route, isAnonymous, request }: Asked): boolean {
    return route?.remember === true && isAnonymous && !/\bjson\b/.test(request.headers.accept ?? '')
  }

  /**
   * The page as it is remembered for this address, language and state of the public data, or drawn now. The handler gets nothing that
   * belongs to the visitor. What is no page, or one with cookies or another status, comes back as the handler gave it.
   */
  async answer(asked: Asked, drawing: Drawing): Promise<Drawn> {
    // Before anything is read, so that the page is never older than the state under whose name it is kept.
    const state = await publicState(this.#node.db)
    const now = this.#node.now()
    const key = `${asked.lang} ${asked.request.url}`
    const known = this.#memory.find(key, state, now)
    if (known) return { page: known }
    const name = `${state} ${key}`
    const running = this.#drawing.get(name)
    if (running) return await running
    const drawn = this.#draw(asked, drawing, { key, state, now }).finally(() => { this.#drawing.delete(name) })
    this.#drawing.set(name, drawn)
    return await drawn
  }

  async #draw(asked: Asked, drawing: Drawing, { key, state, now }: { key: string; state: string; now: Date }): Promise<Drawn> {
    const req = withoutVisitor(await drawing.read())
    const reply = await asked.route!.handler(req)
    if (reply.kind !== 'page' || reply.status !== 200 || reply.cookies?.length) return { reply }
    const headers = { 'content-type': 'text/html; charset=utf-8', 'content-language': asked.lang, ...reply.headers }
    const page = finishPage(await drawing.render(reply, req), headers, drawing.policy())
    this.#memory.keep(key, state, earliest(reply.until, endOfDay(now)), page)
    return { page }
  }
}

const withoutVisitor = (req: Req): Req => ({ ...req, cookies: {}, headers: {}, ip: '' })

/** Rules hold from day to day: no page outlives its day. */
const endOfDay = (now: Date): Date => new Date(new Date(`${civilDate(now)}T00:00:00+07:00`).getTime() + 24 * 3_600_000)
const earliest = (one: Date | undefined, other: Date): Date => (one && one < other ? one : other)

/** Sends a finished page to one visitor; 304 where his browser still has it. */
export async function sendFinished(request: FastifyRequest, reply: FastifyReply, page: FinishedPage, visitor: Visitor): Promise<number> {
  reply.headers(page.headers).header('etag', page.etag).header('vary', [page.headers.vary, 'accept-encoding'].filter(Boolean).join(', '))
  if (!page.isPersonal && request.headers['if-none-match']?.includes(page.etag)) {
    // The page that the browser kept goes with the policy and the nonce that came with it.
    reply.removeHeader('content-security-policy')
    await reply.code(304).send()
    return 304
  }
  const packed = gzipFor(page, visitor)
  if (/\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))) await reply.header('content-encoding', 'gzip').send(packed)
  else await reply.send(gunzipSync(packed))
  return 200
}
