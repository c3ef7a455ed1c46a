import type { Db } from '../../../platform/db.ts'
import type { Translate } from '../../../platform/i18n.ts'
import type { TimelineItem, Tone } from '../../../ui/index.ts'
import { listEvents, type LedgerEvent } from '../../ledger/index.ts'
import { stepEvents } from '../dossier-feed.ts'

/** The steps and letters of a dossier as its ledger has them, oldest first; a mirror has the same, told by the handling node. */
export async function listSteps(db: Db, dossierId: string): Promise<LedgerEvent[]> {
  const events = await listEvents(db, dossierId)
  return events.filter((e) => stepEvents.includes(e.type) || e.type === 'dossier.letter_issued')
}

const tones: Readonly<Record<string, Tone>> = { 'dossier.accepted': 'running', 'dossier.supplement_requested': 'attention', 'dossier.refused': 'stopped', 'dossier.stopped': 'stopped', 'dossier.finished': 'done', 'dossier.returned': 'done' }

export function stepItems(events: readonly LedgerEvent[], t: Translate): TimelineItem[] {
  return events.map((e) => ({
    at: e.at,
    tone: tones[e.type] ?? 'neutral',
    ...(e.data.onBehalfOf ? { by: t('dossiers.behalf.step') } : {}),
    title: e.type === 'dossier.letter_issued' ? t('dossiers.event.letter', { title: t(`dossiers.paper.${String(e.data.kind)}`) }) : t(`dossiers.event.${e.type.slice('dossier.'.length)}`),
  }))
}
