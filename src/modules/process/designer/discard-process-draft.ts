import { transact, type Ctx } from '../../../platform/ctx.ts'
import { appendEvent } from '../../ledger/index.ts'
import { deleteProcessDraft } from './draft.store.ts'
import { draftFacts, openSeenDraft } from './open-draft.ts'

/** Gives a draft up. @throws as openSeenDraft */
export async function discardProcessDraft(ctx: Ctx, key: string, revision: number): Promise<void> {
  await transact(ctx, async (tx) => {
    const draft = await openSeenDraft(tx, ctx, key, 'draft', revision)
    await deleteProcessDraft(tx, key)
    await appendEvent(tx, ctx, { type: 'process.draft_discarded', subject: key, data: draftFacts(draft) })
  })
}
