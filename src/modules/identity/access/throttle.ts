import { withoutWaiting, type Db, type Fragment } from '../../../platform/db.ts'
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

export interface Attempt { key: string; rule: ThrottleRule }

/**
 * The rows of a WITH that count an attempt against several keys in one go, or against none while one of them is blocked; `counted` has the keys.
 * A count that a crash of the server takes away was half a second old: the next attempt counts again.
 */
export function countingOf(db: Db, attempts: readonly Attempt[], now: Date) {
  // Always in the same order, so that two attempts never wait for each other.
  const rows = [...attempts].sort((a, b) => (a.key < b.key ? -1 : 1))
  const of = (name: 'slowFrom' | 'limit' | 'window' | 'block'): number[] => rows.map(({ rule }) => rule[name])
  return db`
    ${withoutWaiting(db)},
    attempt AS (SELECT * FROM unnest(${rows.map(({ key }) => key)}::text[], ${of('slowFrom')}::int[], ${of('limit')}::int[], ${of('window')}::int[], ${of('block')}::int[]) AS a (key, slow_from, most, span, block)),
    counted AS (
      INSERT INTO identity.throttle AS t (key, failures, last_at)
      SELECT key, 1, ${now} FROM attempt, quickly WHERE NOT EXISTS (SELECT FROM identity.throttle b JOIN attempt USING (key) WHERE b.blocked_until > ${now}) ORDER BY key
      ON CONFLICT (key) DO UPDATE SET
        failures = CASE WHEN greatest(t.last_at, t.blocked_until) < ${now}::timestamptz - make_interval(secs => (SELECT a.span FROM attempt a WHERE a.key = t.key)) THEN 1 ELSE t.failures + 1 END,
        blocked_until = (SELECT CASE
          WHEN greatest(t.last_at, t.blocked_until) < ${now}::timestamptz - make_interval(secs => a.span) THEN NULL
          WHEN t.failures + 1 >= a.most THEN ${now}::timestamptz + make_interval(secs => least(86400, a.block * 2 ^ least(10, t.failures + 1 - a.most)))
          WHEN t.failures + 1 >= a.slow_from THEN ${now}::timestamptz + make_interval(secs => 2 ^ least(10, t.failures + 2 - a.slow_from))
        END FROM attempt a WHERE a.key = t.key),
        last_at = ${now}
      WHERE t.blocked_until IS NULL OR t.blocked_until <= ${now}
      RETURNING key)`
}

/** Counts an attempt against several keys in one go, or against none while one of them is blocked. Returns the longest wait in seconds, else 0. */
export async function countAttempts(db: Db, attempts: readonly Attempt[], now: Date): Promise<number> {
  const counted = await db`WITH ${countingOf(db, attempts, now)} SELECT key FROM counted`
  return counted.length === attempts.length ? 0 : longestWait(db, attempts, now)
}

/** In seconds. */
export async function longestWait(db: Db, attempts: readonly Attempt[], now: Date): Promise<number> {
  return Math.max(...await Promise.all(attempts.map(({ key }) => secondsBlocked(db, key, now))))
}

/** Failures that are forgiven after a success, and attempts that are given back. */
export interface Settled { forgiven: readonly string[]; givenBack: readonly string[] }

/** The rows of a WITH that settle attempts in one go, under a condition. Locked in the order in which attempts are counted, so that neither waits for the other in a circle. */
export const settlingOf = (db: Db, { forgiven, givenBack }: Settled, condition: Fragment): Fragment => db`
  settled AS MATERIALIZED (SELECT key FROM identity.throttle WHERE key = ANY(${[...forgiven, ...givenBack]}::text[]) AND ${condition} ORDER BY key FOR UPDATE),
  forgiven AS (DELETE FROM identity.throttle WHERE key = ANY(ARRAY(SELECT key FROM settled WHERE key = ANY(${forgiven}::text[])))),
  given_back AS (UPDATE identity.throttle SET failures = greatest(0, failures - 1), blocked_until = NULL WHERE key = ANY(ARRAY(SELECT key FROM settled WHERE key = ANY(${givenBack}::text[]))))`

export async function settleAttempts(db: Db, settled: Settled): Promise<void> {
  await db`WITH ${withoutWaiting(db)}, ${settlingOf(db, settled, db`true`)} SELECT FROM quickly`
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
