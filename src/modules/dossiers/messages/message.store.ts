import type { Db, Tx } from '../../../platform/db.ts'
import type { Message, MessageFile, MessageSide } from './message.ts'

export async function listMessages(db: Db, dossierId: string): Promise<Message[]> {
  const [messages, files] = await Promise.all([
    db<Omit<Message, 'files'>[]>`SELECT id, dossier_id AS "dossierId", side, author, body, sent_at AS "sentAt", read_at AS "readAt", settled_at AS "settledAt" FROM dossiers.message WHERE dossier_id = ${dossierId} ORDER BY sent_at, id`,
    db<(MessageFile & { messageId: string })[]>`
      SELECT f.id, f.message_id AS "messageId", f.file_id AS "fileId", f.file_name AS "fileName", f.mime_type AS "mimeType", f.size
      FROM dossiers.message_file f JOIN dossiers.message m ON m.id = f.message_id WHERE m.dossier_id = ${dossierId} ORDER BY f.file_name`,
  ])
  const own = Map.groupBy(files, (f) => f.messageId)
  return messages.map((m) => ({ ...m, files: (own.get(m.id) ?? []).map(({ messageId: _, ...file }) => file) }))
}

/** False when a message with this id is known: whoever presses twice writes once. */
export async function insertMessage(tx: Tx, m: Omit<Message, 'readAt' | 'settledAt'>): Promise<boolean> {
  const rows = await tx`INSERT INTO dossiers.message (id, dossier_id, side, author, body, sent_at) VALUES (${m.id}, ${m.dossierId}, ${m.side}, ${m.author}, ${m.body}, ${m.sentAt}) ON CONFLICT (id) DO NOTHING RETURNING id`
  if (rows.length === 0) return false
  for (const f of m.files) await tx`INSERT INTO dossiers.message_file (id, message_id, file_id, file_name, mime_type, size) VALUES (${f.id}, ${m.id}, ${f.fileId}, ${f.fileName}, ${f.mimeType}, ${f.size})`
  return true
}

/** The other side opened the messages of one side; how many were new to it. */
export async function markRead(tx: Tx, dossierId: string, side: MessageSide, at: Date): Promise<number> {
  return (await tx`UPDATE dossiers.message SET read_at = ${at} WHERE dossier_id = ${dossierId} AND side = ${side} AND read_at IS NULL RETURNING id`).length
}

/** The person's messages wait no longer; how many did. */
export async function settle(tx: Tx, dossierId: string, at: Date): Promise<number> {
  return (await tx`UPDATE dossiers.message SET settled_at = ${at}, read_at = coalesce(read_at, ${at}) WHERE dossier_id = ${dossierId} AND side = 'person' AND settled_at IS NULL RETURNING id`).length
}

export async function countUnread(db: Db, dossierId: string, side: MessageSide): Promise<number> {
  const [row] = await db<{ n: number }[]>`SELECT count(*)::int AS n FROM dossiers.message WHERE dossier_id = ${dossierId} AND side = ${side} AND read_at IS NULL`
  return row!.n
}

export async function countSince(db: Db, dossierId: string, side: MessageSide, since: Date): Promise<number> {
  const [row] = await db<{ n: number }[]>`SELECT count(*)::int AS n FROM dossiers.message WHERE dossier_id = ${dossierId} AND side = ${side} AND sent_at > ${since}`
  return row!.n
}

/** Of these dossiers, those with a message of the office that the person has not opened, and since when. */
export async function unreadByPerson(db: Db, dossierIds: readonly string[]): Promise<Map<string, Date>> {
  if (dossierIds.length === 0) return new Map()
  const rows = await db<{ id: string; at: Date }[]>`SELECT dossier_id AS id, min(sent_at) AS at FROM dossiers.message WHERE dossier_id = ANY(${[...dossierIds]}) AND side = 'office' AND read_at IS NULL GROUP BY dossier_id`
  return new Map(rows.map((row) => [row.id, row.at]))
}
