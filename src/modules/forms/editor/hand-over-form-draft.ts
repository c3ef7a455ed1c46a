import { transact, type Ctx } from '../../../platform/ctx.ts'
import { civilDate } from '../../../platform/i18n.ts'
import { appendEvent } from '../../ledger/index.ts'
import type { DefinitionProblem } from '../read-definition.ts'
import { checkDraft } from './check-draft.ts'
import { updateFormDraft } from './draft.store.ts'
import { requireOwnForm } from './form-owner.ts'
import { draftFacts, openSeenDraft } from './open-draft.ts'

/** Hands a draft over to the second pair of eyes. What would keep it from being published comes back. @throws as changeFormDraft */
export async function handOverFormDraft(ctx: Ctx, key: string, revision: number): Promise<DefinitionProblem[]> {
  return transact(ctx, async (tx) => {
    const draft = await openSeenDraft(tx, ctx, key, 'draft', revision)
    const problems = await checkDraft(tx, draft.definition, await requireOwnForm(tx, ctx, key), civilDate(ctx.now))
    if (problems.length > 0) return problems
    await updateFormDraft(tx, { ...draft, state: 'in-check', note: null })
    await appendEvent(tx, ctx, { type: 'form.draft_handed_over', subject: key, data: draftFacts(draft) })
    return []
  })
}
