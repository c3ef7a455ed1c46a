import type { VNode } from 'preact'
import type { Refusal } from '../errors.ts'

export interface Cookie {
  readonly name: string
  readonly value: string
  /** Seconds; absent = until the browser closes; 0 = delete. */
  readonly maxAge?: number
  readonly path?: string
}

interface Common { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly cookies?: readonly Cookie[] }
export interface PageReply extends Common { readonly kind: 'page'; readonly node: VNode; readonly title: string; readonly layout: Layout; readonly islands: readonly string[]; /** Where the route is remembered: when it shows something else by the clock alone; midnight unless earlier. */ readonly until?: Date | undefined }
export interface BodyReply extends Common { readonly kind: 'body'; readonly body: string | Buffer }
export interface StreamReply extends Common { readonly kind: 'stream'; readonly run: (write: (chunk: string) => boolean, signal: AbortSignal) => Promise<void> }
export type Reply = PageReply | BodyReply | StreamReply
export type Layout = 'portal' | 'desk' | 'bare'

/** An HTML page in one of the three layouts. `title` is in the reader's language, without the node's name. */
export function page(node: VNode, options: { title: string; status?: number; layout?: Layout; islands?: readonly string[]; cookies?: readonly Cookie[]; headers?: Record<string, string>; until?: Date | undefined }): PageReply {
  return { kind: 'page', node, title: options.title, status: options.status ?? 200, layout: options.layout ?? 'portal', islands: options.islands ?? [], cookies: options.cookies, headers: options.headers, until: options.until }
}

/** 303: the next request is a GET. Only paths of this node unless `external` says that the target is known and meant. */
export function redirect(url: string, options: { cookies?: readonly Cookie[]; external?: boolean } = {}): BodyReply {
  if (!options.external && !isLocalPath(url)) throw new Error('A redirect leads to a path of this node, or says external: true.')
  return { kind: 'body', status: 303, body: '', headers: { location: url.replace(/[^\x21-\x7e]+/g, encodeURIComponent) }, cookies: options.cookies }
}

/** True for an absolute path on this host: safe as a place to return to. */
export function isLocalPath(url: string): boolean {
  return /^\/(?![/\\])[^\s\\]*$/.test(url)
}

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): BodyReply {
  return { kind: 'body', status, body: JSON.stringify(body), headers: { 'content-type': 'application/json; charset=utf-8', ...headers } }
}

export function text(body: string, status = 200, type = 'text/plain; charset=utf-8', headers: Record<string, string> = {}): BodyReply {
  return { kind: 'body', status, body, headers: { 'content-type': type, ...headers } }
}

/** A file to keep; `inline` only for types that a browser shows without running anything (PDF, images). */
export function file(bytes: Buffer, options: { type: string; name: string; inline?: boolean }): BodyReply {
  const name = encodeURIComponent(options.name)
  return { kind: 'body', status: 200, body: bytes, headers: { 'content-type': options.type, 'content-disposition': `${options.inline ? 'inline' : 'attachment'}; filename*=UTF-8''${name}`, 'x-content-type-options': 'nosniff' } }
}

/** Server-sent events: `run` writes chunks until `signal` aborts. `write` returns false when the reader is too slow. */
export function stream(run: StreamReply['run'], headers: Record<string, string> = {}): StreamReply {
  return { kind: 'stream', status: 200, run, headers: { 'content-type': 'text/event-stream', 'cache-control': 'no-store', ...headers } }
}

export interface Problem { type: string; title: string; status: number; code: string; detail?: string; errors?: unknown; reference?: string; /** What the sentence speaks of, for programs: the level that is required, the state that stands in the way. */ params?: Readonly<Record<string, string | number>> }

/** RFC 9457 problem details with a stable code and a sentence in the reader's language. */
export function problem(body: Omit<Problem, 'type'>): BodyReply {
  return { ...json({ type: `urn:motcua:problem:${body.code}`, ...body }, body.status), headers: { 'content-type': 'application/problem+json; charset=utf-8' } }
}

export function refusalProblem(refusal: Refusal, sentence: string): BodyReply {
  return problem({ status: refusal.status, code: `${refusal.module}.${refusal.code}`, title: sentence, ...(Object.keys(refusal.params).length > 0 ? { params: refusal.params } : {}) })
}
