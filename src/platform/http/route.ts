import type { FastifyRequest } from 'fastify'
import type { Ctx } from '../ctx.ts'
import type { Reply } from './reply.ts'

/** Who may use a route. A route without one does not compile; an unknown permission stops the start. */
export type Access =
  | 'public'
  /** A person who has logged in, at medium strength or better. */
  | 'person'
  | { readonly assurance: 2 | 3 }
  /** Any officer. */
  | 'officer'
  | { readonly permission: string }
  /** A peer node: proved by the signature of the message itself, which the handler checks. */
  | 'node'

export type RouteKind = 'page' | 'api' | 'exchange' | 'raw'

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** The full path as a literal, with :params; it can be found by searching for it. */
  readonly path: string
  readonly access: Access
  /** 'page' (default): HTML, POST with CSRF token; 'api': JSON and problem+json; 'exchange': raw text between nodes; 'raw': body untouched. */
  readonly kind?: RouteKind
  /** What the access log says when an officer reads personal data here. */
  readonly audit?: string
  /**
   * The page shows the same to everybody who has not logged in: public data (tables with the trigger `platform.note_public_change`), the day,
   * the address and the language, and nothing else. It is drawn once for each state of these data and kept (ADR 22).
   */
  readonly remember?: boolean
  /** Bytes; 64 kB unless told, 40 MB for pages with file fields. */
  readonly bodyLimit?: number
  /** For API routes: JSON schema pieces that the OpenAPI description shows. */
  readonly openapi?: { readonly summary: string; readonly request?: object; readonly response?: object; readonly query?: Readonly<Record<string, string>> }
  readonly handler: (req: Req) => Promise<Reply> | Reply
}

export interface Req {
  readonly ctx: Ctx
  readonly params: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  readonly form: FormBody
  /** Parsed JSON body of an API request; the raw string for 'exchange'. */
  readonly json: unknown
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly cookies: Readonly<Record<string, string | undefined>>
  readonly ip: string
  readonly raw: FastifyRequest
}

export interface UploadedFile {
  readonly field: string
  readonly fileName: string
  readonly mimeType: string
  readonly bytes: Buffer
  /** True when the file was longer than the limit and only its beginning is here. */
  readonly truncated: boolean
}

/** A posted form, urlencoded or multipart, already past the CSRF check. Values are trimmed and in Unicode NFC. */
export interface FormBody {
  get(name: string): string
  all(name: string): string[]
  readonly fields: Readonly<Record<string, string | string[]>>
  readonly files: readonly UploadedFile[]
}

export const emptyForm: FormBody = { get: () => '', all: () => [], fields: {}, files: [] }
