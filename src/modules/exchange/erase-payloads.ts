import type { Node } from '../../platform/node.ts'

/** How long a delivered payload is kept, so that a receiver restored from a backup can get it again. */
export const keepDeliveredMs = 30 * 24 * 3600_000

const everyMs = 3600_000
const atOnce = 500

/** Erases delivered payloads that nobody will ask for again: personal data do not stay in a queue. @returns how many. */
export async function erasePayloads(node: Node): Promise<number> {
  const before = new Date(node.now().getTime() - keepDeliveredMs)
  const erased = await node.db`
    UPDATE exchange.outbox SET payload = '' WHERE id IN (SELECT id FROM exchange.outbox WHERE state = 'delivered' AND payload <> '' AND delivered_at < ${before} ORDER BY delivered_at LIMIT ${atOnce})`
  return erased.count
}

/** Erases once an hour, in small portions. */
export function startErasing(node: Node): { stop(): Promise<void> } {
  let stopped = false
  let current = Promise.resolve()
  const round = async (): Promise<void> => {
    try {
      while (!stopped && (await erasePayloads(node)) === atOnce);
    } catch (error) {
      node.log.warn({ err: error }, 'delivered payloads could not be erased now')
    }
  }
  const timer = setInterval(() => { current = round() }, everyMs)
  return {
    async stop() {
      stopped = true
      clearInterval(timer)
      await current
    },
  }
}
