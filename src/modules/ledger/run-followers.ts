import { setTimeout as sleep } from 'node:timers/promises'
import type { Db, Tx } from '../../platform/db.ts'
import type { LedgerEvent } from '../../platform/ledger-event.ts'
import type { Follower } from '../../platform/module.ts'
import type { Node } from '../../platform/node.ts'

const batch = 500
const pollMs = 200
/**
 * More requests than this in flight: the followers take small helpings, one in `helpingMs`, patient ones one in `patienceMs`, so that a burst of acts is neither slowed by what follows from it
 * nor held up by a large piece of it.
 */
const busyAbove = 6
const busyBatch = 125
const helpingMs = 100
const patienceMs = 500

interface Cursor { xid: string; id: number }
type Row = LedgerEvent & { xid: string }

/** Events below the horizon that follow a place with nothing between, read once for all who stand there. */
interface Helping { after: Cursor; rows: readonly Row[] }

/** A follower that wants none of the new events moves its place past them once in so many milliseconds. */
const passByMs = 1000

/**
 * Starts all followers of a node. Each has its own cursor and its own transaction, so one that fails stands still without holding
 * the others. One cheap look at the ledger every 200 ms (or at once after a commit of this process) decides which of them have work.
 */
export function startFollowers(node: Node): { stop(): Promise<void> } {
  const followers = node.modules.flatMap((m) => m.followers?.(node) ?? [])
  let stopped = false
  let nudged = false
  let wake: () => void = () => {}
  const off = node.onNudge('ledger', () => { nudged = true; wake() })
  const end = new AbortController()
  /** Until the time is over or somebody tells of a commit. */
  const pause = (ms: number): Promise<void> => new Promise((resolve) => {
    const timer = setTimeout(resolve, ms)
    wake = () => { clearTimeout(timer); resolve() }
  })
  /** A moment for more commits to come: one helping for all of them. */
  const gather = (ms: number): Promise<void> => sleep(ms, undefined, { signal: end.signal }).catch(() => {})
  const isBusy = (): boolean => node.load.requests > busyAbove
  const retryAt = new Map<string, number>()
  const ranAt = new Map<string, number>()
  /** When each follower that has not passed all events runs next. At the start all look where they stand. */
  const dueAt = new Map(followers.map((f) => [f.name, 0]))
  const mayRun = (f: Follower): boolean => {
    const now = Date.now()
    if ((dueAt.get(f.name) ?? Infinity) > now || (retryAt.get(f.name) ?? 0) > now) return false
    if (f.isReady && !f.isReady()) {
      dueAt.set(f.name, now + passByMs)
      return false
    }
    if (f.patient && isBusy() && now - (ranAt.get(f.name) ?? 0) < patienceMs) return false
    ranAt.set(f.name, now)
    return true
  }
  const run = async (f: Follower, news: Helping | undefined): Promise<StepResult> => {
    if (!mayRun(f)) return 'waiting'
    const result = await step(node, f, retryAt, news)
    if (result === 'idle') dueAt.delete(f.name)
    return result
  }
  const loop = (async () => {
    let seen: Cursor | undefined
    while (!stopped) {
      nudged = false
      const news: News = await lookForNews(node, seen).catch(() => ({ seen, types: [], isMore: false, helping: undefined }))
      seen = news.seen
      const now = Date.now()
      for (const f of followers) if (news.types.length > 0) dueAt.set(f.name, Math.min(dueAt.get(f.name) ?? Infinity, wants(f, news.types) ? 0 : now + passByMs))
      const results = await Promise.all(followers.map((f) => run(f, news.helping)))
      const pending = news.isMore || [...dueAt.values()].some((at) => at <= Date.now())
      if (stopped) break
      if (isBusy()) await (nudged || pending ? gather(helpingMs) : pause(pollMs))
      else if (results.includes('more')) continue
      else if (nudged) await gather(5)
      else await pause(pending ? 50 : pollMs)
    }
  })()
  return {
    async stop() {
      stopped = true
      end.abort()
      off()
      wake()
      await loop
    },
  }
}

const helpingOf = (node: Node): number => (node.load.requests > busyAbove ? busyBatch : batch)

const wants = (f: Follower, types: readonly string[]): boolean => !f.types || types.some((type) => f.types!.includes(type))

/** What has come below the horizon since the last look; `isMore` where more is known to come. */
interface News { seen: Cursor | undefined; types: string[]; isMore: boolean; helping: Helping | undefined }

/** Only below the horizon: nothing that commits late can stand before a place that was seen. The first look just finds the place. */
async function lookForNews(node: Node, seen: Cursor | undefined): Promise<News> {
  if (!seen) {
    const [last] = await node.db<Cursor[]>`SELECT xid::text AS xid, id FROM ledger.event AS e WHERE xid < pg_snapshot_xmin(pg_current_snapshot()) ORDER BY e.xid DESC, e.id DESC LIMIT 1`
    return { seen: last ?? { xid: '0', id: 0 }, types: [], isMore: false, helping: undefined }
  }
  const { ready, isMore } = await readAfter(node.db, seen, helpingOf(node))
  const last = ready.at(-1)
  return { seen: last ? { xid: last.xid, id: last.position } : seen, types: [...new Set(ready.map((row) => row.type))], isMore, helping: { after: seen, rows: ready } }
}

