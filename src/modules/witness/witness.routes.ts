import { file, json, text, type Reply } from '../../platform/http/reply.ts'
import type { Route } from '../../platform/http/route.ts'
import type { Node } from '../../platform/node.ts'
import { formatPolicy } from '../ledger/index.ts'
import { verifierPage } from './verifier/verifier-page.ts'
import { policyOf } from './witnesses.ts'
import { addCheckpoint } from './add-checkpoint.ts'
import { addEntries, giveBackEntries } from './add-entries.ts'
import { publishKeys } from './known-keys.ts'
import { maxBodyBytes } from './log-messages.ts'

/** A page to keep: it checks proofs without a network. */
export const verifierPath = '/log/verifier'

/** Requests that a process handles at once; more are asked to come again. */
const maxConcurrent = 8

/** What nodes say to each other about their logs. Each request proves itself: by the signature of the log, or of the node. */
export function witnessRoutes(node: Node): Route[] {
  let underWay = 0
  const oneOfFew = (handle: (body: string) => Promise<Reply>): Route['handler'] => async ({ json: body }) => {
    if (underWay >= maxConcurrent) return text('busy\n', 503, 'text/plain; charset=utf-8', { 'retry-after': '2' })
    underWay++
    try {
      return await handle(typeof body === 'string' ? body : '')
    } finally {
      underWay--
    }
  }
  return [
    // For comparison alone: whoever checks this node's proofs takes the keys from somebody else.
    { method: 'GET', path: '/log/policy', access: 'public', kind: 'raw', handler: async () => text(formatPolicy(await policyOf(node))) },
    { method: 'GET', path: verifierPath, access: 'public', kind: 'raw', handler: async ({ ctx }) => file(Buffer.from(verifierPage(ctx.t, ctx.lang, formatPolicy(await policyOf(node)))), { type: 'text/html; charset=utf-8', name: 'motcua-verifier.html' }) },
    { method: 'GET', path: '/log/keys', access: 'public', kind: 'raw', handler: async () => text(await publishKeys(node), 200, 'application/jose') },
    {
      method: 'POST', path: '/witness/add-checkpoint', access: 'node', kind: 'exchange', bodyLimit: 64 * 1024,
      handler: oneOfFew(async (body) => {
        const answer = await addCheckpoint(node, body)
        return text(answer.body, answer.status, answer.status === 409 ? 'text/x.tlog.size' : 'text/plain; charset=utf-8')
      }),
    },
    {
      method: 'POST', path: '/witness/add-entries', access: 'node', kind: 'exchange', bodyLimit: maxBodyBytes,
      handler: oneOfFew(async (body) => {
        const answer = await addEntries(node, body)
        return text(answer.body, answer.status)
      }),
    },
    {
      method: 'POST', path: '/witness/read-entries', access: 'node', kind: 'exchange', bodyLimit: 16 * 1024,
      handler: oneOfFew(async (body) => {
        const copies = await giveBackEntries(node, body)
        return copies ? json(copies) : text('not signed by a node for this one\n', 403)
      }),
    },
  ]
}
