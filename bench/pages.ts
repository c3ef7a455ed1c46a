/**
 * `npm run bench:pages`: the catalogue's pages over HTTP at 16 connections with 6,500 procedures loaded: home, list, list with filter, search,
 * a procedure; and procedures and searches that nobody has asked for before. Writes docs/bench-pages.md.
 * Options: --data FOLDER (published procedures; MOTCUA_DATA), --procedures N (6500), --seconds S per measurement (8), --connections C (16),
 * --only WORD (measurements whose name has the word; the file stays as it is), --keep (the filled database for the next run).
 */
import type { ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, release } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openDatabases } from '../src/country/databases.ts'
import { databaseOf, nodeConfig } from '../src/nodes.ts'
import type { NodeConfig } from '../src/platform/config.ts'
import { openDatabase } from '../src/platform/db.ts'
import { freePort } from '../src/platform/embedded-postgres.ts'
import { migrate } from '../src/platform/migrate.ts'
import { root } from '../src/platform/root.ts'
import { fillCatalogue, type FilledCatalogue } from './fill-catalogue.ts'
import { httpClient } from './http-client.ts'
import { measure, type Measured, type Unit } from './measure.ts'
import { cpuMs, residentMb, watchMemory } from './memory.ts'
import { startNode } from './start-node.ts'

const { values } = parseArgs({ options: { data: { type: 'string' }, procedures: { type: 'string', default: '6500' }, seconds: { type: 'string', default: '8' }, connections: { type: 'string', default: '16' }, only: { type: 'string' }, keep: { type: 'boolean', default: false } } })
const data = values.data ?? process.env.MOTCUA_DATA
const limit = { connections: Number(values.connections), seconds: Number(values.seconds) }
/** What the pages owe: requests a second on two cores, milliseconds. */
const goal = { perSecond: 400, p99: 50 }

// Stopping waits for processes, which alone do not keep this one alive.
const awake = setInterval(() => {}, 60_000)
const folder = join(root, 'var/bench-pages')
mkdirSync(folder, { recursive: true, mode: 0o700 })
const databases = await openDatabases({ folder, fresh: !values.keep, fsync: true })
let node: ChildProcess | undefined
try {
  const database = databaseOf('national')
  await databases.provision(database)
  const port = await freePort()
  const config = nodeConfig('national', { firstPort: port, databaseUrl: (_, role) => databases.url(database, role), dataDir: folder, logLevel: 'error' })
  await migrate(config.ownerUrl!)
  const filled = await fillOnce(config)
  // What the database does by itself within a minute of so many new rows.
  await analyse(databases.url(database, 'owner'))
  console.log(`${filled.real + filled.copied} procedures`)
  node = await startNode(config)
  await atRest(databases.url(database, 'owner'))
  const idle = residentMb(node.pid!)
  const memory = watchMemory(node.pid!)
  const rows: Row[] = []
  for (const { name, unit, before } of pagesOf(config, filled)) {
    if (!name.toLowerCase().includes((values.only ?? '').toLowerCase())) continue
    await before?.()
    const measured = await measure(unit, limit, () => cpuMs(node!.pid!))
    rows.push({ name, measured })
    console.log(`${name}: ${Math.round(measured.perSecond)}/s, p50 ${measured.p50.toFixed(1)} ms, p99 ${measured.p99.toFixed(1)} ms, node ${measured.cpu.toFixed(2)} ms${measured.failed > 0 ? `, ${measured.failed} FAILED` : ''}`)
  }
  const memoryLine = `node process ${Math.round(idle)} MB after start, ${Math.round(memory.peak())} MB at most; database server ${Math.round(memory.postgres())} MB`
  console.log(memoryLine)
  if (!values.only) writeFileSync(join(root, 'docs/bench-pages.md'), report(rows, filled, memoryLine))
} finally {
  node?.kill('SIGTERM')
  if (node) await new Promise((done) => node!.once('exit', done))
  await databases.stop()
  clearInterval(awake)
}

interface Row { name: string; measured: Measured & { cpu: number } }

/** Waits until the node has done what the publications left it to do: review, files of open data. */
async function atRest(url: string): Promise<void> {
  const owner = openDatabase(url, { max: 1 })
  const isDue = async (): Promise<boolean> => (await owner`SELECT FROM platform.job WHERE run_at <= now() AND failed_at IS NULL`).length > 0
  while (await isDue()) await new Promise((done) => setTimeout(done, 500))
  await owner.end()
}

