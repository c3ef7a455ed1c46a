import { timingSafeEqual, createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'

/** A stand-in answers as a foreign system would, with as little machinery as possible: it shares no code with the nodes it stands before. */
export interface Call {
  url: URL
  params: Record<string, string>
  body: string
  headers: IncomingMessage['headers']
}

export interface Answer {
  status: number
  type?: string
  body: string | Buffer
  headers?: Record<string, string>
}

export type Handler = (call: Call) => Answer | Promise<Answer>
/** 'POST /sms' or 'GET /sms/:id' → handler. */
export type Routes = Record<string, Handler>

export const json = (value: unknown, status = 200): Answer => ({ status, type: 'application/json; charset=utf-8', body: JSON.stringify(value) })
export const html = (body: string, status = 200): Answer => ({ status, type: 'text/html; charset=utf-8', body: `<!doctype html>${body}` })

/** Parses a JSON body; undefined when it is not of that shape. */
export function parse<T>(schema: z.ZodType<T>, body: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(body)).data
  } catch {
    return undefined
  }
}

/** Refuses calls without `Authorization: Bearer <key>`. */
export function withKey(key: string, handler: Handler): Handler {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return (call) => (timingSafeEqual(digest(call.headers.authorization ?? ''), digest(`Bearer ${key}`)) ? handler(call) : json({ error: 'unauthorized' }, 401))
}

const faultSchema = z.object({ latencyMs: z.number().min(0).max(60_000).default(0), down: z.boolean().default(false), failNext: z.number().int().min(0).default(0) })

/** Bad days on demand: slow, down, or failing the next calls. Set by `POST /admin/faults`, read by tests and demonstrations. */
export function withFaults(routes: Routes): Routes {
  let faults = faultSchema.parse({})
  const guarded = Object.entries(routes).map(([route, handler]): [string, Handler] => [route, async (call) => {
    if (faults.latencyMs) await sleep(faults.latencyMs)
    if (faults.down || faults.failNext > 0) {
      faults = { ...faults, failNext: Math.max(0, faults.failNext - 1) }
      return json({ error: 'unavailable' }, 503)
    }
    return handler(call)
  }])
  return {
    ...Object.fromEntries(guarded),
    'GET /admin/faults': () => json(faults),
    'POST /admin/faults': ({ body }) => {
      const wanted = parse(faultSchema, body)
      if (!wanted) return json({ error: 'latencyMs, down and failNext are expected' }, 400)
      return json((faults = wanted))
    },
  }
}

/** The same routes under a path, where two systems share one port. */
export function below(path: string, routes: Routes): Routes {
  return Object.fromEntries(Object.entries(routes).map(([route, handler]) => [route.replace(' ', ` ${path}`), handler]))
}

export function listener(routes: Routes): RequestListener {
  const table = Object.entries(routes).map(([route, handler]) => {
    const [method, path = '/'] = route.split(' ')
    return { method, handler, pattern: new RegExp(`^${path.replace(/:(\w+)/g, '(?<$1>[^/]+)')}$`) }
  })
  return (request, response) => {
    const url = new URL(request.url ?? '/', 'http://stand-in')
    const found = table.find((r) => r.method === request.method && r.pattern.test(url.pathname))
    const params = { ...found?.pattern.exec(url.pathname)?.groups }
    read(request)
      .then((body) => found ? found.handler({ url, params, body, headers: request.headers }) : json({ error: 'not found' }, 404))
      .catch((error: unknown) => json({ error: error instanceof TooLarge ? 'too large' : 'fault' }, error instanceof TooLarge ? 413 : 500))
      .then((answer) => send(response, answer))
  }
}

export function listen(server: Server | RequestListener, port: number, host: string): Promise<Server> {
  const started = typeof server === 'function' ? createServer(server) : server
  return new Promise((done, fail) => started.once('error', fail).listen(port, host, () => done(started)))
}

class TooLarge extends Error {}

async function read(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  let size = 0
  for await (const part of request as AsyncIterable<Buffer>) {
    if ((size += part.length) > 1_000_000) throw new TooLarge()
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

function send(response: ServerResponse, answer: Answer): void {
  response.writeHead(answer.status, { 'content-type': answer.type ?? 'text/plain; charset=utf-8', 'cache-control': 'no-store', ...answer.headers })
  response.end(answer.body)
}
