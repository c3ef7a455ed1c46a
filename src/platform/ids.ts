import { createHash, randomBytes, randomUUID } from 'node:crypto'

/**
 * A new time-ordered identifier (UUID version 7, RFC 9562): neighbours in time are neighbours in an index,
 * which keeps inserts into large tables cheap.
 */
export function newId(now: number = Date.now()): string {
  const time = now.toString(16).padStart(12, '0')
  // Version 4 and 7 differ in the first 48 bits and the version's digit only; Node draws the random bits of many at once.
  return `${time.slice(0, 8)}-${time.slice(8)}-7${randomUUID().slice(15)}`
}

export function isId(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/.test(value)
}

/** A secret for a session, a link or a one-time state: `bytes` random bytes as base64url. */
export function randomToken(bytes = 32): string {
  return randomBytes(bytes).toString('base64url')
}

export function sha256(data: string | Uint8Array): Buffer {
  return createHash('sha256').update(data).digest()
}
