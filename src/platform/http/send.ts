import type { Node } from '../node.ts'
import { promisify } from 'node:util'
import { gzip, gzipSync } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Cookie, Reply, StreamReply } from './reply.ts'

const compressAside = promisify(gzip)
/** Up to here packing takes less than the way to another thread and back. */
const smallBytes = 64 * 1024
const compress = (body: string | Buffer): Buffer | Promise<Buffer> => (body.length > smallBytes ? compressAside(body, { level: 5 }) : gzipSync(body, { level: 4 }))
const compressible = /^(text\/|application\/(json|problem\+json|javascript|ld\+json)|image\/svg)/

/** Writes a body or stream reply. Pages have become bodies by now. */
export async function send(request: FastifyRequest, reply: FastifyReply, answer: Exclude<Reply, { kind: 'page' }>, secure: boolean): Promise<void> {
  for (const [name, value] of Object.entries(answer.headers ?? {})) reply.header(name, value)
  if (answer.cookies?.length) reply.header('set-cookie', answer.cookies.map((c) => cookieHeader(c, secure)))
  if (answer.kind === 'stream') return sendStream(request, reply, answer)
  reply.code(answer.status)
  const type = String(reply.getHeader('content-type') ?? '')
  if (!type) reply.header('content-type', 'text/plain; charset=utf-8')
  const accepts = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''))
  if (answer.body.length > 1400 && compressible.test(type)) {
    reply.header('vary', [reply.getHeader('vary'), 'accept-encoding'].filter(Boolean).join(', '))
    if (accepts) {
      reply.header('content-encoding', 'gzip')
      await reply.send(await compress(answer.body))
      return
    }
  }
  await reply.send(answer.body)
}

/** The name of a cookie that belongs to this host alone: `__Host-` (RFC 6265bis, 4.1.3) where the node speaks https; always set with Path=/ and without a domain. */
export function hostCookieName({ config }: Pick<Node, 'config'>, name: string): string {
  return config.baseUrl.startsWith('https:') ? `__Host-${name}` : name
}

export function cookieHeader(cookie: Cookie, secure: boolean): string {
  const parts = [`${cookie.name}=${encodeURIComponent(cookie.value)}`, `Path=${cookie.path ?? '/'}`, 'HttpOnly', 'SameSite=Lax']
  if (cookie.maxAge !== undefined) parts.push(`Max-Age=${cookie.maxAge}`)
  if (secure) parts.push('Secure')
  return parts.join('; ')
}

async function sendStream(request: FastifyRequest, reply: FastifyReply, answer: StreamReply): Promise<void> {
  const headers = reply.getHeaders()
  reply.hijack()
  const controller = new AbortController()
  reply.raw.on('close', () => controller.abort())
  reply.raw.writeHead(200, headers as Record<string, string>)
  try {
    await answer.run((chunk) => reply.raw.write(chunk), controller.signal)
  } finally {
    reply.raw.end()
  }
}
