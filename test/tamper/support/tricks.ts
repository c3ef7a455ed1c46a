import type { Tx } from '../../../src/platform/db.ts'
import type { Node } from '../../../src/platform/node.ts'
import { formatNote, leafHash, logKeysOf, logOrigin, readEntries, readSubjects, signText, type Mirror } from '../../../src/modules/ledger/index.ts'
import { formatCheckpoint } from '../../../src/modules/ledger/log/checkpoint.ts'
import { commitmentTo, entryOf, eventText, saltOf } from '../../../src/modules/ledger/log/event-text.ts'
import { logSize, readChain, readNodes } from '../../../src/modules/ledger/log/log.store.ts'
import { rootHash } from '../../../src/modules/ledger/log/merkle.ts'
import { extendTiles, sequenceEvents } from '../../../src/modules/ledger/log/sequence-events.ts'

/** What the owner of a database does to some dossiers, with every right that there is. */
export interface Trick {
  readonly name: string
  /** On configuration instead of dossiers. */
  readonly onConfiguration?: boolean
  /** @returns what others hold afterwards, where the log went on; the same mirror otherwise */
  apply(tx: Tx, node: Node, subjects: readonly string[], mirror: Mirror): Promise<Mirror>
  /** The rule without which it is not found. */
  readonly foundBy: 'mirror' | 'time' | 'ledger' | 'any'
}

const each = async (subjects: readonly string[], run: (subject: string) => Promise<unknown>): Promise<void> => { for (const subject of subjects) await run(subject) }
/** The second event of a subject, or its only one. */
const second = (tx: Tx, subject: string) => tx`SELECT id FROM ledger.event WHERE subject = ${subject} ORDER BY id OFFSET least(1, (SELECT count(*) - 1 FROM ledger.event WHERE subject = ${subject})) LIMIT 1`

const backDate = (tx: Tx, subject: string) => tx`UPDATE ledger.event SET at = at - interval '3 days' WHERE subject = ${subject} AND id = (${second(tx, subject)})`

/** Entries of a subject written anew, so that they follow from the ledger as it is now. */
async function rehash(tx: Tx, node: Node, subject: string): Promise<void> {
  await tx`UPDATE ledger.log_entry l SET at = e.at FROM ledger.event e WHERE e.subject = ${subject} AND l.event = e.id AND l.at <> e.at`
  let previous: Buffer | null = null
  for (const entry of await readChain(tx, subject)) {
    const commitment = commitmentTo(saltOf(entry.secret!, entry.seq), entry.event!)
    const hash = entryOf(eventText(logOrigin(node.config.code), entry.event!, { seq: entry.seq, previous }, commitment))
    await tx`UPDATE ledger.log_entry SET commitment = ${commitment}, hash = ${hash} WHERE index = ${entry.index}`
    previous = leafHash(hash)
  }
  await tx`UPDATE ledger.log_subject SET head = ${previous} WHERE subject = ${subject}`
}

async function rebuildTiles(tx: Tx): Promise<void> {
  await tx`DELETE FROM ledger.log_tile`
  await extendTiles(tx, 0, await readEntries(tx, { start: 0, end: await logSize(tx) }))
}

/** The newest checkpoint signed anew, with the true key. */
async function signAnew(tx: Tx, node: Node): Promise<void> {
  const size = await logSize(tx)
  const { log } = await logKeysOf(node)
  const root = rootHash(size, await readNodes(tx, [{ start: 0, end: size }], size))
  const text = formatCheckpoint({ origin: log.key.name, size, root })
  await tx`UPDATE ledger.log_checkpoint SET root = ${root}, note = ${formatNote(text, [signText(text, log)])} WHERE size = ${size}`
}

/** Events that were written behind the program's back, entered by the follower as any other, sealed and seen. */
async function goOn(tx: Tx, node: Node, mirror: Mirror): Promise<Mirror> {
  const rows = await tx`SELECT e.id AS position, e.at, e.type, e.subject, e.actor, e.data FROM ledger.event e WHERE NOT EXISTS (SELECT FROM ledger.log_entry l WHERE l.event = e.id) ORDER BY e.xid, e.id`
  await sequenceEvents(tx, logOrigin(node.config.code), rows as never)
  const size = await logSize(tx)
  const range = { start: mirror.size, end: Math.max(size, mirror.size) }
  const [hashes, subjects] = [await readEntries(tx, range), await readSubjects(tx, range)]
  const root = rootHash(size, await readNodes(tx, [{ start: 0, end: size }], size))
  const at = new Date(mirror.sightings.at(-1)!.lastAt.getTime() + 5000)
  return {
    size: range.end, sightings: hashes.length > 0 ? [...mirror.sightings, { size: range.end, root, firstAt: at, lastAt: at }] : mirror.sightings,
    async read(start, end) {
      const held = await mirror.read(start, Math.min(end, mirror.size))
      const more = [Math.max(0, start - mirror.size), Math.max(0, end - mirror.size)]
      return { hashes: Buffer.concat([held.hashes, ...hashes.slice(...more)]), subjects: [...held.subjects, ...subjects.slice(...more)] }
    },
  }
}

