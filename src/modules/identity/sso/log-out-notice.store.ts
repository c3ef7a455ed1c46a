import type { Db, Tx } from '../../../platform/db.ts'

/** That a relying party is to be told of a log-out. */
export interface LogOutNotice { id: string; clientId: string; accountId: string; sid: string; createdAt: Date; toldAt: Date | null; givenUpAt: Date | null; attempts: number; lastError: string | null }

const columns = (db: Db) => db`id, client_id AS "clientId", account_id AS "accountId", sid, created_at AS "createdAt", told_at AS "toldAt", given_up_at AS "givenUpAt", attempts, last_error AS "lastError"`

export async function insertNotice(tx: Tx, notice: Pick<LogOutNotice, 'id' | 'clientId' | 'accountId' | 'sid' | 'createdAt'>): Promise<void> {
  await tx`INSERT INTO identity.log_out_notice ${tx({ id: notice.id, client_id: notice.clientId, account_id: notice.accountId, sid: notice.sid, created_at: notice.createdAt })}`
}

export async function findNotice(db: Db, id: string): Promise<LogOutNotice | undefined> {
  const [row] = await db<LogOutNotice[]>`SELECT ${columns(db)} FROM identity.log_out_notice WHERE id = ${id}`
  return row
}

export async function noteTold(db: Db, id: string, now: Date): Promise<void> {
  await db`UPDATE identity.log_out_notice SET told_at = ${now}, attempts = attempts + 1, last_error = NULL WHERE id = ${id} AND told_at IS NULL`
}

export async function noteFailed(db: Db, id: string, reason: string, givenUpAt: Date | null): Promise<void> {
  await db`UPDATE identity.log_out_notice SET attempts = attempts + 1, last_error = ${reason.slice(0, 300)}, given_up_at = ${givenUpAt} WHERE id = ${id} AND told_at IS NULL`
}

export interface NoticeCount { clientId: string; told: number; waiting: number; givenUp: number; lastTold: Date | null }

/** By relying party, of the last thirty days. */
export async function countNotices(db: Db, since: Date): Promise<NoticeCount[]> {
  return db<NoticeCount[]>`
    SELECT client_id AS "clientId", count(told_at)::int AS told, count(*) FILTER (WHERE told_at IS NULL AND given_up_at IS NULL)::int AS waiting,
      count(*) FILTER (WHERE told_at IS NULL AND given_up_at IS NOT NULL)::int AS "givenUp", max(told_at) AS "lastTold"
    FROM identity.log_out_notice WHERE created_at > ${since} GROUP BY client_id`
}

/** The latest that could not be told yet, or at all. */
export async function untoldNotices(db: Db, limit: number): Promise<LogOutNotice[]> {
  return db<LogOutNotice[]>`SELECT ${columns(db)} FROM identity.log_out_notice WHERE told_at IS NULL AND attempts > 0 ORDER BY created_at DESC LIMIT ${limit}`
}
