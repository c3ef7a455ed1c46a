import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Node } from '../../../platform/node.ts'

const sealOf = (node: Node, id: string): string => createHmac('sha256', `${node.config.secret} file link`).update(id).digest('base64url').slice(0, 32)

/** Address at which the portal fetches a paper of a message: whoever has the address has the paper, so it stands in messages only. */
export const fileLink = (node: Node, id: string): string => `${node.config.baseUrl}/lien-thong/tep/${id}/${sealOf(node, id)}`

export function isFileLink(node: Node, id: string, seal: string): boolean {
  const [right, given] = [Buffer.from(sealOf(node, id)), Buffer.from(seal)]
  return right.length === given.length && timingSafeEqual(right, given)
}
