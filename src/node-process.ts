import { parseConfig } from './platform/config.ts'
import { endWhenDatabaseIsLost } from './platform/lost-database.ts'
import { runNode, type RunningNode } from './main.ts'

/**
 * One node as a program of its own. MOTCUA_NODE holds its configuration as JSON. Started by a parent, it reports 'ready', leaves Ctrl-C
 * to the parent (which stops the programs in the right order) and ends when the parent is gone.
 */
const hasParent = process.send !== undefined
let running: RunningNode | undefined
let stopping = false

async function stop(): Promise<void> {
  if (stopping) return
  stopping = true
  // Open event streams and a busy database must not hold the stop for ever.
  setTimeout(() => process.exit(1), 7000).unref()
  await running?.stop()
  process.exit(0)
}

endWhenDatabaseIsLost()
process.on('SIGTERM', stop)
process.on('SIGHUP', stop)
process.on('SIGINT', () => void (hasParent || stop()))
process.on('disconnect', stop)

try {
  const given = process.env.MOTCUA_NODE
  if (!given) throw new Error('MOTCUA_NODE is missing: set it to the configuration of the node as JSON.')
  delete process.env.MOTCUA_NODE
  running = await runNode(parseConfig(JSON.parse(given)))
  if (stopping) await running.stop()
  else process.send?.('ready')
} catch (error) {
  console.error(error)
  process.exit(1)
}
