import { formatDay, instantOf, parseDay, weekdayOf, yearOf, type Day } from './civil-day.ts'
import { statutoryHolidays, substituteDays, type HolidayName } from './holidays.ts'
import { defaultRuleSet, type RuleSet } from './rule-set.ts'

/** Yearly decision on one date: a day off that the rules do not give, or a make-up day that is worked. */
export interface Override { date: string; kind: 'off' | 'working'; reason: string; source: string }
/** Opening times in minutes after midnight, in order, from a date until the next row; before `validTo` only, where that is set. Of the whole node without an agency. */
export interface OfficeHours { validFrom: string; validTo?: string | null; agencyCode?: string | null; sessions: readonly Session[]; source?: string }
type DatedHours = OfficeHours & { from: Day; to: Day }
export interface Session { start: number; end: number }

/** Why no work is done on a day; `reason` of an override is official text and is shown as it stands. */
export type DayOff =
  | { kind: 'weekend' }
  | { kind: 'holiday'; name: HolidayName }
  | { kind: 'substitute'; name: HolidayName; insteadOf: string }
  | { kind: 'override'; reason: string; source: string }

/** Working days and hours of an office (lịch làm việc): the rules of the law, corrected by the yearly overrides. Immutable. */
export interface Calendar {
  readonly overrides: ReadonlyMap<Day, Override>
  /** The most particular first: those of the agency, of the agencies above it, of the node; each the newest first. */
  readonly officeHours: readonly DatedHours[]
  readonly weeklyDaysOff: ReadonlySet<number>
  readonly ruleSets: readonly RuleSet[]
  readonly years: Map<number, Map<Day, DayOff>>
  /** What it was made from, so that a changed one can be tried. */
  readonly data: CalendarData
  readonly ofAgencies: ReadonlyMap<string, readonly DatedHours[]>
  readonly views: Map<string, Calendar>
}

export interface CalendarData { overrides?: readonly Override[]; officeHours?: readonly OfficeHours[]; weeklyDaysOff?: readonly number[]; ruleSets?: readonly RuleSet[] }

/** Monday to Friday 7:00–11:30 and 13:30–17:00: eight working hours. */
export const defaultOfficeHours: OfficeHours = { validFrom: '1970-01-01', sessions: [{ start: 420, end: 690 }, { start: 810, end: 1020 }] }

export function createCalendar(data: CalendarData = {}): Calendar {
  const hours = (data.officeHours ?? []).map((row): DatedHours => ({ ...row, from: parseDay(row.validFrom), to: row.validTo ? parseDay(row.validTo) : Infinity })).sort((a, b) => b.from - a.from)
  for (const { sessions, validFrom } of hours) if (!isOrdered(sessions)) throw new RangeError(`office hours valid from ${validFrom} are empty or overlap`)
  const weeklyDaysOff = new Set(data.weeklyDaysOff ?? [0, 6])
  if (weeklyDaysOff.size > 6) throw new RangeError('a calendar needs a working day in the week')
  const ofAgencies = Map.groupBy(hours.filter((row) => row.agencyCode), (row) => row.agencyCode!)
  const ofNode = hours.filter((row) => !row.agencyCode)
  return {
    overrides: new Map((data.overrides ?? []).map((o) => [parseDay(o.date), o])), officeHours: [...ofNode, { ...defaultOfficeHours, from: -Infinity, to: Infinity }], weeklyDaysOff,
    ruleSets: data.ruleSets?.length ? data.ruleSets : [defaultRuleSet], years: new Map(), data, ofAgencies, views: new Map(),
  }
}

/** The calendar as it holds for an agency: where it, or an agency above it, has opening times of its own, these come before the node's. */
export function calendarOf(calendar: Calendar, agencyCode: string): Calendar {
  if (calendar.ofAgencies.size === 0) return calendar
  const known = calendar.views.get(agencyCode)
  if (known) return known
  const own = agencyCode.split('.').flatMap((_, i, parts) => calendar.ofAgencies.get(parts.slice(0, parts.length - i).join('.')) ?? [])
  const view = own.length === 0 ? calendar : { ...calendar, officeHours: [...own, ...calendar.officeHours] }
  calendar.views.set(agencyCode, view)
  return view
}

function isOrdered(sessions: readonly Session[]): boolean {
  return sessions.length > 0 && sessions.every((s, i) => s.end > s.start && s.start >= (sessions[i - 1]?.end ?? 0) && s.end <= 1440)
}

function holidaysOff(calendar: Calendar, year: number): Map<Day, DayOff> {
  const known = calendar.years.get(year)
  if (known) return known
  const off = new Map<Day, DayOff>()
  const holidays = statutoryHolidays(year)
  for (const { day, name } of holidays) if (!off.has(day)) off.set(day, { kind: 'holiday', name })
  for (const { day, name, insteadOf } of substituteDays(holidays, calendar.weeklyDaysOff)) off.set(day, { kind: 'substitute', name, insteadOf: formatDay(insteadOf) })
  calendar.years.set(year, off)
  return off
}

/** Why the day is off, or undefined on a working day. */
export function dayOff(calendar: Calendar, day: Day): DayOff | undefined {
  const override = calendar.overrides.get(day)
  if (override) return override.kind === 'off' ? { kind: 'override', reason: override.reason, source: override.source } : undefined
  return holidaysOff(calendar, yearOf(day)).get(day) ?? (calendar.weeklyDaysOff.has(weekdayOf(day)) ? { kind: 'weekend' } : undefined)
}

/** Whether offices work on a civil date ('YYYY-MM-DD'). */
export function isWorkingDay(calendar: Calendar, date: string): boolean {
  return dayOff(calendar, parseDay(date)) === undefined
}

/** The moment at which offices close on a civil date; undefined on a day off, or for what is no date. */
export function closingOn(calendar: Calendar, date: string): Date | undefined {
  const day = isDate(date) ? parseDay(date) : undefined
  const last = day === undefined ? undefined : sessionsOn(calendar, day).at(-1)
  return last && instantOf(day!, last.end * 60_000)
}

function isDate(date: string): boolean {
  try {
    return parseDay(date) > -Infinity
  } catch {
    return false
  }
}

/** The civil date `count` working days after `date`; 0 gives the date itself, or the next working day when it is off. */
export function addWorkingDays(calendar: Calendar, date: string, count: number): string {
  return formatDay(workingDayAfter(calendar, parseDay(date), count))
}

export function workingDayAfter(calendar: Calendar, from: Day, count: number): Day {
  if (!Number.isInteger(count) || count < 0) throw new RangeError(`not a number of working days: ${count}`)
  let day = from
  while (dayOff(calendar, day)) day++
  for (let left = count; left > 0; left--) {
    day++
    while (dayOff(calendar, day)) day++
  }
  return day
}

/** Opening times on a day, in minutes after midnight; empty on a day off. */
export function sessionsOn(calendar: Calendar, day: Day): readonly Session[] {
  if (dayOff(calendar, day)) return []
  return calendar.officeHours.find((hours) => hours.from <= day && day < hours.to)!.sessions
}

/** The days of a year on which the rules or an override say other than the plain week, in order: for the calendar page. */
export function specialDays(calendar: Calendar, year: number): { date: string; off: DayOff | undefined; override: Override | undefined }[] {
  const days = new Set([...holidaysOff(calendar, year).keys(), ...[...calendar.overrides.keys()].filter((day) => yearOf(day) === year)])
  return [...days].sort((a, b) => a - b).map((day) => ({ date: formatDay(day), off: dayOff(calendar, day), override: calendar.overrides.get(day) }))
}
