import type { Module } from '../../platform/module.ts'
import type { Node } from '../../platform/node.ts'
import { verifyRoutes } from './pages/verify.page.tsx'
import { publishRoot, receiveRoot, rootFollower, rootService } from './root-exchange.ts'
import { openAuthority } from './signing/authority.ts'
import { startMaking } from './orders/make-in-idle-time.ts'
import { typesetter } from './typeset/typesetter.ts'

const making = new WeakMap<Node, { stop(): Promise<void> }>()

export const documents: Module = {
  name: 'documents',
  routes: () => verifyRoutes,
  followers: (node) => (node.config.kind === 'national' ? [rootFollower] : []),
  services: { [rootService]: receiveRoot },
  async start(node) {
    // The first start makes the keys; a paper should not wait for them.
    await openAuthority(node)
    await publishRoot(node)
    making.set(node, startMaking(node))
  },
  async stop(node) {
    await making.get(node)?.stop()
    await typesetter.stop()
  },
}
