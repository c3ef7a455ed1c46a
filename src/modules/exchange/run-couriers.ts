import { newId } from '../../platform/ids.ts'
import type { Node } from '../../platform/node.ts'
import { deliverBatch, type Courier } from './deliver-batch.ts'
import type { NodeKeys } from './node-keys.ts'
import { hasStrangers, nodesWithQueue } from './outbox.store.ts'
import { releasePeers } from './peer.store.ts'
import type { Registry } from './registry.ts'

const pollMs = 400
/** After a nudge look often for a moment: the courier to that node may just have seen an empty queue. */
const eagerMs = 400
const eagerPollMs = 10
/** How soon, and at last how seldom, the registry is asked for a node that messages wait for and that is not in it. */
const strangerMs = { first: 3000, last: 60_000 }

/**
 * Delivers what waits, to each node on its own, so that a slow or lost one holds up nobody else. Woken by commits of this process,
 * else by a look every 400 ms.
 */
export function startCouriers(node: Node, keys: NodeKeys, registry: Registry): { stop(): Promise<void> } {
  const abort = new AbortController()
  const courier: Courier = { node, keys, registry, owner: newId(), signal: abort.signal }
  const running = new Map<string, Promise<void>>()
  let wake: () => void = () => {}
  let eagerUntil = 0
  let strangersAt = 0
  let strangersWait = strangerMs.first
  const nudged = (): void => {
    eagerUntil = performance.now() + eagerMs
    wake()
  }
  const off = node.onNudge('exchange', nudged)
  const loop = (async () => {
    while (!abort.signal.aborted) {
      const idle = registry.peers().filter((code) => !running.has(code))
      const found = await nodesWithQueue(node.db, idle, node.now()).catch((error: unknown) => {
        if (!abort.signal.aborted) node.log.error({ err: error }, 'the message queue could not be read')
        return []
      })
      if (performance.now() > strangersAt) {
        strangersAt = performance.now() + strangersWait
        void meetStrangers(courier).then((met) => { strangersWait = met ? strangerMs.first : Math.min(strangersWait * 2, strangerMs.last) }, (error: unknown) => node.log.warn({ err: error }, 'messages wait for a node that the registry does not know'))
      }
      for (const code of found) running.set(code, deliverAll(courier, code).finally(() => running.delete(code)))
      if (!abort.signal.aborted) await new Promise<void>((resolve) => {
        const eager = performance.now() < eagerUntil
        const timer = setTimeout(resolve, eager ? eagerPollMs : pollMs)
        wake = () => { if (!eager) { clearTimeout(timer); resolve() } }
      })
    }
  })()
  return {
    async stop() {
      abort.abort()
      off()
      wake()
      await loop
      await Promise.all(running.values())
      await releasePeers(node.db, courier.owner).catch(() => {})
    },
  }
}

async function deliverAll(courier: Courier, code: string): Promise<void> {
  try {
    while (!courier.signal.aborted && (await deliverBatch(courier, code)) === 'done');
  } catch (error) {
    if (!courier.signal.aborted) courier.node.log.error({ err: error, to: code }, 'delivery failed here')
    // A fault of this node (its database is away): do not spin.
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

/** A node may have enrolled after our last look at the registry. @returns true when nothing waits for an unknown node any more. */
async function meetStrangers({ node, registry }: Courier): Promise<boolean> {
  if (!(await hasStrangers(node.db, registry.peers()))) return true
  await registry.refresh()
  return !(await hasStrangers(node.db, registry.peers()))
}
