/**
 * `npm run bench:lives`: whole lives of dossiers over HTTP at a province with 1,000,000 dossiers: a draft is begun, the dossier filed, accepted, handled step by step, signed and returned, each a request of
 * its own by the officer whose turn it is, at forty communes. Slip and result are typeset and signed. Writes docs/bench-lives.md.
 * With papers on demand as many lives as the connections can bring to their end; with papers at once lives begin by the clock, so that slips are not left behind by acts that hurry on.
 * Options: --dossiers N (1000000), --seconds S (300), --connections C (32), --rate R lives a second with papers at once (16), --papers at-once|on-demand (the section of the other stays), --keep (the filled database for the next run), --dry (the file stays as it is).
 */
import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, release } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openDatabases } from '../src/country/databases.ts'
import { databaseOf, nodeConfig } from '../src/nodes.ts'
import type { NodeConfig } from '../src/platform/config.ts'
import { openDatabase, type Sql } from '../src/platform/db.ts'
import { findEmbeddedPostgres, freePort } from '../src/platform/embedded-postgres.ts'
import { root } from '../src/platform/root.ts'
import { fillDossiers, type Filled } from './fill-dossiers.ts'
import { prepareLives, type Acts } from './live-once.ts'
import { perUnit, processorOf, residentMb, watchMemory } from './memory.ts'
import { startMessageSink } from './message-sink.ts'
import { startNode, untilQuiet } from './start-node.ts'

const { values } = parseArgs({ options: { dossiers: { type: 'string', default: '1000000' }, seconds: { type: 'string', default: '300' }, connections: { type: 'string', default: '32' }, keep: { type: 'boolean', default: false }, dry: { type: 'boolean', default: false }, papers: { type: 'string' }, rate: { type: 'string', default: '16' } } })
const seconds = Number(values.seconds)
const connections = Number(values.connections)
const warmUp = Math.min(20, seconds / 3)

type Papers = NodeConfig['papers']
const headings: Readonly<Record<Papers, string>> = { 'on-demand': 'Papers typeset when somebody opens them', 'at-once': 'Slip, result and control slip typeset, signed and sealed at once' }
/** The nation's mean in office hours: lives a second. */
const mean = 11
const burst = { times: 5, seconds: 10, after: 30 }

interface Sustained { papers: Papers; lives: number; seconds: number; failed: number; lost: number; acts: Acts; cpu: { node: number; database: number; load: number }; rest: number; idleMb: number; peakMb: number; databaseMb: number }

// Stopping waits for processes, which alone do not keep this one alive.
const page = join(root, 'docs/bench-lives.md')
const awake = setInterval(() => {}, 60_000)
const folder = join(root, 'var/bench-lives')
mkdirSync(folder, { recursive: true, mode: 0o700 })
const databases = await openDatabases({ folder, fresh: !values.keep, fsync: true })
const sink = await startMessageSink()
const database = databaseOf('province')
try {
  await databases.provision(database)
  const runs: Sustained[] = []
  let filled: Filled | undefined
  let peak: Peak | undefined
  // In this order: what papers on demand leave to be typeset would be made in the time of the others.
  for (const papers of values.papers ? [values.papers as Papers] : ['at-once', 'on-demand'] as const) {
    await withNode(papers, async (node, config) => {
      const owner = openDatabase(databases.url(database, 'owner'), { max: 4 })
      const app = openDatabase(databases.url(database, 'app'), { max: 8 })
      filled ??= await fillDossiers(owner, Number(values.dossiers), (text) => console.log(text))
      const liveOnce = await prepareLives(app, config)
      const run = await sustain(node, app, papers, liveOnce)
      runs.push(run)
      for (const line of linesOf(run)) console.log(line)
      for (const row of rowsOf(run.acts)) console.log(`${row.act.padEnd(18)} p50 ${row.p50.toFixed(0)} ms, p95 ${row.p95.toFixed(0)} ms, p99 ${row.p99.toFixed(0)} ms`)
      if (papers === 'on-demand') console.log(peakLine(peak = await burstOf(app, liveOnce)))
      await Promise.all([owner.end(), app.end()])
    })
  }
  if (!values.dry) writeFileSync(page, report(filled!, runs, peak, existsSync(page) ? readFileSync(page, 'utf8') : ''))
  if (runs.some((run) => run.lost + run.failed > 0) || peak && peak.lost + peak.failed > 0) process.exitCode = 1
} finally {
  await databases.stop()
  sink.stop()
  clearInterval(awake)
}

