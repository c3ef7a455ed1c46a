import type { Db, Tx } from '../../platform/db.ts'
import { packFrontier, tileWidth, unpackFrontier, type Frontier } from '../ledger/index.ts'

/** What this node knows of the log of another. */
export interface KnownLog {
  readonly nodeCode: string
  /** Key of the log, as text (C2SP verifier key). */
  readonly logKey: string
  readonly witnessKey: string
  /** The last checkpoint that this node cosigned. */
  readonly size: number
  readonly root: Buffer | null
  readonly note: string | null
  readonly cosignedAt: Date | null
  /** How much of the log it keeps a copy of. */
  readonly frontier: Frontier
}

interface Row extends Omit<KnownLog, 'frontier'> { mirrored: number; frontier: Buffer }

/** @param lock holds the row until the transaction ends, so that two requests about one log come one after the other */
export async function findLog(db: Db, nodeCode: string, lock = false): Promise<KnownLog | undefined> {
  const [row] = await db<Row[]>`
    SELECT node_code AS "nodeCode", log_key AS "logKey", witness_key AS "witnessKey", size, root, note, cosigned_at AS "cosignedAt", mirrored, frontier FROM witness.log WHERE node_code = ${nodeCode} ${lock ? db`FOR UPDATE` : db``}`
  return row && { ...row, frontier: unpackFrontier(row.mirrored, row.frontier) }
}

/** Other logs that this node witnesses or may ask for cosignatures, by node. */
export async function listLogs(db: Db): Promise<(Pick<KnownLog, 'nodeCode' | 'size' | 'cosignedAt'> & { mirrored: number; refusals: number })[]> {
  return await db`
    SELECT l.node_code AS "nodeCode", l.size, l.cosigned_at AS "cosignedAt", l.mirrored, (SELECT count(*) FROM witness.refusal r WHERE r.node_code = l.node_code) AS refusals FROM witness.log l ORDER BY l.node_code`
}

export async function saveKeys(db: Db, nodeCode: string, keys: { logKey: string; witnessKey: string; now: Date }): Promise<void> {
  await db`
    INSERT INTO witness.log (node_code, log_key, witness_key, known_since) VALUES (${nodeCode}, ${keys.logKey}, ${keys.witnessKey}, ${keys.now})
    ON CONFLICT (node_code) DO UPDATE SET log_key = excluded.log_key, witness_key = excluded.witness_key, known_since = excluded.known_since
    WHERE (witness.log.log_key, witness.log.witness_key) IS DISTINCT FROM (excluded.log_key, excluded.witness_key)`
}

export async function saveCosigned(tx: Tx, nodeCode: string, c: { size: number; root: Uint8Array; note: string; at: Date }): Promise<void> {
  await tx`UPDATE witness.log SET size = ${c.size}, root = ${Buffer.from(c.root)}, note = ${c.note}, cosigned_at = ${c.at} WHERE node_code = ${nodeCode}`
  await tx`
    INSERT INTO witness.sighting (node_code, size, root, first_at, last_at) VALUES (${nodeCode}, ${c.size}, ${Buffer.from(c.root)}, ${c.at}, ${c.at})
    ON CONFLICT (node_code, size) DO UPDATE SET last_at = greatest(witness.sighting.last_at, excluded.last_at)`
}

/** Appends copies of entries; the caller holds the row of the log. */
export async function appendCopies(tx: Tx, nodeCode: string, index: number, hashes: Uint8Array, subjects: readonly string[]): Promise<void> {
  await tx`
    INSERT INTO witness.tile (node_code, index, hashes, subjects) VALUES (${nodeCode}, ${index}, ${Buffer.from(hashes)}, ${[...subjects]}::text[])
    ON CONFLICT (node_code, index) DO UPDATE SET hashes = witness.tile.hashes || excluded.hashes, subjects = witness.tile.subjects || excluded.subjects`
}

/** Forgets copies from entry `size` on. */
export async function cutCopies(tx: Tx, nodeCode: string, size: number): Promise<void> {
  const [last, rest] = [Math.floor(size / tileWidth), size % tileWidth]
  await tx`DELETE FROM witness.tile WHERE node_code = ${nodeCode} AND index >= ${rest > 0 ? last + 1 : last}`
  if (rest > 0) await tx`UPDATE witness.tile SET hashes = substr(hashes, 1, ${rest * 32}), subjects = subjects[1:${rest}] WHERE node_code = ${nodeCode} AND index = ${last}`
}

export async function saveFrontier(tx: Tx, nodeCode: string, frontier: Frontier): Promise<void> {
  await tx`UPDATE witness.log SET mirrored = ${frontier.size}, frontier = ${packFrontier(frontier)} WHERE node_code = ${nodeCode}`
}

export interface Copies { readonly index: number; readonly hashes: Buffer; readonly subjects: string[] }

/** Copied tiles from one on, at most `limit`. */
export async function readCopies(db: Db, nodeCode: string, from: number, limit: number): Promise<Copies[]> {
  return await db<Copies[]>`SELECT index, hashes, subjects FROM witness.tile WHERE node_code = ${nodeCode} AND index >= ${from} ORDER BY index LIMIT ${limit}`
}

/** Most requests of one log that are kept as evidence: the first show what was done. */
const maxRefusals = 1000

/** Keeps a request that a log signed and that does not fit what was seen of it. */
export async function keepRefusal(db: Db, refusal: { at: Date; nodeCode: string; reason: string; request: string }): Promise<void> {
  await db`
    INSERT INTO witness.refusal (at, node_code, reason, request) SELECT ${refusal.at}, ${refusal.nodeCode}, ${refusal.reason}, ${refusal.request}
    WHERE (SELECT count(*) FROM (SELECT FROM witness.refusal WHERE node_code = ${refusal.nodeCode} LIMIT ${maxRefusals}) AS kept) < ${maxRefusals}`
}
