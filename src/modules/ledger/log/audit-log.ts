import type { Db } from '../../../platform/db.ts'
import { emptyFrontier, frontierRoot, growFrontier } from './frontier.ts'
import { logOrigin } from './event-text.ts'
import { readEntriesAndEvents, type EntryAndEvent } from './log.store.ts'
import { leafHash } from './merkle.ts'
import { isSound } from './seal-log.ts'
import { sequencerName } from './sequence-events.ts'

/** When a witness saw a log in a size, by its own clock. */
export interface Sighting { readonly size: number; readonly root: Buffer; readonly firstAt: Date; readonly lastAt: Date }

/** What others hold of a log: the entries, what each is about, and when they were seen. */
export interface Mirror {
  readonly size: number
  read(start: number, end: number): Promise<{ hashes: Buffer; subjects: readonly string[] }>
  /** By size. */
  readonly sightings: readonly Sighting[]
}

/**
 * 'changed': the event does not lead to the entry that others hold; 'missing': there is no such event or entry here any more; 'unlogged': an event that was never entered, though the log has passed it;
 * 'time': it claims a time at which witnesses had seen the log already without it, or not yet; 'lost': gone with a database that was restored, as the node said itself; 'head': the node signed another
 * history; 'mirror': what others hold does not lead to what they saw.
 */
export type FindingKind = 'changed' | 'missing' | 'unlogged' | 'time' | 'lost' | 'head' | 'mirror'

export interface Finding { readonly kind: FindingKind; readonly index: number | null; /** What it is about: a dossier id. Empty for the log as a whole. */ readonly subject: string; readonly claimed?: Date; readonly window?: readonly [from: Date | null, to: Date | null] }

/** How far a claimed time may lie outside its window: two clocks, and an act that took its time. */
export const windowToleranceMs = 120_000
const pageSize = 4096

/** Rules that can be left out, to see that they are what finds. */
export interface AuditRules { readonly mirror?: boolean; readonly time?: boolean; readonly ledger?: boolean; readonly roots?: boolean }

/**
 * Compares a node's ledger and log with what others hold of them, whole, and names what differs. Reads the node's database with any rights that may read; trusts nothing in it.
 * @param nodeCode whose log it is: known to the auditor, not read from the database
 */
export async function* auditLog(db: Db, nodeCode: string, mirror: Mirror, rules: AuditRules = {}): AsyncGenerator<Finding> {
  const origin = logOrigin(nodeCode)
  const heads = rules.roots === false ? new Map<number, Buffer>() : await ownHeads(db)
  const sightings = rules.roots === false ? new Map<number, Buffer>() : new Map(mirror.sightings.map((s) => [s.size, s.root]))
  const windowOf = windows(mirror.sightings)
  let frontier = emptyFrontier
  for await (const { start, end, held, here } of pages(db, mirror)) {
    for (let index = start; index < end; index++) {
      const [hash, entry] = [held.hashes.subarray((index - start) * 32, (index - start + 1) * 32), here.get(index)]
      yield* judge(origin, index, entry, rules.mirror === false ? undefined : { hash, subject: held.subjects[index - start] ?? '' })
      if (rules.time !== false && entry?.event) yield* judgeTime(entry.event.at, index, entry.subject, windowOf(index))
      if (rules.roots === false) continue
      frontier = growFrontier(frontier, [leafHash(hash)])
      yield* judgeRoot(frontier.size, () => frontierRoot(frontier), sightings, 'mirror')
      yield* judgeRoot(frontier.size, () => frontierRoot(frontier), heads, 'head')
    }
  }
  for await (const entry of entriesFrom(db, mirror.size)) {
    yield* judge(origin, entry.index, entry, undefined)
    if (rules.time !== false && entry.event) yield* judgeTime(entry.event.at, entry.index, entry.subject, windowOf(entry.index))
  }
  if (rules.ledger !== false) for (const { subject } of await unlogged(db)) yield { kind: 'unlogged', index: null, subject }
}

interface Page { readonly start: number; readonly end: number; readonly held: Awaited<ReturnType<Mirror['read']>>; readonly here: ReadonlyMap<number, EntryAndEvent> }

/** What is here and what others hold, page by page; the next one is read while one is judged. */
async function* pages(db: Db, mirror: Mirror): AsyncGenerator<Page> {
  const read = async (start: number): Promise<Page | undefined> => {
    if (start >= mirror.size) return undefined
    const end = Math.min(mirror.size, start + pageSize)
    const [held, rows] = await Promise.all([mirror.read(start, end), readEntriesAndEvents(db, { start, end })])
    return { start, end, held, here: new Map(rows.map((row) => [row.index, row])) }
  }
  for (let page = await read(0); page;) {
    const next = read(page.end)
    next.catch(() => {})
    yield page
    page = await next
  }
}

function* judge(origin: string, index: number, entry: EntryAndEvent | undefined, held: { hash: Buffer; subject: string } | undefined): Generator<Finding> {
  const subject = held?.subject || entry?.subject || ''
  if (!entry || (entry.eventId !== null && !entry.event)) return yield { kind: 'missing', index, subject }
  if (entry.eventId === null) return yield { kind: 'lost', index, subject }
  if (isSound(origin, entry) && (!held || (held.hash.equals(entry.hash) && (held.subject === '' || held.subject === entry.subject)))) return
  yield { kind: 'changed', index, subject }
  if (entry.subject !== subject) yield { kind: 'changed', index, subject: entry.subject }
}

type Window = readonly [from: Date | null, to: Date | null]

/** The window of each entry, asked in their order: after the last sighting without it, and before the first with it. What came before the log began has no beginning. */
function windows(sightings: readonly Sighting[]): (index: number) => Window {
  const seen = sightings.filter((s) => s.size > 0)
  let at = 0
  return (index) => {
    while (at < seen.length && seen[at]!.size <= index) at++
    return [seen[at - 1]?.lastAt ?? null, seen[at]?.firstAt ?? null]
  }
}

function* judgeTime(claimed: Date, index: number, subject: string, window: Window): Generator<Finding> {
  const [from, to] = window
  if ((from && claimed.getTime() < from.getTime() - windowToleranceMs) || (to && claimed.getTime() > to.getTime() + windowToleranceMs)) yield { kind: 'time', index, subject, claimed, window }
}

function* judgeRoot(size: number, root: () => Buffer, known: ReadonlyMap<number, Buffer>, kind: 'mirror' | 'head'): Generator<Finding> {
  const other = known.get(size)
  if (other && !other.equals(root())) yield { kind, index: size, subject: '' }
}

async function ownHeads(db: Db): Promise<Map<number, Buffer>> {
  return new Map((await db<{ size: number; root: Buffer }[]>`SELECT size, root FROM ledger.log_checkpoint`).map((c) => [c.size, c.root]))
}

/** What was entered and nobody else holds yet. It must follow from the ledger, and be no older than the last sighting. */
async function* entriesFrom(db: Db, size: number): AsyncGenerator<EntryAndEvent> {
  for (let start = size; ; start += pageSize) {
    const rows = await readEntriesAndEvents(db, { start, end: start + pageSize })
    if (rows.length === 0) return
    yield* rows
  }
}

/** Events that the log should have passed and has no entry for. */
async function unlogged(db: Db): Promise<{ subject: string }[]> {
  return await db<{ subject: string }[]>`
    SELECT e.subject FROM ledger.event e JOIN ledger.follower f ON f.name = ${sequencerName} AND (e.xid, e.id) <= (f.xid, f.id)
    WHERE NOT EXISTS (SELECT FROM ledger.log_entry l WHERE l.event = e.id)`
}
