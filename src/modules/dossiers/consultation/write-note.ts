import { actorKey } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import { appendEvent } from '../../ledger/index.ts'
import { assertOfDesk } from '../desk-scope.ts'
import { lockDossier } from '../dossiers.store.ts'
import { insertNote } from './consultation.store.ts'

const longestText = 2000

/**
 * Writes an internal note on a dossier, or a thing to do before a day ("ghi chú, việc cần làm nội bộ"). It asks nothing of the applicant: components of a dossier come
 * from the published version alone. Returns what is wrong with the input. @throws NOT_FOUND
 */
export async function writeNote(ctx: Ctx, input: { dossierId: string; kind: 'note' | 'task'; text: string; /** 'YYYY-MM-DD', or undefined without one. */ dueOn: string | undefined }): Promise<FieldError[]> {
  const text = input.text.trim()
  if (text === '') return [{ field: 'noteText', key: 'dossiers.note.missing' }]
  if ([...text].length > longestText) return [{ field: 'noteText', key: 'dossiers.desk.reasonTooLong', params: { max: longestText } }]
  return transact(ctx, async (tx) => {
    const dossier = await lockDossier(tx, input.dossierId, ctx.node.config.code)
    await assertOfDesk(ctx, dossier, 'dossiers.handle', tx)
    const id = newId(ctx.now.getTime())
    await insertNote(tx, dossier.id, { id, kind: input.kind, text, dueOn: input.kind === 'task' ? input.dueOn ?? null : null, writtenAt: ctx.now, writtenBy: actorKey(ctx.actor) })
    await appendEvent(tx, ctx, { type: 'note.written', subject: dossier.id, data: { noteId: id, kind: input.kind } })
    return []
  })
}