/** The twelve tricks of the threat model's D1 (and one more, as the past can be written into in two ways). */
export const tricks: readonly Trick[] = [
  { name: 'what an event says', foundBy: 'any', apply: async (tx, _node, subjects, mirror) => { await each(subjects, (s) => tx`UPDATE ledger.event SET data = data || '{"fee": 0}' WHERE subject = ${s} AND id = (${second(tx, s)})`); return mirror } },
  { name: 'back-dating', foundBy: 'any', apply: async (tx, _node, subjects, mirror) => { await each(subjects, (s) => backDate(tx, s)); return mirror } },
  { name: 'back-dating, and the chain anew', foundBy: 'mirror', apply: async (tx, node, subjects, mirror) => { await each(subjects, async (s) => { await backDateALittle(tx, s); await rehash(tx, node, s) }); return mirror } },
  { name: 'back-dating, chain and tree anew', foundBy: 'mirror', apply: async (tx, node, subjects, mirror) => { await each(subjects, async (s) => { await backDateALittle(tx, s); await rehash(tx, node, s) }); await rebuildTiles(tx); return mirror } },
  { name: 'back-dating, chain, tree and head anew', foundBy: 'mirror', apply: async (tx, node, subjects, mirror) => { await each(subjects, async (s) => { await backDateALittle(tx, s); await rehash(tx, node, s) }); await rebuildTiles(tx); await signAnew(tx, node); return mirror } },
  { name: 'a dossier deleted with all that the log has of it', foundBy: 'any', apply: async (tx, _node, subjects, mirror) => {
    await each(subjects, async (s) => {
      await tx`DELETE FROM ledger.log_entry WHERE subject_no = (SELECT no FROM ledger.log_subject WHERE subject = ${s})`
      await tx`DELETE FROM ledger.event WHERE subject = ${s}`
      await tx`DELETE FROM ledger.log_subject WHERE subject = ${s}`
    })
    return mirror
  } },
  { name: 'the last event of a dossier dropped', foundBy: 'any', apply: async (tx, _node, subjects, mirror) => {
    await each(subjects, async (s) => {
      const [last] = await tx<{ index: number; event: number }[]>`SELECT l.index, l.event FROM ledger.log_entry l JOIN ledger.log_subject USING (seq) WHERE subject = ${s} AND subject_no = no`
      await tx`DELETE FROM ledger.log_entry WHERE index = ${last!.index}`
      await tx`DELETE FROM ledger.event WHERE subject = ${s} AND id = ${last!.event}`
    })
    return mirror
  } },
  { name: 'two events swapped', foundBy: 'any', apply: async (tx, _node, subjects, mirror) => {
    await each(subjects, (s) => tx`
      WITH two AS (SELECT id, row_number() OVER (ORDER BY id) AS n, at, type, data FROM ledger.event WHERE subject = ${s} ORDER BY id LIMIT 2)
      UPDATE ledger.event e SET type = o.type, data = o.data FROM two t JOIN two o ON o.n = 3 - t.n WHERE e.subject = ${s} AND e.id = t.id`)
    return mirror
  } },
  { name: 'an event put into the past, below where the log stands', foundBy: 'ledger', apply: async (tx, _node, subjects, mirror) => {
    await each(subjects, (s) => tx`INSERT INTO ledger.event (xid, at, type, subject, actor, data) SELECT xid, at + interval '1 hour', 'dossier.accepted', subject, actor, data FROM ledger.event WHERE subject = ${s} ORDER BY id LIMIT 1`)
    return mirror
  } },
  { name: 'an event put into the past and entered into the log', foundBy: 'time', apply: async (tx, node, subjects, mirror) => {
    await each(subjects, (s) => tx`INSERT INTO ledger.event (at, type, subject, actor, data) SELECT at + interval '1 minute', 'dossier.accepted', subject, actor, data FROM ledger.event WHERE subject = ${s} ORDER BY id LIMIT 1`)
    return goOn(tx, node, mirror)
  } },
  { name: 'history copied from one agency to another', foundBy: 'time', apply: async (tx, node, subjects, mirror) => {
    await each(subjects, (s) => tx`INSERT INTO ledger.event (at, type, subject, actor, data) SELECT at, type, ${s}, actor, data || '{"agency": "H21.99"}' FROM ledger.event WHERE subject = (SELECT subject FROM ledger.event WHERE subject LIKE '0192%' AND NOT subject = ANY(${[...subjects]}) LIMIT 1)`)
    return goOn(tx, node, mirror)
  } },
  { name: 'configuration changed after the fact', foundBy: 'any', onConfiguration: true, apply: async (tx, _node, subjects, mirror) => { await each(subjects, (s) => tx`UPDATE ledger.event SET data = data || '{"due": "2027-01-01T10:00:00Z"}' WHERE subject = ${s}`); return mirror } },
  { name: 'the last five hundred rolled back, and others in their place', foundBy: 'any', apply: async (tx, node, subjects, mirror) => {
    const size = await logSize(tx) - 500
    await tx`DELETE FROM ledger.event WHERE id IN (SELECT event FROM ledger.log_entry WHERE index >= ${size})`
    await tx`DELETE FROM ledger.log_entry WHERE index >= ${size}`
    await tx`DELETE FROM ledger.log_checkpoint WHERE size > ${size}`
    await tx`UPDATE ledger.log_subject s SET seq = coalesce((SELECT max(seq) FROM ledger.log_entry l WHERE l.subject_no = s.no), 0)`
    await tx`INSERT INTO ledger.event (at, type, subject, actor, data) SELECT ${mirror.sightings.at(-1)!.lastAt}, 'dossier.accepted', '0192f0c1-9999-7000-8000-' || lpad(n::text, 12, '0'), 'officer:x', '{}' FROM generate_series(1, 500) AS n`
    void subjects
    return goOn(tx, node, mirror)
  } },
]

/** So little that no window tells: only who holds the entries does. */
const backDateALittle = (tx: Tx, subject: string) => tx`UPDATE ledger.event SET at = at - interval '20 seconds' WHERE subject = ${subject} AND id = (${second(tx, subject)})`
