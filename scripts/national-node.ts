import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { modules } from '../src/app.ts'
import { joinDatabases } from '../src/country/databases.ts'
import { databaseOf, nodeConfig } from '../src/nodes.ts'
import { migrate } from '../src/platform/migrate.ts'
import { createNode, type Node } from '../src/platform/node.ts'
import { root } from '../src/platform/root.ts'

/** Does a command's work on the catalogue of the national node, whether the country runs meanwhile or not. */
export async function withNationalNode(work: (node: Node) => Promise<void>): Promise<void> {
  const folder = join(root, 'var/country')
  mkdirSync(folder, { recursive: true })
  const databases = await joinDatabases({ folder, ...(process.env.DATABASE_URL ? { databaseUrl: process.env.DATABASE_URL } : {}) })
  try {
    await databases.provision(databaseOf('national'))
    const config = nodeConfig('national', { databaseUrl: (name, role) => databases.url(name, role), dataDir: folder })
    await migrate(config.ownerUrl!)
    const node = createNode(config, modules)
    try {
      await node.db`SELECT ledger.ensure_partition(current_date)`
      for (const name of ['organisations', 'catalogue']) await node.modules.find((m) => m.name === name)!.seed!(node)
      await work(node)
    } finally {
      await node.db.end({ timeout: 5 })
    }
  } finally {
    await databases.stop()
  }
}
