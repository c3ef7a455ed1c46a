import type { Db, Tx } from '../../../platform/db.ts'

export type DumpFormat = 'json' | 'jsonld' | 'csv' | 'xlsx'

export interface Dump {
  id: string
  /** File name: 'danh-muc-20261122T0200.json.gz'. */
  name: string
  format: DumpFormat
  madeAt: Date
  /** SHA-256, hex. */
  fileId: string
  /** Bytes. */
  size: number
  /** Versions, or rows of a table. */
  entries: number
  /** Compact JWS of the national node over name, SHA-256, size, entries, moment. */
  signature: string
}

const columns = (db: Db) => db`id, name, format, made_at AS "madeAt", file_id AS "fileId", size, entries, signature`

export async function insertDump(tx: Tx, dumps: readonly Dump[], state: string): Promise<void> {
  for (const d of dumps) {
    await tx`
      INSERT INTO catalogue.dump (id, name, format, made_at, file_id, size, entries, state, signature)
      VALUES (${d.id}, ${d.name}, ${d.format}, ${d.madeAt}, ${d.fileId}, ${d.size}, ${d.entries}, ${state}, ${d.signature}) ON CONFLICT (name) DO NOTHING`
  }
}

export async function lastState(db: Db): Promise<string | undefined> {
  const [row] = await db<{ state: string }[]>`SELECT state FROM catalogue.dump ORDER BY made_at DESC LIMIT 1`
  return row?.state
}

/** The files of the last time, by name. */
export async function latestDumps(db: Db): Promise<Dump[]> {
  return await db<Dump[]>`SELECT ${columns(db)} FROM catalogue.dump WHERE made_at = (SELECT max(made_at) FROM catalogue.dump) ORDER BY name`
}

/** Earlier JSON dumps, the newest first. */
export async function earlierDumps(db: Db, limit: number): Promise<Dump[]> {
  return await db<Dump[]>`SELECT ${columns(db)} FROM catalogue.dump WHERE format = 'json' AND made_at < (SELECT max(made_at) FROM catalogue.dump) ORDER BY made_at DESC LIMIT ${limit}`
}

export async function findDump(db: Db, name: string): Promise<Dump | undefined> {
  const [row] = await db<Dump[]>`SELECT ${columns(db)} FROM catalogue.dump WHERE name = ${name}`
  return row
}
