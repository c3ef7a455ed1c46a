import { anonymous, type Actor, type Person } from '../../../platform/actor.ts'
import { sha256 } from '../../../platform/ids.ts'
import type { Node } from '../../../platform/node.ts'
import { permissionsOf } from '../roles.ts'
import { findActingRight, representedOf } from '../mandates/acting.ts'
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
  officerId: string | null
  officerName: string | null
  agencyCode: string | null
  unitId: string | null
  roles: string[]
}

/** Writing the time of every request would turn each read into a write; a minute is exact enough for an idle limit of fifteen. */
const touchAfter = 60_000

/**
 * Who sends this request, from the session cookie or a bearer token. Asked at every request, so that a withdrawn role, a locked account
 * or an ended session has effect at once. One query, and one more about the mandate of who acts for somebody else; anything unknown, expired or ended is simply anonymous.
 */
export async function authenticate(node: Node, credentials: Credentials): Promise<Actor> {
  const token = tokenOf(node, credentials)
  if (!token) return anonymous
  const now = node.now()
  const [row] = await node.db<Row[]>`
    SELECT s.id AS "sessionId", s.assurance, s.methods, s.authenticated_at AS "authenticatedAt", s.last_seen_at AS "lastSeenAt", s.mandate_id AS "mandateId",
      a.id AS "accountId", a.subject, a.full_name AS "fullName",
      o.id AS "officerId", o.name AS "officerName", o.agency_code AS "agencyCode", o.unit_id AS "unitId",
      CASE WHEN o.id IS NULL THEN '{}' ELSE ARRAY(
        SELECT DISTINCT g.role FROM identity.role_grant g
        WHERE g.officer_id = o.id AND g.revoked_at IS NULL AND (g.agency_code = o.agency_code OR o.agency_code LIKE g.agency_code || '.%')
        ORDER BY g.role) END AS roles
    FROM identity.session s
    LEFT JOIN identity.account a ON a.id = s.account_id AND a.state = 'active'
    LEFT JOIN identity.officer o ON o.id = s.officer_id AND o.state = 'active'
    WHERE s.token_hash = ${sha256(token)} AND s.ended_at IS NULL AND s.expires_at > ${now}
      AND s.last_seen_at > ${now}::timestamptz - make_interval(secs => s.idle_seconds)`
  if (!row) return anonymous
  if (now.getTime() - row.lastSeenAt.getTime() > touchAfter) await node.db`UPDATE identity.session SET last_seen_at = ${now} WHERE id = ${row.sessionId} AND last_seen_at < ${now}`
  const actor = actorOf(node, row)
  return row.mandateId && actor.kind === 'person' ? actingUnder(node, actor, row.mandateId, now) : actor
}

/** Judged at this request: a mandate that was withdrawn or has expired since the last one no longer lets act. */
async function actingUnder(node: Node, person: Person, mandateId: string, now: Date): Promise<Person> {
  const right = await findActingRight(node.db, person.id, mandateId, now)
  return right ? { ...person, actingFor: representedOf(right) } : { ...person, actingEnded: true }
}

function actorOf(node: Node, row: Row): Actor {
  if (row.accountId) return { kind: 'person', id: row.accountId, subject: row.subject!, name: row.fullName!, assurance: row.assurance, methods: row.methods, authenticatedAt: row.authenticatedAt, sessionId: row.sessionId }
  if (row.officerId) return { kind: 'officer', id: row.officerId, name: row.officerName!, agencyCode: row.agencyCode!, unitId: row.unitId, roles: row.roles, permissions: permissionsOf(node, row.roles), methods: row.methods, authenticatedAt: row.authenticatedAt, sessionId: row.sessionId }
  return anonymous
}

function tokenOf(node: Node, { cookies, authorization }: Credentials): string | undefined {
  const bearer = authorization === undefined ? undefined : /^Bearer ([\w-]{43})$/.exec(authorization)?.[1]
  const token = bearer ?? cookies[cookieName(node, 'session')]
  return token && /^[\w-]{43}$/.test(token) ? token : undefined
}
