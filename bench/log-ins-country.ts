import { createServer } from 'node:http'
import { join } from 'node:path'
import { openDatabases } from '../src/country/databases.ts'
import { databaseOf, nodeConfig } from '../src/nodes.ts'
import type { NodeConfig } from '../src/platform/config.ts'
import { openDatabase, type Sql } from '../src/platform/db.ts'
import { findEmbeddedPostgres, freePort } from '../src/platform/embedded-postgres.ts'
import { newId, randomToken } from '../src/platform/ids.ts'
import { migrate } from '../src/platform/migrate.ts'
import { startNode } from './start-node.ts'

export interface Person { idNumber: string; phone: string }

/** The national node and a province as processes of their own, people with accounts, and a gateway that hands codes on as telephones show them. */
export interface LogInCountry {
  national: NodeConfig
  province: NodeConfig
  people: readonly Person[]
  pids: { national: number; province: number; database: number }
  databases: { national: Sql; province: Sql }
  /** The code that arrives at a telephone; the next one when none has yet. */
  codeFor(phone: string): Promise<string>
  stop(): Promise<void>
}

export async function startLogInCountry(folder: string, count: number): Promise<LogInCountry> {
  const databases = await openDatabases({ folder, fresh: true, fsync: true })
  const telephones = await startTelephones()
  const port = await freePort()
  const configs = await Promise.all((['national', 'province'] as const).map(async (slug) => {
    const database = databaseOf(slug)
    await databases.provision(database)
    const base = nodeConfig(slug, { firstPort: port, databaseUrl: (_, role) => databases.url(database, role), dataDir: folder, logLevel: 'error' })
    await migrate(base.ownerUrl!)
    return { ...base, standIns: { ...base.standIns, smsUrl: telephones.smsUrl } }
  }))
  const [national, province] = configs as [NodeConfig, NodeConfig]
  const opened = { national: openDatabase(national.ownerUrl!, { max: 2 }), province: openDatabase(province.ownerUrl!, { max: 2 }) }
  const people = await addPeople(opened.national, count)
  const nodes = await Promise.all(configs.map(startNode))
  await acceptTermsOfUse(opened.national)
  return {
    national, province, people, databases: opened, codeFor: telephones.codeFor,
    pids: { national: nodes[0]!.pid!, province: nodes[1]!.pid!, database: findEmbeddedPostgres(join(folder, 'postgres'))?.pid ?? 0 },
    async stop() {
      await Promise.all(nodes.map((node) => new Promise((done) => { node.once('exit', done); node.kill('SIGTERM') })))
      await Promise.all(Object.values(opened).map((db) => db.end()))
      await databases.stop()
      telephones.stop()
    },
  }
}

async function addPeople(db: Sql, count: number): Promise<Person[]> {
  const people = Array.from({ length: count }, (_, n) => ({ idNumber: `001090${String(n).padStart(6, '0')}`, phone: `09${String(n).padStart(8, '0')}` }))
  const now = new Date()
  for (let from = 0; from < count; from += 500) {
    const rows = people.slice(from, from + 500).map(({ idNumber, phone }) => ({ id: newId(), subject: randomToken(18), id_number: idNumber, full_name: 'Nguyễn Văn Đo Đạc', birth_date: '1990-01-01', phone, assurance: 2, created_at: now, updated_at: now }))
    await db`INSERT INTO identity.account ${db(rows)}`
  }
  return people
}

/** Who is measured has accepted the terms that the national node published at its start, as everybody has from his second log-in on. */
async function acceptTermsOfUse(db: Sql): Promise<void> {
  await db`UPDATE identity.account SET terms_version = (SELECT max(version) FROM identity.terms_version)`
}

/** Stands for the SMS gateway and the telephones behind it. */
async function startTelephones(): Promise<{ smsUrl: string; codeFor(phone: string): Promise<string>; stop(): void }> {
  const arrived = new Map<string, string>()
  const waiting = new Map<string, (code: string) => void>()
  let count = 0
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part)).on('end', () => {
      response.setHeader('content-type', 'application/json').end(JSON.stringify(request.method === 'POST' ? { id: `sms-${++count}` } : { state: 'delivered' }))
      if (request.method !== 'POST') return
      const { to, text } = JSON.parse(Buffer.concat(parts).toString()) as { to: string; text: string }
      const code = /\b\d{6}\b/.exec(text)![0]
      const reader = waiting.get(to)
      if (reader) reader(code)
      else arrived.set(to, code)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    smsUrl: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    codeFor(phone) {
      const code = arrived.get(phone)
      arrived.delete(phone)
      if (code) return Promise.resolve(code)
      return new Promise((done, fail) => {
        const late = setTimeout(() => fail(new Error('no code came within thirty seconds')), 30_000)
        waiting.set(phone, (value) => { clearTimeout(late); waiting.delete(phone); done(value) })
      })
    },
    stop: () => { server.close(); server.closeAllConnections() },
  }
}
