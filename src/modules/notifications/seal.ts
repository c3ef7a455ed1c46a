import { createCipheriv, createDecipheriv, createSecretKey, hkdfSync, randomBytes, type KeyObject } from 'node:crypto'
import type { Node } from '../../platform/node.ts'

/** What a message says and to whom: in a form that only this node can read. */
export interface MessageContent { to: string; name?: string; subject?: string; text: string }

const keys = new WeakMap<Node, KeyObject>()

/** Derived once a process: deriving costs more than sealing. */
function keyOf(node: Node): KeyObject {
  let key = keys.get(node)
  if (!key) keys.set(node, (key = createSecretKey(Buffer.from(hkdfSync('sha256', node.config.secret, '', 'notifications.message', 32)))))
  return key
}

/** AES-256-GCM: 12 bytes nonce, 16 bytes tag, ciphertext. `id` is bound in, so that a sealed content cannot be moved to another row. */
export function seal(node: Node, id: string, content: MessageContent): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyOf(node), nonce).setAAD(Buffer.from(id))
  const body = Buffer.concat([cipher.update(JSON.stringify(content), 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body])
}

export function unseal(node: Node, id: string, sealed: Uint8Array): MessageContent {
  const bytes = Buffer.from(sealed)
  const decipher = createDecipheriv('aes-256-gcm', keyOf(node), bytes.subarray(0, 12)).setAAD(Buffer.from(id)).setAuthTag(bytes.subarray(12, 28))
  return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')) as MessageContent
}
