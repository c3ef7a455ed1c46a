import type { Db } from '../../../platform/db.ts'
import type { Node } from '../../../platform/node.ts'
import { keyed } from '../secrets.ts'

/** How many failures in how long are let through. Seconds. */
export interface ThrottleRule {
  readonly name: string
  /** From this failure on, each next attempt has to wait: 2, 4, 8 … seconds. */
  readonly slowFrom: number
  /** At this failure the key is blocked for `block` seconds, and twice as long after each further one, at most a day. */
  readonly limit: number
  readonly window: number
  readonly block: number
}

export const rules = {
  /** Wrong codes or passwords for one account. */
  account: { name: 'account', slowFrom: 3, limit: 5, window: 15 * 60, block: 15 * 60 },
  /** Failures from one address; wide, because whole offices share one. */
  source: { name: 'source', slowFrom: 80, limit: 100, window: 15 * 60, block: 15 * 60 },
  /** Codes sent to one account or phone. */
  send: { name: 'send', slowFrom: 99, limit: 6, window: 15 * 60, block: 15 * 60 },
  /** Codes asked for from one address; given back when the log-in succeeds. */
  sendSource: { name: 'send-source', slowFrom: 199, limit: 100, window: 15 * 60, block: 15 * 60 },
  /** Questions to the population register from one address, and about one person. */
  registerSource: { name: 'register-source', slowFrom: 99, limit: 30, window: 3600, block: 3600 },
  registerPerson: { name: 'register-person', slowFrom: 99, limit: 6, window: 3600, block: 3600 },
} as const satisfies Record<string, ThrottleRule>

export function throttleKey(node: Node, rule: ThrottleRule, value: string): string {
  return `${rule.name}:${keyed(node.config.secret, 'throttle', `${rule.name}\n${value}`).toString('base64url')}`
}

/** Counts the codes sent for an account, apart from the failures with them. */
export const sendKey = (accountKey: string): string => `send:${accountKey}`

/**
 * Counts an attempt before it is judged, so that parallel guesses cannot outrun the counter.
 * Returns how many seconds to wait when the key is blocked (then the attempt was not counted and must not be judged), else 0.
 * After a success the caller calls `forgive`.
 */
export async function countAttempt(db: Db, key: string, rule: ThrottleRule, now: Date): Promise<number> {
  const [counted] = await db<{ failures: number }[]>`
    INSERT INTO identity.throttle AS t (key, failures, last_at) VALUES (${key}, 1, ${now})
    ON CONFLICT (key) DO UPDATE SET
      failures = CASE WHEN greatest(t.last_at, t.blocked_until) < ${now}::timestamptz - make_interval(secs => ${rule.window}) THEN 1 ELSE t.failures + 1 END,
      blocked_until = CASE
        WHEN greatest(t.last_at, t.blocked_until) < ${now}::timestamptz - make_interval(secs => ${rule.window}) THEN NULL
        WHEN t.failures + 1 >= ${rule.limit}::int THEN ${now}::timestamptz + make_interval(secs => least(86400, ${rule.block} * 2 ^ least(10, t.failures + 1 - ${rule.limit}::int)))
        WHEN t.failures + 1 >= ${rule.slowFrom}::int THEN ${now}::timestamptz + make_interval(secs => 2 ^ least(10, t.failures + 2 - ${rule.slowFrom}::int))
      END,
      last_at = ${now}
    WHERE t.blocked_until IS NULL OR t.blocked_until <= ${now}
    RETURNING failures`
  return counted ? 0 : secondsBlocked(db, key, now)
}

/** Seconds until the key may try again; 0 when it may now. */
export async function secondsBlocked(db: Db, key: string, now: Date): Promise<number> {
  const [row] = await db<{ blockedUntil: Date | null }[]>`SELECT blocked_until AS "blockedUntil" FROM identity.throttle WHERE key = ${key}`
  return row?.blockedUntil ? Math.max(0, Math.ceil((row.blockedUntil.getTime() - now.getTime()) / 1000)) : 0
}

export async function forgive(db: Db, key: string): Promise<void> {
  await db`DELETE FROM identity.throttle WHERE key = ${key}`
}

/** Gives one counted attempt back: for sources, where a success of one person must not wipe out the failures of another. */
export async function giveBack(db: Db, key: string): Promise<void> {
  await db`UPDATE identity.throttle SET failures = greatest(0, failures - 1), blocked_until = NULL WHERE key = ${key}`
}
