import { actorKey } from '../../../platform/actor.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Db, Fragment, Tx } from '../../../platform/db.ts'
import { newId, randomToken, sha256 } from '../../../platform/ids.ts'
import { withMandate, type NewEvent } from '../../ledger/index.ts'
import { accessRule } from './access-rule.ts'
import { settlingOf, type Settled } from './throttle.ts'

/** Seconds, for persons: NIST SP 800-63B-4. Those of officers are dated rules (identity.access_rule). */
export const sessionLimits = { idle: 30 * 60, longest: 12 * 3600 } as const

export type NewSession = {
  now: Date
  assurance: 1 | 2 | 3
  /** How it was proved: RFC 8176 ('otp', 'sms', 'pwd', 'hwk', 'sc', 'user') where it has a name for it. */
  methods: readonly string[]
  /** When the proof was given, where that was at another node; now unless told. */
  authenticatedAt?: Date
  /** Browser and system in two words, shown to the owner. */
  device?: string
  /** At a local node: session at the national node, and the (encrypted) identity token. */
  sso?: { sid: string; idToken: string }
} & ({ kind: 'person'; accountId: string } | { kind: 'officer'; officerId: string })

/** Opens a session; an officer's oldest one ends where the rule allows no more. The token is returned once and kept only as a hash. */
export async function createSession(tx: Tx, session: NewSession): Promise<{ token: string; sessionId: string }> {
  const limits = session.kind === 'person' ? sessionLimits : await officerLimits(tx, session.officerId, session.now)
  const { token, sessionId, insert } = newSession(tx, session, limits, tx`true`)
  await insert
  return { token, sessionId }
}

/** What a log-in writes. */
export interface LogIn {
  session: NewSession & { kind: 'person' }
  /** Session cookie that the browser still had: that session ends. */
  oldSession: string | undefined
  /** Appended; those with `unlocks` only if the account was locked for being idle, which it then no longer is. */
  events(sessionId: string): readonly (NewEvent & { unlocks?: boolean })[]
  /** A statement for RETURNING that writes the one row on which all depends. Where it writes none, nothing happens. */
  proof?: Fragment
  settles?: Settled
}

/** A person's log-in in one statement, also outside of a transaction. Undefined where the proof wrote no row. */
export async function openSession(db: Db, ctx: Ctx, { session, oldSession, events, proof, settles }: LogIn): Promise<{ token: string; sessionId: string } | undefined> {
  const isProved = proof ? db`EXISTS (SELECT FROM proof)` : db`true`
  const { token, sessionId, insert } = newSession(db, session, sessionLimits, isProved)
  const { now, accountId } = session
  const appended = events(sessionId).map((event) => ({ ...event, data: withMandate(ctx, event.data) }))
  const rows = await db`
    WITH ${proof ? db`proof AS (${proof} RETURNING 1),` : db``}
    ended AS (UPDATE identity.session SET ended_at = ${now} WHERE token_hash = ${oldSession ? sha256(oldSession) : null} AND ended_at IS NULL AND ${isProved}),
    unlocked AS (
      UPDATE identity.account SET state = 'active', lock_reason = NULL, notice = 'unlocked', updated_at = ${now}
      WHERE ${appended.some((event) => event.unlocks)} AND id = ${accountId} AND state = 'locked' AND lock_reason = 'idle' AND ${isProved} RETURNING id),
    ${settles ? db`${settlingOf(db, settles, isProved)},` : db``}
    opened AS (${insert})
    SELECT ledger.append(e.type, e.subject, ${actorKey(ctx.actor)}, e.data, ${now})
    FROM ROWS FROM (jsonb_to_recordset(${db.json(appended as never)}) AS (type text, subject text, data jsonb, unlocks boolean)) WITH ORDINALITY AS e (type, subject, data, unlocks, n)
    WHERE (e.unlocks IS NOT TRUE OR EXISTS (SELECT FROM unlocked)) AND ${isProved} ORDER BY e.n`
  return rows.length > 0 ? { token, sessionId } : undefined
}

function newSession(db: Db, s: NewSession, limits: { idle: number; longest: number }, condition: Fragment) {
  const token = randomToken()
  const sessionId = newId()
  const [accountId, officerId] = s.kind === 'person' ? [s.accountId, null] : [null, s.officerId]
  const insert = db`
    INSERT INTO identity.session (id, token_hash, kind, account_id, officer_id, assurance, methods, authenticated_at, device, sso_sid, sso_id_token, idle_seconds, created_at, last_seen_at, expires_at)
    SELECT ${sessionId}::uuid, ${sha256(token)}::bytea, ${s.kind}, ${accountId}::uuid, ${officerId}::uuid, ${s.assurance}::int, ${[...s.methods]}::text[], ${s.authenticatedAt ?? s.now}::timestamptz, ${s.device ?? ''},
      ${s.sso?.sid ?? null}, ${s.sso?.idToken ?? null}, ${limits.idle}::int, ${s.now}::timestamptz, ${s.now}::timestamptz, ${new Date(s.now.getTime() + limits.longest * 1000)}::timestamptz
    WHERE ${condition}`
  return { token, sessionId, insert }
}

