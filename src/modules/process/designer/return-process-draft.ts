import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { appendEvent } from '../../ledger/index.ts'
import { updateProcessDraft } from './draft.store.ts'
import { draftFacts, openDraft } from './open-draft.ts'

const longestNote = 1000

/** Sends a draft back to who draws it, with what is to be changed; whoever drew it may also take it back. @throws as openDraft */
export async function returnProcessDraft(ctx: Ctx, key: string, note: string): Promise<FieldError[]> {
  if (note === '') return [{ field: 'note', key: 'process.designer.check.note' }]
  if (note.length > longestNote) return [{ field: 'note', key: 'process.designer.check.noteLong', params: { max: longestNote } }]
  return transact(ctx, async (tx) => {
    const draft = await openDraft(tx, ctx, key, 'in-check')
    await updateProcessDraft(tx, { ...draft, state: 'draft', note })
    await appendEvent(tx, ctx, { type: 'process.draft_returned', subject: key, data: draftFacts(draft) })
    return []
  })
}
