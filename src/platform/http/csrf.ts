import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * Double submit bound to a cookie: the form carries an HMAC of the cookie's random value under the node's secret.
 * Another site can neither read the cookie nor compute the token. Works before log-in too, and in two tabs.
 */
export function csrfToken(secret: string, cookie: string): string {
  return createHmac('sha256', secret).update(`csrf:${cookie}`).digest('base64url')
}

export function csrfMatches(secret: string, cookie: string | undefined, token: string): boolean {
  if (!cookie) return false
  const expected = Buffer.from(csrfToken(secret, cookie))
  const given = Buffer.from(token)
  return expected.length === given.length && timingSafeEqual(expected, given)
}
