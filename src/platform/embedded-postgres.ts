import { createHmac, randomBytes } from 'node:crypto'
import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { embeddedBinaries, type PostgresBinaries } from './embedded-postgres-binaries.ts'
import { randomToken } from './ids.ts'
import { StartFailure } from './start-failure.ts'

export type DatabaseRole = 'postgres' | 'motcua_owner' | 'motcua_app'

export interface EmbeddedPostgresOptions {
  /** Folder of this server, created with mode 0700: data, log, password, lock. */
  folder: string
  /** TCP port on 127.0.0.1; a free one when left out. */
  port?: number
  /** false: nothing survives a power cut, tests run faster. Default true. */
  fsync?: boolean
  sharedBuffers?: string
  maxConnections?: number
  /** Throws away everything in the folder first. */
  fresh?: boolean
}

export interface EmbeddedPostgres {
  readonly port: number
  readonly pid: number
  /** Connection string; the password of each role is derived from the folder's secret. */
  url(database: string, role: DatabaseRole): string
  password(role: DatabaseRole): string
  /** Settles when the server ends without `stop()`: a crash. */
  readonly crashed: Promise<void>
  /** Ends sessions, writes a checkpoint and waits for the process to end. Safe to call twice. */
  stop(): Promise<void>
}

/**
 * Starts a private PostgreSQL 18 in `folder`: creates it at the first start, stops a server that a dead earlier run left there,
 * and never outlives this process, even when it is killed. Throws `StartFailure`.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const folder = resolve(options.folder)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const unlock = lockFolder(folder)
  try {
    const binaries = embeddedBinaries(folder)
    const data = binaries.dataFolder
    await stopLeftover(data)
    if (options.fresh) {
      rmSync(data, { recursive: true, force: true })
      rmSync(join(folder, 'secret'), { force: true })
    }
    const secret = readSecret(folder)
    if (!existsSync(join(data, 'PG_VERSION'))) initialise(binaries, folder, passwordOf(secret, 'postgres'))
    const port = options.port || (await freePort())
    await assertPortFree(port)
    const child = await launch(binaries, join(folder, 'postgres.log'), settings(options, port))
    return handle(child, port, secret, unlock)
  } catch (error) {
    unlock()
    throw error
  }
}

/** The server that another process of ours runs in `folder` at this moment; undefined when none does. It is the other's to stop. */
export function findEmbeddedPostgres(folder: string): Pick<EmbeddedPostgres, 'port' | 'pid' | 'url' | 'password'> | undefined {
  const data = embeddedBinaries(resolve(folder)).dataFolder
  const lines = readPidFile(data)
  const [pid, port] = [Number(lines?.[0]), Number(lines?.[3])]
  if (!pid || !isAlive(pid) || !isPostgresOf(pid, data)) return undefined
  const secret = readSecret(resolve(folder))
  return { port, pid, password: (role) => passwordOf(secret, role), url: (database, role) => addressOf(secret, port, database, role) }
}

const addressOf = (secret: string, port: number, database: string, role: DatabaseRole): string => `postgres://${role}:${passwordOf(secret, role)}@127.0.0.1:${port}/${database}`

function handle(child: ChildProcess, port: number, secret: string, unlock: () => void): EmbeddedPostgres {
  const pid = child.pid!
  const watchdog = startWatchdog(pid)
  let stopping = false
  const exited = new Promise<void>((done) => (child.exitCode ?? child.signalCode) !== null ? done() : child.once('exit', () => done()))
  const crashed = new Promise<void>((done) => exited.then(() => {
    watchdog?.kill('SIGKILL')
    if (stopping) return
    unlock()
    done()
  }))
  return {
    port,
    pid,
    crashed,
    password: (role) => passwordOf(secret, role),
    url: (database, role) => addressOf(secret, port, database, role),
    async stop() {
      stopping = true
      // Until now the server kept no process alive; this one has to see it end.
      child.ref()
      if (child.exitCode === null && child.signalCode === null) await stopProcess(pid, exited)
      unlock()
    },
  }
}

/** SIGINT is PostgreSQL's fast shutdown; SIGQUIT is the harder one for a server that hangs. */
async function stopProcess(pid: number, exited: Promise<void>): Promise<void> {
  signal(pid, 'SIGINT')
  const inTime = await Promise.race([exited.then(() => true), sleep(15_000, false, { ref: false })])
  if (!inTime) signal(pid, 'SIGQUIT')
  await exited
}

