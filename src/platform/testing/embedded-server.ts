// A process that runs an embedded server until it is ended: for tests that kill it. Arguments: folder, port.
import { startEmbeddedPostgres } from '../embedded-postgres.ts'

const [folder = '', port = '0'] = process.argv.slice(2)
const server = await startEmbeddedPostgres({ folder, port: Number(port), fsync: false, sharedBuffers: '16MB' })
process.send?.({ pid: server.pid, url: server.url('postgres', 'postgres') })
setInterval(() => {}, 60_000)
