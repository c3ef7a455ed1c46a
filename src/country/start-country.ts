import { chmodSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { databaseOf, nodeConfig, nodeSlugs, type NodeSlug } from '../nodes.ts'
import type { NodeConfig } from '../platform/config.ts'
import { assertPortFree } from '../platform/embedded-postgres.ts'
import { root } from '../platform/root.ts'
import { StartFailure } from '../platform/start-failure.ts'
import { runChild, type ChildProgram } from './child-program.ts'
import { openDatabases, type Databases } from './databases.ts'
import type { CountryOptions } from './options.ts'

/** A running country in small. */
export interface Country {
  /** Configuration of each node that runs. */
  readonly configs: readonly NodeConfig[]
  readonly logFolder: string
  /** Process ids by program: the nodes' slugs and 'stand-ins'. */
  pids(): Record<string, number | undefined>
  stop(): Promise<void>
}

export interface CountrySetup extends CountryOptions {
  /** Where everything is kept; var/country unless told. */
  dataDir?: string
  /** A demo with a past: dossiers of every state are made at the first start. */
  history?: boolean
  /** The province also tells its dossiers to the stand-in of the real national portal, in that portal's messages. */
  portalMessages?: boolean
  /** false for tests only: nothing survives a power cut. */
  fsync?: boolean
  /** Ends a start that is still under way. */
  signal?: AbortSignal
}

/** Database server, a database for each node, the nodes and the stand-ins, each in a process of its own. Throws `StartFailure`. */
export async function startCountry(setup: CountrySetup): Promise<Country> {
  const dataDir = setup.dataDir ?? join(root, 'var/country')
  const logFolder = join(dataDir, 'logs')
  const standIns = { host: setup.host, firstPort: setup.firstPort + 900 }
  await assertPortsFree(setup)
  makeFolder(dataDir)
  const started: { stop(): Promise<void> }[] = []
  const stop = async (): Promise<void> => {
    // The programs first, all at once; the database when nobody uses it any more.
    await Promise.allSettled(started.slice(1).map((s) => s.stop()))
    await started[0]?.stop()
  }
  setup.signal?.addEventListener('abort', () => void stop())
  try {
    const databases = await openDatabases({ folder: dataDir, fresh: setup.fresh, fsync: setup.fsync ?? true, ...(setup.databaseUrl ? { databaseUrl: setup.databaseUrl } : {}) })
    started.push(databases)
    setup.signal?.throwIfAborted()
    if (setup.fresh) for (const folder of [...nodeSlugs, 'stand-ins', 'logs']) rmSync(join(dataDir, folder), { recursive: true, force: true })
    makeFolder(logFolder)
    setAsideLongLogs(logFolder)
    const configs = setup.nodes.map((slug) => nodeConfig(slug, { host: setup.host, firstPort: setup.firstPort, dataDir, databaseUrl: databases.url, history: setup.history ?? false, portalMessages: setup.portalMessages ?? false }))
    const programs = await startPrograms(configs, databases, { ...standIns, key: configs[0]!.standIns.key, dataDir: join(dataDir, 'stand-ins') }, logFolder, started)
    await Promise.all(configs.map(waitForHealth))
    return { configs, logFolder, stop, pids: () => Object.fromEntries(programs.map((p) => [p.name, p.pid()])) }
  } catch (error) {
    await stop()
    throw error
  }
}

/**
 * A node's live data is about 50 MB. Left alone, the engine lets the heap grow to several times that before it looks for what is no longer
 * used, and the C library keeps what files took: the machine has room. Four nodes on a small machine have not. So the engine looks
 * when the heap is half again as large, two allocator arenas serve instead of eight for each core, and pieces of 128 kB and more go back to the system at once.
 */
export const thrift: { args: readonly string[]; env: Readonly<Record<string, string>> } = {
  args: ['--max-semi-space-size=8', '--heap-growing-percent=50'],
  env: { MALLOC_ARENA_MAX: '2', MALLOC_MMAP_THRESHOLD_: '131072', MALLOC_TRIM_THRESHOLD_: '131072' },
}

async function startPrograms(configs: readonly NodeConfig[], databases: Databases, standIns: object, logFolder: string, started: { stop(): Promise<void> }[]): Promise<ChildProgram[]> {
  const run = async (...[options]: Parameters<typeof runChild>): Promise<ChildProgram> => {
    const program = runChild(options)
    started.push(program)
    await program.ready
    return program
  }
  const nodes = configs.map(async (config) => {
    await databases.provision(databaseOf(config.slug as NodeSlug))
    return run({ name: config.slug, program: 'main.js', env: { ...thrift.env, MOTCUA_NODE: JSON.stringify(config) }, nodeArgs: thrift.args, logFolder })
  })
  return Promise.all([...nodes, run({ name: 'stand-ins', program: 'stand-ins.js', env: { ...thrift.env, MOTCUA_STAND_INS: JSON.stringify(standIns) }, nodeArgs: ['--max-semi-space-size=2'], logFolder })])
}

async function waitForHealth(config: NodeConfig): Promise<void> {
  for (const deadline = Date.now() + 30_000; Date.now() < deadline; await sleep(50)) {
    const healthy = await fetch(`${config.baseUrl}/healthz`, { signal: AbortSignal.timeout(3000) }).then((r) => r.ok, () => false)
    if (healthy) return
  }
  throw new StartFailure(`${config.slug} runs but does not answer at ${config.baseUrl}/healthz.`)
}

/** Programs of a run that was killed a moment ago may still be leaving. */
async function assertPortsFree({ firstPort, host, nodes }: CountrySetup): Promise<void> {
  const distance: Record<NodeSlug, number> = { national: 0, province: 10, 'public-security': 20, 'social-insurance': 30 }
  const ports = [...nodes.flatMap((slug) => [firstPort + distance[slug], firstPort + distance[slug] + 1]), ...[0, 1, 2, 3, 4, 6, 7, 8, 9].map((n) => firstPort + 900 + n)]
  for (const port of ports) {
    for (let attempt = 1; ; attempt++) {
      try {
        await assertPortFree(port, host)
        break
      } catch (error) {
        if (attempt === 12) throw error
        await sleep(250)
      }
    }
  }
}

/** One older log is kept for each program. */
function setAsideLongLogs(folder: string): void {
  for (const name of readdirSync(folder).filter((n) => n.endsWith('.log'))) {
    const file = join(folder, name)
    if (statSync(file).size > 5_000_000) renameSync(file, `${file}.1`)
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    chmodSync(folder, 0o700)
  } catch (error) {
    throw new StartFailure(`The folder ${folder} cannot be used (${(error as NodeJS.ErrnoException).code}); check its owner and rights.`)
  }
}
