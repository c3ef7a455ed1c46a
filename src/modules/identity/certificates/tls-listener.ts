import { constants } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { TLSSocket } from 'node:tls'
import type { FastifyInstance } from 'fastify'
import { isId, randomToken } from '../../../platform/ids.ts'
import type { Node } from '../../../platform/node.ts'
import { sourceOf } from '../access/device.ts'
import { countAttempt, giveBack, rules, throttleKey } from '../access/throttle.ts'
import { giveTicket, type Audience } from './certificate-log-in.store.ts'
import { places } from './certificate-paths.ts'
import { demoListenerKeys } from './demo-listener-keys.ts'

/**
 * A second port of the node that asks the browser for a certificate in the TLS handshake (RFC 8446, 4.3.2): whoever completes it has the key, and the token has asked for
 * its PIN. It has no pages: it writes down the certificate and sends the browser back with a ticket, which counts once, for a minute, and only with the cookie of the
 * browser that began. Lives and ends with the node's own server.
 */
export function mountCertificateListener(app: FastifyInstance, node: Node): void {
  const { config } = node
  const keys = ownKeys(node)
  if (!config.certificateListener || !keys) return
  const { port } = config.certificateListener
  let server: Server | undefined
  app.addHook('onListen', () => new Promise<void>((done) => {
    // Every log-in is a full handshake: a resumed one would not ask the token again.
    server = createServer({ ...keys, requestCert: true, rejectUnauthorized: false, minVersion: 'TLSv1.2', secureOptions: constants.SSL_OP_NO_TICKET, keepAliveTimeout: 1 }, (request, response) => void answer(node, request, response))
    server.once('error', (error) => {
      node.log.error({ err: error, port }, 'the port for log-in by certificate cannot be opened; that road is closed')
      done()
    })
    server.listen(port, config.host, () => done())
  }))
  app.addHook('onClose', () => new Promise<void>((done) => {
    if (!server?.listening) return done()
    server.closeAllConnections()
    server.close(() => done())
  }))
}

/** True where this node has such a listener: the page offers the road only then. */
export function hasCertificateListener({ config }: Node): boolean {
  const { keyFile, certificateFile } = config.certificateListener ?? {}
  return config.certificateListener !== undefined && ((keyFile !== undefined && certificateFile !== undefined) || (config.demo && !config.production))
}

/** Key and certificate of the listener itself, as PEM: the operator's files, or in the demo made by the stand-in authority. */
function ownKeys({ config }: Node): { key: string | Buffer; cert: string | Buffer } | undefined {
  const { keyFile, certificateFile } = config.certificateListener ?? {}
  if (keyFile && certificateFile) return { key: readFileSync(keyFile), cert: readFileSync(certificateFile) }
  return demoListenerKeys(config)
}

async function answer(node: Node, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const back = await ticketAddress(node, request).catch((error: unknown) => {
    node.log.error({ err: error }, 'log-in by certificate failed')
    return unknown(node)
  })
  response.writeHead(303, { location: `${node.config.baseUrl}${back}`, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', connection: 'close' }).end()
}

const unknown = ({ config }: Node): string => places[config.kind === 'national' ? 'person' : 'officer'].result

/** Where the browser goes next. Whoever comes without a log-in of his own, or without a certificate, is told so there. */
async function ticketAddress(node: Node, request: IncomingMessage): Promise<string> {
  const { db } = node
  const now = node.now()
  const socket = request.socket as TLSSocket
  const id = /^\/\?l=([0-9a-f-]{36})$/.exec(request.url ?? '')?.[1]
  const [open] = isId(id) ? await db<{ audience: Audience }[]>`SELECT audience FROM identity.certificate_log_in WHERE id = ${id}` : []
  if (!open || !isId(id)) return unknown(node)
  const { result } = places[open.audience]
  const certificate = socket.isSessionReused() ? undefined : socket.getPeerX509Certificate()
  if (!certificate) return `${result}?loi=khong-co`
  const sourceKey = throttleKey(node, rules.source, sourceOf(socket.remoteAddress ?? ''))
  if (await countAttempt(db, sourceKey, rules.source, now) > 0) return `${result}?loi=cho`
  const ticket = randomToken()
  if (!(await giveTicket(db, id, ticket, certificate.raw, now))) return result
  await giveBack(db, sourceKey)
  return `${result}?ve=${ticket}`
}