async function analyse(url: string): Promise<void> {
  const owner = openDatabase(url, { max: 1 })
  await owner`ANALYZE catalogue.procedure, catalogue.procedure_version`
  await owner.end()
}

/** With --keep the filled catalogue of the run before is taken as it is. */
async function fillOnce(config: NodeConfig): Promise<FilledCatalogue> {
  const file = join(folder, 'filled.json')
  if (values.keep && existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as FilledCatalogue
  const filled = await fillCatalogue(config, data && existsSync(join(data, 'procedures.jsonl.gz')) ? data : undefined, Number(values.procedures))
  writeFileSync(file, JSON.stringify(filled))
  return filled
}

interface Measurement { name: string; unit: Unit; /** What does not count. */ before?: () => Promise<void> }

function pagesOf(config: NodeConfig, { codes, questions }: FilledCatalogue): Measurement[] {
  const http = httpClient(config.baseUrl)
  const any = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)]!
  const get = (path: () => string): Unit => async (worker) => {
    const asked = path()
    const { status } = await http(worker, 'GET', asked, { headers: { 'accept-encoding': 'gzip' } })
    if (status !== 200) throw new Error(`GET ${asked} answered ${status}`)
  }
  let count = 0
  /** One after the other, under an address that is new to the program every time: nothing of the page is remembered. */
  const first = (list: readonly string[], address: (one: string, time: number) => string) => (): string => address(list[++count % list.length]!, count)
  const procedures = codes.map((code) => `/thu-tuc/${code}`)
  const searches = questions.map((question) => `/thu-tuc?q=${encodeURIComponent(question)}`)
  const lists = Array.from({ length: 300 }, (_, i) => `/thu-tuc?trang=${i + 1}`)
  const filtered = ['ministry', 'province', 'commune'].flatMap((level) => ['citizen', 'enterprise'].map((subject) => `/thu-tuc?cap=${level}&doi-tuong=${subject}`))
  /** Any of these, each of which somebody has asked for before. */
  const again = (name: string, pages: readonly string[]): Measurement => ({ name, unit: get(() => any(pages)), before: () => askOnce(get, pages) })
  return [
    again('Home', ['/']),
    again('Procedure (3,000 different)', procedures),
    again('List', lists),
    again('List with filters', filtered),
    again('Search (3,000 questions)', searches),
    { name: 'Mix', unit: get(() => any(['/', any(procedures), any(procedures), '/thu-tuc', any(searches)])) },
    { name: 'Procedure, each for the first time', unit: get(first(codes, (code, time) => `/thu-tuc/${code}?lan=${time}`)) },
    { name: 'Search, each for the first time', unit: get(first(questions, (question, time) => `/thu-tuc?q=${encodeURIComponent(question)}&lan=${time}`)) },
  ]
}

async function askOnce(get: (path: () => string) => Unit, pages: readonly string[]): Promise<void> {
  const rest = [...pages]
  await Promise.all(Array.from({ length: limit.connections }, async (_, worker) => {
    for (let page = rest.pop(); page; page = rest.pop()) {
      const asked = page
      await get(() => asked)(worker)
    }
  }))
}

function report(rows: readonly Row[], filled: FilledCatalogue, memoryLine: string): string {
  const line = ({ name, measured: m }: Row): string => `| ${name} | ${Math.round(m.perSecond)} | ${m.p50.toFixed(1)} | ${m.p99.toFixed(1)} | ${m.cpu.toFixed(2)} | ${m.perSecond >= goal.perSecond && m.p99 <= goal.p99 ? 'yes' : 'no'} |`
  return `# Bench of the catalogue's pages

Repeat with \`npm run bench:pages -- --data FOLDER\`. Load, node and database share the machine; ${limit.connections} kept-alive connections, ${limit.seconds} seconds a
measurement after a warm-up, answers packed with gzip. Readers are not logged in. Pages are remembered while the catalogue stays as it is
(ADR 22): every page of the first rows was asked for once before, none of the last two rows ever.

- ${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, kernel ${release()}, Node ${process.versions.node}
- ${filled.real + filled.copied} procedures: ${filled.real} with their own content, ${filled.copied} under names of others with the content of these

| page | requests /s | p50 ms | p99 ms | work of the node a request, ms | at least ${goal.perSecond}/s and at most ${goal.p99} ms |
|---|---:|---:|---:|---:|---|
${rows.map(line).join('\n')}

Memory: ${memoryLine} (shared memory counted once).
`
}
