import type { Db } from '../../../platform/db.ts'

/** How the portal answers. */
export interface PortalConnection { failures: number; nextAt: Date | null; lastAttemptAt: Date | null; lastSuccessAt: Date | null; lastError: string | null; comparedAt: Date | null }

const leaseMs = 90_000

/**
 * Takes the talk with the portal for this process; undefined while another has it or a back-off lasts. Longer than a request may take: two at once would tell twice,
 * which does no harm but looks like a repeat.
 */
export async function leasePortal(db: Db, owner: string, now: Date): Promise<PortalConnection | undefined> {
  const [row] = await db<PortalConnection[]>`
    UPDATE national_portal.connection SET lease_owner = ${owner}, lease_until = ${new Date(now.getTime() + leaseMs)}
    WHERE (lease_owner IS NULL OR lease_owner = ${owner} OR lease_until < ${now}) AND (next_at IS NULL OR next_at <= ${now})
    RETURNING failures, next_at AS "nextAt", last_attempt_at AS "lastAttemptAt", last_success_at AS "lastSuccessAt", last_error AS "lastError", compared_at AS "comparedAt"`
  return row
}

/** How often a round that takes long prolongs its lease. */
export const leaseRenewalMs = 30_000

export async function renewPortalLease(db: Db, owner: string, now: Date): Promise<void> {
  await db`UPDATE national_portal.connection SET lease_until = ${new Date(now.getTime() + leaseMs)} WHERE lease_owner = ${owner}`
}

export async function releasePortal(db: Db, owner: string): Promise<void> {
  await db`UPDATE national_portal.connection SET lease_owner = NULL, lease_until = NULL WHERE lease_owner = ${owner}`
}

export async function markPortalReached(db: Db, now: Date): Promise<void> {
  await db`UPDATE national_portal.connection SET failures = 0, next_at = NULL, last_attempt_at = ${now}, last_success_at = ${now}, last_error = NULL`
}

export async function markPortalFailed(db: Db, message: string, nextAt: Date, now: Date): Promise<void> {
  await db`UPDATE national_portal.connection SET failures = failures + 1, next_at = ${nextAt}, last_attempt_at = ${now}, last_error = ${message.slice(0, 300)}`
}

export async function markCompared(db: Db, now: Date): Promise<void> {
  await db`UPDATE national_portal.connection SET compared_at = ${now}`
}

export async function readConnection(db: Db): Promise<PortalConnection> {
  const [row] = await db<PortalConnection[]>`
    SELECT failures, next_at AS "nextAt", last_attempt_at AS "lastAttemptAt", last_success_at AS "lastSuccessAt", last_error AS "lastError", compared_at AS "comparedAt" FROM national_portal.connection`
  return row!
}
