import { Agent as PlainAgent, request as plainRequest, type IncomingMessage } from 'node:http'
import { Agent as TlsAgent, request as tlsRequest } from 'node:https'

/** Connections to the identity provider stay open between log-ins. */
const agents = { plain: new PlainAgent({ keepAlive: true, maxSockets: 64 }), tls: new TlsAgent({ keepAlive: true, maxSockets: 64 }) }
const timeoutMs = 5000
const maxAnswerBytes = 1024 * 1024

/** What openid-client asks of `fetch`. */
interface Request { method: string; headers: Record<string, string> | Headers; body?: unknown }

/**
 * `fetch` for the few small requests that a log-in sends to an identity provider: Node's own client takes a third of the time. Follows no redirect. Rejects when
 * there is no whole answer within five seconds.
 */
export function fetchSimply(address: string, { method, headers, body }: Request): Promise<Response> {
  const url = new URL(address)
  const text = body === undefined || body === null ? undefined : String(body)
  const sent = { ...Object.fromEntries(new Headers(headers)), ...(text === undefined ? {} : { 'content-length': Buffer.byteLength(text) }) }
  return new Promise((resolve, reject) => {
    const take = (answer: IncomingMessage): void => {
      const chunks: Buffer[] = []
      let size = 0
      answer.on('data', (chunk: Buffer) => {
        if ((size += chunk.length) > maxAnswerBytes) answer.destroy(new Error('The answer of the identity provider is too long.'))
        else chunks.push(chunk)
      })
      answer.on('error', reject)
      answer.on('close', () => {
        clearTimeout(late)
        if (!answer.complete) return reject(new Error('The answer of the identity provider broke off.'))
        const status = answer.statusCode ?? 500
        const isEmpty = status === 204 || status === 205 || status === 304
        resolve(new Response(isEmpty ? null : Buffer.concat(chunks), { status, headers: headersOf(answer) }))
      })
    }
    const request = url.protocol === 'https:' ? tlsRequest(url, { method, headers: sent, agent: agents.tls }, take) : plainRequest(url, { method, headers: sent, agent: agents.plain }, take)
    const late = setTimeout(() => request.destroy(new Error(`The identity provider did not answer within ${timeoutMs} ms.`)), timeoutMs)
    request.on('error', (error) => { clearTimeout(late); reject(error) })
    request.end(text)
  })
}

const headersOf = ({ headers }: IncomingMessage): [string, string][] => Object.entries(headers).flatMap(([name, value]) => [value ?? []].flat().map((one): [string, string] => [name, one]))