/** The next events behind a place; of types that nobody asked for without their data. Only below the oldest running transaction: an event that commits late is never skipped. */
async function readAfter(db: Db, { xid, id }: Cursor, most: number, types?: readonly string[]): Promise<{ ready: Row[]; isMore: boolean }> {
  const data = types ? db`CASE WHEN type = ANY(${types as string[]}) THEN data END AS data` : db`data`
  // Sorts by e.xid, not by the text of that name in the answer: as a text, 1000 comes before 999, and 999 would be skipped.
  const rows = await db<(Row & { below: boolean })[]>`
    SELECT id AS position, xid::text AS xid, at, type, subject, actor, ${data}, xid < pg_snapshot_xmin(pg_current_snapshot()) AS below
    FROM ledger.event AS e WHERE (xid, id) > (${xid}::text::xid8, ${id}) ORDER BY e.xid, e.id LIMIT ${most}`
  const above = rows.findIndex((row) => !row.below)
  return { ready: above < 0 ? rows : rows.slice(0, above), isMore: above >= 0 || rows.length === most }
}

type StepResult = 'idle' | 'more' | 'waiting'

async function step(node: Node, follower: Follower, retryAt: Map<string, number>, news: Helping | undefined): Promise<StepResult> {
  try {
    const most = helpingOf(node)
    const moved = await followOnce(node, follower, news, most)
    if (moved === 'blocked') return 'waiting'
    // What was still above the horizon is news when it is below.
    return moved >= most ? 'more' : 'idle'
  } catch (error) {
    const [row] = await node.db<{ failures: number }[]>`UPDATE ledger.follower SET failures = failures + 1, last_error = ${String(error).slice(0, 500)} WHERE name = ${follower.name} RETURNING failures`.catch(() => [])
    retryAt.set(follower.name, Date.now() + Math.min(60_000, 250 * 2 ** Math.min(row?.failures ?? 1, 8)))
    node.log.error({ err: error, follower: follower.name }, 'follower failed and will try again')
    return 'waiting'
  }
}

/**
 * Lets one follower handle its next events; returns how many events it passed, or 'blocked' while another process holds its place or
 * events exist that are still above the snapshot horizon.
 * @param news is taken instead of a look of its own where the follower stands just before it
 * @param most events that it takes, else
 */
export async function followOnce(node: Node, follower: Follower, news?: Helping, most = batch): Promise<number | 'blocked'> {
  return await node.db.begin(async (transaction) => {
    const tx = transaction as Tx
    const cursor = await lockCursor(tx, follower)
    // Perhaps a process that was killed and whose connection the database has not yet noticed: look again.
    if (!cursor) return 'blocked'
    const isNext = news !== undefined && news.rows.length > 0 && news.after.xid === cursor.xid && news.after.id === cursor.id
    const { ready, isMore } = isNext ? { ready: news.rows, isMore: false } : await readAfter(tx, cursor, most, follower.types)
    const last = ready.at(-1)
    if (!last) return isMore ? 'blocked' : 0
    const wanted = follower.types ? ready.filter((e) => follower.types!.includes(e.type)) : ready
    if (wanted.length > 0) await follower.handle(tx, wanted, node)
    await tx`UPDATE ledger.follower SET xid = ${last.xid}::text::xid8, id = ${last.position}, moved_at = now(), failures = 0, last_error = NULL WHERE name = ${follower.name}`
    return ready.length
  }) as number | 'blocked'
}

/** The follower's place, locked; made at first sight. Undefined while another process holds it. */
async function lockCursor(tx: Tx, follower: Follower): Promise<Cursor | undefined> {
  const find = () => tx<Cursor[]>`SELECT xid::text AS xid, id FROM ledger.follower WHERE name = ${follower.name} FOR UPDATE SKIP LOCKED`
  const [known] = await find()
  if (known) return known
  const start = follower.from === 'now'
    ? tx`SELECT ${follower.name}, xid, id FROM ledger.event WHERE xid < pg_snapshot_xmin(pg_current_snapshot()) UNION ALL SELECT ${follower.name}, '0'::xid8, 0::bigint ORDER BY 2 DESC, 3 DESC LIMIT 1`
    : tx`VALUES (${follower.name}::text, '0'::xid8, 0::bigint)`
  await tx`INSERT INTO ledger.follower (name, xid, id) ${start} ON CONFLICT DO NOTHING`
  return (await find())[0]
}

/** Lets every follower of the node pass all events that are ready. For tests and commands; the running node uses `startFollowers`. */
export async function drainFollowers(node: Node): Promise<void> {
  for (const follower of node.modules.flatMap((m) => m.followers?.(node) ?? [])) {
    for (;;) {
      const moved = await followOnce(node, follower)
      if (moved === 0) break
      if (moved === 'blocked') await new Promise((resolve) => setTimeout(resolve, 5))
    }
  }
}
