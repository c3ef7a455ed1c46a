import type { Db } from '../../platform/db.ts'
import type { LedgerEvent } from '../../platform/ledger-event.ts'

/** All events about one subject, oldest first. */
export async function listEvents(db: Db, subject: string): Promise<LedgerEvent[]> {
  return await db<LedgerEvent[]>`SELECT id AS position, at, type, subject, actor, data FROM ledger.event WHERE subject = ${subject} ORDER BY id`
}

/** Events of these types about many subjects, in their order. */
export async function listEventsAbout(db: Db, subjects: readonly string[], types: readonly string[]): Promise<LedgerEvent[]> {
  return await db<LedgerEvent[]>`SELECT id AS position, at, type, subject, actor, data FROM ledger.event WHERE subject = ANY(${[...subjects]}) AND type = ANY(${[...types]}) ORDER BY id`
}

/** What was done under a mandate, newest first. */
export async function listEventsUnder(db: Db, mandateId: string, limit: number): Promise<LedgerEvent[]> {
  return await db<LedgerEvent[]>`SELECT id AS position, at, type, subject, actor, data FROM ledger.event WHERE data ? 'onBehalfOf' AND data->'onBehalfOf'->>'mandate' = ${mandateId} ORDER BY id DESC LIMIT ${limit}`
}

/** Every event of the given types in ledger order, in batches: what a recount reads. */
export async function* scanEvents(db: Db, types: readonly string[], size = 2000): AsyncGenerator<LedgerEvent[]> {
  let xid = '0'
  let id = 0
  for (;;) {
    const rows = await db<(LedgerEvent & { xid: string })[]>`
      SELECT id AS position, xid::text AS xid, at, type, subject, actor, data FROM ledger.event AS e
      WHERE (xid, id) > (${xid}::text::xid8, ${id}) AND type = ANY(${[...types]}) AND xid < pg_snapshot_xmin(pg_current_snapshot()) ORDER BY e.xid, e.id LIMIT ${size}`
    const last = rows.at(-1)
    if (!last) return
    yield rows
    xid = last.xid
    id = last.position
  }
}

export interface FollowerState { name: string; behind: number; movedAt: Date; failures: number; lastError: string | null }

/** Where each follower stands and how many events it still has to pass (counted up to 10,000). */
export async function listFollowers(db: Db): Promise<FollowerState[]> {
  return await db<FollowerState[]>`
    SELECT f.name, f.moved_at AS "movedAt", f.failures, f.last_error AS "lastError",
      (SELECT count(*) FROM (SELECT 1 FROM ledger.event e WHERE (e.xid, e.id) > (f.xid, f.id) LIMIT 10000) AS waiting)::int AS behind
    FROM ledger.follower f ORDER BY f.name`
}
