import { buildApp, modules } from './app.ts'
import { untilDatabaseAnswers } from './platform/await-database.ts'
import type { NodeConfig } from './platform/config.ts'
import { migrate } from './platform/migrate.ts'
import { createNode } from './platform/node.ts'

export interface RunningNode { address: string; stop(): Promise<void> }

/** One node: configuration → migrations → reference data → pages and work → graceful stop. */
export async function runNode(config: NodeConfig): Promise<RunningNode> {
  await untilDatabaseAnswers(config.ownerUrl ?? config.databaseUrl)
  if (config.ownerUrl) await migrate(config.ownerUrl)
  const node = createNode(config, modules)
  await node.db`SELECT ledger.ensure_partition(month::date) FROM generate_series(date_trunc('month', now()), date_trunc('month', now()) + interval '2 months', interval '1 month') AS month`
  for (const module of node.modules) await module.seed?.(node)
  const app = await buildApp(node)
  const address = await app.server.listen({ host: config.host, port: config.port })
  await app.startWork()
  return {
    address,
    async stop() {
      await app.stop()
      await node.db.end({ timeout: 5 })
    },
  }
}