async function withNode(papers: Papers, work: (node: ChildProcess, config: NodeConfig) => Promise<void>): Promise<void> {
  const port = await freePort()
  const base = nodeConfig('province', { firstPort: port - 10, databaseUrl: (_, role) => databases.url(database, role), dataDir: folder, logLevel: 'error' })
  const config: NodeConfig = { ...base, papers, standIns: { ...base.standIns, smsUrl: sink.smsUrl, smtpUrl: sink.smtpUrl } }
  const node = await startNode(config)
  try {
    await work(node, config)
  } finally {
    node.kill('SIGTERM')
    await new Promise((done) => node.once('exit', done))
  }
}

type LiveOnce = (worker: number, acts: Acts) => Promise<string>

async function sustain(node: ChildProcess, app: Sql, papers: Papers, liveOnce: LiveOnce): Promise<Sustained> {
  const idleMb = residentMb(node.pid!)
  const live = (forSeconds: number): Promise<Driven> => (papers === 'at-once' ? byTheClock(liveOnce, forSeconds, () => Number(values.rate)) : drive(liveOnce, forSeconds))
  await live(warmUp)
  const memory = watchMemory(node.pid!, serverPid())
  const before = processorOf(node.pid!, serverPid())
  const run = await live(seconds)
  // What followers and jobs still have to do for these lives belongs to them.
  const rest = await untilQuiet(app)
  const after = processorOf(node.pid!, serverPid())
  return { papers, lives: run.lives.length, seconds: run.seconds, failed: run.failed, lost: await unfinished(app, run.lives), acts: run.acts, cpu: perUnit(before, after, run.lives.length), rest, idleMb, peakMb: memory.peak(), databaseMb: memory.postgres() }
}

function serverPid(): number {
  return findEmbeddedPostgres(join(folder, 'postgres'))?.pid ?? 0
}

interface Driven { lives: string[]; acts: Acts; seconds: number; failed: number }

