import type { Db, Tx } from '../../platform/db.ts'
import { maxBatchPayloadBytes } from './limits.ts'

/** A message that the courier has taken, with its numbers. */
export interface TakenMessage { id: string; service: string; subject: string; seq: number; turn: number; payload: string }

interface Waiting { id: string; subject: string; size: number; seq: number | null; turn: number | null }

/** Nodes among `codes` to which something can go now. */
export async function nodesWithQueue(db: Db, codes: readonly string[], now: Date): Promise<string[]> {
  if (codes.length === 0) return []
  const rows = await db<{ code: string }[]>`
    SELECT n.code FROM unnest(${codes}::text[]) AS n (code)
    WHERE NOT EXISTS (SELECT FROM exchange.peer p WHERE p.code = n.code AND p.next_at > ${now})
      AND EXISTS (SELECT FROM exchange.outbox o LEFT JOIN exchange.stream s ON s.to_node = o.to_node AND s.subject = o.subject
        WHERE o.to_node = n.code AND o.state = 'queued' AND s.dead IS NOT TRUE AND (s.retry_at IS NULL OR s.retry_at <= ${now}))`
  return rows.map((r) => r.code)
}

/** True when a message waits for a node that is not among `codes`. */
export async function hasStrangers(db: Db, codes: readonly string[]): Promise<boolean> {
  const [row] = await db<{ any: boolean }[]>`SELECT EXISTS (SELECT FROM exchange.outbox WHERE state = 'queued' AND to_node <> ALL(${codes}::text[])) AS any`
  return row!.any
}

/**
 * Takes the next messages for a node, in order, at most `limit` and about 4 MiB; leaves out subjects that wait for a retry or stand
 * behind a dead letter. Messages taken for the first time get their numbers. The caller holds the lock on the peer's row.
 */
export async function takeBatch(tx: Tx, to: string, limit: number, now: Date): Promise<TakenMessage[]> {
  const waiting = withinBytes(await tx<Waiting[]>`
    SELECT o.id, o.subject, o.size, o.seq, o.turn FROM exchange.outbox o LEFT JOIN exchange.stream s ON s.to_node = o.to_node AND s.subject = o.subject
    WHERE o.to_node = ${to} AND o.state = 'queued' AND s.dead IS NOT TRUE AND (s.retry_at IS NULL OR s.retry_at <= ${now})
    ORDER BY o.turn, o.position LIMIT ${limit}`)
  const fresh = waiting.filter((m) => m.turn === null)
  if (fresh.length > 0) await number(tx, to, fresh)
  if (waiting.length === 0) return []
  return tx<TakenMessage[]>`SELECT id, service, subject, seq, turn, payload FROM exchange.outbox WHERE id = ANY(${waiting.map((m) => m.id)}::uuid[]) ORDER BY turn`
}

function withinBytes(waiting: readonly Waiting[]): Waiting[] {
  let bytes = 0
  return waiting.filter((m, i) => (bytes += m.size) <= maxBatchPayloadBytes || i === 0)
}

/** Numbers messages within their subject and within the pair of nodes. */
async function number(tx: Tx, to: string, fresh: readonly Waiting[]): Promise<void> {
  const bySubject = Map.groupBy(fresh, (m) => m.subject)
  const subjects = [...bySubject.keys()]
  const streams = await tx<{ subject: string; last_seq: number }[]>`
    INSERT INTO exchange.stream (to_node, subject, last_seq)
    SELECT ${to}, n.subject, n.count FROM unnest(${subjects}::text[], ${subjects.map((s) => bySubject.get(s)!.length)}::bigint[]) AS n (subject, count) ORDER BY n.subject
    ON CONFLICT (to_node, subject) DO UPDATE SET last_seq = exchange.stream.last_seq + excluded.last_seq RETURNING subject, last_seq`
  const [peer] = await tx<{ last_turn: number }[]>`UPDATE exchange.peer SET last_turn = last_turn + ${fresh.length} WHERE code = ${to} RETURNING last_turn`
  const next = new Map(streams.map((s) => [s.subject, s.last_seq - bySubject.get(s.subject)!.length + 1]))
  const numbered = fresh.map((m, i) => {
    const seq = next.get(m.subject)!
    next.set(m.subject, seq + 1)
    return { id: m.id, seq, turn: peer!.last_turn - fresh.length + 1 + i }
  })
  await tx`
    UPDATE exchange.outbox o SET seq = n.seq, turn = n.turn
    FROM unnest(${numbered.map((n) => n.id)}::uuid[], ${numbered.map((n) => n.seq)}::bigint[], ${numbered.map((n) => n.turn)}::bigint[]) AS n (id, seq, turn) WHERE o.id = n.id`
}

