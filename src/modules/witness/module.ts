import type { Module } from '../../platform/module.ts'
import type { Node } from '../../platform/node.ts'
import { startSealer } from './run-sealer.ts'
import { witnessRoutes } from './witness.routes.ts'

const running = new WeakMap<Node, { stop(): Promise<void> }>()

/** What nodes see of each other's transparency logs (nhân chứng nhật ký minh bạch): cosignatures, copies of entries, and the rhythm in which this node's own log is sealed. */
export const witness: Module = {
  name: 'witness',
  routes: witnessRoutes,
  start(node) {
    running.set(node, startSealer(node))
    return Promise.resolve()
  },
  async stop(node) {
    await running.get(node)?.stop()
    running.delete(node)
  },
}
