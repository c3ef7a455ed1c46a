import type { Db, Tx } from '../../platform/db.ts'

export interface PeerState { failures: number; nextAt: Date | null; lostSince: Date | null }

const leaseMs = 3000
/** How often a running delivery prolongs its lease. */
export const leaseRenewalMs = 1000

/**
 * Locks the peer's row and takes its delivery for this process. Undefined while another process delivers or a back-off lasts.
 * Two that deliver at once would do no harm (the receiver knows every message id); the lease only saves the work. It is short, because
 * a process that was killed cannot give it back.
 */
export async function leasePeer(tx: Tx, code: string, owner: string, now: Date): Promise<PeerState | undefined> {
  await tx`INSERT INTO exchange.peer (code) VALUES (${code}) ON CONFLICT DO NOTHING`
  const [row] = await tx<{ failures: number; next_at: Date | null; lost_since: Date | null }[]>`
    UPDATE exchange.peer SET lease_owner = ${owner}, lease_until = ${new Date(now.getTime() + leaseMs)}
    WHERE code = ${code} AND (lease_owner IS NULL OR lease_owner = ${owner} OR lease_until < ${now}) AND (next_at IS NULL OR next_at <= ${now})
    RETURNING failures, next_at, lost_since`
  return row && { failures: row.failures, nextAt: row.next_at, lostSince: row.lost_since }
}

export async function renewLease(db: Db, code: string, owner: string, now: Date): Promise<void> {
  await db`UPDATE exchange.peer SET lease_until = ${new Date(now.getTime() + leaseMs)} WHERE code = ${code} AND lease_owner = ${owner}`
}

export async function releasePeers(db: Db, owner: string): Promise<void> {
  await db`UPDATE exchange.peer SET lease_owner = NULL, lease_until = NULL WHERE lease_owner = ${owner}`
}

/** @returns true when the connection counted as lost until now. */
export async function markPeerReached(tx: Tx, code: string, now: Date): Promise<boolean> {
  const [before] = await tx<{ lost_since: Date | null }[]>`SELECT lost_since FROM exchange.peer WHERE code = ${code} FOR UPDATE`
  await tx`UPDATE exchange.peer SET failures = 0, next_at = NULL, lost_since = NULL, last_attempt_at = ${now}, last_success_at = ${now}, last_error = NULL WHERE code = ${code}`
  return before?.lost_since != null
}

/** Counts a failed attempt. @returns true when the connection counts as lost from now on. */
export async function markPeerFailed(tx: Tx, code: string, failure: { message: string; nextAt: (failures: number) => Date; lostAfter: number; now: Date }): Promise<boolean> {
  const [row] = await tx<{ failures: number; lost_since: Date | null }[]>`
    UPDATE exchange.peer SET failures = failures + 1, last_attempt_at = ${failure.now}, last_error = ${failure.message.slice(0, 300)} WHERE code = ${code} RETURNING failures, lost_since`
  const lost = row!.lost_since === null && row!.failures >= failure.lostAfter
  await tx`UPDATE exchange.peer SET next_at = ${failure.nextAt(row!.failures)}, lost_since = CASE WHEN ${lost} THEN ${failure.now}::timestamptz ELSE lost_since END WHERE code = ${code}`
  return lost
}

/** Whoever speaks is there again: a back-off towards it ends. */
export async function markHeardFrom(tx: Tx, code: string, now: Date): Promise<void> {
  await tx`INSERT INTO exchange.peer (code, last_received_at) VALUES (${code}, ${now}) ON CONFLICT (code) DO UPDATE SET last_received_at = excluded.last_received_at, next_at = NULL`
}
