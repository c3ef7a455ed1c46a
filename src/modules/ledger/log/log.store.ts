import type { Db, Tx } from '../../../platform/db.ts'
import type { LedgerEvent } from '../../../platform/ledger-event.ts'
import { leafHash, type Range, type ReadNode, type Tree } from './merkle.ts'
import { readerOf, tileOf, tilesFor, tileWidth, type Tile } from './tiles.ts'

/** How many entries the log has. */
export async function logSize(db: Db): Promise<number> {
  const [row] = await db<{ size: number }[]>`SELECT coalesce(max(index) + 1, 0) AS size FROM ledger.log_entry`
  return row!.size
}

/** postgres.js sends no arrays of bytes. */
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

export interface SubjectState { subject: string; seq: number; head: Buffer; secret: Buffer | null; forgotten: number }

export async function findSubjects(db: Db, subjects: readonly string[]): Promise<SubjectState[]> {
  return await db<SubjectState[]>`SELECT subject, seq, head, secret, forgotten FROM ledger.log_subject WHERE subject = ANY(${[...subjects]})`
}

export async function saveSubjects(tx: Tx, states: readonly SubjectState[]): Promise<void> {
  await tx`
    INSERT INTO ledger.log_subject (subject, seq, head, secret)
    SELECT n.subject, n.seq, decode(n.head, 'hex'), decode(n.secret, 'hex')
    FROM unnest(${states.map((s) => s.subject)}::text[], ${states.map((s) => s.seq)}::int[], ${states.map((s) => hex(s.head))}::text[], ${states.map((s) => s.secret && hex(s.secret))}::text[]) AS n (subject, seq, head, secret)
    ON CONFLICT (subject) DO UPDATE SET seq = excluded.seq, head = excluded.head, secret = excluded.secret`
}

export interface NewEntry { index: number; subject: string; seq: number; event: number; at: Date; commitment: Buffer; hash: Buffer }

export async function insertEntries(tx: Tx, entries: readonly NewEntry[]): Promise<void> {
  await tx`
    INSERT INTO ledger.log_entry (index, subject_no, seq, event, at, commitment, hash)
    SELECT n.index, s.no, n.seq, n.event, n.at, decode(n.commitment, 'hex'), decode(n.hash, 'hex')
    FROM unnest(${entries.map((e) => e.index)}::bigint[], ${entries.map((e) => e.subject)}::text[], ${entries.map((e) => e.seq)}::int[], ${entries.map((e) => e.event)}::bigint[], ${entries.map((e) => e.at.toISOString())}::timestamptz[],
      ${entries.map((e) => hex(e.commitment))}::text[], ${entries.map((e) => hex(e.hash))}::text[]) AS n (index, subject, seq, event, at, commitment, hash)
    JOIN ledger.log_subject s USING (subject)`
}

/** Entries whose events are lost and whose hashes witnesses have kept. */
export async function insertLostEntries(tx: Tx, entries: readonly Pick<NewEntry, 'index' | 'subject' | 'seq' | 'hash'>[]): Promise<void> {
  await tx`
    INSERT INTO ledger.log_entry (index, subject_no, seq, hash)
    SELECT n.index, s.no, n.seq, decode(n.hash, 'hex')
    FROM unnest(${entries.map((e) => e.index)}::bigint[], ${entries.map((e) => e.subject)}::text[], ${entries.map((e) => e.seq)}::int[], ${entries.map((e) => hex(e.hash))}::text[]) AS n (index, subject, seq, hash)
    JOIN ledger.log_subject s USING (subject)`
}

/** What each entry [start, end) is about. */
export async function readSubjects(db: Db, { start, end }: Range): Promise<string[]> {
  return (await db<{ subject: string }[]>`SELECT s.subject FROM ledger.log_entry l JOIN ledger.log_subject s ON s.no = l.subject_no WHERE l.index >= ${start} AND l.index < ${end} ORDER BY l.index`).map((row) => row.subject)
}

/** The log's entries [start, end): the hashes of event texts. */
export async function readEntries(db: Db, { start, end }: Range): Promise<Buffer[]> {
  return (await db<{ hash: Buffer }[]>`SELECT hash FROM ledger.log_entry WHERE index >= ${start} AND index < ${end} ORDER BY index`).map((row) => row.hash)
}

