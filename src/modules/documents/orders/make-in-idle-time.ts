import type { Node } from '../../../platform/node.ts'
import { findDocument } from '../documents.store.ts'
import { makePaper } from './bytes-of.ts'

const lookMs = 1000
/** With more requests than this in flight, papers that nobody has opened wait. */
const idleBelow = 3

/** Makes ordered papers, the oldest first, whenever the node has little to do. */
export function startMaking(node: Node): { stop(): Promise<void> } {
  let stopped = false
  let wake: () => void = () => {}
  const loop = (async () => {
    while (!stopped) {
      const made = node.load.requests < idleBelow && (await makeNext(node).catch((error: unknown) => { if (!stopped) node.log.error({ err: error }, 'ordered papers could not be read'); return false }))
      if (!made && !stopped) await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, lookMs)
        wake = () => { clearTimeout(timer); resolve() }
      })
    }
  })()
  return { async stop() { stopped = true; wake(); await loop } }
}

/** False when nothing was waiting. What fails comes again after 2^failures seconds, an hour at most. */
export async function makeNext(node: Node): Promise<boolean> {
  const [next] = await node.db<{ id: string; failures: number }[]>`SELECT document_id AS id, failures FROM documents.paper_order WHERE try_at <= ${node.now()} ORDER BY try_at LIMIT 1`
  const document = next && (await findDocument(node.db, next.id))
  if (!document) return false
  try {
    await makePaper({ node, db: node.db }, document)
  } catch (error) {
    node.log.error({ err: error, document: document.id }, 'a paper could not be made')
    await node.db`UPDATE documents.paper_order SET failures = failures + 1, try_at = ${new Date(node.now().getTime() + Math.min(3600, 2 ** next.failures) * 1000)} WHERE document_id = ${document.id}`
  }
  return true
}
