import type { Db, Tx } from '../../platform/db.ts'
import type { Bilingual, FormDefinition } from './definition.ts'

export interface FormVersion { key: string; version: number; hash: string; validFrom: string; definition: FormDefinition; origin: 'shipped' | 'authored' }

/** A version without its content. */
export interface FormVersionHead { key: string; version: number; validFrom: string; title: Bilingual; origin: 'shipped' | 'authored'; publishedAt: Date; publishedName: string | null }

/** Who published a version. */
export interface Publisher { publishedBy: string | null; publishedName: string | null }

const columns = (db: Db) => db`key, version, hash, valid_from AS "validFrom", definition, origin`

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
export async function insertVersion(tx: Tx, row: FormVersion & Publisher & { publishedAt: Date }): Promise<boolean> {
  const done = await tx`
    INSERT INTO forms.form_version (key, version, definition, hash, valid_from, published_at, origin, published_by, published_name)
    VALUES (${row.key}, ${row.version}, ${tx.json(row.definition as never)}, ${row.hash}, ${row.validFrom}, ${row.publishedAt}, ${row.origin}, ${row.publishedBy}, ${row.publishedName})
    ON CONFLICT DO NOTHING`
  return done.count === 1
}

export async function listCurrentKeys(db: Db): Promise<{ key: string; version: number }[]> {
  return await db<{ key: string; version: number }[]>`SELECT key, max(version)::int AS version FROM forms.form_version GROUP BY key ORDER BY key`
}

const headColumns = (db: Db) => db`key, version, valid_from AS "validFrom", definition->'title' AS title, origin, published_at AS "publishedAt", published_name AS "publishedName"`

/** All versions of a form, the last first. */
export async function listFormVersions(db: Db, key: string): Promise<FormVersionHead[]> {
  return await db<FormVersionHead[]>`SELECT ${headColumns(db)} FROM forms.form_version WHERE key = ${key} ORDER BY version DESC`
}

/** The last version of each form. */
export async function listLastVersions(db: Db): Promise<FormVersionHead[]> {
  return await db<FormVersionHead[]>`SELECT DISTINCT ON (key) ${headColumns(db)} FROM forms.form_version ORDER BY key, version DESC`
}

/** Every version that officers published, oldest first: what a node that joins has to learn. */
export async function listAuthoredVersions(db: Db): Promise<FormVersion[]> {
  return await db<FormVersion[]>`SELECT ${columns(db)} FROM forms.form_version WHERE origin = 'authored' ORDER BY published_at`
}
