import type { Db, Tx } from '../../../platform/db.ts'
import type { TableDefinition, TableExample } from '../table-definition.ts'

/** The next version of a decision table while officers work on it ("bản thảo bảng quyết định"): its texts may be unfinished. */
export interface TableDraft {
  key: string
  owner: string
  /** The version that it began with; null for a new table. */
  baseVersion: number | null
  definition: TableDefinition
  examples: TableExample[]
  revision: number
  state: 'draft' | 'in-check'
  editedBy: string
  editedName: string
  editedAt: Date
  note: string | null
}

const columns = (db: Db) => db`key, owner, base_version AS "baseVersion", definition, examples, revision, state, edited_by AS "editedBy", edited_name AS "editedName", edited_at AS "editedAt", note`

export async function findTableDraft(db: Db, key: string): Promise<TableDraft | undefined> {
  const [row] = await db<TableDraft[]>`SELECT ${columns(db)} FROM decisions.table_draft WHERE key = ${key}`
  return row
}

export async function lockTableDraft(tx: Tx, key: string): Promise<TableDraft | undefined> {
  const [row] = await tx<TableDraft[]>`SELECT ${columns(tx)} FROM decisions.table_draft WHERE key = ${key} FOR UPDATE`
  return row
}

export async function listTableDrafts(db: Db): Promise<TableDraft[]> {
  return await db<TableDraft[]>`SELECT ${columns(db)} FROM decisions.table_draft ORDER BY key`
}

/** False when the table has a draft already. */
export async function insertTableDraft(tx: Tx, d: TableDraft): Promise<boolean> {
  const done = await tx`
    INSERT INTO decisions.table_draft (key, owner, base_version, definition, examples, revision, state, edited_by, edited_name, edited_at)
    VALUES (${d.key}, ${d.owner}, ${d.baseVersion}, ${tx.json(d.definition as never)}, ${tx.json(d.examples as never)}, ${d.revision}, ${d.state}, ${d.editedBy}, ${d.editedName}, ${d.editedAt})
    ON CONFLICT DO NOTHING`
  return done.count === 1
}

export async function updateTableDraft(tx: Tx, d: TableDraft): Promise<void> {
  await tx`
    UPDATE decisions.table_draft SET definition = ${tx.json(d.definition as never)}, examples = ${tx.json(d.examples as never)}, revision = ${d.revision}, state = ${d.state}, edited_by = ${d.editedBy}, edited_name = ${d.editedName}, edited_at = ${d.editedAt}, note = ${d.note}
    WHERE key = ${d.key}`
}

export async function deleteTableDraft(tx: Tx, key: string): Promise<void> {
  await tx`DELETE FROM decisions.table_draft WHERE key = ${key}`
}
