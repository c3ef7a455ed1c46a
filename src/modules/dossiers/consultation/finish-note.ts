import { actorKey } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import { isId } from '../../../platform/ids.ts'
import { appendEvent } from '../../ledger/index.ts'
import { assertOfDesk } from '../desk-scope.ts'
import { errors } from '../dossiers.errors.ts'
import { lockDossier } from '../dossiers.store.ts'
import { markNoteDone } from './consultation.store.ts'

/** Ticks off a thing to do on a dossier. @throws NOT_FOUND where it is no open one of this dossier */
export async function finishNote(ctx: Ctx, input: { dossierId: string; noteId: string }): Promise<void> {
  await transact(ctx, async (tx) => {
    const dossier = await lockDossier(tx, input.dossierId, ctx.node.config.code)
    await assertOfDesk(ctx, dossier, 'dossiers.handle', tx)
    if (!isId(input.noteId) || !(await markNoteDone(tx, dossier.id, input.noteId, ctx.now, actorKey(ctx.actor)))) throw errors.NOT_FOUND()
    await appendEvent(tx, ctx, { type: 'note.done', subject: dossier.id, data: { noteId: input.noteId } })
  })
}
