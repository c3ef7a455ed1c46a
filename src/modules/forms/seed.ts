import { systemCtx } from '../../platform/ctx.ts'
import type { Node } from '../../platform/node.ts'
import type { Tx } from '../../platform/db.ts'
import { shippedDefinitions } from './definitions/index.ts'
import { findVersion } from './forms.store.ts'
import { publishForm } from './publish-form.ts'
import { problemText } from './read-definition.ts'

/** Publishes the shipped forms; versions that are there already stay as they are, and one that officers published under the number of a shipped one is left to them. */
export async function seedForms(node: Node): Promise<void> {
  const ctx = systemCtx(node, 'forms.seed')
  for (const definition of shippedDefinitions) {
    if ((await findVersion(node.db, definition.key, definition.version))?.origin === 'authored') continue
    const published = await node.db.begin((tx) => publishForm(tx as Tx, ctx, definition))
    if (!published.ok) throw new Error(`Form ${definition.key} cannot be published:\n${published.problems.map((p) => problemText(p, 'en')).join('\n')}`)
  }
}
