import { formatDateTime, type Lang } from '../../../platform/i18n.ts'
import type { Db } from '../../../platform/db.ts'
import { calendarOf, runClock, type Calendar, type ClockFacts, type Step } from '../../calendar/index.ts'
import type { Dossier } from '../dossier.ts'
import { tableDecisionOf } from '../table-decisions.ts'
import { findClockStory, readClockFacts } from './clock.store.ts'

/** How the date of a dossier came about, as sentences to show with `explain`; empty before the reception. On a mirror as the handling node told it. */
export async function explainDue(db: Db, calendar: Calendar, nodeCode: string, dossier: Dossier, lang: Lang = 'vi'): Promise<Step[]> {
  if (!dossier.dueAt) return []
  if (dossier.nodeCode !== nodeCode) return findClockStory(db, dossier.id)
  const [facts, by] = await Promise.all([readClockFacts(db, [dossier]), tableDecisionOf(db, dossier.id, 'time-limit')])
  const own = facts.get(dossier.id)
  if (!own) return []
  const decided: Step[] = by ? [{ key: 'dossiers.clock.byTable', params: { title: by.title[lang], version: by.version, ground: by.ground } }] : []
  return [...decided, ...stepsOf(calendar, dossier, own)]
}

/** Counted by the calendar of now; where that is not the date in force, it says so. */
export function stepsOf(calendar: Calendar, dossier: Dossier, facts: ClockFacts): Step[] {
  const clock = runClock(calendarOf(calendar, dossier.agencyCode), facts)
  const isSame = !dossier.dueAt || clock.due.getTime() === dossier.dueAt.getTime()
  return isSame ? clock.steps : [...clock.steps, { key: 'calendar.step.stands', params: { at: formatDateTime(dossier.dueAt!) } }]
}
