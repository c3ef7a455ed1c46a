import { systemCtx, transact } from '../../platform/ctx.ts'
import type { Node } from '../../platform/node.ts'
import { publishTable } from './publish-table.ts'
import { certifiedCopiesExamples, certifiedCopiesFee } from './tables/certified-copies.ts'

/** Tables that come with the program: of nationwide law, owned by the ministry that issued it. */
const shipped = [{ definition: certifiedCopiesFee, examples: certifiedCopiesExamples, owner: 'G12', validFrom: '2017-01-01' }]

export async function seedTables(node: Node): Promise<void> {
  const ctx = systemCtx(node, 'decisions-seed')
  for (const { definition, examples, owner, validFrom } of shipped) {
    const mistakes = await transact(ctx, (tx) => publishTable(tx, ctx, { version: 1, owner, validFrom, definition, examples, origin: 'shipped', publishedBy: null, publishedName: null }))
    if (mistakes.length > 0) throw new Error(`The shipped decision table ${definition.key} is wrong: ${mistakes.map((m) => `${m.field} ${ctx.t(m.key, m.params)}`).join(' ')}`)
  }
}
