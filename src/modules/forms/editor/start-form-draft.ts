import { transact, type Ctx } from '../../../platform/ctx.ts'
import { appendEvent } from '../../ledger/index.ts'
import { errors } from '../forms.errors.ts'
import { findVersion } from '../forms.store.ts'
import type { FormDraft } from './draft.ts'
import { insertFormDraft } from './draft.store.ts'
import { requireOwnForm } from './form-owner.ts'
import { draftFacts, editorOf } from './open-draft.ts'

/** Opens a draft of a form from one of its versions; a form has one at a time. @throws NOT_AUTHOR, FORM_NOT_OWN, FORM_NOT_FOUND, DRAFT_EXISTS */
export async function startFormDraft(ctx: Ctx, key: string, version: number): Promise<void> {
  await transact(ctx, async (tx) => {
    await requireOwnForm(tx, ctx, key)
    const base = await findVersion(tx, key, version)
    if (!base) throw errors.FORM_NOT_FOUND()
    const draft: FormDraft = { key, baseVersion: version, definition: base.definition, trial: null, revision: 1, state: 'draft', ...editorOf(ctx), startedAt: ctx.now, note: null }
    if (!(await insertFormDraft(tx, draft))) throw errors.DRAFT_EXISTS()
    await appendEvent(tx, ctx, { type: 'form.draft_started', subject: key, data: draftFacts(draft) })
  })
}
