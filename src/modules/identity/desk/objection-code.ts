import type { Node } from '../../../platform/node.ts'
import { keyed } from '../secrets.ts'

const letters = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ'

/** The ten letters by which a person objects to an account (50 bits), derived so that only their hash is kept. */
export function objectionCodeOf(node: Node, openingId: string): string {
  return [...keyed(node.config.secret, 'objection', openingId).subarray(0, 10)].map((byte) => letters[byte % 32]).join('')
}

export const objectionHash = (node: Node, code: string): Buffer => keyed(node.config.secret, 'objection-hash', code)

/** As typed from a message: small letters and gaps are forgiven. */
export const cleanObjectionCode = (typed: string): string | undefined => {
  const code = typed.replace(/[\s-]/g, '').toUpperCase()
  return /^[2-9A-HJ-NP-Z]{10}$/.test(code) ? code : undefined
}
