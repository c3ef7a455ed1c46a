import { anonymous, type Actor } from '../../../platform/actor.ts'
import { sha256 } from '../../../platform/ids.ts'
import type { Node } from '../../../platform/node.ts'
import { permissionsOf } from '../roles.ts'
import { acceptTermsPath, unlockedPath } from '../life/hrefs.ts'
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
  accountId: string | null
  subject: string | null
  fullName: string | null
  notice: 'unlocked' | null
  termsOpen: boolean
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
 * or an ended session has effect at once. One query; anything unknown, expired or ended is simply anonymous.
 */
export async function authenticate(node: Node, credentials: Credentials): Promise<Actor> {
  const token = tokenOf(node, credentials)
  if (!token) return anonymous
  const now = node.now()
  const [row] = await node.db<Row[]>`
    SELECT s.id AS "sessionId", s.assurance, s.methods, s.authenticated_at AS "authenticatedAt", s.last_seen_at AS "lastSeenAt",
      a.id AS "accountId", a.subject, a.full_name AS "fullName", a.notice,
      ${node.config.kind === 'national'} AND EXISTS (SELECT 1 FROM identity.terms_version v WHERE v.version > coalesce(a.terms_version, 0) AND v.valid_from <= (s.created_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date) AS "termsOpen",
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
  return actorOf(node, row)
}

function actorOf(node: Node, row: Row): Actor {
  const first = row.notice === 'unlocked' ? unlockedPath : row.termsOpen ? acceptTermsPath : undefined
  if (row.accountId) return { ...(first ? { mustSee: first } : {}), kind: 'person', id: row.accountId, subject: row.subject!, name: row.fullName!, assurance: row.assurance, methods: row.methods, authenticatedAt: row.authenticatedAt, sessionId: row.sessionId }
  if (row.officerId) return { kind: 'officer', id: row.officerId, name: row.officerName!, agencyCode: row.agencyCode!, unitId: row.unitId, roles: row.roles, permissions: permissionsOf(node, row.roles), methods: row.methods, authenticatedAt: row.authenticatedAt, sessionId: row.sessionId }
  return anonymous
}

function tokenOf(node: Node, { cookies, authorization }: Credentials): string | undefined {
  const bearer = authorization === undefined ? undefined : /^Bearer ([\w-]{43})$/.exec(authorization)?.[1]
  const token = bearer ?? cookies[cookieName(node, 'session')]
  return token && /^[\w-]{43}$/.test(token) ? token : undefined
}
