import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync, randomBytes, timingSafeEqual, type KeyObject } from 'node:crypto'

const keys = new Map<string, KeyObject>()

/** A 32-byte key for one use, derived from the node's secret, so that no two uses share a key. */
export function keyFor(secret: string, use: string): KeyObject {
  const name = `${use}\n${secret}`
  let key = keys.get(name)
  if (!key) {
    key = createSecretKey(Buffer.from(hkdfSync('sha256', secret, 'motcua.identity', use, 32)))
    keys.set(name, key)
  }
  return key
}

/** Encrypts a text (AES-256-GCM); `use` binds it to its place, so that a value cannot be moved to another one. */
export function encrypt(secret: string, use: string, text: string): string {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyFor(secret, use), nonce)
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64url')
}

/** The text again, or undefined when it was changed, made for another use, or made with another secret. */
export function decrypt(secret: string, use: string, sealed: string): string | undefined {
  const bytes = Buffer.from(sealed, 'base64url')
  if (bytes.length < 28) return undefined
  const decipher = createDecipheriv('aes-256-gcm', keyFor(secret, use), bytes.subarray(0, 12))
  decipher.setAuthTag(bytes.subarray(12, 28))
  try {
    return decipher.update(bytes.subarray(28), undefined, 'utf8') + decipher.final('utf8')
  } catch {
    // Not ours or damaged: both mean the same to the caller.
    return undefined
  }
}

export function keyed(secret: string, use: string, value: string): Buffer {
  return createHmac('sha256', keyFor(secret, use)).update(value).digest()
}

export function sameText(a: string, b: string): boolean {
  const [x, y] = [Buffer.from(a), Buffer.from(b)]
  return x.length === y.length && timingSafeEqual(x, y)
}
