import { transact, type Ctx } from '../../../platform/ctx.ts'
import { errors } from '../process.errors.ts'
import { updateProcessDraft, type ProcessDraft } from './draft.store.ts'
import { editorOf, openSeenDraft } from './open-draft.ts'
import { namesIn } from './prepare-file.ts'
import { idOf, openTree } from './tree.ts'

/**
 * Keeps a changed drawing, finished or not; whether it may be published is told at every look and judged when it is handed over.
 * @returns the new revision
 * @throws DRAFT_UNREADABLE for what is no BPMN with the draft's process; as openSeenDraft
 */
export async function changeProcessDraft(ctx: Ctx, key: string, revision: number, change: (draft: ProcessDraft) => Promise<string> | string): Promise<number> {
  return transact(ctx, async (tx) => {
    const draft = await openSeenDraft(tx, ctx, key, 'draft', revision)
    const bpmn = await change(draft)
    if (bpmn === draft.bpmn) return draft.revision
    const tree = openTree(bpmn)
    if (!tree || idOf(tree.process) !== key) throw errors.DRAFT_UNREADABLE()
    await updateProcessDraft(tx, { ...draft, ...await namesIn(bpmn), bpmn, revision: draft.revision + 1, ...editorOf(ctx) })
    return draft.revision + 1
  })
}