/**
 * The server runs in a process group of its own, so that Ctrl-C reaches it only after the programs that use it. The price: it would
 * survive a killed parent. This shell waits on a pipe that closes with us, then stops the server.
 */
function startWatchdog(pid: number): ChildProcess | undefined {
  if (process.platform === 'win32') return undefined
  const watchdog = spawn('/bin/sh', ['-c', `read -r _; kill -INT ${pid}`], { stdio: ['pipe', 'ignore', 'ignore'], detached: true })
  watchdog.unref()
  ;(watchdog.stdin as unknown as { unref(): void }).unref()
  return watchdog
}

function settings(options: EmbeddedPostgresOptions, port: number): Record<string, string> {
  const durable = options.fsync ?? true
  return {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: '',
    max_connections: String(options.maxConnections ?? 120),
    shared_buffers: options.sharedBuffers ?? '128MB',
    max_wal_size: '1GB',
    // One worker instead of three: a demo country shares two cores with four nodes.
    io_method: 'worker',
    io_workers: '1',
    max_worker_processes: '4',
    max_logical_replication_workers: '0',
    max_wal_senders: '0',
    wal_level: 'minimal',
    log_min_messages: 'warning',
    log_line_prefix: '%m [%p] %d ',
    log_parameter_max_length: '0',
    log_parameter_max_length_on_error: '0',
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', autovacuum: 'off' }),
  }
}

async function launch(binaries: PostgresBinaries, logFile: string, config: Record<string, string>): Promise<ChildProcess> {
  const log = openSync(logFile, 'a', 0o600)
  const logStart = readFileSync(logFile).length
  const args = ['-D', binaries.dataFolder, ...Object.entries(config).flatMap(([name, value]) => ['-c', `${name}=${value}`])]
  const [command, commandArgs] = binaries.command('postgres', args)
  const child = spawn(command, commandArgs, { stdio: ['ignore', log, log], detached: true, cwd: binaries.dataFolder, ...binaries.spawnAs })
  closeSync(log)
  let startError: Error | undefined
  child.once('error', (error) => (startError = error))
  child.unref()
  // Recovery after a crash can take a while on a slow disk.
  for (const deadline = Date.now() + 120_000; Date.now() < deadline; await sleep(15)) {
    if (startError || child.exitCode !== null || child.signalCode !== null) break
    if (isReady(binaries.dataFolder, child.pid!)) return child
  }
  if (child.exitCode === null && child.pid) signal(child.pid, 'SIGQUIT')
  throw new StartFailure(explain(startError?.message ?? readFileSync(logFile).subarray(logStart).toString(), config.port!, logFile))
}

/** The eighth line of postmaster.pid is the server's own word on its state. */
function isReady(data: string, pid: number): boolean {
  const lines = readPidFile(data)
  return lines?.[0] === String(pid) && lines[7]?.trim() === 'ready'
}

function explain(output: string, port: string, logFile: string): string {
  if (/Address already in use/.test(output)) return portInUse(Number(port))
  if (/No space left on device/.test(output)) return 'The database cannot start because the disk is full; free some space and start again.'
  const reason = output.split('\n').filter((line) => /FATAL|ERROR|PANIC/.test(line)).at(-1) ?? output.trim().split('\n').at(-1)
  return `The database did not start: ${reason?.replace(/^.*(FATAL|ERROR|PANIC):\s*/, '') || 'it ended without a message'} (log: ${logFile}).`
}

const portInUse = (port: number): string => `Port ${port} is already in use by another program; stop that program or choose another port.`

function initialise(binaries: PostgresBinaries, folder: string, password: string): void {
  const passwordFile = join(binaries.writableFolder, `initial-password-${process.pid}`)
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  binaries.own(passwordFile)
  // libc's C.UTF-8 for character classes, ICU's root order for sorting: Vietnamese names in dictionary order on every system.
  const attempts = [['--locale=C.UTF-8', '--locale-provider=icu', '--icu-locale=und'], ['--locale=C', '--locale-provider=icu', '--icu-locale=und'], ['--locale=C']]
  let output = ''
  try {
    for (const locale of attempts) {
      rmSync(binaries.dataFolder, { recursive: true, force: true })
      const [command, args] = binaries.command('initdb', ['-D', binaries.dataFolder, '-U', 'postgres', '-E', 'UTF8', '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '--data-checksums', '--no-instructions', '--no-sync', ...locale])
      const result = spawnSync(command, args, { encoding: 'utf8', cwd: binaries.writableFolder, env: { ...process.env, LC_ALL: 'C' }, ...binaries.spawnAs })
      if (result.status === 0) return
      output = `${result.stderr ?? ''}${result.error?.message ?? ''}`
    }
  } finally {
    unlinkSync(passwordFile)
  }
  rmSync(binaries.dataFolder, { recursive: true, force: true })
  throw new StartFailure(explain(output, '', join(folder, 'postgres.log')))
}

function readSecret(folder: string): string {
  const file = join(folder, 'secret')
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 })
  return readFileSync(file, 'utf8')
}