/** Appends to a tile of a layer above the leaves. @returns all hashes that it has then */
export async function appendToTile(tx: Tx, level: number, index: number, hashes: Uint8Array): Promise<Buffer> {
  const [row] = await tx<{ hashes: Buffer }[]>`INSERT INTO ledger.log_tile (level, index, hashes) VALUES (${level}, ${index}, ${Buffer.from(hashes)}) ON CONFLICT (level, index) DO UPDATE SET hashes = ledger.log_tile.hashes || excluded.hashes RETURNING hashes`
  return row!.hashes
}

/** The hashes of a tile, in its width; fewer where the log has not so many. */
export async function readTile(db: Db, { level, index, width }: Tile): Promise<Buffer> {
  if (level === 0) return Buffer.concat((await readEntries(db, { start: index * tileWidth, end: index * tileWidth + width })).map(leafHash))
  const [row] = await db<{ hashes: Buffer }[]>`SELECT hashes FROM ledger.log_tile WHERE level = ${level} AND index = ${index}`
  return (row?.hashes ?? Buffer.alloc(0)).subarray(0, width * 32)
}

/** Reads the tiles of a tree of `size` entries in which the hashes of these ranges are found. */
export async function readNodes(db: Db, ranges: readonly Range[], size: number): Promise<ReadNode> {
  const tiles: { level: number; index: number; hashes: Buffer }[] = []
  for (const tile of tilesFor(ranges, size)) tiles.push({ ...tile, hashes: await readTile(db, tileOf(tile.level, tile.index, size)!) })
  return readerOf(tiles)
}

/** A checkpoint as this node signed it, before any witness. */
export interface KeptCheckpoint extends Tree { readonly root: Buffer; readonly note: string; readonly signedAt: Date }

/** The newest checkpoint, or the one of a size. */
export async function findCheckpoint(db: Db, size?: number): Promise<KeptCheckpoint | undefined> {
  const which = size === undefined ? db`ORDER BY size DESC LIMIT 1` : db`WHERE size = ${size}`
  const [row] = await db<KeptCheckpoint[]>`SELECT size, root, note, signed_at AS "signedAt" FROM ledger.log_checkpoint ${which}`
  return row
}

export async function insertCheckpoint(tx: Tx, { size, root, note, signedAt }: KeptCheckpoint): Promise<void> {
  await tx`INSERT INTO ledger.log_checkpoint (size, root, note, signed_at) VALUES (${size}, ${Buffer.from(root)}, ${note}, ${signedAt})`
}

/** An entry beside the event as it stands in the ledger now; null where the event is not there any more. */
export interface EntryAndEvent { index: number; subject: string; seq: number; /** Null where the event was lost with the database. */ eventId: number | null; commitment: Buffer | null; hash: Buffer; /** Of the one before about the same subject. */ previousHash: Buffer | null; secret: Buffer | null; forgotten: number; event: LedgerEvent | null }

type Row = Omit<EntryAndEvent, 'event'> & Omit<LedgerEvent, 'position' | 'at' | 'subject'> & { at: Date | null; subject: string }

const withEvents = (db: Db) => db`
  SELECT l.index, s.subject, l.seq, l.event AS "eventId", l.commitment, l.hash, p.hash AS "previousHash", s.secret, s.forgotten, e.at, e.type, e.actor, e.data
  FROM ledger.log_entry l JOIN ledger.log_subject s ON s.no = l.subject_no LEFT JOIN ledger.log_entry p ON p.subject_no = l.subject_no AND p.seq = l.seq - 1
    LEFT JOIN ledger.event e ON e.subject = s.subject AND e.id = l.event AND e.at = l.at`

const fromRow = ({ at, type, actor, data, ...entry }: Row): EntryAndEvent => ({ ...entry, event: at && entry.eventId !== null ? { position: entry.eventId, at, type, subject: entry.subject, actor, data: data as unknown } : null })

/** Entries [start, end), each with its event. */
export async function readEntriesAndEvents(db: Db, { start, end }: Range): Promise<EntryAndEvent[]> {
  return (await db<Row[]>`${withEvents(db)} WHERE l.index >= ${start} AND l.index < ${end} ORDER BY l.index`).map(fromRow)
}

/** All entries about a subject, in their order. */
export async function readChain(db: Db, subject: string): Promise<EntryAndEvent[]> {
  return (await db<Row[]>`${withEvents(db)} WHERE s.subject = ${subject} ORDER BY l.seq`).map(fromRow)
}
