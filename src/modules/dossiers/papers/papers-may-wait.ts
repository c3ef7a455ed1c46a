import type { Node } from '../../../platform/node.ts'
import type { Dossier } from '../dossier.ts'

/** Whether the papers of a dossier may stay untypeset until somebody opens them: not where another node, at which it was filed, waits for them. */
export function papersMayWait(node: Node, dossier: Pick<Dossier, 'originNode'>): boolean {
  return node.config.papers === 'on-demand' && dossier.originNode === node.config.code
}
