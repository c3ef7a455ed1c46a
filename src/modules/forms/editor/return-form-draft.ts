import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { appendEvent } from '../../ledger/index.ts'
import { updateFormDraft } from './draft.store.ts'
import { draftFacts, openDraft } from './open-draft.ts'

const longestNote = 1000

/** Sends a draft back to who writes it, with what is to be changed; an editor may also take it back. @throws as openDraft */
export async function returnFormDraft(ctx: Ctx, key: string, note: string): Promise<FieldError[]> {
  if (note === '') return [{ field: 'note', key: 'forms.editor.return.noteMissing' }]
  if (note.length > longestNote) return [{ field: 'note', key: 'forms.editor.return.noteLong', params: { max: longestNote } }]
  return transact(ctx, async (tx) => {
    const draft = await openDraft(tx, ctx, key, 'in-check')
    await updateFormDraft(tx, { ...draft, state: 'draft', note })
    await appendEvent(tx, ctx, { type: 'form.draft_returned', subject: key, data: draftFacts(draft) })
    return []
  })
}
