import type { Db } from '../../platform/db.ts'

/**
 * How a connection is: 'good'; 'slow' = the oldest message has waited over a minute; 'refusing' = dead letters wait for a person;
 * 'lost' = five attempts in a row failed; 'unknown' = messages wait for a node that has not enrolled.
 */
export type ConnectionHealth = 'good' | 'slow' | 'refusing' | 'lost' | 'unknown'

export interface Connection {
  readonly code: string
  readonly baseUrl: string | null
  readonly health: ConnectionHealth
  readonly waiting: number
  readonly oldestWaiting: Date | null
  readonly dead: number
  readonly lastSuccess: Date | null
  readonly lastReceived: Date | null
  readonly failures: number
  readonly nextAttempt: Date | null
  readonly lastError: string | null
}

export const slowAfterMs = 60_000

interface Row { code: string; base_url: string | null; waiting: number; oldest: Date | null; dead: number; last_success_at: Date | null; last_received_at: Date | null; failures: number; next_at: Date | null; lost_since: Date | null; last_error: string | null }

/** The connections of this node to all others, the troubled ones first. */
export async function listConnections(db: Db, self: string, now: Date): Promise<Connection[]> {
  const rows = await db<Row[]>`
    WITH queue AS (
      SELECT to_node AS code, count(*) FILTER (WHERE state = 'queued') AS waiting, min(queued_at) FILTER (WHERE state = 'queued') AS oldest, count(*) FILTER (WHERE state = 'dead') AS dead
      FROM exchange.outbox WHERE state IN ('queued', 'dead') GROUP BY to_node),
    node AS (SELECT node_code AS code, base_url FROM exchange.node_certificate WHERE status = 'active' AND node_code <> ${self})
    SELECT coalesce(n.code, q.code) AS code, n.base_url, coalesce(q.waiting, 0) AS waiting, q.oldest, coalesce(q.dead, 0) AS dead,
      p.last_success_at, p.last_received_at, coalesce(p.failures, 0) AS failures, p.next_at, p.lost_since, p.last_error
    FROM node n FULL JOIN queue q ON q.code = n.code LEFT JOIN exchange.peer p ON p.code = coalesce(n.code, q.code) ORDER BY 1`
  const order: readonly ConnectionHealth[] = ['lost', 'refusing', 'unknown', 'slow', 'good']
  const connections = rows.map((row): Connection => ({
    code: row.code, baseUrl: row.base_url, health: healthOf(row, now), waiting: row.waiting, oldestWaiting: row.oldest, dead: row.dead,
    lastSuccess: row.last_success_at, lastReceived: row.last_received_at, failures: row.failures, nextAttempt: row.next_at, lastError: row.last_error,
  }))
  return connections.sort((a, b) => order.indexOf(a.health) - order.indexOf(b.health))
}

function healthOf(row: Row, now: Date): ConnectionHealth {
  if (row.lost_since) return 'lost'
  if (row.dead > 0) return 'refusing'
  if (!row.base_url) return 'unknown'
  return row.oldest && now.getTime() - row.oldest.getTime() > slowAfterMs ? 'slow' : 'good'
}

export interface DeadLetter {
  readonly id: string
  readonly to: string
  readonly service: string
  readonly subject: string
  readonly code: string
  readonly queuedAt: Date
  readonly attempts: number
  /** Messages about the same subject that stand behind it. */
  readonly behind: number
}

/** Messages that the other side refused for good, oldest first. */
export async function listDeadLetters(db: Db, limit = 100): Promise<DeadLetter[]> {
  return db<DeadLetter[]>`
    SELECT o.id, o.to_node AS to, o.service, o.subject, o.last_code AS code, o.queued_at AS "queuedAt", o.attempts,
      (SELECT count(*) FROM exchange.outbox b WHERE b.to_node = o.to_node AND b.state = 'queued' AND b.subject = o.subject) AS behind
    FROM exchange.outbox o WHERE o.state = 'dead' ORDER BY o.position LIMIT ${limit}`
}

export interface RejectionCount { readonly claimedSender: string | null; readonly code: string; readonly count: number; readonly last: Date }

/** Messages turned away at the door since a moment, by claimed sender and reason. */
export async function countRejections(db: Db, since: Date): Promise<RejectionCount[]> {
  return db<RejectionCount[]>`
    SELECT claimed_sender AS "claimedSender", code, count(*) AS count, max(at) AS last FROM exchange.rejection WHERE at >= ${since} GROUP BY 1, 2 ORDER BY 3 DESC LIMIT 50`
}
