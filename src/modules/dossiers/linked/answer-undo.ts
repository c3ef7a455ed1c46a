import { actorKey } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { revokeDocument } from '../../documents/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import { assertOfDesk } from '../desk-scope.ts'
import { errors } from '../dossiers.errors.ts'
import { lockDossier } from '../dossiers.store.ts'
import { answerUndoRow, findChild, findUndo } from './linked.store.ts'
import { tellNode } from './tell-node.ts'
import { resultsOf } from './tell-parts.ts'

const longestReason = 1000

/**
 * An officer answers the wish of a stopped group: the result is undone ("hủy kết quả") and its paper out of force, or it stands; in both cases with a reason, which the person reads.
 * Returns what is wrong with the input. @throws NOT_FOUND, GROUP_PART_MISSING where nothing waits for an answer
 */
export async function answerUndo(ctx: Ctx, input: { dossierId: string; answer: string; reason: string }): Promise<FieldError[]> {
  const reason = input.reason.trim()
  const { answer } = input
  return transact(ctx, async (tx) => {
    const dossier = await lockDossier(tx, input.dossierId, ctx.node.config.code)
    await assertOfDesk(ctx, dossier, 'dossiers.handle', tx)
    const [child, undo] = [await findChild(tx, dossier.id), await findUndo(tx, dossier.id)]
    if (!child || !undo || undo.answer) throw errors.GROUP_PART_MISSING()
    const wrong: FieldError[] = [
      ...(answer === 'undone' || answer === 'stands' ? [] : [{ field: 'undoAnswer', key: 'dossiers.linked.undo.answerMissing' }]),
      ...(reason === '' ? [{ field: 'undoReason', key: 'dossiers.desk.reasonMissing' }] : [...reason].length > longestReason ? [{ field: 'undoReason', key: 'dossiers.desk.reasonTooLong', params: { max: longestReason } }] : []),
    ]
    if (wrong.length > 0 || (answer !== 'undone' && answer !== 'stands')) return wrong
    await answerUndoRow(tx, dossier.id, { answer, reason, at: ctx.now, by: actorKey(ctx.actor) })
    if (answer === 'undone') for (const paper of await resultsOf(tx, dossier.id)) await revokeDocument(tx, ctx, paper.id, reason)
    await appendEvent(tx, ctx, { type: answer === 'undone' ? 'linked.result_undone' : 'linked.result_stands', subject: dossier.id, data: { groupId: child.groupId, part: child.part } })
    await tellNode(tx, ctx, { to: child.parentNode, service: 'linked.undone', subject: dossier.id, payload: { answer, reason } })
    return []
  })
}
