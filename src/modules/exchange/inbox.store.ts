import type { Db, Tx } from '../../platform/db.ts'
import type { OpenedMessage } from './envelope.ts'

export interface KnownMessage { state: 'handled' | 'refused'; evidence: string }

/** One batch of a sender at a time: a repeat of a batch that is still being handled waits and then finds it done. */
export async function lockSender(tx: Tx, sender: string): Promise<void> {
  await tx`SELECT pg_advisory_xact_lock(hashtext('exchange.inbox'), hashtext(${sender}))`
}

export async function findKnown(db: Db, sender: string, ids: readonly string[]): Promise<Map<string, KnownMessage>> {
  const rows = await db<({ id: string } & KnownMessage)[]>`SELECT id, state, evidence FROM exchange.inbox WHERE sender = ${sender} AND id = ANY(${ids}::uuid[])`
  return new Map(rows.map((r) => [r.id, r]))
}

/** Number of the last message handled, per subject; 0 for a new one. */
export async function lastHandled(db: Db, sender: string, subjects: readonly string[]): Promise<Map<string, number>> {
  const rows = await db<{ subject: string; last_seq: number }[]>`SELECT subject, last_seq FROM exchange.inbox_stream WHERE sender = ${sender} AND subject = ANY(${subjects}::text[])`
  const known = new Map(rows.map((r) => [r.subject, r.last_seq]))
  return new Map(subjects.map((s) => [s, known.get(s) ?? 0]))
}

/** Writes handled messages and moves their subjects on. Belongs into the transaction of their effects. */
export async function recordHandled(tx: Tx, messages: readonly OpenedMessage[], now: Date): Promise<void> {
  if (messages.length === 0) return
  await insert(tx, messages, 'handled', null, now)
  const last = new Map(messages.map((m) => [m.claims.subject, m.claims.seq]))
  await tx`
    INSERT INTO exchange.inbox_stream (sender, subject, last_seq)
    SELECT ${messages[0]!.claims.iss}, n.subject, n.seq FROM unnest(${[...last.keys()]}::text[], ${[...last.values()]}::bigint[]) AS n (subject, seq)
    ON CONFLICT (sender, subject) DO UPDATE SET last_seq = excluded.last_seq`
}

export async function recordRefused(tx: Tx, message: OpenedMessage, code: string, now: Date): Promise<void> {
  await insert(tx, [message], 'refused', code, now)
}

/** A message that was refused before may come again and then be handled; a handled one never changes. */
async function insert(tx: Tx, messages: readonly OpenedMessage[], state: KnownMessage['state'], code: string | null, now: Date): Promise<void> {
  const column = <K extends keyof OpenedMessage['claims']>(name: K): OpenedMessage['claims'][K][] => messages.map((m) => m.claims[name])
  const rows = await tx`
    INSERT INTO exchange.inbox AS i (sender, id, service, subject, seq, turn, state, code, received_at, handled_at, evidence)
    SELECT ${messages[0]!.claims.iss}, n.id, n.service, n.subject, n.seq, n.turn, ${state}, ${code}, ${now}, ${state === 'handled' ? now : null}, n.evidence
    FROM unnest(${column('jti')}::uuid[], ${column('service')}::text[], ${column('subject')}::text[], ${column('seq')}::bigint[], ${column('turn')}::bigint[], ${messages.map((m) => m.evidence)}::text[]) AS n (id, service, subject, seq, turn, evidence)
    ON CONFLICT (sender, id) DO UPDATE SET state = excluded.state, code = excluded.code, seq = excluded.seq, turn = excluded.turn, handled_at = excluded.handled_at, evidence = excluded.evidence
    WHERE i.state = 'refused' RETURNING id`
  if (rows.length !== messages.length) throw new Error('A message was handled twice at once; the second time is rolled back.')
}

export async function countDuplicates(tx: Tx, sender: string, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await tx`UPDATE exchange.inbox SET duplicates = duplicates + 1 WHERE sender = ${sender} AND id = ANY(${ids}::uuid[])`
}

export interface Rejection { claimedSender: string | null; code: string; digest: string; size: number }

export async function recordRejections(db: Db, rejections: readonly Rejection[], address: string, now: Date): Promise<void> {
  if (rejections.length === 0) return
  await db`
    INSERT INTO exchange.rejection (at, claimed_sender, code, digest, size, address)
    SELECT ${now}::timestamptz, n.sender, n.code, n.digest, n.size, ${address}::text
    FROM unnest(${rejections.map((r) => r.claimedSender)}::text[], ${rejections.map((r) => r.code)}::text[], ${rejections.map((r) => r.digest)}::text[], ${rejections.map((r) => r.size)}::int[]) AS n (sender, code, digest, size)`
}
