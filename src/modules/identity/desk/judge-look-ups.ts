import { actorKey } from '../../../platform/actor.ts'
import { transact } from '../../../platform/ctx.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { appendEvent } from '../../ledger/index.ts'
import { errors } from '../identity.errors.ts'
import type { OfficerCtx } from './look-up-person.ts'
import { findUnusual } from './unusual-look-ups.store.ts'

/** The head says what he found behind unusual look-ups. Once; nobody judges his own. @throws ALERT_NOT_FOUND */
export async function judgeLookUps(ctx: OfficerCtx, id: string, given: { finding: string; note: string }): Promise<FieldError[]> {
  const { finding, note } = given
  const mistakes: FieldError[] = []
  if (finding !== 'explained' && finding !== 'misuse') mistakes.push({ field: 'finding', key: 'identity.desk.unusual.finding_missing' })
  if (note.length < 10 || note.length > 1000) mistakes.push({ field: 'note', key: 'identity.desk.unusual.note_missing' })
  if (mistakes.length > 0) return mistakes
  await transact(ctx, async (tx) => {
    const alert = await findUnusual(tx, id, ctx.actor.agencyCode)
    if (!alert || alert.officerId === ctx.actor.id) throw errors.ALERT_NOT_FOUND()
    const judged = await tx`UPDATE identity.unusual_look_ups SET finding = ${finding}, note = ${note}, found_at = ${ctx.now}, found_by = ${actorKey(ctx.actor)} WHERE id = ${id} AND finding IS NULL`
    if (judged.count > 0) await appendEvent(tx, ctx, { type: 'identity.look_ups_judged', subject: alert.officerId, data: { alertId: id, finding } })
  })
  return []
}
