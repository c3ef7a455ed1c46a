import type { Module } from '../../platform/module.ts'
import { verifyRoutes } from './pages/verify.page.tsx'
import { publishRoot, receiveRoot, rootFollower, rootService } from './root-exchange.ts'
import { openAuthority } from './signing/authority.ts'
import { typesetter } from './typeset/typesetter.ts'

export const documents: Module = {
  name: 'documents',
  routes: () => verifyRoutes,
  followers: (node) => (node.config.kind === 'national' ? [rootFollower] : []),
  services: { [rootService]: receiveRoot },
  async start(node) {
    // The first start makes the keys; a paper should not wait for them.
    await openAuthority(node)
    await publishRoot(node)
  },
  async stop() {
    await typesetter.stop()
  },
}
