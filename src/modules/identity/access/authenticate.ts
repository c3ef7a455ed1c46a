import { anonymous, type Actor, type Person, type RoleScope } from '../../../platform/actor.ts'
import type { Db } from '../../../platform/db.ts'
import { gatherReads } from '../../../platform/gather.ts'
import { civilDate } from '../../../platform/i18n.ts'
import { sha256 } from '../../../platform/ids.ts'
import type { Node } from '../../../platform/node.ts'
import { acceptTermsPath, unlockedPath } from '../life/hrefs.ts'
import { findActingRight, representedOf } from '../mandates/acting.ts'
import { substituteScopes } from '../officers/substitutes/substitute-scopes.ts'
import { isAdministrator, permissionsOf } from '../roles.ts'
import { accessRule } from './access-rule.ts'
import { cookieName } from './cookies.ts'

export interface Credentials {
  cookies: Readonly<Record<string, string | undefined>>
  /** The Authorization header. */
  authorization: string | undefined
}

interface Row {
  sessionId: string
  assurance: 1 | 2 | 3
  methods: string[]
  authenticatedAt: Date
  lastSeenAt: Date
  mandateId: string | null
  accountId: string | null
  subject: string | null
  fullName: string | null
  notice: 'unlocked' | null
  termsOpen: boolean
  officerId: string | null
  officerName: string | null
  agencyCode: string | null
  unitId: string | null
  /** Those of the officer, and of whoever he stands in for. */
  grants: (Omit<RoleScope, 'inPlaceOf'> & { officerId: string })[] | null
}

/** Writing the time of every request would turn each read into a write. A session may end this much early, never late: little against limits of 30 and of 5 minutes. */
const touchAfter = { person: 60_000, officer: 15_000 }

/**
 * Who sends this request, from the session cookie or a bearer token. Asked at every request, so that a withdrawn role, a locked account
 * or an ended session has effect at once. One query, shared with those who ask at the same moment, and one more about the mandate of who acts for somebody else; anything
 * unknown, expired or ended is simply anonymous.
 */
export async function authenticate(node: Node, credentials: Credentials): Promise<Actor> {
  const token = tokenOf(node, credentials)
  if (!token) return anonymous
  const row = await sessionsOf(node)(sha256(token).toString('hex'))
  if (!row) return anonymous
  const now = node.now()
  const isTouched = now.getTime() - row.lastSeenAt.getTime() > touchAfter[row.officerId ? 'officer' : 'person']
  const actor = row.officerId ? await officerOf(node, row, now, isTouched ? now : row.lastSeenAt) : actorOf(row)
  if (isTouched && actor.kind !== 'anonymous') await node.db`UPDATE identity.session SET last_seen_at = ${now} WHERE id = ${row.sessionId} AND last_seen_at < ${now}`
  return row.mandateId && actor.kind === 'person' ? actingUnder(node, actor, row.mandateId, now) : actor
}

const gatherers = new WeakMap<Node, (tokenHash: string) => Promise<Row | undefined>>()

/** Reads the session of a token; never in a query that was under way when it was asked for. */
function sessionsOf(node: Node): (tokenHash: string) => Promise<Row | undefined> {
  let gather = gatherers.get(node)
  if (!gather) gatherers.set(node, gather = gatherReads((hashes: string[]) => readSessions(node, hashes)))
  return gather
}

async function readSessions(node: Node, hashes: readonly string[]): Promise<Map<string, Row>> {
  const { db, config } = node
  const now = node.now()
  const rows = await db<(Row & { hash: string })[]>`
    SELECT encode(s.token_hash, 'hex') AS hash, s.id AS "sessionId", s.assurance, s.methods, s.authenticated_at AS "authenticatedAt", s.last_seen_at AS "lastSeenAt", s.mandate_id AS "mandateId",
      a.id AS "accountId", a.subject, a.full_name AS "fullName", a.notice,
      ${config.kind === 'national'} AND EXISTS (SELECT 1 FROM identity.terms_version v WHERE v.version > coalesce(a.terms_version, 0) AND v.valid_from <= (s.created_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date) AS "termsOpen",
      o.id AS "officerId", o.name AS "officerName", o.agency_code AS "agencyCode", o.unit_id AS "unitId",
      CASE WHEN o.id IS NOT NULL THEN ${grantsInForce(db, now)} END AS grants
    FROM identity.session s
    LEFT JOIN identity.account a ON a.id = s.account_id AND a.state = 'active'
    LEFT JOIN identity.officer o ON o.id = s.officer_id AND o.state = 'active'
    WHERE s.token_hash = ANY(ARRAY(SELECT decode(h, 'hex') FROM unnest(${hashes as string[]}::text[]) AS h)) AND s.ended_at IS NULL AND s.expires_at > ${now}
      AND s.last_seen_at > ${now}::timestamptz - make_interval(secs => s.idle_seconds)`
  return new Map(rows.map(({ hash, ...row }) => [hash, row]))
}

