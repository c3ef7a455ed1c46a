import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { appendEvent } from '../../ledger/index.ts'
import { checkTable } from '../check-table.ts'
import { updateTableDraft } from './draft.store.ts'
import { draftFacts, openSeenTableDraft } from './open-table-draft.ts'

/** Hands a draft over to the second pair of eyes. What would keep it from being published comes back. @throws as openSeenTableDraft */
export async function handOverTableDraft(ctx: Ctx, key: string, revision: number): Promise<FieldError[]> {
  return transact(ctx, async (tx) => {
    const draft = await openSeenTableDraft(tx, ctx, key, 'draft', revision)
    const mistakes = checkTable(draft.definition, draft.examples, ctx.now)
    if (mistakes.length > 0) return mistakes
    await updateTableDraft(tx, { ...draft, state: 'in-check', note: null })
    await appendEvent(tx, ctx, { type: 'decision.table_draft_handed_over', subject: key, data: draftFacts(draft) })
    return []
  })
}
