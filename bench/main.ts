/**
 * `npm run bench`: filing over HTTP, look-up by code over HTTP and officers' steps over HTTP, at 16 connections, against a database of
 * 1,000,000 dossiers; each beside the bare database doing the same statements, sent one by one, in the same run. Writes docs/bench.md.
 * Options: --dossiers N (1000000), --seconds S per measurement (12), --connections C (16), --keep (the filled database for the next run), --only WORD (measurements whose name has the
 * word; docs/bench.md stays as it is).
 */
import type { ChildProcess } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openDatabases } from '../src/country/databases.ts'
import { databaseOf, nodeConfig } from '../src/nodes.ts'
import { openDatabase } from '../src/platform/db.ts'
import { findEmbeddedPostgres, freePort } from '../src/platform/embedded-postgres.ts'
import { root } from '../src/platform/root.ts'
import { bareFiling, bareLookUp, bareStep } from './bare-database.ts'
import { fillDossiers } from './fill-dossiers.ts'
import { measurePair, type Unit } from './measure.ts'
import { startMessageSink } from './message-sink.ts'
import { residentMb, watchMemory } from './memory.ts'
import { prepareFilings, prepareLookUps, prepareSteps } from './prepare.ts'
import { report, type Row } from './report.ts'
import { startNode, untilQuiet } from './start-node.ts'

const { values } = parseArgs({ options: { dossiers: { type: 'string', default: '1000000' }, seconds: { type: 'string', default: '12' }, connections: { type: 'string', default: '16' }, keep: { type: 'boolean', default: false }, only: { type: 'string' } } })
const wanted = Number(values.dossiers)
const seconds = Number(values.seconds)
const connections = Number(values.connections)

// Stopping waits for processes, which alone do not keep this one alive.
const awake = setInterval(() => {}, 60_000)
const folder = join(root, 'var/bench')
mkdirSync(folder, { recursive: true, mode: 0o700 })
const databases = await openDatabases({ folder, fresh: !values.keep, fsync: true })
const sink = await startMessageSink()
let node: ChildProcess | undefined
try {
  const database = databaseOf('province')
  await databases.provision(database)
  if (values.keep) await dropLeftWork(databases.url(database, 'owner'))
  const port = await freePort()
  const base = nodeConfig('province', { firstPort: port - 10, databaseUrl: (_, role) => databases.url(database, role), dataDir: folder, logLevel: 'error' })
  const config = { ...base, standIns: { ...base.standIns, smsUrl: sink.smsUrl, smtpUrl: sink.smtpUrl } }
  node = await startNode(config)
  const owner = openDatabase(databases.url(database, 'owner'), { max: connections })
  const app = openDatabase(databases.url(database, 'app'), { max: connections })
  const filled = await fillDossiers(owner, wanted, (text) => console.log(text))
  await settleFill(database)
  const idle = residentMb(node.pid!)
  const memory = watchMemory(node.pid!)
  const rows: Row[] = []
  const isWanted = (name: string): boolean => name.toLowerCase().includes((values.only ?? '').toLowerCase())
  const pair = async (name: string, http: Unit, bare: Unit): Promise<void> => {
    if (!isWanted(name)) return
    console.log(`${name} …`)
    const row = { name, ...await measurePair(http, bare, limit, async () => void await untilQuiet(app, 20)) }
    rows.push(row)
    console.log(`  ${Math.round(row.http.perSecond)}/s over HTTP (p99 ${row.http.p99.toFixed(1)} ms), ${Math.round(row.bare.perSecond)}/s bare, ratio ${(row.http.perSecond / row.bare.perSecond).toFixed(2)}`)
  }
  const limit = { connections, seconds }
  const filings = await prepareFilings(app, config)
  await pair('Filing', filings.request, bareFiling(app))
  const lookUps = await prepareLookUps(app, config)
  await pair('Look-up by code', lookUps.request, bareLookUp(app, lookUps.codes))
  if (isWanted('Officer accepts') || isWanted('Officer completes a step')) {
    const steps = await prepareSteps(app, config, limit)
    await pair('Officer accepts', steps.accept, bareStep(app))
    await pair('Officer completes a step', steps.complete, bareStep(app))
  }
  if (!values.only) {
    writeFileSync(join(root, 'docs/bench.md'), await report({ rows, filled, connections, seconds, idle, peak: memory.peak(), database: memory.postgres(), db: owner }))
    console.log('Written: docs/bench.md')
  } else console.log(`node process ${idle.toFixed(0)} MB after start, ${memory.peak().toFixed(0)} MB at most`)
  await Promise.all([owner.end(), app.end()])
} finally {
  node?.kill('SIGTERM')
  if (node) await new Promise((done) => node!.once('exit', done))
  await databases.stop()
  sink.stop()
  clearInterval(awake)
}

/** Writes what the fill left in memory to the disk: the first measurement is not to pay for it. */
async function settleFill(name: string): Promise<void> {
  const superuser = openDatabase(findEmbeddedPostgres(join(folder, 'postgres'))!.url(name, 'postgres'), { max: 1 })
  await superuser`CHECKPOINT`
  await superuser.end()
}

/** What the run before had not yet done would slow this one down. */
async function dropLeftWork(url: string): Promise<void> {
  const owner = openDatabase(url, { max: 1 })
  const [row] = await owner<{ there: boolean }[]>`SELECT to_regclass('platform.job') IS NOT NULL AS there`
  if (row!.there) await owner`DELETE FROM platform.job`
  await owner.end()
}
