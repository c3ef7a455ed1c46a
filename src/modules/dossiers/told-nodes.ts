import type { Node } from '../../platform/node.ts'

/**
 * The nodes that are told about a dossier handled here: the national node and the one of filing. A node that speaks to the national portal in the portal's own messages
 * instead of by signed exchange tells it nothing twice.
 */
export function toldNodes({ config }: Node, originNode: string): string[] {
  const national = config.nationalPortal?.mode === 'instead' ? [] : [config.national.code]
  return [...new Set([...national, originNode])].filter((code) => code !== config.code)
}
