/**
 * `npm run bench:filing`: filing over HTTP at 128 connections against a database of 1,000,000 dossiers; beside the bare database doing the same writes one by one on as many
 * connections, and beside Directus creating an item with the same form data, all in one run and in turns. Writes docs/bench-filing.md.
 * Options: --dossiers N (1000000), --seconds S per measurement (30), --connections C (128), --alone (without Directus, which is installed at the first run), --keep (the filled database
 * for the next run), --dry (the file stays as it is).
 */
import type { ChildProcess } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { cpus, release } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openDatabases } from '../src/country/databases.ts'
import { findForm } from '../src/modules/forms/index.ts'
import { databaseOf, nodeConfig } from '../src/nodes.ts'
import { openDatabase } from '../src/platform/db.ts'
import { findEmbeddedPostgres, freePort } from '../src/platform/embedded-postgres.ts'
import { root } from '../src/platform/root.ts'
import { bareFiling } from './bare-database.ts'
import { directusVersion, startDirectus } from './directus.ts'
import { fillDossiers } from './fill-dossiers.ts'
import { measurePair, type Measured } from './measure.ts'
import { processorOf, residentMb, watchMemory } from './memory.ts'
import { startMessageSink } from './message-sink.ts'
import { answersOf, prepareFilings } from './prepare.ts'
import { startNode, untilQuiet } from './start-node.ts'

const { values } = parseArgs({ options: { dossiers: { type: 'string', default: '1000000' }, seconds: { type: 'string', default: '30' }, connections: { type: 'string', default: '128' }, alone: { type: 'boolean', default: false }, keep: { type: 'boolean', default: false }, dry: { type: 'boolean', default: false } } })
const limit = { connections: Number(values.connections), seconds: Number(values.seconds) }

// Stopping waits for processes, which alone do not keep this one alive.
const awake = setInterval(() => {}, 60_000)
const folder = join(root, 'var/bench-filing')
mkdirSync(folder, { recursive: true, mode: 0o700 })
const databases = await openDatabases({ folder, fresh: !values.keep, fsync: true, maxConnections: limit.connections + 80 })
const sink = await startMessageSink()
let node: ChildProcess | undefined
let directus: Awaited<ReturnType<typeof startDirectus>> | undefined
try {
  const database = databaseOf('province')
  await databases.provision(database)
  const port = await freePort()
  const base = nodeConfig('province', { firstPort: port - 10, databaseUrl: (_, role) => databases.url(database, role), dataDir: folder, logLevel: 'error' })
  const config = { ...base, standIns: { ...base.standIns, smsUrl: sink.smsUrl, smtpUrl: sink.smtpUrl } }
  node = await startNode(config)
  const owner = openDatabase(databases.url(database, 'owner'), { max: 4 })
  const app = openDatabase(databases.url(database, 'app'), { max: limit.connections })
  const filled = await fillDossiers(owner, Number(values.dossiers), (text) => console.log(text))
  const idle = residentMb(node.pid!)
  const memory = watchMemory(node.pid!)
  const filings = await prepareFilings(app, config)
  const between = async (): Promise<void> => { console.log(`  quiet after ${(await untilQuiet(app, 20)).toFixed(1)} s`) }
  const server = findEmbeddedPostgres(join(folder, 'postgres'))!.pid
  const { http: ours, bare } = await measurePair(filings.request, bareFiling(app), limit, between, () => processorOf(node!.pid!, server))
  const cpu = ours.cpu!
  console.log(`ms of processor a filing while it is measured: node ${cpu.node.toFixed(2)}, database ${cpu.database.toFixed(2)}, load ${cpu.load.toFixed(2)}`)
  tell('Filing over HTTP', ours, ours)
  tell('Bare database', bare, ours)
  let peer: Measured | undefined
  let again: Measured | undefined
  if (!values.alone) {
    await databases.provision('directus')
    const form = (await findForm(app, 'household-business'))!
    directus = await startDirectus(join(root, 'var/directus'), databases.url('directus', 'owner'), Array.from({ length: 64 }, (_, i) => answersOf(form, i + 1)))
    ;({ http: again, bare: peer } = await measurePair(filings.request, directus.request, limit, between))
    tell('Filing over HTTP', again, again)
    tell('Directus', peer, again)
  }
  if (!values.dry) writeFileSync(join(root, 'docs/bench-filing.md'), report())
  await Promise.all([owner.end(), app.end()])

  function report(): string {
    const line = (name: string, m: Measured, other?: Measured): string => `| ${name} | ${whole(m.perSecond)} | ${m.p50.toFixed(1)} | ${m.p99.toFixed(1)} | ${m.failed} | ${other ? `**${(other.perSecond / m.perSecond).toFixed(2)}**` : ''} |`
    return `# Filing beside the bare database and beside a peer

Repeat with \`npm run bench:filing\`. Load, node and database share the machine; ${limit.connections} kept-alive connections, ${limit.seconds} seconds a measurement after a warm-up, in turns of a third.
A filing is a form of about 1 kB with an Idempotency-Key: session, rights, check by the form's definition, competence, then dossier, content and event. Filings that arrive together share
one statement and one commit; followers of the ledger (notices, mirror, figures) work meanwhile on the same machine. "Bare" sends the same writes statement by statement in a transaction
on as many connections, without HTTP, checks or rights. Directus ${directusVersion} creates an item with a field for each answer of the form.

- ${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]!.model.trim()}, kernel ${release()}, Node ${process.versions.node}, PostgreSQL with fsync
- ${whole(filled.dossiers)} dossiers in the database, ${whole(filled.bytes / 1_048_576)} MB on disk
- while filings come, one takes ${cpu.node.toFixed(2)} ms of processor in the node, ${cpu.database.toFixed(2)} in the database and ${cpu.load.toFixed(2)} in the load, what followers do meanwhile included; node ${Math.round(idle)} MB after start, ${Math.round(memory.peak())} MB at most

| | /s | p50 ms | p99 ms | failed | ours : it |
|---|---:|---:|---:|---:|---:|
${[line('Filing over HTTP', ours), line('Bare database, one by one', bare, ours), ...(peer && again ? [line('Filing over HTTP, in turns with Directus', again), line('Directus, create an item', peer, again)] : [])].join('\n')}
`
  }
} finally {
  await directus?.stop()
  node?.kill('SIGTERM')
  if (node) await new Promise((done) => node!.once('exit', done))
  await databases.stop()
  sink.stop()
  clearInterval(awake)
}

function whole(n: number): string {
  return Math.round(n).toLocaleString('en')
}

function tell(name: string, m: Measured, ours: Measured): void {
  console.log(`${name}: ${whole(m.perSecond)}/s, p50 ${m.p50.toFixed(1)} ms, p99 ${m.p99.toFixed(1)} ms, ${m.failed} failed${m === ours ? '' : `, ours ${(ours.perSecond / m.perSecond).toFixed(2)} times as many`}`)
}
