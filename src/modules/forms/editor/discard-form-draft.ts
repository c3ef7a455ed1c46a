import { transact, type Ctx } from '../../../platform/ctx.ts'
import { appendEvent } from '../../ledger/index.ts'
import { deleteFormDraft } from './draft.store.ts'
import { draftFacts, openSeenDraft } from './open-draft.ts'
import { deletePurpose } from './purpose.store.ts'

/** Gives a draft up; a form that has no version yet with it. True where the form remains. @throws as openSeenDraft */
export async function discardFormDraft(ctx: Ctx, key: string, revision: number): Promise<boolean> {
  return transact(ctx, async (tx) => {
    const draft = await openSeenDraft(tx, ctx, key, 'draft', revision)
    await deleteFormDraft(tx, key)
    if (draft.baseVersion === 0) await deletePurpose(tx, key)
    await appendEvent(tx, ctx, { type: 'form.draft_discarded', subject: key, data: draftFacts(draft) })
    return draft.baseVersion > 0
  })
}
