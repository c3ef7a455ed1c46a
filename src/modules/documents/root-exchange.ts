import { systemCtx, transact } from '../../platform/ctx.ts'
import { sha256 } from '../../platform/ids.ts'
import type { Follower, ServiceHandler } from '../../platform/module.ts'
import type { Node } from '../../platform/node.ts'
import { broadcast, send, sendMany } from '../exchange/index.ts'
import { errors } from './documents.errors.ts'
import { listTrustedRoots } from './documents.store.ts'
import { rootCertificatePem } from './signing/sign-pdf.ts'
import { trustRoot } from './trust-root.ts'

/**
 * Root certificates travel over the signed exchange: each node tells the national node its own, and the national node tells all.
 * So a paper signed at one node is judged at every other.
 */
export const rootService = 'documents.root'

/** At start: our root goes to the national node, or from there to everybody; once, however often we start. */
export async function publishRoot(node: Node): Promise<void> {
  const pem = await rootCertificatePem(node)
  const ctx = systemCtx(node, rootService)
  const { code, national } = node.config
  const key = `${rootService}:${sha256(pem).toString('hex')}`
  await transact(ctx, async (tx) => {
    if (code === national.code) await trustRoot(tx, ctx, { nodeCode: code, pem })
    else await send(tx, ctx, { to: national.code, service: rootService, subject: code, payload: { nodeCode: code, pem }, key })
  })
}

/** At the national node: a node that enrols gets every root known so far. */
export const rootFollower: Follower = {
  name: 'documents.roots',
  title: 'documents.follower.roots',
  types: ['exchange.node_enrolled'],
  async handle(tx, events, node) {
    const roots = await listTrustedRoots(tx)
    const messages = events.flatMap((e) => roots.filter((r) => r.nodeCode !== e.subject).map((r) => ({ to: e.subject, service: rootService, subject: r.nodeCode, payload: { nodeCode: r.nodeCode, pem: r.pem } })))
    await sendMany(tx, systemCtx(node, rootService), messages)
  },
}

/** A node may tell its own root; only the national node may tell another's. */
export const receiveRoot: ServiceHandler = async (tx, ctx, message) => {
  const { nodeCode, pem } = message.payload as { nodeCode?: unknown; pem?: unknown }
  const national = ctx.node.config.national.code
  if (typeof nodeCode !== 'string' || typeof pem !== 'string' || (message.from !== nodeCode && message.from !== national)) throw errors.NOT_A_ROOT()
  await trustRoot(tx, ctx, { nodeCode, pem })
  if (ctx.node.config.code === national) await broadcast(tx, ctx, { service: rootService, subject: nodeCode, payload: { nodeCode, pem } })
}
