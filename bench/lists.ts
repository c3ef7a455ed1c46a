/**
 * `npm run bench:lists`: every list of a province's node over HTTP with 1,000,000 dossiers, as an officer of a commune, one whose desk is the whole province, a person with a thousand dossiers and a visitor
 * see it: each alone, one request after the other, then from eight connections at once, and the slowest statement behind it. Writes docs/bench-lists.md.
 * Options: --dossiers N (1000000), --requests N alone (30; four times as many at once), --only WORD (lists whose name has the word; the file stays as it is), --keep (the filled database for the next run), --dry (the file stays as it is).
 */
import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg, release } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openDatabases } from '../src/country/databases.ts'
import { addOfficer, cookieName, createSession, findOfficer, type Role } from '../src/modules/identity/index.ts'
import { databaseOf, nodeConfig } from '../src/nodes.ts'
import type { NodeConfig } from '../src/platform/config.ts'
import { systemCtx } from '../src/platform/ctx.ts'
import { openDatabase, type Sql, type Tx } from '../src/platform/db.ts'
import { findEmbeddedPostgres, freePort } from '../src/platform/embedded-postgres.ts'
import { createNode } from '../src/platform/node.ts'
import { root } from '../src/platform/root.ts'
import { fillDesk } from './fill-desk.ts'
import { fillDossiers } from './fill-dossiers.ts'
import { httpClient } from './http-client.ts'
import { listsOf, type List, type Seat } from './lists-of-node.ts'
import { cpuMs } from './memory.ts'
import { personSession } from './prepare.ts'
import { startNode, untilQuiet } from './start-node.ts'

const { values } = parseArgs({ options: { dossiers: { type: 'string', default: '1000000' }, requests: { type: 'string', default: '30' }, only: { type: 'string' }, keep: { type: 'boolean', default: false }, dry: { type: 'boolean', default: false } } })
const wanted = Number(values.dossiers)
const requests = Number(values.requests)
const connections = 8
/** What a list owes: milliseconds at p95, alone. */
const goal = 100

// Stopping waits for processes, which alone do not keep this one alive.
const awake = setInterval(() => {}, 60_000)
const folder = join(root, 'var/bench-lists')
mkdirSync(folder, { recursive: true, mode: 0o700 })
const databases = await openDatabases({ folder, fresh: !values.keep, fsync: true })
let node: ChildProcess | undefined
try {
  const database = databaseOf('province')
  await databases.provision(database)
  const port = await freePort()
  const config = nodeConfig('province', { firstPort: port - 10, databaseUrl: (_, role) => databases.url(database, role), dataDir: folder, logLevel: 'error' })
  node = await startNode(config)
  const owner = openDatabase(databases.url(database, 'owner'), { max: 4 })
  const app = openDatabase(databases.url(database, 'app'), { max: 4 })
  const filled = await fillDossiers(owner, wanted, (text) => console.log(text), { open: 25 })
  const cookies = await openSeats(app, config)
  await fillDesk(owner, { accountId: cookies.accountId, subject: cookies.subject, officers: cookies.officers }, (text) => console.log(text))
  // Begun anew, so that it knows nothing of the rows that came past it.
  await stopNode()
  node = await startNode(config)
  await untilQuiet(app)
  const admin = openDatabase(findEmbeddedPostgres(join(folder, 'postgres'))!.url(database, 'postgres'), { max: 1 })
  const [dossier] = await app<{ code: string; reference: string }[]>`SELECT code, reference FROM dossiers.dossier WHERE code IS NOT NULL AND agency_code = ${cookies.commune} ORDER BY submitted_at LIMIT 1`
  const rows: Measured[] = []
  for (const list of listsOf({ code: dossier!.code, reference: dossier!.reference, commune: cookies.commune, officer: cookies.officers[0]!.id })) {
    if (!list.name.toLowerCase().includes((values.only ?? '').toLowerCase())) continue
    const row = await measureList(config, list, cookies.of(list.seat), admin, database)
    rows.push(row)
    console.log(`${list.name}: alone p50 ${row.p50.toFixed(0)} p95 ${row.p95.toFixed(0)} ms, processor ${row.cpu.toFixed(0)} ms, ${connections} at once p50 ${row.p50Busy.toFixed(0)} p95 ${row.p95Busy.toFixed(0)} ms, slowest statement ${row.statementMs.toFixed(0)} ms${row.p95 > goal ? ` OVER ${goal} ms: ${row.statement.slice(0, 400)}` : ''}`)
  }
  const late = rows.filter((row) => row.p95 > goal)
  console.log(`${rows.length} lists, ${late.length} over ${goal} ms`)
  if (!values.dry && !values.only) writeFileSync(join(root, 'docs/bench-lists.md'), report(rows, filled.dossiers, filled.bytes))
  if (late.length > 0) process.exitCode = 1
  await Promise.all([owner.end(), app.end(), admin.end()])
} finally {
  await stopNode()
  await databases.stop()
  clearInterval(awake)
}

