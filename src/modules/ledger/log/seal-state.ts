import type { Db, Tx } from '../../../platform/db.ts'
import type { Node } from '../../../platform/node.ts'
import type { KeptCheckpoint } from './log.store.ts'

/** How long a log may go without witnesses before it is said. */
export const warnAfterMs = 5 * 60_000
/** How long before nothing is received any more: evidence that nobody has seen is none. */
export const closeAfterMs = 4 * 3600_000

/** 'sealed': enough witnesses have seen the log; 'late': not for five minutes; 'closed': not for four hours, and nothing is received. */
export type SealingState = 'sealed' | 'late' | 'closed'

interface Row { since: Date | null; alarmedAt: Date | null }

/** How the sealing of this node's log stands, and since when witnesses have not seen it. A node that never had its log sealed is 'sealed'. */
export async function sealingState(db: Db, now: Date): Promise<{ state: SealingState; since: Date | null }> {
  const [row] = await db<Row[]>`SELECT greatest(seen_at, watched_since) AS since FROM ledger.log_state`
  const since = row?.since ?? null
  const waited = since ? now.getTime() - since.getTime() : 0
  return { state: waited > closeAfterMs ? 'closed' : waited > warnAfterMs ? 'late' : 'sealed', since }
}

const rememberMs = 15_000
const remembered = new WeakMap<Node, { until: number; state: Promise<SealingState> }>()

/** As `sealingState`, asked at most every fifteen seconds in one process: for every filing. */
export async function sealingOf(node: Node, db: Db = node.db): Promise<SealingState> {
  const known = remembered.get(node)
  if (known && performance.now() < known.until) return known.state
  const state = sealingState(db, node.now()).then((s) => s.state)
  remembered.set(node, { until: performance.now() + rememberMs, state })
  state.catch(() => remembered.delete(node))
  return state
}

/** This node begins to have its log cosigned, or goes on after a pause: the time begins anew. */
export async function startWatching(db: Db, now: Date): Promise<void> {
  await db`INSERT INTO ledger.log_state (watched_since) VALUES (${now}) ON CONFLICT (singleton) DO UPDATE SET watched_since = excluded.watched_since`
}

/** Takes the sealing for one process for a while; false where another has it. */
export async function takeTurn(db: Db, owner: string, now: Date, forMs: number): Promise<boolean> {
  const rows = await db`UPDATE ledger.log_state SET turn_owner = ${owner}, turn_until = ${new Date(now.getTime() + forMs)} WHERE turn_owner IS NULL OR turn_owner = ${owner} OR turn_until < ${now} OR turn_until > ${new Date(now.getTime() + 10 * forMs)} RETURNING 1`
  return rows.length > 0
}

/** Enough witnesses have seen the log in this size. @returns true where it had been said that they had not. */
export async function noteSeen(tx: Tx, size: number, at: Date): Promise<boolean> {
  const [before] = await tx<{ alarmedAt: Date | null }[]>`SELECT alarmed_at AS "alarmedAt" FROM ledger.log_state FOR UPDATE`
  await tx`UPDATE ledger.log_state SET seen_size = greatest(seen_size, ${size}), seen_at = greatest(seen_at, ${at}), alarmed_at = NULL`
  return before?.alarmedAt != null
}

/** @returns since when witnesses have not seen the log, where that is long enough to be said and was not said yet */
export async function noteUnseen(tx: Tx, now: Date): Promise<Date | undefined> {
  const [row] = await tx<Row[]>`SELECT greatest(seen_at, watched_since) AS since, alarmed_at AS "alarmedAt" FROM ledger.log_state FOR UPDATE`
  if (!row?.since || row.alarmedAt || now.getTime() - row.since.getTime() <= warnAfterMs) return undefined
  await tx`UPDATE ledger.log_state SET alarmed_at = ${now}`
  return row.since
}

export interface Cosignature { readonly witness: string; readonly at: Date; readonly line: string }

/** Keeps what a witness signed below a checkpoint: the first time and the last. */
export async function keepCosignature(db: Db, size: number, { witness, at, line }: Cosignature): Promise<void> {
  await db`
    INSERT INTO ledger.log_cosignature (size, witness, first_at, first_line, last_at, last_line) VALUES (${size}, ${witness}, ${at}, ${line}, ${at}, ${line})
    ON CONFLICT (size, witness) DO UPDATE SET last_at = excluded.last_at, last_line = excluded.last_line WHERE ledger.log_cosignature.last_at < excluded.last_at`
}

/** The largest size that a witness has cosigned, as far as this node knows. */
export async function lastCosignedBy(db: Db, witness: string): Promise<number> {
  const [row] = await db<{ size: number }[]>`SELECT coalesce(max(size), 0) AS size FROM ledger.log_cosignature WHERE witness = ${witness}`
  return row!.size
}

/** The newest time that any witness has given for this log. */
export async function lastWitnessedAt(db: Db): Promise<Date | null> {
  const [row] = await db<{ at: Date | null }[]>`SELECT max(last_at) AS at FROM ledger.log_cosignature`
  return row!.at
}

/** A checkpoint with all that witnesses have signed below it, the first time that they saw it. */
export async function withCosignatures(db: Db, { size, note }: KeptCheckpoint): Promise<string> {
  const lines = await db<{ line: string }[]>`SELECT first_line AS line FROM ledger.log_cosignature WHERE size = ${size} ORDER BY witness`
  return note + lines.map((row) => row.line).join('')
}
