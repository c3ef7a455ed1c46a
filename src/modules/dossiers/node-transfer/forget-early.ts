import type { Node } from '../../../platform/node.ts'
import { keepDeliveredMs } from '../../exchange/index.ts'
import { forgetEarly } from './node-transfer.store.ts'

const everyMs = 3_600_000

/** Forgets early messages whose node was never named as the handler, once a sender would not keep them any longer either: they are of persons. Returns how many. */
export async function forgetUnheard(node: Node): Promise<number> {
  const forgotten = await forgetEarly(node.db, new Date(node.now().getTime() - keepDeliveredMs))
  if (forgotten > 0) node.log.warn({ forgotten }, 'messages of nodes that never became the handler of their dossier were forgotten')
  return forgotten
}

/** Looks once an hour. */
export function watchUnheard(node: Node): { stop(): Promise<void> } {
  let running: Promise<unknown> = Promise.resolve()
  const every = setInterval(() => { running = forgetUnheard(node).catch((error: unknown) => node.log.error({ err: error }, 'unheard messages could not be forgotten')) }, everyMs)
  return {
    async stop() {
      clearInterval(every)
      await running
    },
  }
}
