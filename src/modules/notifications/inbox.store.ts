import type { Db, Tx } from '../../platform/db.ts'
import type { Params } from '../../platform/i18n.ts'
import { newId } from '../../platform/ids.ts'

export interface InboxItem { id: string; event: string; params: Params; href: string | null; createdAt: Date; readAt: Date | null }

/** What a person was told of before, under the same key, stays as it was. */
export async function insertItems(tx: Tx, items: readonly { personId: string; key: string; event: string; params: Params; href: string | null; createdAt: Date }[]): Promise<void> {
  if (items.length === 0) return
  await tx`
    INSERT INTO notifications.inbox_item (id, person_id, key, event, params, href, created_at)
    SELECT id, "personId", key, event, params, href, "createdAt" FROM jsonb_to_recordset(${tx.json(items.map((item) => ({ id: newId(), ...item })) as never)}) AS r (id uuid, "personId" uuid, key text, event text, params jsonb, href text, "createdAt" timestamptz)
    ON CONFLICT (person_id, key) DO NOTHING`
}

/** Newest first. */
export async function listItems(db: Db, personId: string, page: { limit: number; offset: number }): Promise<{ items: InboxItem[]; total: number; unread: number }> {
  const items = await db<InboxItem[]>`
    SELECT id, event, params, href, created_at AS "createdAt", read_at AS "readAt" FROM notifications.inbox_item
    WHERE person_id = ${personId} ORDER BY created_at DESC, id DESC LIMIT ${page.limit} OFFSET ${page.offset}`
  const [counts] = await db<{ total: number; unread: number }[]>`SELECT count(*)::int AS total, count(*) FILTER (WHERE read_at IS NULL)::int AS unread FROM notifications.inbox_item WHERE person_id = ${personId}`
  return { items, total: counts!.total, unread: counts!.unread }
}

export async function countUnread(db: Db, personId: string): Promise<number> {
  const [row] = await db<{ n: number }[]>`SELECT count(*)::int AS n FROM notifications.inbox_item WHERE person_id = ${personId} AND read_at IS NULL`
  return row!.n
}

/** Up to a moment, so that what arrived after the page was shown stays unread. */
export async function markRead(db: Db, personId: string, upTo: Date, at: Date): Promise<void> {
  await db`UPDATE notifications.inbox_item SET read_at = ${at} WHERE person_id = ${personId} AND read_at IS NULL AND created_at <= ${upTo}`
}