async function stopNode(): Promise<void> {
  node?.kill('SIGTERM')
  if (node) await new Promise((done) => node!.once('exit', done))
  node = undefined
}

interface Cookies { commune: string; accountId: string; subject: string; officers: { id: string; agencyCode: string }[]; of(seat: Seat): string }

/** An officer with every role at a commune, one at the province, twenty colleagues; a person; nobody. */
async function openSeats(db: Sql, config: NodeConfig): Promise<Cookies> {
  const bench = createNode(config, [], { db })
  const ctx = systemCtx(bench, 'bench')
  const commune = 'H21.160'
  const officers: { id: string; agencyCode: string }[] = []
  const seat = async (login: string, agencyCode: string, roles: Role[]): Promise<string> => {
    const id = (await addOfficer(ctx, { login, password: '$bench$nobody-logs-in-with-it', totpSecret: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', name: 'Cán Bộ Đo Đạc', agencyCode, roles })) ?? (await db<{ id: string }[]>`SELECT id FROM identity.officer WHERE login = ${login}`)[0]!.id
    officers.push({ id, agencyCode })
    return id
  }
  const roles: Role[] = ['one-stop', 'specialist', 'leader']
  const [small, wide] = [await seat('bench.commune', commune, roles), await seat('bench.province', 'H21', roles)]
  for (let n = 0; n < 20; n++) await seat(`bench.${n}`, `H21.${150 + n}`, ['specialist'])
  assertKnown(await findOfficer(db, small))
  const person = await personSession(db)
  const [account] = await db<{ id: string; subject: string }[]>`SELECT id, subject FROM identity.account ORDER BY id LIMIT 1`
  const session = async (officerId: string): Promise<string> => (await db.begin(async (tx) => (await createSession(tx as Tx, { kind: 'officer', officerId, assurance: 2, methods: ['pwd', 'otp'], now: new Date() })).token)) as string
  const cookie = { commune: await session(small), province: await session(wide), person, nobody: '' }
  return { commune, accountId: account!.id, subject: account!.subject, officers, of: (who) => (who === 'nobody' ? '' : `${cookieName(bench, 'session')}=${cookie[who]}`) }
}

function assertKnown(officer: unknown): void {
  if (!officer) throw new Error('The officer of the commune was not opened.')
}

interface Measured extends List { p50: number; p95: number; cpu: number; p50Busy: number; p95Busy: number; statementMs: number; statement: string; bytes: number }

async function measureList(config: NodeConfig, list: List, cookie: string, admin: Sql, database: string): Promise<Measured> {
  const http = httpClient(config.baseUrl)
  let bytes = 0
  const once = async (worker: number): Promise<number> => {
    const begun = performance.now()
    const answer = await http(worker, 'GET', list.path, { headers: cookie ? { cookie } : {} })
    if (answer.status !== 200) throw new Error(`${list.path} answered ${answer.status}: ${answer.body.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ').slice(0, 400)}`)
    bytes = answer.body.length
    return performance.now() - begun
  }
  for (let n = 0; n < 5; n++) await once(0)
  const alone: number[] = []
  const worked = processorMs()
  for (let n = 0; n < requests; n++) alone.push(await once(0))
  const cpu = (processorMs() - worked) / requests
  const busy: number[] = []
  await Promise.all(Array.from({ length: connections }, async (_, worker) => {
    for (let n = 0; n < Math.ceil(requests * 4 / connections); n++) busy.push(await once(worker))
  }))
  return { ...list, p50: at(alone, 0.5), p95: at(alone, 0.95), cpu, p50Busy: at(busy, 0.5), p95Busy: at(busy, 0.95), bytes, ...(await slowest(() => once(0), admin, database)) }
}

/** Processor time of node and database so far: what a request takes of it hardly depends on who else uses the machine. */
function processorMs(): number {
  return cpuMs(node!.pid!) + cpuMs(findEmbeddedPostgres(join(folder, 'postgres'))!.pid)
}

/** The slowest statement of one request, by the server's own log, which is told to write for a moment. */
async function slowest(request: () => Promise<number>, admin: Sql, database: string): Promise<{ statementMs: number; statement: string }> {
  const log = join(folder, 'postgres', readdirSync(join(folder, 'postgres')).find((name) => name.endsWith('.log'))!)
  const from = existsSync(log) ? readFileSync(log).length : 0
  await admin.unsafe('ALTER SYSTEM SET log_min_duration_statement = 0')
  await admin`SELECT pg_reload_conf()`
  await new Promise((done) => setTimeout(done, 150))
  await request()
  await admin.unsafe('ALTER SYSTEM RESET log_min_duration_statement')
  await admin`SELECT pg_reload_conf()`
  await new Promise((done) => setTimeout(done, 50))
  const entries = readFileSync(log).subarray(from).toString().split(/^(?=\d{4}-\d\d-\d\d )/m).filter((entry) => entry.includes(` ${database} `) && !entry.includes('ALTER SYSTEM'))
  const times = entries.flatMap((entry) => {
    const [, ms, statement] = /duration: ([\d.]+) ms\s+(?:execute [^:]*|statement): ([\s\S]*)/.exec(entry) ?? []
    return ms ? [{ statementMs: Number(ms), statement: statement!.replace(/\s+/g, ' ').trim() }] : []
  })
  return times.sort((a, b) => b.statementMs - a.statementMs)[0] ?? { statementMs: 0, statement: '' }
}

function at(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

function report(rows: readonly Measured[], dossiers: number, bytes: number): string {
  const words = (statement: string): string => (/FROM ([a-z]+\.[a-z_]+)/i.exec(statement)?.[1] ?? statement.slice(0, 40)) + (/^SELECT count\(/i.test(statement) ? ' (count)' : '')
  return `# Lists

Repeat with \`npm run bench:lists\`. Load, node and database share the machine. Every list of a province's node that a person, an officer or a leader opens, each asked ${requests} times alone and ${requests * 4} times
from ${connections} connections at once, after five requests that do not count. One dossier in 25 stands somewhere on its way, the others are finished; eight procedures, 135 communes. "Commune" is an officer of one commune
with every role, "province" one whose desk is the whole province, "person" somebody with a thousand dossiers. Aim: at most ${goal} ms at p95, alone. "Processor" is what node and database together work for a request.

- ${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]!.model.trim()}, kernel ${release()}, Node ${process.versions.node}, PostgreSQL with fsync, 128 MB of shared buffers
- ${dossiers.toLocaleString('en')} dossiers in the database, ${Math.round(bytes / 1_048_576).toLocaleString('en')} MB on disk
- load of the machine at the end ${loadavg().map((n) => n.toFixed(1)).join(', ')} (this run takes about 2 of it)
- ${rows.length} lists, **${rows.filter((r) => r.p95 > goal).length} over ${goal} ms**; the slowest ${Math.max(...rows.map((r) => r.p95)).toFixed(0)} ms at p95 alone; at most ${Math.max(...rows.map((r) => r.cpu)).toFixed(0)} ms of processor a request

| list | seen by | p50 ms | p95 ms | processor ms | p50 ms, ${connections} at once | p95 ms, ${connections} at once | slowest statement ms | on |
|---|---|---:|---:|---:|---:|---:|---:|---|
${rows.map((r) => `| ${r.name} | ${r.seat} | ${r.p50.toFixed(0)} | ${r.p95.toFixed(0)} | ${r.cpu.toFixed(0)} | ${r.p50Busy.toFixed(0)} | ${r.p95Busy.toFixed(0)} | ${r.statementMs.toFixed(1)} | ${words(r.statement)} |`).join('\n')}
`
}
