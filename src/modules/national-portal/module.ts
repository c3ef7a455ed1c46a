import type { Module } from '../../platform/module.ts'
import type { Node } from '../../platform/node.ts'
import { compareJob, compareQueue, planNightlyComparison } from './client/compare-dossiers.ts'
import { fileLinkRoutes } from './client/file-links.routes.ts'
import { followDossiers } from './client/follow-dossiers.ts'
import { startPortalCourier } from './client/run-courier.ts'

const running = new WeakMap<Node, { stop(): Promise<void> }>()

/** The national portal's own messages about dossiers (bản tin đồng bộ hồ sơ): a local node tells its dossiers by them, the national node takes those of systems that are not ours. */
export const nationalPortal: Module = {
  name: 'national-portal',
  routes: (node) => (node.config.kind === 'local' ? [...fileLinkRoutes] : []),
  followers: (node) => (node.config.nationalPortal ? [followDossiers(node)] : []),
  jobs: { [compareQueue]: compareJob },
  async start(node) {
    const courier = startPortalCourier(node)
    if (!courier) return
    running.set(node, courier)
    await planNightlyComparison(node)
  },
  async stop(node) {
    await running.get(node)?.stop()
    running.delete(node)
  },
}
