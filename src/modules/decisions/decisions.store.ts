import type { Db, Tx } from '../../platform/db.ts'
import type { JsonValue } from './json-value.ts'
import type { TableDefinition, TableExample } from './table-definition.ts'

export interface TableVersion { key: string; version: number; owner: string; definition: TableDefinition; examples: TableExample[]; hash: string; validFrom: string; origin: 'shipped' | 'authored' }
export interface Publisher { publishedBy: string | null; publishedName: string | null }
/** A version without its content. */
export type TableVersionHead = Pick<TableVersion, 'key' | 'version' | 'owner' | 'validFrom' | 'origin'> & { title: TableDefinition['title']; purpose: TableDefinition['purpose']; procedure: string; publishedAt: Date; publishedName: string | null }

const columns = (db: Db) => db`key, version, owner, definition, examples, hash, valid_from AS "validFrom", origin`
const headColumns = (db: Db) => db`key, version, owner, valid_from AS "validFrom", origin, definition->'title' AS title, definition->>'purpose' AS purpose, definition->>'procedure' AS procedure, published_at AS "publishedAt", published_name AS "publishedName"`

export async function findTableVersion(db: Db, key: string, version: number): Promise<TableVersion | undefined> {
  const [row] = await db<TableVersion[]>`SELECT ${columns(db)} FROM decisions.table_version WHERE key = ${key} AND version = ${version}`
  return row
}

/** The version by which decisions of a civil day are taken. */
export async function findTableOn(db: Db, key: string, day: string): Promise<TableVersion | undefined> {
  const [row] = await db<TableVersion[]>`SELECT ${columns(db)} FROM decisions.table_version WHERE key = ${key} AND valid_from <= ${day} ORDER BY version DESC LIMIT 1`
  return row
}

/** Keys of the tables that decide something about a procedure. */
export async function listTableKeys(db: Db, purpose: TableDefinition['purpose'], procedure: string): Promise<string[]> {
  return (await db<{ key: string }[]>`
    SELECT key FROM (SELECT DISTINCT ON (key) key, definition FROM decisions.table_version ORDER BY key, version DESC) last
    WHERE definition->>'purpose' = ${purpose} AND definition->>'procedure' = ${procedure} ORDER BY key`).map((row) => row.key)
}

/** The last version of each table. */
export async function listLastTables(db: Db): Promise<TableVersionHead[]> {
  return await db<TableVersionHead[]>`SELECT DISTINCT ON (key) ${headColumns(db)} FROM decisions.table_version ORDER BY key, version DESC`
}

/** All versions of a table, the last first. */
export async function listTableVersions(db: Db, key: string): Promise<TableVersionHead[]> {
  return await db<TableVersionHead[]>`SELECT ${headColumns(db)} FROM decisions.table_version WHERE key = ${key} ORDER BY version DESC`
}

/** Every version that officers published, oldest first: what a node that joins has to learn. */
export async function listAuthoredTables(db: Db): Promise<TableVersion[]> {
  return await db<TableVersion[]>`SELECT ${columns(db)} FROM decisions.table_version WHERE origin = 'authored' ORDER BY published_at, key, version`
}

/** False when the version is there already. */
export async function insertTableVersion(tx: Tx, row: TableVersion & Publisher & { publishedAt: Date }): Promise<boolean> {
  const done = await tx`
    INSERT INTO decisions.table_version (key, version, owner, definition, examples, hash, valid_from, origin, published_at, published_by, published_name)
    VALUES (${row.key}, ${row.version}, ${row.owner}, ${tx.json(row.definition as never)}, ${tx.json(row.examples as never)}, ${row.hash}, ${row.validFrom}, ${row.origin}, ${row.publishedAt}, ${row.publishedBy}, ${row.publishedName})
    ON CONFLICT DO NOTHING`
  return done.count === 1
}

export interface DecisionTaken { id: string; key: string; version: number; asOf: string; inputs: Record<string, JsonValue>; result: JsonValue; takenAt: Date; takenBy: string }

export async function insertDecision(tx: Tx, d: DecisionTaken): Promise<void> {
  await tx`
    INSERT INTO decisions.decision_taken (id, key, version, as_of, inputs, result, taken_at, taken_by)
    VALUES (${d.id}, ${d.key}, ${d.version}, ${d.asOf}, ${tx.json(d.inputs as never)}, ${tx.json(d.result as never)}, ${d.takenAt}, ${d.takenBy})`
}

export async function findDecision(db: Db, id: string): Promise<(DecisionTaken & { title: TableDefinition['title']; ground: string }) | undefined> {
  const [row] = await db<(DecisionTaken & { title: TableDefinition['title']; ground: string })[]>`
    SELECT d.id, d.key, d.version, d.as_of AS "asOf", d.inputs, d.result, d.taken_at AS "takenAt", d.taken_by AS "takenBy", v.definition->'title' AS title, v.definition->>'ground' AS ground
    FROM decisions.decision_taken d JOIN decisions.table_version v USING (key, version) WHERE d.id = ${id}`
  return row
}

export async function countDecisions(db: Db, key: string): Promise<Map<number, number>> {
  const rows = await db<{ version: number; count: number }[]>`SELECT version, count(*)::int AS count FROM decisions.decision_taken WHERE key = ${key} GROUP BY version`
  return new Map(rows.map((row) => [row.version, row.count]))
}
