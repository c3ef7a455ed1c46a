import type { Node } from '../../platform/node.ts'
import { json, problem } from '../../platform/http/reply.ts'
import type { Reply } from '../../platform/http/reply.ts'
import type { Req, Route } from '../../platform/http/route.ts'
import { enrolNode } from './enrol-node.ts'
import { errors } from './exchange.errors.ts'
import { exchangeOf } from './exchange-state.ts'
import { maxRequestBytes } from './limits.ts'
import { receiveParcel } from './receive-parcel.ts'
import { signRegistry } from './registry-document.ts'
import { listCertificates, readRegistryState } from './registry.store.ts'

/** Parcels that a process handles at once; more are asked to come again. */
const maxConcurrent = 8
const retryAfterSeconds = 2

/** What nodes say to each other. All three prove themselves: by signature, by enrolment secret, by the national node's signature. */
export function exchangeRoutes(node: Node): Route[] {
  let underWay = 0
  const messages: Route = {
    method: 'POST', path: '/exchange/v1/messages', access: 'node', kind: 'exchange', bodyLimit: maxRequestBytes,
    async handler(req) {
      if (underWay >= maxConcurrent) return busy(req)
      underWay++
      try {
        const { keys, registry, rejectionBudget } = await exchangeOf(node)
        return json(await receiveParcel(node, { keys, registry, rejectionBudget }, bodyOf(req), req.ip))
      } finally {
        underWay--
      }
    },
  }
  const enrol: Route = {
    method: 'POST', path: '/exchange/v1/enrol', access: 'node', kind: 'exchange', bodyLimit: 16 * 1024,
    async handler(req) {
      const { keys, registry } = await exchangeOf(node)
      const answer = await enrolNode(req.ctx, keys.signing, bodyOf(req))
      await registry.reload()
      return json(answer)
    },
  }
  const registry: Route = {
    method: 'GET', path: '/exchange/v1/registry', access: 'public', kind: 'exchange',
    async handler(req) {
      const { keys } = await exchangeOf(node)
      const state = await readRegistryState(req.ctx.db)
      const jws = await signRegistry(node.config.code, keys.signing, state?.version ?? 0, await listCertificates(req.ctx.db), req.ctx.now)
      return { kind: 'body', status: 200, body: jws, headers: { 'content-type': 'application/jose' } }
    },
  }
  return node.config.kind === 'national' ? [messages, enrol, registry] : [messages]
}

function busy(req: Req): Reply {
  const reply = problem({ status: 503, code: 'exchange.BUSY', title: req.ctx.t('exchange.error.BUSY') })
  return { ...reply, headers: { ...reply.headers, 'retry-after': String(retryAfterSeconds) } }
}

function bodyOf(req: Req): unknown {
  try {
    return JSON.parse(String(req.json))
  } catch {
    throw errors.MALFORMED()
  }
}
