import { withoutWaiting, type Db } from '../../platform/db.ts'

export type Channel = 'sms' | 'email'
export type MessageState = 'queued' | 'sent' | 'delivered' | 'failed'

export interface MessageRow {
  id: string
  channel: Channel
  template: string
  recipientHint: string
  sealed: Uint8Array | null
  state: MessageState
  attempts: number
  providerId: string | null
  error: string | null
  createdAt: Date
  expiresAt: Date | null
}

/** The ids of those whose key did not exist. */
export async function insertMessages(db: Db, messages: readonly { id: string; key: string; channel: Channel; template: string; recipientHint: string; sealed: Buffer; createdAt: Date; expiresAt: Date | null }[]): Promise<string[]> {
  if (messages.length === 0) return []
  const rows = await db<{ id: string }[]>`
    INSERT INTO notifications.message (id, key, channel, template, recipient_hint, sealed, created_at, expires_at)
    SELECT id, key, channel, template, "recipientHint", decode(sealed, 'base64'), "createdAt", "expiresAt"
    FROM jsonb_to_recordset(${db.json(messages.map((m) => ({ ...m, sealed: m.sealed.toString('base64') })) as never)}) AS r (id uuid, key text, channel text, template text, "recipientHint" text, sealed text, "createdAt" timestamptz, "expiresAt" timestamptz)
    ON CONFLICT (key) DO NOTHING RETURNING id`
  return rows.map((row) => row.id)
}

/** A message that the gateway has taken and of which nothing more is asked. Lost in a crash of the server, it would be noted at the repeat of the job. */
export async function insertTaken(db: Db, m: { id: string; key: string; channel: Channel; template: string; recipientHint: string; createdAt: Date; expiresAt: Date | null; providerId: string }): Promise<void> {
  await db`
    WITH ${withoutWaiting(db)}
    INSERT INTO notifications.message (id, key, channel, template, recipient_hint, state, attempts, provider_id, created_at, sent_at, ended_at, expires_at)
    SELECT ${m.id}, ${m.key}, ${m.channel}, ${m.template}, ${m.recipientHint}, 'delivered', 1, ${m.providerId}, ${m.createdAt}, ${m.createdAt}, ${m.createdAt}::timestamptz, ${m.expiresAt}::timestamptz FROM quickly
    ON CONFLICT (key) DO NOTHING`
}

export async function findMessageId(db: Db, key: string): Promise<string | undefined> {
  const [row] = await db<{ id: string }[]>`SELECT id FROM notifications.message WHERE key = ${key}`
  return row?.id
}

export async function findMessages(db: Db, ids: readonly string[]): Promise<Map<string, MessageRow>> {
  const rows = await db<MessageRow[]>`
    SELECT id, channel, template, recipient_hint AS "recipientHint", sealed, state, attempts, provider_id AS "providerId", error, created_at AS "createdAt", expires_at AS "expiresAt"
    FROM notifications.message WHERE id = ANY(${[...ids]})`
  return new Map(rows.map((row) => [row.id, row]))
}

/** What became of a message. Ended, nobody can read what it said any more. */
export type Fate =
  | { id: string; state: 'sent'; providerId: string }
  | { id: string; state: 'delivered' | 'failed'; error?: string }
  /** Another try. */
  | { id: string; state: 'queued'; error: string }

/** Writes down what became of many messages, in one statement. What has ended stays as it ended. */
export async function markFates(db: Db, fates: readonly Fate[], at: Date): Promise<void> {
  if (fates.length === 0) return
  await db`
    WITH fate AS (SELECT * FROM jsonb_to_recordset(${db.json(fates.map((f) => ({ ...f, error: 'error' in f ? f.error?.slice(0, 300) : undefined })) as never)}) AS r (id uuid, state text, "providerId" text, error text))
    UPDATE notifications.message m SET
      state = CASE WHEN f.state = 'queued' THEN m.state ELSE f.state END,
      attempts = m.attempts + (m.state = 'queued' AND f.state <> 'failed')::int,
      provider_id = coalesce(f."providerId", m.provider_id),
      sent_at = CASE WHEN m.state = 'queued' AND f.state IN ('sent', 'delivered') THEN ${at}::timestamptz ELSE m.sent_at END,
      ended_at = CASE WHEN f.state IN ('delivered', 'failed') THEN ${at}::timestamptz END,
      sealed = CASE WHEN f.state IN ('delivered', 'failed') THEN NULL ELSE m.sealed END,
      error = f.error
    FROM fate f WHERE m.id = f.id AND m.ended_at IS NULL`
}
