import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { appendEvent } from '../../ledger/index.ts'
import { updateTableDraft } from './draft.store.ts'
import { draftFacts, openTableDraft } from './open-table-draft.ts'

const longestNote = 1000

/** Sends a draft back to who writes it, with what is to be changed; an editor may also take it back. @throws as openTableDraft */
export async function returnTableDraft(ctx: Ctx, key: string, note: string): Promise<FieldError[]> {
  if (note === '') return [{ field: 'note', key: 'decisions.check.empty' }]
  if (note.length > longestNote) return [{ field: 'note', key: 'decisions.check.noteLong', params: { max: longestNote } }]
  return transact(ctx, async (tx) => {
    const draft = await openTableDraft(tx, ctx, key, 'in-check')
    await updateTableDraft(tx, { ...draft, state: 'draft', note })
    await appendEvent(tx, ctx, { type: 'decision.table_draft_returned', subject: key, data: draftFacts(draft) })
    return []
  })
}
