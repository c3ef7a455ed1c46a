import type { Node } from '../../../platform/node.ts'
import { listTasks } from '../../process/index.ts'
import { completeStep } from '../complete-step.ts'
import { findDossier } from '../dossiers.store.ts'
import { draftResult } from '../papers/build-result.ts'
import { signResult } from '../sign-result.ts'
import type { Sitting } from './small-office.ts'

/** A received dossier goes through its process by the acts of the office, until it is in that state. */
export async function handleThrough(node: Node, staff: Readonly<Record<'one-stop' | 'specialist' | 'leader', Sitting>>, id: string, to: 'finished' | 'returned'): Promise<void> {
  const open = async () => (await listTasks(node.db, { subject: id, open: true }))[0]
  for (let task = await open(); task && (await findDossier(node.db, id))!.state !== to; task = await open()) {
    const { ctx } = staff[task.role as keyof typeof staff]
    if (task.act === 'sign') await signResult(ctx, { dossierId: id, taskId: task.id })
    else await completeStep(ctx, { dossierId: id, taskId: task.id, ...(task.outcomes[0] ? { outcome: task.outcomes[0].value } : {}), ...(task.act === 'draft-result' ? { draft: await draftResult(ctx, (await findDossier(node.db, id))!, {}) } : {}) })
  }
}
