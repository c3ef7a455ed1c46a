import type { Db, Tx } from '../../../platform/db.ts'

/** An account of an agency's system. */
export interface PortalClient { username: string; agencyCode: string; createdAt: Date; disabledAt: Date | null; lastSeenAt: Date | null }

const columns = (db: Db) => db`username, agency_code AS "agencyCode", created_at AS "createdAt", disabled_at AS "disabledAt", last_seen_at AS "lastSeenAt"`

export async function listPortalClients(db: Db): Promise<PortalClient[]> {
  return await db<PortalClient[]>`SELECT ${columns(db)} FROM catalogue.portal_client ORDER BY disabled_at IS NOT NULL, username LIMIT 500`
}

export async function findPortalClient(db: Db, username: string): Promise<(PortalClient & { passwordHash: string }) | undefined> {
  const [row] = await db<(PortalClient & { passwordHash: string })[]>`SELECT ${columns(db)}, password_hash AS "passwordHash" FROM catalogue.portal_client WHERE username = ${username}`
  return row
}

export async function insertPortalClient(tx: Tx, client: { username: string; agencyCode: string; passwordHash: string; createdBy: string; now: Date }): Promise<boolean> {
  const rows = await tx`
    INSERT INTO catalogue.portal_client (username, agency_code, password_hash, created_at, created_by)
    VALUES (${client.username}, ${client.agencyCode}, ${client.passwordHash}, ${client.now}, ${client.createdBy}) ON CONFLICT (username) DO NOTHING RETURNING username`
  return rows.length === 1
}

/** Disables an account and ends its sessions. @returns false when there is no such account in use. */
export async function disableClient(tx: Tx, username: string, now: Date): Promise<boolean> {
  const rows = await tx`UPDATE catalogue.portal_client SET disabled_at = ${now} WHERE username = ${username} AND disabled_at IS NULL RETURNING username`
  await tx`DELETE FROM catalogue.portal_session WHERE username = ${username}`
  return rows.length === 1
}

export async function insertSession(tx: Tx, session: { tokenHash: Buffer; username: string; now: Date; expiresAt: Date }): Promise<void> {
  await tx`DELETE FROM catalogue.portal_session WHERE expires_at <= ${session.now}`
  await tx`INSERT INTO catalogue.portal_session (token_hash, username, created_at, expires_at) VALUES (${session.tokenHash}, ${session.username}, ${session.now}, ${session.expiresAt})`
  await tx`UPDATE catalogue.portal_client SET last_seen_at = ${session.now} WHERE username = ${session.username}`
}

/** The account of a session that has not expired. */
export async function findSession(db: Db, tokenHash: Buffer, now: Date): Promise<PortalClient | undefined> {
  const [row] = await db<PortalClient[]>`
    SELECT username, agency_code AS "agencyCode", c.created_at AS "createdAt", disabled_at AS "disabledAt", last_seen_at AS "lastSeenAt" FROM catalogue.portal_client c JOIN catalogue.portal_session USING (username) WHERE token_hash = ${tokenHash} AND expires_at > ${now} AND disabled_at IS NULL`
  return row
}