/** As many lives as so many connections can bring to their end, one after the other on each. */
async function drive(liveOnce: LiveOnce, forSeconds: number): Promise<Driven> {
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

interface Peak { calm: number; during: number; recovered: number; lives: number; failed: number; lost: number }

interface Begun { at: number; took: number; id: string | undefined }

/** Lives that begin by the clock, whether earlier ones have ended or not; `perSecond` says how many at a second of the run. */
async function byTheClock(liveOnce: LiveOnce, forSeconds: number, perSecond: (second: number) => number): Promise<Driven & { begun: Begun[] }> {
  const begun: Begun[] = []
  const acts: Acts = {}
  const free: number[] = Array.from({ length: 400 }, (_, n) => 399 - n)
  const underWay: Promise<void>[] = []
  const start = performance.now()
  const begin = async (): Promise<void> => {
    const worker = free.pop()
    const since = performance.now() - start
    const id = worker === undefined ? undefined : await liveOnce(1000 + worker, acts).catch((error: unknown) => void console.error(error))
    if (worker !== undefined) free.push(worker)
    begun.push({ at: since / 1000, took: performance.now() - start - since, id })
  }
  for (let due = 0; due < forSeconds; due += 1 / perSecond(due)) {
    const wait = due * 1000 - (performance.now() - start)
    if (wait > 0) await new Promise((done) => setTimeout(done, wait))
    underWay.push(begin())
  }
  await Promise.all(underWay)
  const lives = begun.flatMap((l) => l.id ?? [])
  return { begun, lives, acts, seconds: (performance.now() - start) / 1000, failed: begun.length - lives.length }
}

/** The mean, then five times as many, then the mean again. Recovered is when a life takes no longer than before. */
async function burstOf(app: Sql, liveOnce: LiveOnce): Promise<Peak> {
  const [calmUntil, burstUntil] = [20, 20 + burst.seconds]
  const { begun, lives, failed } = await byTheClock(liveOnce, burstUntil + burst.after, (second) => mean * (second >= calmUntil && second < burstUntil ? burst.times : 1))
  const medianOf = (from: number, to: number): number => at(begun.filter((l) => l.at >= from && l.at < to).map((l) => l.took), 0.5)
  const calm = medianOf(5, calmUntil)
  let recovered = 0
  while (recovered < burst.after - 1 && medianOf(burstUntil + recovered, burstUntil + recovered + 1) > calm * 1.5) recovered++
  await untilQuiet(app)
  return { calm, during: medianOf(calmUntil, burstUntil), recovered, lives: lives.length, failed, lost: await unfinished(app, lives) }
}

/** Lives that were answered as done and are not, or whose slip or result is missing. */
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

function rowsOf(acts: Acts): { act: string; p50: number; p95: number; p99: number }[] {
  return Object.entries(acts).map(([act, times]) => ({ act, p50: at(times, 0.5), p95: at(times, 0.95), p99: at(times, 0.99) }))
}

function linesOf(run: Sustained): string[] {
  return [
    `${run.lives} lives in ${run.seconds.toFixed(0)} s, ${run.lost} lost, ${run.failed} failed, **${(run.lives / run.seconds).toFixed(1)} a second**`,
    `processor time a life: node ${run.cpu.node.toFixed(1)} ms, database ${run.cpu.database.toFixed(1)} ms, load ${run.cpu.load.toFixed(1)} ms`,
    `followers and jobs done ${run.rest.toFixed(0)} s after the last request; node ${Math.round(run.idleMb)} MB after start, ${Math.round(run.peakMb)} MB at most; database server ${Math.round(run.databaseMb)} MB`,
  ]
}

function peakLine(p: Peak): string {
  return `${mean} lives a second begun by the clock: a life takes ${p.calm.toFixed(0)} ms (median); ${mean * burst.times} a second for ${burst.seconds} s: ${p.during.toFixed(0)} ms; as before ${p.recovered} s after the burst; ${p.lives} lives, ${p.lost} lost, ${p.failed} failed`
}

/** What was run now, and the section of the other kind of papers as an earlier run left it. */
function report(filled: Filled, runs: readonly Sustained[], peak: Peak | undefined, earlier: string): string {
  const heading = (papers: Papers): string => `## ${headings[papers]}\n`
  const section = (run: Sustained): string => `${heading(run.papers)}
- ${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]!.model.trim()}, kernel ${release()}, Node ${process.versions.node}, PostgreSQL with fsync; ${filled.dossiers.toLocaleString('en')} dossiers in the database, ${Math.round(filled.bytes / 1_048_576).toLocaleString('en')} MB on disk
- ${run.papers === 'at-once' ? `${values.rate} lives a second begun by the clock` : `${connections} connections, one life after the other`}, ${seconds} s
${linesOf(run).map((line) => `- ${line}`).join('\n')}
${peak && run.papers === 'on-demand' ? `- a burst: ${peakLine(peak)}\n` : ''}
| act | p50 ms | p95 ms | p99 ms |
|---|---:|---:|---:|
${rowsOf(run.acts).map((r) => `| ${r.act} | ${r.p50.toFixed(0)} | ${r.p95.toFixed(0)} | ${r.p99.toFixed(0)} |`).join('\n')}
`
  const kept = (papers: Papers): string => {
    const from = earlier.indexOf(heading(papers))
    const to = earlier.indexOf('\n## ', from)
    return from < 0 ? '' : earlier.slice(from, to < 0 ? undefined : to + 1)
  }
  return `# Lives of dossiers

Repeat with \`npm run bench:lives\`. Load, node and database share the machine. A life is a household business: a draft is begun on its page, the dossier filed through the API, then accepted, checked twice,
drafted, signed and returned by the officers of one of forty communes for one of three hundred people, each act a request of its own with session, right, CSRF check, process, ledger and
followers; four text messages go to a gateway that says yes. The load asks the database which task is open, as an officer would see it on the page. Processor time counts until followers and jobs
have done what the lives left them, and in the node its typesetter.

${(['at-once', 'on-demand'] as const).map((papers) => { const run = runs.find((r) => r.papers === papers); return run ? section(run) : kept(papers) }).join('\n')}`
}
