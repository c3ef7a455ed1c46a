import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { TableDefinition, TableExample } from '../table-definition.ts'
import { updateTableDraft } from './draft.store.ts'
import { editorOf, openSeenTableDraft } from './open-table-draft.ts'

/** Keeps what was typed, finished or not; whether it makes sense is told at every look and judged when it is handed over. @throws as openSeenTableDraft */
export async function changeTableDraft(ctx: Ctx, key: string, revision: number, changed: { definition: TableDefinition; examples: TableExample[] }): Promise<void> {
  await transact(ctx, async (tx) => {
    const draft = await openSeenTableDraft(tx, ctx, key, 'draft', revision)
    await updateTableDraft(tx, { ...draft, ...changed, revision: draft.revision + 1, ...editorOf(ctx) })
  })
}
