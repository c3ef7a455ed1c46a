import type { Follower, LedgerEvent } from '../../ledger/index.ts'
import type { Node } from '../../../platform/node.ts'
import { stepEvents, type DossierFacts } from '../../dossiers/index.ts'
import { noteChanges, noteSteps } from './queue.store.ts'

/** What changes a dossier as the portal has it, and is no step of its state: papers issued and replaced, another way of return, other data of the applicant. */
const changeEvents = ['dossier.letter_issued', 'dossier.result_corrected', 'dossier.return_changed', 'dossier.applicant_changed']
/** Work inside the office: the portal is told who did it, in which unit, when, and until when. */
const taskEvent = 'process.task_completed'

/** Notes what the national portal has to be told about the dossiers that are handled here, those filed since the day of the configuration. */
export function followDossiers(node: Node): Follower {
  const own = node.config.code
  const since = node.config.nationalPortal?.since
  const from = since === undefined ? '' : new Date(`${since}T00:00:00+07:00`).toISOString()
  const isStep = (e: LedgerEvent): boolean => stepEvents.includes(e.type) && e.data.node === own && !e.data.mirrored && (e.data as DossierFacts).submittedAt >= from
  return {
    name: 'national-portal.dossiers',
    title: 'national-portal.follower',
    types: [...stepEvents, ...changeEvents, taskEvent],
    async handle(tx, events) {
      await noteSteps(tx, events.filter(isStep))
      await noteChanges(tx, events.filter((e) => !stepEvents.includes(e.type) && !e.data.mirrored), (e) => e.type === taskEvent)
      node.nudge('national-portal')
    },
  }
}
