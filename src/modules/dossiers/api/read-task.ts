import type { Req } from '../../../platform/http/route.ts'
import { isId } from '../../../platform/ids.ts'
import { getTask, type Task } from '../../process/index.ts'
import type { Dossier } from '../dossier.ts'
import { errors } from '../dossiers.errors.ts'
import { readDossierOfDesk } from '../pages/desk/read-desk-dossier.ts'

/** The step in the address, of the dossier in it. @throws NOT_FOUND, WRONG_TASK */
export async function readTask(req: Req): Promise<{ dossier: Dossier; task: Task }> {
  const dossier = await readDossierOfDesk(req)
  const task = isId(req.params.task) ? await getTask(req.ctx.db, req.params.task) : undefined
  if (!task || task.subject !== dossier.id) throw errors.WRONG_TASK()
  return { dossier, task }
}