/** Judged at this request: a mandate that was withdrawn or has expired since the last one no longer lets act. */
async function actingUnder(node: Node, person: Person, mandateId: string, now: Date): Promise<Person> {
  const right = await findActingRight(node.db, person.id, mandateId, now)
  return right ? { ...person, actingFor: representedOf(right) } : { ...person, actingEnded: true }
}

/** Grants that hold today, of officer `o` and of those in whose place he acts today. An account that was switched off because its owner is away keeps its substitute. */
function grantsInForce(db: Db, now: Date) {
  const day = civilDate(now)
  return db`(
    SELECT coalesce(jsonb_agg(jsonb_build_object('officerId', g.officer_id, 'role', g.role, 'agencyCode', g.agency_code, 'unitId', g.unit_id, 'sectorCode', g.sector_code, 'procedureCode', g.procedure_code) ORDER BY g.role, g.id), '[]')
    FROM identity.role_grant g
    WHERE g.revoked_at IS NULL AND g.valid_from <= ${day} AND (g.valid_to IS NULL OR g.valid_to > ${day}) AND g.officer_id = ANY (o.id || ARRAY(
      SELECT u.officer_id FROM identity.substitution u JOIN identity.officer b ON b.id = u.officer_id
      WHERE u.substitute_id = o.id AND u.ended_at IS NULL AND u.valid_from <= ${day} AND u.valid_to > ${day} AND (b.state = 'active' OR b.state_reason = 'unused'))))`
}

function actorOf(row: Row): Actor {
  if (!row.accountId) return anonymous
  const first = row.notice === 'unlocked' ? unlockedPath : row.termsOpen ? acceptTermsPath : undefined
  return { ...(first ? { mustSee: first } : {}), kind: 'person', id: row.accountId, subject: row.subject!, name: row.fullName!, assurance: row.assurance, methods: row.methods, authenticatedAt: row.authenticatedAt, sessionId: row.sessionId }
}

/** Anonymous for who has been idle too long; `seenAt` is what the session remembers after this request. */
async function officerOf(node: Node, row: Row, now: Date, seenAt: Date): Promise<Actor> {
  const id = row.officerId!
  const byOfficer = Map.groupBy(row.grants ?? [], (grant) => grant.officerId)
  const plain = (officerId: string): RoleScope[] => (byOfficer.get(officerId) ?? []).map(({ officerId: _, ...scope }) => scope)
  const own = plain(id)
  const scopes = [...own, ...[...byOfficer.keys()].filter((other) => other !== id).flatMap((other) => substituteScopes(own, plain(other), other))]
  const roles = [...new Set(scopes.map((scope) => scope.role))].sort()
  // Asked at every request: a right given during a session shortens it at once.
  const { idleMinutes } = await accessRule(node.db, own.some((scope) => isAdministrator(scope.role)) ? 'administrator' : 'officer', now)
  const idle = idleMinutes * 60_000
  if (now.getTime() - row.lastSeenAt.getTime() >= idle) return anonymous
  return {
    kind: 'officer', id, name: row.officerName!, agencyCode: row.agencyCode!, unitId: row.unitId, roles, permissions: permissionsOf(node, roles), methods: row.methods,
    authenticatedAt: row.authenticatedAt, sessionId: row.sessionId, scopes, idleUntil: new Date(seenAt.getTime() + idle),
  }
}

function tokenOf(node: Node, { cookies, authorization }: Credentials): string | undefined {
  const bearer = authorization === undefined ? undefined : /^Bearer ([\w-]{43})$/.exec(authorization)?.[1]
  const token = bearer ?? cookies[cookieName(node, 'session')]
  return token && /^[\w-]{43}$/.test(token) ? token : undefined
}
