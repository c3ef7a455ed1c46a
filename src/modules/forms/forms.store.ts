import type { Db, Tx } from '../../platform/db.ts'
import type { FormDefinition } from './definition.ts'

export interface FormVersion { key: string; version: number; hash: string; validFrom: string; definition: FormDefinition }

const columns = (db: Db) => db`key, version, hash, valid_from AS "validFrom", definition`

export async function findVersion(db: Db, key: string, version: number): Promise<FormVersion | undefined> {
  const [row] = await db<FormVersion[]>`SELECT ${columns(db)} FROM forms.form_version WHERE key = ${key} AND version = ${version}`
  return row
}

/** The version that new drafts get on a civil date. */
export async function findCurrentVersion(db: Db, key: string, day: string): Promise<FormVersion | undefined> {
  const [row] = await db<FormVersion[]>`SELECT ${columns(db)} FROM forms.form_version WHERE key = ${key} AND valid_from <= ${day} ORDER BY version DESC LIMIT 1`
  return row
}

/** False when the version is there already. */
export async function insertVersion(tx: Tx, row: FormVersion & { publishedAt: Date }): Promise<boolean> {
  const done = await tx`
    INSERT INTO forms.form_version (key, version, definition, hash, valid_from, published_at)
    VALUES (${row.key}, ${row.version}, ${tx.json(row.definition as never)}, ${row.hash}, ${row.validFrom}, ${row.publishedAt})
    ON CONFLICT DO NOTHING`
  return done.count === 1
}

export async function listCurrentKeys(db: Db): Promise<{ key: string; version: number }[]> {
  return await db<{ key: string; version: number }[]>`SELECT key, max(version)::int AS version FROM forms.form_version GROUP BY key ORDER BY key`
}
