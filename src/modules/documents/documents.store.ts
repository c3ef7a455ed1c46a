import type { Db, Tx } from '../../platform/db.ts'

/** A paper that this node issued or keeps. */
export interface StoredDocument {
  id: string
  /** Template name or kind of paper: 'appointment-slip'. */
  kind: string
  /** What it is about: a dossier id. */
  subject: string
  title: string
  number: string | null
  /** Id in the file store: the SHA-256 of the bytes. Null as long as the paper is only ordered: `bytesOf` makes it. */
  fileId: string | null
  fileName: string
  mediaType: string
  /** Bytes. */
  size: number | null
  createdAt: Date
  signedAt: Date | null
  revokedAt: Date | null
  revokedReason: string | null
}

export interface TrustedRoot {
  /** SHA-256 of the DER certificate, hexadecimal. */
  fingerprint: string
  nodeCode: string
  pem: string
  trustedAt: Date
}

const columns = `id, kind, subject, title, number, file_id AS "fileId", file_name AS "fileName", media_type AS "mediaType", size, created_at AS "createdAt", signed_at AS "signedAt", revoked_at AS "revokedAt", revoked_reason AS "revokedReason"`

export async function findDocument(db: Db, id: string): Promise<StoredDocument | undefined> {
  const [row] = await db<StoredDocument[]>`SELECT ${db.unsafe(columns)} FROM documents.document WHERE id = ${id}`
  return row
}

/** All papers about a dossier, oldest first. */
export async function listDocuments(db: Db, subject: string): Promise<StoredDocument[]> {
  return db<StoredDocument[]>`SELECT ${db.unsafe(columns)} FROM documents.document WHERE subject = ${subject} ORDER BY created_at, id`
}

/** The paper whose bytes have this SHA-256: the one proof that a file is exactly what this node issued. */
export async function findDocumentByFile(db: Db, fileId: string): Promise<StoredDocument | undefined> {
  const [row] = await db<StoredDocument[]>`SELECT ${db.unsafe(columns)} FROM documents.document WHERE file_id = ${fileId} ORDER BY created_at LIMIT 1`
  return row
}

/** The paper that was stored under this idempotency key. */
export async function findDocumentByKey(db: Db, key: string): Promise<StoredDocument | undefined> {
  const [row] = await db<StoredDocument[]>`SELECT ${db.unsafe(columns)} FROM documents.document WHERE key = ${key}`
  return row
}

/** The id of the new row, or of the row that was stored under the same key before. */
export async function insertDocument(tx: Tx, row: Omit<StoredDocument, 'revokedAt' | 'revokedReason' | 'fileId' | 'size'> & { fileId: string; size: number } & { key: string | null }): Promise<{ id: string; fresh: boolean }> {
  const inserted = await tx<{ id: string }[]>`
    INSERT INTO documents.document (id, kind, subject, title, number, file_id, file_name, media_type, size, created_at, signed_at, key)
    VALUES (${row.id}, ${row.kind}, ${row.subject}, ${row.title}, ${row.number}, ${row.fileId}, ${row.fileName}, ${row.mediaType}, ${row.size}, ${row.createdAt}, ${row.signedAt}, ${row.key})
    ON CONFLICT (key) DO NOTHING RETURNING id`
  if (inserted[0]) return { id: inserted[0].id, fresh: true }
  const [known] = await tx<{ id: string }[]>`SELECT id FROM documents.document WHERE key = ${row.key}`
  if (!known) throw new Error('A document with this key was stored and is gone; rows are never deleted here.')
  return { id: known.id, fresh: false }
}

/** False when there is no such document in force. */
export async function markRevoked(tx: Tx, id: string, at: Date, reason: string): Promise<boolean> {
  const rows = await tx`UPDATE documents.document SET revoked_at = ${at}, revoked_reason = ${reason} WHERE id = ${id} AND revoked_at IS NULL RETURNING id`
  return rows.length > 0
}

export async function insertTrustedRoot(tx: Tx, root: TrustedRoot): Promise<void> {
  await tx`INSERT INTO documents.trusted_root (fingerprint, node_code, pem, trusted_at) VALUES (${root.fingerprint}, ${root.nodeCode}, ${root.pem}, ${root.trustedAt}) ON CONFLICT (fingerprint) DO NOTHING`
}

export async function findTrustedRoot(db: Db, fingerprint: string): Promise<TrustedRoot | undefined> {
  const [row] = await db<TrustedRoot[]>`SELECT fingerprint, node_code AS "nodeCode", pem, trusted_at AS "trustedAt" FROM documents.trusted_root WHERE fingerprint = ${fingerprint}`
  return row
}

export async function listTrustedRoots(db: Db): Promise<TrustedRoot[]> {
  return db<TrustedRoot[]>`SELECT fingerprint, node_code AS "nodeCode", pem, trusted_at AS "trustedAt" FROM documents.trusted_root ORDER BY node_code, trusted_at`
}
