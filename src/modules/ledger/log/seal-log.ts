import type { Tx } from '../../../platform/db.ts'
import type { Node } from '../../../platform/node.ts'
import { formatCheckpoint } from './checkpoint.ts'
import { commitmentTo, entryOf, eventText, logOrigin, saltOf } from './event-text.ts'
import { logKeysOf } from './log-keys.ts'
import { findCheckpoint, insertCheckpoint, logSize, readEntriesAndEvents, readNodes, type EntryAndEvent, type KeptCheckpoint } from './log.store.ts'
import { leafHash, rootHash } from './merkle.ts'
import { formatNote, signText } from './note.ts'

/** What is in the log is not what is in the ledger: nothing of it is signed. A person has to look. */
export class LogDiffers extends Error {
  readonly index: number
  readonly subject: string
  constructor(index: number, subject: string) {
    super(`Entry ${index} of the transparency log, about ${subject}, does not follow from its event as it stands in the ledger. Nothing is signed until this is mended.`)
    this.name = 'LogDiffers'
    this.index = index
    this.subject = subject
  }
}

const pageSize = 2000
/** Holds back a second process that would sign at the same time. */
const sealLock = 726104029

/**
 * Signs what the log has come to. Before, every entry since the last checkpoint is computed once more from the event as it is stored: what was damaged on its way
 * into the tree (by a bit that flipped, by somebody's hand) is never signed, and can still be mended.
 * The first checkpoint of a log is the empty one: with it the node asks witnesses whether they have seen more.
 * @returns the newest checkpoint; the last one where nothing was added
 * @throws {LogDiffers}
 */
export async function sealLog(node: Node): Promise<KeptCheckpoint> {
  const { log } = await logKeysOf(node)
  return await node.db.begin(async (transaction) => {
    const tx = transaction as Tx
    await tx`SELECT pg_advisory_xact_lock(${sealLock})`
    const [last, size] = [await findCheckpoint(tx), await logSize(tx)]
    if (size === last?.size) return last
    await checkEntries(tx, logOrigin(node.config.code), last?.size ?? 0, size)
    const root = rootHash(size, await readNodes(tx, [{ start: 0, end: size }], size))
    const text = formatCheckpoint({ origin: log.key.name, size, root })
    const sealed: KeptCheckpoint = { size, root, note: formatNote(text, [signText(text, log)]), signedAt: node.now() }
    await insertCheckpoint(tx, sealed)
    return sealed
  }) as KeptCheckpoint
}

async function checkEntries(tx: Tx, origin: string, from: number, size: number): Promise<void> {
  for (let start = from; start < size; start += pageSize) {
    for (const entry of await readEntriesAndEvents(tx, { start, end: Math.min(start + pageSize, size) })) {
      if (!isSound(origin, entry)) throw new LogDiffers(entry.index, entry.subject)
    }
  }
}

/**
 * Whether an entry follows from its event as it stands in the ledger, and from the entry before. Where the salt was destroyed, who acted and what the event says is not looked at;
 * of an entry that came back from a witness nothing is known but its hash.
 */
export function isSound(origin: string, { event, eventId, seq, secret, forgotten, previousHash, commitment, hash }: EntryAndEvent): boolean {
  if (eventId === null) return true
  if (!event || !commitment || (seq > 1) !== (previousHash !== null)) return false
  if (seq > forgotten && !(secret && commitmentTo(saltOf(secret, seq), event).equals(commitment))) return false
  return entryOf(eventText(origin, event, { seq, previous: previousHash && leafHash(previousHash) }, commitment)).equals(hash)
}
