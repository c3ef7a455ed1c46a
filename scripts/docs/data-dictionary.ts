import type { Db } from '../../src/platform/db.ts'
import { testDatabase } from '../../src/platform/testing/database.ts'
import { code, generatedPage, table } from './markdown.ts'

interface Column { schema: string; table: string; about: string | null; column: string; type: string; required: boolean; note: string | null }
interface Right { schema: string; table: string; rights: string }

/** docs/generated/data-dictionary.md: every table of a node, read from a migrated database. */
export async function dataDictionaryPage(): Promise<string> {
  await using database = await testDatabase()
  const columns = await readColumns(database.owner)
  const rights = new Map((await readRights(database.owner)).map((r) => [`${r.schema}.${r.table}`, r.rights]))
  const parts = [...Map.groupBy(columns, (c) => c.schema)].flatMap(([schema, own]) => [
    `## ${schema}`,
    ...[...Map.groupBy(own, (c) => c.table)].flatMap(([name, list]) => [
      `### ${schema}.${name}`, list[0]!.about ?? '', ...(rights.get(`${schema}.${name}`)?.includes('UPDATE') ? [] : ['*The application may only read and add rows.*']),
      table(['Column', 'Type', 'Required', 'Meaning'], list.map((c) => [code(c.column), c.type, c.required ? 'yes' : '', c.note])),
    ]),
  ])
  return generatedPage('Data dictionary', 'the migrations (COMMENT ON …)',
    'Every table of a node, one schema for each module. A table is read and written by its own module only. Times are `timestamptz`, money is whole đồng, ids are UUID version 7.', ...parts)
}

const readColumns = (db: Db): Promise<Column[]> => db<Column[]>`
  SELECT n.nspname AS schema, c.relname AS table, obj_description(c.oid) AS about, a.attname AS column, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS required, col_description(c.oid, a.attnum) AS note
  FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
  WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname !~ '^(pg_|information_schema|public$)'
  ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C", a.attnum`

const readRights = (db: Db): Promise<Right[]> => db<Right[]>`
  SELECT table_schema::text AS schema, table_name::text AS table, string_agg(privilege_type, ' ') AS rights FROM information_schema.role_table_grants WHERE grantee = 'motcua_app' GROUP BY 1, 2`
