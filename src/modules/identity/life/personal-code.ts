import type { Db } from '../../../platform/db.ts'
import type { Node } from '../../../platform/node.ts'

/** The account behind a person's own QR code (`MC1:` and base64url); undefined when it is none, expired, or of another node. */
export async function resolvePersonalCode(_db: Db, _node: Node, _text: string, _now: Date): Promise<string | undefined> {
  return undefined
}
