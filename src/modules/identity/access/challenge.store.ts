import type { Db, Tx } from '../../../platform/db.ts'
import { newId, randomToken, sha256 } from '../../../platform/ids.ts'
import type { Lang } from '../../../platform/i18n.ts'
import { wakeJobs } from '../../../platform/jobs.ts'
import type { Node } from '../../../platform/node.ts'
import { keyed } from '../secrets.ts'
import { countingOf, longestWait, type Attempt } from './throttle.ts'

export type Purpose = 'register' | 'log-in' | 'change-phone' | 'officer'

/** The ways that end with a one-time code; another way brings its own proof. */
export type ChallengeWay = 'phone' | 'social-insurance' | 'identity-provider'

/** A log-in, registration or change that waits for its second step. */
export interface Challenge {
  id: string
  purpose: Purpose
  way: ChallengeWay | null
  accountId: string | null
  officerId: string | null
  applicant: Applicant | null
  throttleKey: string
  returnTo: string
  lang: Lang
  attempts: number
}

/** What somebody who registers typed, or the new number of somebody who changes it. */
export interface Applicant {
  idNumber?: string
  fullName?: string
  birthDate?: string
  phone: string
  email?: string | undefined
  /** Mã số BHXH that the register of social insurance confirmed for the id number. */
  socialInsurance?: string
  /** TechID of the electronic identity by which the applicant came. */
  techId?: string
}

export const challengeSeconds = 5 * 60
export const maxAttempts = 5

export type NewChallenge = Pick<Challenge, 'purpose' | 'throttleKey' | 'returnTo' | 'lang'> & { way?: ChallengeWay | null; accountId?: string | null; officerId?: string; applicant?: Applicant; now: Date }

/** Opens a challenge; the token goes into a cookie, so that only the browser of the first step can take the second. */
export async function openChallenge(tx: Tx, c: NewChallenge): Promise<{ id: string; token: string }> {
  const id = newId()
  const token = randomToken()
  await tx`
    INSERT INTO identity.challenge (id, token_hash, purpose, way, account_id, officer_id, applicant, throttle_key, return_to, lang, created_at, expires_at)
    VALUES (${id}, ${sha256(token)}, ${c.purpose}, ${c.way ?? null}, ${c.accountId ?? null}, ${c.officerId ?? null}, ${c.applicant ? tx.json(c.applicant as never) : null}, ${c.throttleKey}, ${c.returnTo}, ${c.lang}, ${c.now}, ${new Date(c.now.getTime() + challengeSeconds * 1000)})`
  return { id, token }
}

/**
 * Counts an attempt (@see countingOf) and, if none of the keys is blocked, opens a challenge and asks for its code to be sent, in one statement. It need not wait
 * for the disk: who gets no code asks again. Seconds to wait where a key is blocked.
 */
export async function countAndOpenChallenge(db: Db, c: NewChallenge, attempts: readonly Attempt[], sendQueue: string): Promise<{ seconds: number; token: string }> {
  const id = newId()
  const token = randomToken()
  const [row] = await db<{ counted: number }[]>`
    WITH ${countingOf(db, attempts, c.now)}, counts AS (SELECT count(*)::int AS counted FROM counted),
    opened AS (
      INSERT INTO identity.challenge (id, token_hash, purpose, way, account_id, throttle_key, return_to, lang, created_at, expires_at)
      SELECT ${id}::uuid, ${sha256(token)}::bytea, ${c.purpose}, ${c.way ?? null}, ${c.accountId ?? null}::uuid, ${c.throttleKey}, ${c.returnTo}, ${c.lang}, ${c.now}::timestamptz, ${new Date(c.now.getTime() + challengeSeconds * 1000)}::timestamptz
      FROM counts WHERE counted = ${attempts.length} RETURNING id)
    SELECT counts.counted, CASE WHEN opened.id IS NOT NULL THEN platform.enqueue(${sendQueue}, jsonb_build_object('challengeId', opened.id)) END FROM counts LEFT JOIN opened ON true`
  if (row!.counted < attempts.length) return { seconds: await longestWait(db, attempts, c.now), token }
  wakeJobs(sendQueue)
  return { seconds: 0, token }
}

