import { randomBytes } from 'node:crypto'
import type { Tx } from '../../../platform/db.ts'
import type { LedgerEvent } from '../../../platform/ledger-event.ts'
import type { Follower } from '../../../platform/module.ts'
import type { Node } from '../../../platform/node.ts'
import { onCommit } from '../../../platform/safe-begin.ts'
import { commitmentTo, entryOf, eventText, logOrigin, saltOf } from './event-text.ts'
import { isLogHeld } from './hold-log.ts'
import { appendToTile, findSubjects, insertEntries, logSize, readEntries, saveSubjects, type NewEntry, type SubjectState } from './log.store.ts'
import { leafHash } from './merkle.ts'
import { fullTileHash, tileWidth } from './tiles.ts'

/** Topic on which a process hears that its node's log has grown. */
export const logTopic = 'log'

/** Name of the follower that enters events into the log. */
export const sequencerName = 'transparency-log'

/**
 * Puts every event into the transparency log, in the order of their transactions, with numbers that have no gaps. The place of the follower is locked, so
 * no two processes number at once.
 */
export function sequencer(node: Node): Follower {
  const origin = logOrigin(node.config.code)
  return {
    name: sequencerName, title: 'ledger.log.follower', patient: true,
    isReady: () => !isLogHeld(node),
    async handle(tx, events) {
      await sequenceEvents(tx, origin, events)
      onCommit(tx, () => node.nudge(logTopic))
    },
  }
}

/** Numbers events, links each to the one before it about the same subject, and extends the tree. */
export async function sequenceEvents(tx: Tx, origin: string, events: readonly LedgerEvent[]): Promise<void> {
  const start = await logSize(tx)
  const known = new Map((await findSubjects(tx, [...new Set(events.map((e) => e.subject))])).map((state) => [state.subject, state]))
  const entries = events.map((event, i): NewEntry => {
    const before = known.get(event.subject)
    const seq = (before?.seq ?? 0) + 1
    const secret = before?.secret ?? randomBytes(32)
    const commitment = commitmentTo(saltOf(secret, seq), event)
    const hash = entryOf(eventText(origin, event, { seq, previous: before?.head ?? null }, commitment))
    known.set(event.subject, { subject: event.subject, seq, head: leafHash(hash), secret, forgotten: before?.forgotten ?? 0 } satisfies SubjectState)
    return { index: start + i, subject: event.subject, seq, event: event.position, at: event.at, commitment, hash }
  })
  await saveSubjects(tx, [...known.values()])
  await insertEntries(tx, entries)
  await extendTiles(tx, start, entries.map((e) => e.hash))
}

/** Adds each tile that these entries fill to the layer above, and so on upwards. The entries stand in the log already. */
export async function extendTiles(tx: Tx, start: number, entries: readonly Buffer[]): Promise<void> {
  const first = Math.floor(start / tileWidth)
  const full = Math.floor((start + entries.length) / tileWidth)
  if (full === first) return
  const before = await readEntries(tx, { start: first * tileWidth, end: start })
  const leaves = [...before, ...entries].map(leafHash)
  let hashes = Array.from({ length: full - first }, (_, i) => fullTileHash(Buffer.concat(leaves.slice(i * tileWidth, (i + 1) * tileWidth))))
  let at = first
  for (let level = 1; hashes.length > 0; level++) {
    const filled: Uint8Array[] = []
    let [place, rest] = [at, hashes]
    while (rest.length > 0) {
      const room = tileWidth - (place % tileWidth)
      const part = rest.slice(0, room)
      const index = Math.floor(place / tileWidth)
      const whole = await appendToTile(tx, level, index, Buffer.concat(part))
      if (part.length === room) filled.push(fullTileHash(whole))
      place += part.length
      rest = rest.slice(part.length)
    }
    at = Math.floor(at / tileWidth)
    hashes = filled
  }
}
