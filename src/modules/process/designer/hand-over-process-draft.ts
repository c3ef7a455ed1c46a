import { transact, type Ctx } from '../../../platform/ctx.ts'
import { appendEvent } from '../../ledger/index.ts'
import { judgeProcess } from '../judge-process.ts'
import type { Problem } from '../model.ts'
import { updateProcessDraft } from './draft.store.ts'
import { draftFacts, openSeenDraft } from './open-draft.ts'

/** Hands a draft over to the second pair of eyes. What would keep it from being published comes back. @throws as openSeenDraft */
export async function handOverProcessDraft(ctx: Ctx, key: string, revision: number): Promise<Problem[]> {
  return transact(ctx, async (tx) => {
    const draft = await openSeenDraft(tx, ctx, key, 'draft', revision)
    const { problems } = await judgeProcess(tx, ctx, draft.bpmn)
    if (problems.length > 0) return problems
    await updateProcessDraft(tx, { ...draft, state: 'in-check', note: null })
    await appendEvent(tx, ctx, { type: 'process.draft_handed_over', subject: key, data: draftFacts(draft) })
    return []
  })
}
