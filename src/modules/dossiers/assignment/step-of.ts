import type { Officer } from '../../../platform/actor.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import type { Tx } from '../../../platform/db.ts'
import { isHeadOf } from '../../identity/index.ts'
import { getTask, type Task } from '../../process/index.ts'
import { assertOfDesk } from '../desk-scope.ts'
import type { Dossier } from '../dossier.ts'
import { errors } from '../dossiers.errors.ts'
import { lockDossier } from '../dossiers.store.ts'

export interface StepRef { dossierId: string; taskId: string }

/** An open step of a dossier within the officer's sight, locked. @throws NOT_FOUND, WRONG_TASK where it is no longer open */
export async function lockStep(tx: Tx, ctx: Ctx, ref: StepRef, permission: 'dossiers.handle' | 'dossiers.view' = 'dossiers.handle'): Promise<{ dossier: Dossier; task: Task; officer: Officer }> {
  const dossier = await lockDossier(tx, ref.dossierId, ctx.node.config.code)
  await assertOfDesk(ctx, dossier, permission, tx)
  const task = await getTask(tx, ref.taskId)
  if (!task || task.subject !== dossier.id || task.doneAt || task.cancelledAt || ctx.actor.kind !== 'officer') throw errors.WRONG_TASK()
  return { dossier, task, officer: ctx.actor }
}

/** Who leads the agency of a step, or the unit that handles it. */
export const leadsStep = (ctx: Ctx, task: Task): boolean => isHeadOf(ctx, { agencyCode: task.agencyCode, unitId: task.matter.unitId })
