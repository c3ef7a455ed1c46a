import type { Db } from '../../../platform/db.ts'
import { eventText, logOrigin } from './event-text.ts'
import { findCheckpoint, readChain, readNodes } from './log.store.ts'
import { consistencyRanges, inclusionRanges, leafHash, rangeHash, type Range } from './merkle.ts'
import { formatProof } from './proof-file.ts'
import { withCosignatures } from './seal-state.ts'

async function hashesOf(db: Db, ranges: readonly Range[], size: number): Promise<Buffer[]> {
  const read = await readNodes(db, ranges, size)
  return ranges.map((range) => rangeHash(range, read))
}

/** Hashes that prove that entry `index` is in the tree of `size` entries. @throws RangeError where it is not */
export const proveInclusion = (db: Db, index: number, size: number): Promise<Buffer[]> => hashesOf(db, inclusionRanges(index, size), size)

/** Hashes that prove that the tree of `second` entries grew from that of `first`. @throws RangeError where the log never was so large, or they are not in this order */
export const proveConsistency = (db: Db, first: number, second: number): Promise<Buffer[]> => hashesOf(db, consistencyRanges(first, second), second)

/** An event as the log proves it: what it is, and between which times witnesses first saw it. */
export interface ProvedEvent {
  readonly seq: number
  readonly index: number
  readonly type: string
  readonly claimed: Date
  /** The last time that a witness saw the log without it; null where the log had not begun. */
  readonly notBefore: Date | null
  /** The first time that a witness saw the log with it; null while none has. */
  readonly seenAt: Date | null
  readonly witnesses: number
}

interface Sealing { readonly size: number | null; readonly notBefore: Date | null; readonly seenAt: Date | null; readonly witnesses: number }

/** The first checkpoint with the entry that witnesses have cosigned, and what they say of the time. */
async function sealingOfEntry(db: Db, index: number): Promise<Sealing> {
  const [row] = await db<Sealing[]>`
    WITH first AS (SELECT min(size) AS size FROM ledger.log_cosignature WHERE size > ${index}), last AS (SELECT max(size) AS size FROM ledger.log_cosignature WHERE size > 0 AND size <= ${index})
    SELECT first.size, (SELECT max(last_at) FROM ledger.log_cosignature c WHERE c.size = last.size) AS "notBefore", (SELECT min(first_at) FROM ledger.log_cosignature c WHERE c.size = first.size) AS "seenAt",
      (SELECT count(*) FROM ledger.log_cosignature c WHERE c.size = first.size) AS witnesses FROM first, last`
  return row!
}

/** The events about a subject that the log has, in their order. */
export async function provedEvents(db: Db, subject: string): Promise<ProvedEvent[]> {
  const events: ProvedEvent[] = []
  for (const { seq, index, event } of await readChain(db, subject)) {
    if (!event) continue
    const { notBefore, seenAt, witnesses } = await sealingOfEntry(db, index)
    events.push({ seq, index, type: event.type, claimed: event.at, notBefore, seenAt, witnesses })
  }
  return events
}

/**
 * The proof of one event, to be kept and checked without this node (C2SP tlog-proof): its text, without who acted and what it says, goes with it.
 * @returns undefined where there is no such event, or no witness has seen it yet
 */
export async function proofOfEvent(db: Db, nodeCode: string, subject: string, seq: number): Promise<string | undefined> {
  const entry = (await readChain(db, subject)).find((e) => e.seq === seq)
  if (!entry?.event || !entry.commitment) return undefined
  const { size } = await sealingOfEntry(db, entry.index)
  const checkpoint = size === null ? undefined : await findCheckpoint(db, size)
  if (!checkpoint) return undefined
  const text = eventText(logOrigin(nodeCode), entry.event, { seq, previous: entry.previousHash && leafHash(entry.previousHash) }, entry.commitment)
  return formatProof({ extra: Buffer.from(text), index: entry.index, hashes: await proveInclusion(db, entry.index, checkpoint.size), checkpoint: await withCosignatures(db, checkpoint) })
}
