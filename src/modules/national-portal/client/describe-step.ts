import { translator } from '../../../platform/i18n.ts'
import type { Node } from '../../../platform/node.ts'
import type { DossierFacts } from '../../dossiers/index.ts'
import { findOfficer } from '../../identity/index.ts'
import { findAgency, findUnit } from '../../organisations/index.ts'
import { getTask, roleName } from '../../process/index.ts'
import type { ToldStep } from '../messages/write-progress.ts'
import type { DueStep } from './queue.store.ts'

const t = translator('vi')

/** The facts of the dossier after a step: a task done leaves them as they were. */
export const factsAfter = (step: DueStep, before: DossierFacts): DossierFacts => (step.type === 'process.task_completed' ? before : (step.data as DossierFacts))

/** A step in the words of the portal: who, in which unit, when, from when and until when. `facts` as they are after it. */
export async function describeStep(node: Node, step: DueStep, facts: DossierFacts, number: string): Promise<ToldStep> {
  const isTask = step.type === 'process.task_completed'
  const [officer, task] = await Promise.all([step.actor.startsWith('officer:') ? findOfficer(node.db, step.actor.slice('officer:'.length)) : undefined, isTask ? getTask(node.db, String(step.data.taskId)) : undefined])
  const [unit, agency] = await Promise.all([officer?.unitId ? findUnit(node.db, officer.unitId) : undefined, officer ? findAgency(node.db, officer.agencyCode, step.at) : undefined])
  return {
    number, at: step.at, state: facts.state, by: officer?.name ?? t(step.actor.startsWith('person:') ? 'national-portal.by.person' : 'national-portal.by.system'), title: isTask ? roleName(t, String(step.data.role)) : '', unit: unit?.nameVi ?? agency?.nameVi ?? '',
    words: isTask ? (task?.name.vi ?? t('national-portal.step.task')) : t(`national-portal.step.${step.type.replace('dossier.', '')}`),
    startedAt: isTask ? (task?.createdAt.toISOString() ?? null) : facts.receivedAt, dueAt: isTask && typeof step.data.due === 'string' ? step.data.due : facts.dueAt,
  }
}
