import { createHmac, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findEmbeddedPostgres, startEmbeddedPostgres, type EmbeddedPostgres } from '../platform/embedded-postgres.ts'
import { provisionDatabase } from '../platform/provision-database.ts'
import { StartFailure } from '../platform/start-failure.ts'

/** The server with a database for each node, wherever it runs. */
export interface Databases {
  url(database: string, role: 'owner' | 'app'): string
  provision(database: string): Promise<boolean>
  stop(): Promise<void>
}

interface Options { folder: string; fresh: boolean; databaseUrl?: string; fsync?: boolean; maxConnections?: number }

export function openDatabases(options: Options): Promise<Databases> {
  return options.databaseUrl ? ofOperator(options.databaseUrl, options.folder) : embedded(options)
}

/**
 * For a command that works on the country's data while it runs or while it does not: uses the server that is up, or starts it for the
 * time of the command.
 */
export async function joinDatabases(options: Omit<Options, 'fresh'>): Promise<Databases> {
  const running = options.databaseUrl ? undefined : findEmbeddedPostgres(join(options.folder, 'postgres'))
  if (!running) return openDatabases({ ...options, fresh: false })
  return { ...ofServer(running), stop: () => Promise.resolve() }
}

const ofServer = (server: Pick<EmbeddedPostgres, 'url' | 'password'>): Omit<Databases, 'stop'> => ({
  url: (database, role) => server.url(database, `motcua_${role}`),
  provision: (database) => provisionDatabase(server.url('postgres', 'postgres'), database, { owner: server.password('motcua_owner'), app: server.password('motcua_app') }),
})

/** The embedded server; started again on the same port when it dies, so that the nodes' pools find it. */
async function embedded({ folder, fresh, fsync, maxConnections }: Options): Promise<Databases> {
  const start = { folder: join(folder, 'postgres'), sharedBuffers: '128MB', fsync: fsync ?? true, ...(maxConnections && { maxConnections }) }
  let server: EmbeddedPostgres = await startEmbeddedPostgres({ ...start, fresh })
  const { port } = server
  let stopping = false
  let restarting = Promise.resolve()
  const watch = (): void => void server.crashed.then(() => { restarting = startAgain() })
  const startAgain = async (): Promise<void> => {
    for (let wait = 200; !stopping; wait = Math.min(wait * 2, 5000)) {
      try {
        server = await startEmbeddedPostgres({ ...start, port })
        return watch()
      } catch (error) {
        console.error((error as Error).message)
        await new Promise((done) => setTimeout(done, wait))
      }
    }
  }
  watch()
  return {
    // The server may be another one after a crash; port and passwords stay.
    ...ofServer(server),
    async stop() {
      stopping = true
      // A server that is just coming back must not outlive this.
      await restarting
      await server.stop()
    },
  }
}

async function ofOperator(adminUrl: string, folder: string): Promise<Databases> {
  const file = join(folder, 'secret')
  if (!existsSync(file)) writeFileSync(file, randomBytes(24).toString('hex'), { mode: 0o600 })
  const secret = readFileSync(file, 'utf8')
  const password = (role: string): string => createHmac('sha256', secret).update(role).digest('hex').slice(0, 40)
  return {
    url(database, role) {
      const url = new URL(adminUrl)
      Object.assign(url, { username: `motcua_${role}`, password: password(role), pathname: `/${database}` })
      return url.href
    },
    async provision(database) {
      try {
        return await provisionDatabase(adminUrl, database, { owner: password('owner'), app: password('app') })
      } catch (error) {
        throw new StartFailure(`The server of DATABASE_URL cannot be prepared: ${(error as Error).message || (error as NodeJS.ErrnoException).code}; check the address, and that its role may create roles and databases.`)
      }
    },
    stop: () => Promise.resolve(),
  }
}