export async function markDelivered(tx: Tx, to: string, messages: readonly { id: string; subject: string }[], receiptId: string, now: Date): Promise<void> {
  if (messages.length === 0) return
  await tx`
    UPDATE exchange.outbox SET state = 'delivered', delivered_at = ${now}, receipt_id = ${receiptId}, attempts = attempts + 1, last_code = NULL
    WHERE id = ANY(${messages.map((m) => m.id)}::uuid[]) AND state = 'queued'`
  await tx`
    UPDATE exchange.stream SET failures = 0, retry_at = NULL WHERE to_node = ${to} AND subject = ANY(${messages.map((m) => m.subject)}::text[]) AND failures > 0`
}

/** The message becomes a dead letter; what follows about its subject waits behind it. */
export async function markDead(tx: Tx, to: string, message: { id: string; subject: string }, code: string): Promise<void> {
  await tx`UPDATE exchange.outbox SET state = 'dead', attempts = attempts + 1, last_code = ${code} WHERE id = ${message.id} AND state = 'queued'`
  await tx`UPDATE exchange.stream SET dead = true WHERE to_node = ${to} AND subject = ${message.subject}`
}

/** Keeps the subject back until `retryAt`, given its failures in a row including this one. */
export async function markFailed(tx: Tx, to: string, message: { id: string; subject: string }, code: string, retryAt: (failures: number) => Date): Promise<void> {
  await tx`UPDATE exchange.outbox SET attempts = attempts + 1, last_code = ${code} WHERE id = ${message.id}`
  const [stream] = await tx<{ failures: number }[]>`UPDATE exchange.stream SET failures = failures + 1 WHERE to_node = ${to} AND subject = ${message.subject} RETURNING failures`
  await tx`UPDATE exchange.stream SET retry_at = ${retryAt(stream!.failures)} WHERE to_node = ${to} AND subject = ${message.subject}`
}

/**
 * Brings the numbers of a subject in line with a receiver that expects `expected` next: after a restore from a backup on either side.
 * What the receiver has lost goes out again; where its payload is no longer kept, what waits is numbered anew.
 */
export async function realign(tx: Tx, to: string, subject: string, expected: number): Promise<void> {
  await tx`UPDATE exchange.outbox SET state = 'queued', delivered_at = NULL, receipt_id = NULL WHERE to_node = ${to} AND subject = ${subject} AND seq >= ${expected} AND state = 'delivered' AND payload <> ''`
  const [next] = await tx`SELECT FROM exchange.outbox WHERE to_node = ${to} AND subject = ${subject} AND seq = ${expected} AND state IN ('queued', 'dead')`
  if (!next) await renumberFrom(tx, to, subject, expected)
}

/** Takes the numbers away from what waits about a subject, so that the next one taken gets `seq`. */
export async function renumberFrom(tx: Tx, to: string, subject: string, seq: number): Promise<void> {
  await tx`UPDATE exchange.outbox SET seq = NULL, turn = NULL WHERE to_node = ${to} AND subject = ${subject} AND state = 'queued'`
  await tx`UPDATE exchange.stream SET last_seq = ${seq - 1} WHERE to_node = ${to} AND subject = ${subject}`
}
