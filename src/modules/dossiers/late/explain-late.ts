import { actorKey } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { newId } from '../../../platform/ids.ts'
import { appendEvent } from '../../ledger/index.ts'
import { assertOfDesk } from '../desk-scope.ts'
import type { Dossier } from '../dossier.ts'
import { errors } from '../dossiers.errors.ts'
import { lockDossier } from '../dossiers.store.ts'
import { insertExplanation } from './late.store.ts'

const longestReason = 2000

/** Past its date without a result, or finished after it, or late whatever its date says. */
export const isLate = (d: Pick<Dossier, 'dueAt' | 'finishedAt' | 'pausedAt' | 'isLate' | 'receivedAt'>, now: Date): boolean =>
  d.receivedAt !== null && d.dueAt !== null && (d.isLate || (d.finishedAt ? d.finishedAt > d.dueAt : d.pausedAt === null && now > d.dueAt))

/** Who leads says why a dossier is late and what is done about it ("giải trình hồ sơ quá hạn"). Returns what is wrong with the input. @throws NOT_FOUND, NOT_LATE */
export async function explainLate(ctx: Ctx, input: { dossierId: string; reason: string }): Promise<FieldError[]> {
  const reason = input.reason.trim()
  if (reason === '') return [{ field: 'lateReason', key: 'dossiers.desk.reasonMissing' }]
  if ([...reason].length > longestReason) return [{ field: 'lateReason', key: 'dossiers.desk.reasonTooLong', params: { max: longestReason } }]
  await transact(ctx, async (tx) => {
    const dossier = await lockDossier(tx, input.dossierId, ctx.node.config.code)
    await assertOfDesk(ctx, dossier, 'dossiers.view', tx)
    if (!isLate(dossier, ctx.now) || !dossier.dueAt) throw errors.NOT_LATE()
    await insertExplanation(tx, newId(ctx.now.getTime()), { dossierId: dossier.id, dueAt: dossier.dueAt, reason, explainedAt: ctx.now, explainedBy: actorKey(ctx.actor) })
    await appendEvent(tx, ctx, { type: 'late.explained', subject: dossier.id, data: { due: dossier.dueAt.toISOString() } })
  })
  return []
}