const passwordOf = (secret: string, role: DatabaseRole): string => createHmac('sha256', secret).update(role).digest('hex').slice(0, 40)

/** One run per folder. The lock names our process and its birth, so that a lock left by a dead run is seen as such. */
function lockFolder(folder: string): () => void {
  const file = join(folder, 'lock')
  const mine = `${process.pid} ${birthOf(process.pid)} ${randomToken(6)}`
  for (let attempt = 0; attempt < 5; attempt++) {
    try {
      writeFileSync(file, mine, { flag: 'wx', mode: 0o600 })
      const unlock = (): void => {
        process.off('exit', unlock)
        if (existsSync(file) && readFileSync(file, 'utf8') === mine) unlinkSync(file)
      }
      process.once('exit', unlock)
      return unlock
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code
      if (code !== 'EEXIST') throw new StartFailure(`The data folder ${folder} cannot be written (${code}); check its owner and rights.`)
      const [pid, birth] = readFileSync(file, 'utf8').split(' ')
      if (isAlive(Number(pid)) && birthOf(Number(pid)) === birth) throw new StartFailure(`The data folder ${folder} is in use by process ${pid}; stop that run first.`)
      rmSync(file, { force: true })
    }
  }
  throw new StartFailure(`The data folder ${folder} is being opened by another run; try again.`)
}

/** Stops a server whose parent died before it could: its data is whole, but its port and settings are not ours. */
async function stopLeftover(data: string): Promise<void> {
  const pid = Number(readPidFile(data)?.[0])
  if (!pid || !isAlive(pid) || !isPostgresOf(pid, data)) return
  for (const [name, wait] of [['SIGINT', 10_000], ['SIGQUIT', 5_000], ['SIGKILL', 5_000]] as const) {
    signal(pid, name)
    for (const deadline = Date.now() + wait; Date.now() < deadline; await sleep(20)) if (!isAlive(pid)) return
  }
  throw new StartFailure(`A database server of an earlier run (process ${pid}) does not stop; end it and start again.`)
}

function readPidFile(data: string): string[] | undefined {
  try {
    return readFileSync(join(data, 'postmaster.pid'), 'utf8').split('\n')
  } catch {
    return undefined
  }
}

/** A process id alone may have been given to another program since. */
function isPostgresOf(pid: number, data: string): boolean {
  if (process.platform !== 'linux') return true
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(data)
  } catch {
    return false
  }
}

/** Fields of /proc/PID/stat after the program's name: state first, start time twentieth. Empty where there is no /proc. */
function processStat(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')
  } catch {
    return []
  }
}

const birthOf = (pid: number): string => processStat(pid)[19] ?? '0'

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    // A zombie answers signals but is over; containers often have nobody who collects it.
    return processStat(pid)[0] !== 'Z'
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // Already gone, which is what a signal here wants.
  }
}

/** A TCP port on loopback that is free now. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((done, fail) => server.once('error', fail).listen(0, '127.0.0.1', done))
  const { port } = server.address() as { port: number }
  await new Promise((done) => server.close(done))
  return port
}

/** Throws `StartFailure` when something listens on the port. */
export async function assertPortFree(port: number, host = '127.0.0.1'): Promise<void> {
  const server = createServer()
  await new Promise<void>((done, fail) => server.once('error', fail).listen(port, host, done)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'EADDRINUSE') throw new StartFailure(portInUse(port))
    if (error.code === 'EACCES') throw new StartFailure(`Port ${port} needs administrator rights; choose a port above 1023.`)
    throw new StartFailure(`Address ${host}:${port} cannot be opened (${error.code}).`)
  })
  await new Promise((done) => server.close(done))
}
