import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { openDatabase, type Sql } from '../db.ts'
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../embedded-postgres.ts'
import { sha256 } from '../ids.ts'
import { listMigrations, migrate } from '../migrate.ts'
import { provisionDatabase } from '../provision-database.ts'
import { root } from '../root.ts'
import { StartFailure } from '../start-failure.ts'
import { oneConnectionEach } from './one-connection.ts'

/** A migrated, empty database of its own for one test file or one test. */
export interface TestDatabase {
  /** As `motcua_app`: what the program may do. */
  db: Sql
  /** As `motcua_owner`: to look and to prepare what the program may not. */
  owner: Sql
  url: string
  ownerUrl: string
  [Symbol.asyncDispose](): Promise<void>
}

interface TestServer { server: EmbeddedPostgres; template: string }

let running: Promise<TestServer> | undefined
let count = 0

/**
 * Clones the migrated template (about 35 ms). Closed and dropped when the test `t` ends, or by `await using`.
 * The server is shared by all tests of a process and ends with it.
 * @example
 * test('a dossier is kept', async (t) => {
 *   const { db } = await testDatabase(t)
 * })
 */
export async function testDatabase(t?: Pick<TestContext, 'after'>): Promise<TestDatabase> {
  running ??= startServer()
  const { server, template } = await running
  const name = `test_${++count}`
  await asAdmin(server, (admin) => admin.unsafe(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY file_copy OWNER motcua_owner`))
  const url = server.url(name, 'motcua_app')
  const ownerUrl = server.url(name, 'motcua_owner')
  const db = oneConnectionEach(openDatabase(url, { max: 6 }))
  const owner = openDatabase(ownerUrl, { max: 2 })
  let closed: Promise<unknown> | undefined
  const close = (): Promise<unknown> => (closed ??= Promise.all([db.end({ timeout: 2 }), owner.end({ timeout: 2 })]).then(() => asAdmin(server, (admin) => admin.unsafe(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`))))
  t?.after(() => close())
  return { db, owner, url, ownerUrl, async [Symbol.asyncDispose]() { await close() } }
}

/** Runs at the same time (several developers, several terminals) take different slots; a slot keeps its server's files for the next run. */
async function startServer(): Promise<TestServer> {
  const server = await startInFreeSlot()
  // Not `stop()`: nothing may wait once the process is going; the server ends itself on this signal.
  process.once('exit', () => process.kill(server.pid, 'SIGINT'))
  const template = `template_${sha256(listMigrations().map((m) => `${m.name} ${m.hash}`).join('\n')).toString('hex').slice(0, 16)}`
  await asAdmin(server, (admin) => prepareTemplate(server, admin, template))
  return { server, template }
}

async function prepareTemplate(server: EmbeddedPostgres, admin: Sql, template: string): Promise<void> {
  const known = (await admin<{ datname: string }[]>`SELECT datname FROM pg_database WHERE datname LIKE 'test\\_%' OR datname LIKE 'template\\_%'`).map((d) => d.datname)
  for (const old of known.filter((name) => name !== template)) await admin.unsafe(`DROP DATABASE ${old} WITH (FORCE)`)
  if (known.includes(template)) return
  // Under another name until it is whole, so that a run that is interrupted here leaves no half template.
  await provisionDatabase(server.url('postgres', 'postgres'), 'test_template', { owner: server.password('motcua_owner'), app: server.password('motcua_app') })
  await migrate(server.url('test_template', 'motcua_owner'))
  await admin.unsafe(`ALTER DATABASE test_template RENAME TO ${template}`)
}

/** A short connection: an idle one would keep the process of a finished test run alive. */
async function asAdmin<T>(server: EmbeddedPostgres, work: (admin: Sql) => Promise<T>): Promise<T> {
  const admin = openDatabase(server.url('postgres', 'postgres'), { max: 1, name: 'motcua tests' })
  try {
    return await work(admin)
  } finally {
    await admin.end({ timeout: 2 })
  }
}

async function startInFreeSlot(): Promise<EmbeddedPostgres> {
  for (let slot = 0; ; slot++) {
    const options = { folder: join(root, 'var/test-postgres', String(slot)), fsync: false, sharedBuffers: '64MB', maxConnections: 200 }
    try {
      return await startEmbeddedPostgres(options)
    } catch (error) {
      if (!(error instanceof StartFailure)) throw error
      if (slot < 30 && /in use by process|opened by another run/.test(error.message)) continue
      // Files without fsync may be unreadable after a power cut; they hold nothing of worth.
      if (/did not start/.test(error.message)) return startEmbeddedPostgres({ ...options, fresh: true })
      throw error
    }
  }
}
