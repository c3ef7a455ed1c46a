import type { Db } from '../../../platform/db.ts'
import type { Translate } from '../../../platform/i18n.ts'
import type { TimelineItem, Tone } from '../../../ui/index.ts'
import { listEvents, type LedgerEvent } from '../../ledger/index.ts'
import { stepEvents } from '../dossier-feed.ts'

/** The steps and letters of a dossier as its ledger has them, oldest first; a mirror has the same, told by the handling node. `byOfficers` adds the tasks that somebody did in another's place, and moves to another version of the process. */
export async function listSteps(db: Db, dossierId: string, { byOfficers = false } = {}): Promise<LedgerEvent[]> {
  const events = await listEvents(db, dossierId)
  return events.filter((e) => stepEvents.includes(e.type) || e.type === 'dossier.letter_issued' || e.type === 'dossier.result_corrected' || e.type === 'dossier.applicant_changed' || e.type === 'dossier.applicant_kept' || (byOfficers && (e.type === 'process.version_changed' || (e.type === 'process.task_completed' && typeof e.data.inPlaceOf === 'string'))))
}

const tones: Readonly<Record<string, Tone>> = { 'dossier.accepted': 'running', 'dossier.supplement_requested': 'attention', 'dossier.refused': 'stopped', 'dossier.stopped': 'stopped', 'dossier.extended': 'attention', 'dossier.rescheduled': 'attention', 'dossier.finished': 'done', 'dossier.returned': 'done' }

/** `names` of officers, for those who work together: a person who filed is told what happened, not who did it. */
export function stepItems(events: readonly LedgerEvent[], t: Translate, names?: ReadonlyMap<string, string>): TimelineItem[] {
  const by = (e: LedgerEvent): string | undefined => {
    const name = names?.get(e.actor.replace(/^officer:/, ''))
    const other = typeof e.data.inPlaceOf === 'string' ? names?.get(e.data.inPlaceOf) : undefined
    return name && other ? t('dossiers.inPlaceOf', { name, other }) : name
  }
  return events.map((e) => ({
    by: by(e),
    at: e.at,
    tone: tones[e.type] ?? 'neutral',
    ...(e.data.onBehalfOf ? { by: t('dossiers.behalf.step') } : {}),
    title: e.type === 'process.version_changed' ? t('dossiers.event.versionChanged', { from: Number(e.data.fromVersion), to: Number(e.data.toVersion) }) : e.type === 'process.task_completed' ? t('dossiers.event.taskInPlace') : e.type === 'dossier.letter_issued' ? t('dossiers.event.letter', { title: t(`dossiers.paper.${String(e.data.kind)}`) }) : t(`dossiers.event.${e.type.slice('dossier.'.length)}`),
  }))
}
