import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { FieldError } from '../../../platform/errors.ts'
import type { FormDefinition } from '../definition.ts'
import { updateFormDraft } from './draft.store.ts'
import { editorOf, openSeenDraft } from './open-draft.ts'

/** A change of a definition: what it makes of it, or the mistakes that stand in the way. */
export type Change = (definition: FormDefinition) => FormDefinition | FieldError[]

/**
 * One change to a draft, kept at once. Its shape is sound after it; whether it makes sense is told at every look and judged when it is handed over.
 * @throws NOT_AUTHOR, FORM_NOT_OWN, DRAFT_NOT_FOUND, DRAFT_NOT_IN_STATE, DRAFT_CHANGED when somebody else changed it meanwhile
 */
export async function changeFormDraft(ctx: Ctx, key: string, revision: number, change: Change): Promise<FieldError[]> {
  return transact(ctx, async (tx) => {
    const draft = await openSeenDraft(tx, ctx, key, 'draft', revision)
    const changed = change(draft.definition)
    if (Array.isArray(changed)) return changed
    await updateFormDraft(tx, { ...draft, definition: changed, revision: draft.revision + 1, ...editorOf(ctx) })
    return []
  })
}
