import { withoutWaiting, type Db, type Tx } from '../../platform/db.ts'

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

/** False when a message with this key exists already. */
export async function insertMessage(db: Db, message: { id: string; key: string; channel: Channel; template: string; recipientHint: string; sealed: Buffer; createdAt: Date; expiresAt: Date | null }): Promise<boolean> {
  const rows = await db`
    INSERT INTO notifications.message (id, key, channel, template, recipient_hint, sealed, created_at, expires_at)
    VALUES (${message.id}, ${message.key}, ${message.channel}, ${message.template}, ${message.recipientHint}, ${message.sealed}, ${message.createdAt}, ${message.expiresAt})
    ON CONFLICT (key) DO NOTHING RETURNING id`
  return rows.length > 0
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

export async function findMessage(db: Db, id: string): Promise<MessageRow | undefined> {
  const [row] = await db<MessageRow[]>`
    SELECT id, channel, template, recipient_hint AS "recipientHint", sealed, state, attempts, provider_id AS "providerId", error, created_at AS "createdAt", expires_at AS "expiresAt"
    FROM notifications.message WHERE id = ${id}`
  return row
}

/** The gateway has taken the message. */
export async function markSent(tx: Tx, id: string, providerId: string | null, at: Date): Promise<void> {
  await tx`UPDATE notifications.message SET state = 'sent', attempts = attempts + 1, provider_id = ${providerId}, sent_at = ${at}, error = NULL WHERE id = ${id} AND state = 'queued'`
}

/** The message has ended; from now on nobody can read what it said. */
export async function markEnded(db: Db, id: string, state: 'delivered' | 'failed', at: Date, error: string | null = null): Promise<void> {
  await db`UPDATE notifications.message SET state = ${state}, ended_at = ${at}, sealed = NULL, error = ${error} WHERE id = ${id} AND ended_at IS NULL`
}

export async function markAttempt(db: Db, id: string, error: string): Promise<void> {
  await db`UPDATE notifications.message SET attempts = attempts + 1, error = ${error.slice(0, 300)} WHERE id = ${id} AND ended_at IS NULL`
}
