/**
 * `npm run bench:lives`: whole lives of dossiers over HTTP at a province with 1,000,000 dossiers: a draft is begun, the dossier filed, accepted, handled step by step, signed and returned, each a request of
 * its own by the officer whose turn it is, at forty communes. Slip and result are typeset and signed. Writes docs/bench-lives.md.
 * Options: --dossiers N (1000000), --seconds S (300), --connections C (32), --papers at-once|on-demand, --keep (the filled database for the next run), --dry (the file stays as it is).
 */
import type { ChildProcess } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, release } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openDatabases } from '../src/country/databases.ts'
import { databaseOf, nodeConfig } from '../src/nodes.ts'
import type { NodeConfig } from '../src/platform/config.ts'
import { openDatabase, type Sql } from '../src/platform/db.ts'
import { findEmbeddedPostgres, freePort } from '../src/platform/embedded-postgres.ts'
import { root } from '../src/platform/root.ts'
import { fillDossiers } from './fill-dossiers.ts'
import { prepareLives, type Acts } from './live-once.ts'
import { cpuMs, residentMb, watchMemory } from './memory.ts'
import { startMessageSink } from './message-sink.ts'
import { startNode, untilQuiet } from './start-node.ts'

const { values } = parseArgs({ options: { dossiers: { type: 'string', default: '1000000' }, seconds: { type: 'string', default: '300' }, connections: { type: 'string', default: '32' }, keep: { type: 'boolean', default: false }, dry: { type: 'boolean', default: false }, papers: { type: 'string', default: 'at-once' } } })
const wanted = Number(values.dossiers)
const seconds = Number(values.seconds)
const connections = Number(values.connections)
const warmUp = Math.min(20, seconds / 3)

// Stopping waits for processes, which alone do not keep this one alive.
const awake = setInterval(() => {}, 60_000)
const folder = join(root, 'var/bench-lives')
mkdirSync(folder, { recursive: true, mode: 0o700 })
const databases = await openDatabases({ folder, fresh: !values.keep, fsync: true })
const sink = await startMessageSink()
let node: ChildProcess | undefined
const serverPid = (): number => findEmbeddedPostgres(join(folder, 'postgres'))?.pid ?? 0
try {
  const database = databaseOf('province')
  await databases.provision(database)
  const port = await freePort()
  const base = nodeConfig('province', { firstPort: port - 10, databaseUrl: (_, role) => databases.url(database, role), dataDir: folder, logLevel: 'error' })
  const config: NodeConfig = { ...base, papers: values.papers === 'on-demand' ? 'on-demand' : 'at-once', standIns: { ...base.standIns, smsUrl: sink.smsUrl, smtpUrl: sink.smtpUrl } }
  node = await startNode(config)
  const owner = openDatabase(databases.url(database, 'owner'), { max: 4 })
  const app = openDatabase(databases.url(database, 'app'), { max: 8 })
  const filled = await fillDossiers(owner, wanted, (text) => console.log(text))
  const liveOnce = await prepareLives(app, config)
  const idle = residentMb(node.pid!)
  await drive(liveOnce, warmUp)
  const memory = watchMemory(node.pid!, serverPid())
  const before = processor()
  const run = await drive(liveOnce, seconds)
  const after = processor()
  const rest = await untilQuiet(app)
  const lost = await unfinished(app, run.lives)
  const perSecond = run.lives.length / run.seconds
  const each = (which: keyof typeof before): string => `${((after[which] - before[which]) / run.lives.length).toFixed(1)} ms`
  const lines = [
    `${run.lives.length} lives in ${run.seconds.toFixed(0)} s, ${lost} lost, ${run.failed} failed, **${perSecond.toFixed(1)} a second**`,
    `processor time a life: node ${each('node')}, database ${each('database')}, load ${each('load')}`,
    `followers and jobs done ${rest.toFixed(0)} s after the last request; node ${Math.round(idle)} MB after start, ${Math.round(memory.peak())} MB at most; database server ${Math.round(memory.postgres())} MB`,
  ]
  const rows = Object.entries(run.acts).map(([act, times]) => ({ act, p50: at(times, 0.5), p95: at(times, 0.95), p99: at(times, 0.99) }))
  for (const line of lines) console.log(line)
  for (const row of rows) console.log(`${row.act.padEnd(18)} p50 ${row.p50.toFixed(0)} ms, p95 ${row.p95.toFixed(0)} ms, p99 ${row.p99.toFixed(0)} ms`)
  if (!values.dry) writeFileSync(join(root, 'docs/bench-lives.md'), report(filled.dossiers, filled.bytes, lines, rows))
  if (lost + run.failed > 0) process.exitCode = 1
  await Promise.all([owner.end(), app.end()])
} finally {
  node?.kill('SIGTERM')
  if (node) await new Promise((done) => node!.once('exit', done))
  await databases.stop()
  sink.stop()
  clearInterval(awake)
}