/** Notes the log-in and makes room for it. The shorter limit of administrators is applied at each request. */
async function officerLimits(tx: Tx, officerId: string, now: Date): Promise<{ idle: number; longest: number }> {
  const rule = await accessRule(tx, 'officer', now)
  await tx`UPDATE identity.officer SET last_log_in_at = ${now}, unused_noticed_at = NULL WHERE id = ${officerId}`
  await tx`
    UPDATE identity.session SET ended_at = ${now} WHERE id IN (
      SELECT id FROM identity.session WHERE officer_id = ${officerId} AND ended_at IS NULL AND expires_at > ${now} ORDER BY last_seen_at DESC OFFSET ${rule.parallelSessions - 1})`
  return { idle: rule.idleMinutes * 60, longest: rule.longestHours * 3600 }
}

/** All open sessions of an officer end; how many there were. */
export async function endOfficerSessions(tx: Tx, officerId: string, now: Date, except?: string): Promise<number> {
  const ended = await tx`UPDATE identity.session SET ended_at = ${now} WHERE officer_id = ${officerId} AND ended_at IS NULL ${except ? tx`AND id <> ${except}` : tx``}`
  return ended.count
}

/** Ends a session; false when it had ended already. */
export async function endSession(tx: Tx, sessionId: string, now: Date): Promise<boolean> {
  const ended = await tx`UPDATE identity.session SET ended_at = ${now} WHERE id = ${sessionId} AND ended_at IS NULL`
  return ended.count > 0
}

/** Ends whatever session a browser still shows before a new log-in: no token survives one (session fixation). */
export async function endSessionByToken(tx: Tx, token: string | undefined, now: Date): Promise<void> {
  if (token) await tx`UPDATE identity.session SET ended_at = ${now} WHERE token_hash = ${sha256(token)} AND ended_at IS NULL`
}

/** A new token for an open session whose officer has proved himself once more: the old token is dead from then on. Undefined when the session has ended. */
export async function renewSession(tx: Tx, sessionId: string, { proved, now }: { proved: readonly string[]; now: Date }): Promise<string | undefined> {
  const token = randomToken()
  const renewed = await tx`
    UPDATE identity.session SET token_hash = ${sha256(token)}, authenticated_at = ${now}, methods = ARRAY(SELECT DISTINCT unnest(methods || ${[...proved]}::text[]))
    WHERE id = ${sessionId} AND ended_at IS NULL AND expires_at > ${now}`
  return renewed.count > 0 ? token : undefined
}

/** Ends one of a person's own sessions, or with `'others'` all but the current one. Returns the ids of those ended. */
export async function endOwnSessions(tx: Tx, owner: { accountId: string; currentId: string }, which: string, now: Date): Promise<string[]> {
  const rows = which === 'others'
    ? await tx<{ id: string }[]>`UPDATE identity.session SET ended_at = ${now} WHERE account_id = ${owner.accountId} AND id <> ${owner.currentId} AND ended_at IS NULL RETURNING id`
    : await tx<{ id: string }[]>`UPDATE identity.session SET ended_at = ${now} WHERE account_id = ${owner.accountId} AND id = ${which} AND ended_at IS NULL RETURNING id`
  return rows.map((r) => r.id)
}

/** Single log-out: ends the sessions here that stand on a session at the national node. */
export async function endSessionsBySid(tx: Tx, sid: string, now: Date): Promise<{ id: string; accountId: string }[]> {
  return tx<{ id: string; accountId: string }[]>`UPDATE identity.session SET ended_at = ${now} WHERE sso_sid = ${sid} AND ended_at IS NULL RETURNING id, account_id AS "accountId"`
}

export interface OpenSession { id: string; device: string; createdAt: Date; lastSeenAt: Date; assurance: number }

export async function listOpenSessions(db: Db, accountId: string, now: Date): Promise<OpenSession[]> {
  return db<OpenSession[]>`
    SELECT id, device, created_at AS "createdAt", last_seen_at AS "lastSeenAt", assurance FROM identity.session
    WHERE account_id = ${accountId} AND ended_at IS NULL AND expires_at > ${now} AND last_seen_at > ${now}::timestamptz - make_interval(secs => idle_seconds)
    ORDER BY last_seen_at DESC LIMIT 50`
}

export interface OfficerSession { id: string; device: string; methods: string[]; createdAt: Date; lastSeenAt: Date; isOpen: boolean }

/** An officer's log-ins of the last month, the newest first. */
export async function listOfficerSessions(db: Db, officerId: string, now: Date): Promise<OfficerSession[]> {
  return db<OfficerSession[]>`
    SELECT id, device, methods, created_at AS "createdAt", last_seen_at AS "lastSeenAt",
      (ended_at IS NULL AND expires_at > ${now} AND last_seen_at > ${now}::timestamptz - make_interval(secs => idle_seconds)) AS "isOpen"
    FROM identity.session WHERE officer_id = ${officerId} ORDER BY created_at DESC LIMIT 50`
}

/** Ends one of an officer's own sessions, or with `'others'` all but the current one. How many ended. */
export async function endOwnOfficerSessions(tx: Tx, owner: { officerId: string; currentId: string }, which: string, now: Date): Promise<number> {
  const ended = await tx`UPDATE identity.session SET ended_at = ${now} WHERE officer_id = ${owner.officerId} AND ended_at IS NULL AND id <> ${owner.currentId} ${which === 'others' ? tx`` : tx`AND id = ${which}`}`
  return ended.count
}

/** The encrypted identity token and session name behind a session at a local node. */
export async function findSso(db: Db, sessionId: string): Promise<{ sid: string; idToken: string } | undefined> {
  const [row] = await db<{ sid: string; idToken: string }[]>`SELECT sso_sid AS sid, sso_id_token AS "idToken" FROM identity.session WHERE id = ${sessionId} AND sso_sid IS NOT NULL`
  return row
}
