import { wholeAgency } from '../../../platform/actor.ts'
import type { OfficerCtx } from '../../identity/index.ts'
import { listTasks } from '../../process/index.ts'
import { completeStep } from '../complete-step.ts'
import type { Dossier } from '../dossier.ts'
import { errors } from '../dossiers.errors.ts'

/** Does the step of returning in place of the deciding agency's own desk: its role is lent for this one step, and for no other. @throws WRONG_TASK and the refusals of completeStep */
export async function returnInPlace(ctx: OfficerCtx, dossier: Dossier): Promise<void> {
  const task = (await listTasks(ctx.db, { subject: dossier.id, open: true })).find((one) => one.act === 'return')
  if (!task) throw errors.WRONG_TASK()
  const lent = { ...wholeAgency('one-stop', dossier.agencyCode), ...(task.assignee ? { inPlaceOf: task.assignee } : {}) }
  await completeStep({ ...ctx, actor: { ...ctx.actor, agencyCode: dossier.agencyCode, scopes: [lent] } }, { dossierId: dossier.id, taskId: task.id })
}