/** Milliseconds of processor that each program has used so far. */
function processor(): { node: number; database: number; load: number } {
  const { user, system } = process.cpuUsage()
  return { node: cpuMs(node!.pid!), database: cpuMs(serverPid()), load: (user + system) / 1000 }
}

interface Driven { lives: string[]; acts: Acts; seconds: number; failed: number }

async function drive(liveOnce: (worker: number, acts: Acts) => Promise<string>, forSeconds: number): Promise<Driven> {
  const driven: Driven = { lives: [], acts: {}, seconds: 0, failed: 0 }
  const begun = performance.now()
  await Promise.all(Array.from({ length: connections }, async (_, worker) => {
    while (performance.now() - begun < forSeconds * 1000) {
      try {
        driven.lives.push(await liveOnce(worker, driven.acts))
      } catch (error) {
        if (driven.failed++ === 0) console.error(error)
        if (driven.failed > 20) throw new Error('More than 20 lives failed; the measurement is void.', { cause: error })
      }
    }
  }))
  driven.seconds = (performance.now() - begun) / 1000
  return driven
}

/** Lives that were answered as done and are not, or whose slip or signed result is missing. */
async function unfinished(db: Sql, ids: readonly string[]): Promise<number> {
  const [row] = await db<{ n: number }[]>`
    SELECT count(*)::int AS n FROM unnest(${[...ids]}::uuid[]) AS wanted (id)
    WHERE NOT EXISTS (SELECT 1 FROM dossiers.dossier d WHERE d.id = wanted.id AND d.state = 'returned') OR (SELECT count(*) FROM documents.document p WHERE p.subject = wanted.id) < 2`
  return row!.n
}

function at(times: readonly number[], share: number): number {
  const sorted = times.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

function report(dossiers: number, bytes: number, lines: readonly string[], rows: readonly { act: string; p50: number; p95: number; p99: number }[]): string {
  return `# Lives of dossiers

Repeat with \`npm run bench:lives\`. Load, node and database share the machine. A life is a household business: a draft is begun on its page, the dossier filed through the API, then accepted, checked twice,
drafted, signed and returned by the officers of one of forty communes, each act a request of its own with session, right, CSRF check, process, ledger and followers. The load asks the
database which task is open, as an officer would see it on the page. Slip and result are typeset, signed and sealed.

- ${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]!.model.trim()}, kernel ${release()}, Node ${process.versions.node}, PostgreSQL with fsync, ${connections} connections
- ${dossiers.toLocaleString('en')} dossiers in the database, ${Math.round(bytes / 1_048_576).toLocaleString('en')} MB on disk
${lines.map((line) => `- ${line}`).join('\n')}

| act | p50 ms | p95 ms | p99 ms |
|---|---:|---:|---:|
${rows.map((r) => `| ${r.act} | ${r.p50.toFixed(0)} | ${r.p95.toFixed(0)} | ${r.p99.toFixed(0)} |`).join('\n')}
`
}