const columns = (db: Db) => db`id, purpose, way, account_id AS "accountId", officer_id AS "officerId", applicant, throttle_key AS "throttleKey", return_to AS "returnTo", lang, attempts`

/** The challenge that this browser has open, or undefined when there is none, it expired, was used, or used up. */
export async function findChallenge(db: Db, token: string | undefined, now: Date): Promise<Challenge | undefined> {
  if (!token) return undefined
  const [row] = await db<Challenge[]>`SELECT ${columns(db)} FROM identity.challenge WHERE token_hash = ${sha256(token)} AND used_at IS NULL AND expires_at > ${now} AND attempts < ${maxAttempts}`
  return row
}

/** A challenge whose code is still worth sending, with the phone of its account if it has one. */
export async function findCodeToSend(db: Db, id: string, now: Date): Promise<(Challenge & { account: { phone: string } | null }) | undefined> {
  const [row] = await db<(Challenge & { account: { phone: string } | null })[]>`
    SELECT ${columns(db)}, (SELECT jsonb_build_object('phone', a.phone) FROM identity.account a WHERE a.id = c.account_id AND a.erased_at IS NULL) AS account
    FROM identity.challenge c WHERE id = ${id} AND used_at IS NULL AND expires_at > ${now}`
  return row
}

/** Counts a try before it is judged: parallel guesses share the five tries. Undefined when none is left. */
export async function takeTry(db: Db, token: string | undefined, now: Date): Promise<Challenge | undefined> {
  if (!token) return undefined
  const [row] = await db<Challenge[]>`UPDATE identity.challenge SET attempts = attempts + 1 WHERE token_hash = ${sha256(token)} AND used_at IS NULL AND expires_at > ${now} AND attempts < ${maxAttempts} RETURNING ${columns(db)}`
  return row
}

/** An attempt counted against `attempts` (@see countingOf) and a try taken in one statement. Seconds to wait when one of the keys is blocked; then no try was taken. */
export async function countAndTakeTry(db: Db, token: string, attempts: readonly Attempt[], now: Date): Promise<{ seconds: number; challenge: Challenge | undefined }> {
  const [row] = await db<({ counted: number } & Challenge)[]>`
    WITH ${countingOf(db, attempts, now)}, counts AS (SELECT count(*)::int AS counted FROM counted),
    tried AS (
      UPDATE identity.challenge SET attempts = attempts + 1 FROM counts
      WHERE token_hash = ${sha256(token)} AND used_at IS NULL AND expires_at > ${now} AND attempts < ${maxAttempts} AND counted = ${attempts.length} RETURNING ${columns(db)})
    SELECT counts.counted, tried.* FROM counts LEFT JOIN tried ON true`
  const { counted, ...challenge } = row!
  if (counted < attempts.length) return { seconds: await longestWait(db, attempts, now), challenge: undefined }
  return { seconds: 0, challenge: challenge.id ? challenge : undefined }
}

/** Marks it used and forgets what was typed; false when another request used it first. */
export async function useChallenge(tx: Tx, id: string, now: Date): Promise<boolean> {
  return (await useOf(tx, id, now)).count > 0
}

/** The same as a part of another statement. */
export const useOf = (db: Db, id: string, now: Date) => db`UPDATE identity.challenge SET used_at = ${now}, applicant = NULL WHERE id = ${id} AND used_at IS NULL`

/**
 * The six digits of a challenge. Derived from its random id and a key of the node instead of stored: the database alone never tells a code,
 * and the job that sends it needs only the id.
 */
export function codeOf(node: Node, challengeId: string): string {
  return String(keyed(node.config.secret, 'one-time-code', challengeId).readUIntBE(0, 6) % 1_000_000).padStart(6, '0')
}
