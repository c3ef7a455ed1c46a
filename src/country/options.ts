import { parseArgs } from 'node:util'
import { nodeSlugs, type NodeSlug } from '../nodes.ts'
import { StartFailure } from '../platform/start-failure.ts'

export interface CountryOptions {
  /** Begin anew: everything that the last run kept is thrown away. */
  fresh: boolean
  /** The nodes to run; all four unless told. */
  nodes: readonly NodeSlug[]
  host: string
  /** Port of the national node; the others follow at their usual distances. */
  firstPort: number
  /** Connection to a PostgreSQL server of the operator's, as a role that may create roles and databases. */
  databaseUrl?: string
}

export const usage = `npm start -- [options]
  --fresh           begin anew; without it the data of the last run is there
  --node NAME       run one node only (${nodeSlugs.join(', ')}); may be given several times
  --host ADDRESS    address to listen on (127.0.0.1)
  --port NUMBER     port of the national node (3000); the others follow: +10, +20, +30, stand-ins from +900
Environment: DATABASE_URL uses another PostgreSQL server (15 to 18) instead of the embedded one.`

/** Throws `StartFailure` for what is not understood; undefined when only help is wanted. */
export function readOptions(args: string[], env: NodeJS.ProcessEnv): CountryOptions | undefined {
  const { values } = parse(args)
  if (values.help) return undefined
  const nodes = (values.node ?? []).map((name) => nodeSlugs.find((slug) => slug === name) ?? unknownNode(name))
  const firstPort = Number(values.port ?? 3000)
  if (!Number.isInteger(firstPort) || firstPort < 1 || firstPort > 64_000) throw new StartFailure(`--port expects a number from 1 to 64000, not "${values.port}".`)
  const databaseUrl = env.DATABASE_URL
  if (databaseUrl && !/^postgres(ql)?:\/\//.test(databaseUrl)) throw new StartFailure('DATABASE_URL must begin with postgres:// or postgresql://.')
  if (databaseUrl && values.fresh) throw new StartFailure('--fresh does not touch the server of DATABASE_URL; drop its databases motcua_… yourself, then start without --fresh.')
  return { fresh: values.fresh ?? false, nodes: nodes.length > 0 ? nodes : nodeSlugs, host: values.host ?? '127.0.0.1', firstPort, ...(databaseUrl ? { databaseUrl } : {}) }
}

function parse(args: string[]) {
  try {
    return parseArgs({ args, strict: true, options: { fresh: { type: 'boolean' }, node: { type: 'string', multiple: true }, host: { type: 'string' }, port: { type: 'string' }, help: { type: 'boolean', short: 'h' } } })
  } catch (error) {
    throw new StartFailure(`${(error as Error).message}\n${usage}`)
  }
}

function unknownNode(name: string): never {
  throw new StartFailure(`There is no node "${name}"; the nodes are ${nodeSlugs.join(', ')}.`)
}
