import { readdirSync, readFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { openDatabase, type Sql } from './db.ts'
import { sha256 } from './ids.ts'
import { root } from './root.ts'

export interface Migration { name: string; module: string; sql: string; hash: string }

/** All migrations of platform and modules in one global order by file name (YYYYMMDDTHHMM-verb-object.sql). */
export function listMigrations(): Migration[] {
  const modules = join(root, 'src/modules')
  const folders = [{ module: 'platform', folder: join(root, 'src/platform/migrations') }, ...readdirSync(modules).map((m) => ({ module: m, folder: join(modules, m, 'migrations') }))]
  const found = folders
    .filter(({ folder }) => existsSync(folder))
    .flatMap(({ module, folder }) => readdirSync(folder).filter((f) => f.endsWith('.sql')).map((name) => {
      const sql = readFileSync(join(folder, name), 'utf8')
      return { name: `${name.slice(0, -4)} (${module})`, module, sql, hash: sha256(sql).toString('hex') }
    }))
  return found.sort((a, b) => (a.name < b.name ? -1 : 1))
}

/**
 * Brings a database up to date, forward only, each migration in a transaction of its own, one process at a time (advisory lock).
 * Runs as the owner; the role `motcua_app` gets the right to read and write the new tables unless the migration takes it away.
 * @throws when an applied migration was edited afterwards.
 */
export async function migrate(ownerUrl: string, migrations: Migration[] = listMigrations()): Promise<number> {
  const db = openDatabase(ownerUrl, { max: 1, name: 'motcua migrate' })
  try {
    await db`SELECT pg_advisory_lock(726_104_001)`
    await prepare(db)
    const applied = new Map((await db<{ name: string; hash: string }[]>`SELECT name, hash FROM platform.migration`).map((m) => [m.name, m.hash]))
    let count = 0
    for (const migration of migrations) {
      const hash = applied.get(migration.name)
      if (hash === migration.hash) continue
      if (hash) throw new Error(`Migration ${migration.name} was changed after it ran on this database. Restore its text and put the change into a new migration.`)
      await apply(db, migration)
      count++
    }
    return count
  } finally {
    await db.end({ timeout: 5 })
  }
}

async function apply(db: Sql, migration: Migration): Promise<void> {
  try {
    await db.begin(async (tx) => {
      await grantDefaults(tx.unsafe.bind(tx) as (sql: string) => Promise<unknown>, migration.module)
      await tx.unsafe(migration.sql)
      await tx`INSERT INTO platform.migration (name, hash) VALUES (${migration.name}, ${migration.hash})`
    })
  } catch (cause) {
    throw new Error(`Migration ${migration.name} failed: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
  }
}

async function prepare(db: Sql): Promise<void> {
  await db.unsafe(`
    CREATE SCHEMA IF NOT EXISTS platform;
    CREATE TABLE IF NOT EXISTS platform.migration (name text PRIMARY KEY, hash text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now());
    COMMENT ON TABLE platform.migration IS 'Migrations that ran on this database, with the hash of their text';`)
}

/** Rights on whatever the module's migration is about to create in its schema. */
async function grantDefaults(run: (sql: string) => Promise<unknown>, module: string): Promise<void> {
  const schema = module.replaceAll('-', '_')
  await run(`
    CREATE SCHEMA IF NOT EXISTS ${schema};
    GRANT USAGE ON SCHEMA ${schema} TO motcua_app;
    ALTER DEFAULT PRIVILEGES IN SCHEMA ${schema} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO motcua_app;
    ALTER DEFAULT PRIVILEGES IN SCHEMA ${schema} GRANT USAGE, SELECT ON SEQUENCES TO motcua_app;
    ALTER DEFAULT PRIVILEGES IN SCHEMA ${schema} GRANT EXECUTE ON FUNCTIONS TO motcua_app`)
}
