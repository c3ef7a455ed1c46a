import type { Node } from '../../../platform/node.ts'
import { keepDeliveredMs } from '../../exchange/index.ts'
import { forgetEarly, forgetTransferFiles } from './node-transfer.store.ts'

const everyMs = 3_600_000

/**
 * Forgets early messages whose node was never named as the handler, and files of transfers whose dossier never came, once a sender would not keep them any longer either: they are
 * of persons. Returns how many.
 */
export async function forgetUnheard(node: Node): Promise<number> {
  const before = new Date(node.now().getTime() - keepDeliveredMs)
  const [messages, files] = [await forgetEarly(node.db, before), await forgetTransferFiles(node.db, before)]
  if (messages > 0) node.log.warn({ forgotten: messages }, 'messages of nodes that never became the handler of their dossier were forgotten')
  if (files > 0) node.log.warn({ forgotten: files }, 'files of transfers whose dossier never came were forgotten')
  return messages + files
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
