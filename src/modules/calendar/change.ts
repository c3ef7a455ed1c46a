import type { Db } from '../../platform/db.ts'
import { formatDate } from '../../platform/i18n.ts'
import type { LedgerEvent } from '../../platform/ledger-event.ts'
import { createCalendar, type Calendar, type CalendarData, type OfficeHours, type Override } from './calendar.ts'
import type { Step } from './due-at.ts'
import type { NewRuleSet } from './set-rules.ts'

/** A change of the working calendar that somebody proposes; nothing moves before it is confirmed. */
export type CalendarChange =
  | { kind: 'override'; data: Override }
  | { kind: 'remove-override'; data: { date: string } }
  | { kind: 'hours'; data: OfficeHours & { source: string } }
  | { kind: 'remove-hours'; data: { agencyCode: string | null; validFrom: string } }
  | { kind: 'rules'; data: NewRuleSet }
  | { kind: 'remove-rules'; data: { code: string; validFrom: string; title: string } }

export type StoredChange = CalendarChange & { id: string; proposedAt: Date; decision: 'confirmed' | 'dropped' | null; decidedAt: Date | null }

export async function findChange(db: Db, id: string): Promise<StoredChange | undefined> {
  const [row] = await db<StoredChange[]>`SELECT id, kind, data, proposed_at AS "proposedAt", decision, decided_at AS "decidedAt" FROM calendar.change WHERE id = ${id}`
  return row
}

/** The calendar as it would be. */
export function withChange(calendar: Calendar, change: CalendarChange): Calendar {
  return createCalendar({ ...calendar.data, ...changed(calendar.data, change) })
}

const sameRow = (a: OfficeHours, b: { agencyCode?: string | null; validFrom: string }): boolean => (a.agencyCode ?? null) === (b.agencyCode ?? null) && a.validFrom === b.validFrom

function changed({ overrides = [], officeHours = [] }: CalendarData, change: CalendarChange): CalendarData {
  switch (change.kind) {
    case 'override': return { overrides: [...overrides.filter((o) => o.date !== change.data.date), change.data] }
    case 'remove-override': return { overrides: overrides.filter((o) => o.date !== change.data.date) }
    case 'hours': return { officeHours: [...officeHours.filter((row) => !sameRow(row, change.data)), change.data] }
    case 'remove-hours': return { officeHours: officeHours.filter((row) => !sameRow(row, change.data)) }
    // Dossiers keep the rules under which they were received: nothing that is promised moves.
    case 'rules': case 'remove-rules': return {}
  }
}

/** Events after which dates are to be counted again. */
export const calendarEvents: readonly string[] = ['calendar.overridden', 'calendar.hours_set']

/** What happened to the calendar, as a sentence of the explanation of a date; the moment is added where it is told. */
export async function changeStep(db: Db, event: Pick<LedgerEvent, 'type' | 'data'>): Promise<Step> {
  const { date, agency, validFrom } = event.data as { date?: string; agency?: string | null; validFrom?: string }
  if (event.type === 'calendar.overridden' && date) {
    const [now] = await db<Override[]>`SELECT date, kind, reason, source FROM calendar.override WHERE date = ${date}`
    return now ? { key: `calendar.step.changed_${now.kind}`, params: { date: formatDate(date), reason: now.reason, source: now.source } } : { key: 'calendar.step.changed_back', params: { date: formatDate(date) } }
  }
  const [hours] = validFrom ? await db<{ source: string }[]>`SELECT source FROM calendar.office_hours WHERE agency_code = ${agency ?? ''} AND valid_from = ${validFrom}` : []
  return hours && validFrom ? { key: 'calendar.step.changed_hours', params: { date: formatDate(validFrom), source: hours.source } } : { key: 'calendar.step.changed_unknown', params: {} }
}
