import { transact, type Ctx } from '../../../platform/ctx.ts'
import { appendEvent } from '../../ledger/index.ts'
import { deleteTableDraft } from './draft.store.ts'
import { draftFacts, openSeenTableDraft } from './open-table-draft.ts'

/** Gives a draft up. @throws as openSeenTableDraft */
export async function discardTableDraft(ctx: Ctx, key: string, revision: number): Promise<void> {
  await transact(ctx, async (tx) => {
    const draft = await openSeenTableDraft(tx, ctx, key, 'draft', revision)
    await deleteTableDraft(tx, key)
    await appendEvent(tx, ctx, { type: 'decision.table_draft_discarded', subject: key, data: draftFacts(draft) })
  })
}
