import type { Db } from '../../../platform/db.ts'
import { randomToken, sha256 } from '../../../platform/ids.ts'
import type { Node } from '../../../platform/node.ts'
import { keyed, sameText } from '../secrets.ts'

/** Seconds in which a challenge is answered. */
export const passkeySeconds = 5 * 60

/** For what, and for whom, a challenge was made: the browser's own token, or the session. */
export interface ChallengeUse { what: 'add' | 'log-in'; browser: string }

const sealOf = (node: Node, use: ChallengeUse, random: string, until: string): string => keyed(node.config.secret, 'passkey-challenge', [use.what, use.browser, random, until].join('\n')).toString('base64url')

/** A challenge that carries its own seal: showing a page writes nothing, and the answer still proves that this node asked this browser a moment ago. */
export function newPasskeyChallenge(node: Node, use: ChallengeUse): Buffer {
  const random = randomToken(18)
  const until = String(Math.floor(node.now().getTime() / 1000) + passkeySeconds)
  return Buffer.from(`${random}.${until}.${sealOf(node, use, random, until)}`)
}

/** Is this (base64url, as the browser gives it back) a challenge of ours for this use that is still good? */
export function isOwnChallenge(node: Node, use: ChallengeUse, challenge: string): boolean {
  const [random = '', until = '', seal = ''] = Buffer.from(challenge, 'base64url').toString('latin1').split('.')
  return /^\d{1,12}$/.test(until) && Number(until) * 1000 > node.now().getTime() && sameText(seal, sealOf(node, use, random, until))
}

/** Marks it answered; false when it was before. */
export async function spendChallenge(tx: Db, challenge: string, now: Date): Promise<boolean> {
  const spent = await tx`INSERT INTO identity.spent_passkey_challenge (hash, expires_at) VALUES (${sha256(challenge)}, ${new Date(now.getTime() + passkeySeconds * 1000)}) ON CONFLICT DO NOTHING`
  return spent.count > 0
}
