import { fork, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import type { NodeConfig } from '../src/platform/config.ts'
import type { Sql } from '../src/platform/db.ts'
import { root } from '../src/platform/root.ts'

/** As `docs/run-a-node.md` tells to run a node where memory is not short; the country of the demonstration runs its four nodes with less. */
const production = ['--max-semi-space-size=32']

/** The built node as production runs it, in a process of its own; resolves when it answers. BENCH_NODE_ARGS are further arguments of its engine. */
export function startNode(config: NodeConfig): Promise<ChildProcess> {
  const child = fork(join(root, 'build/main.js'), [], { env: { ...process.env, NODE_ENV: 'production', MOTCUA_NODE: JSON.stringify(config) }, execArgv: [...production, ...(process.env.BENCH_NODE_ARGS?.split(' ') ?? [])], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  return new Promise((resolve, reject) => {
    child.once('message', () => resolve(child))
    child.once('exit', (code) => reject(new Error(`The node did not start (exit ${code}).`)))
  })
}

/** Seconds until the followers have passed every event that is there now and at most so many jobs are due; two minutes at most. */
export async function untilQuiet(db: Sql, jobsLeft = 0): Promise<number> {
  const begun = performance.now()
  const [last] = await db<{ xid: string; id: number }[]>`SELECT xid::text AS xid, id FROM ledger.event AS e ORDER BY e.xid DESC, e.id DESC LIMIT 1`
  while (performance.now() - begun < 120_000) {
    const [followers] = await db<{ behind: number }[]>`SELECT count(*)::int AS behind FROM ledger.follower WHERE (xid, id) < (${last?.xid ?? '0'}::text::xid8, ${last?.id ?? 0})`
    const [jobs] = await db<{ n: number }[]>`SELECT count(*)::int AS n FROM platform.job WHERE queue NOT LIKE 'bench.%' AND failed_at IS NULL AND attempts = 0 AND run_at <= now()`
    if (followers!.behind === 0 && jobs!.n <= jobsLeft) break
    await new Promise((done) => setTimeout(done, 250))
  }
  return (performance.now() - begun) / 1000
}
