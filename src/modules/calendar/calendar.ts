import { formatDay, parseDay, weekdayOf, yearOf, type Day } from './civil-day.ts'
import { statutoryHolidays, substituteDays, type HolidayName } from './holidays.ts'

/** Yearly decision on one date: a day off that the rules do not give, or a make-up day that is worked. */
export interface Override { date: string; kind: 'off' | 'working'; reason: string; source: string }
/** Opening times valid from a date, in minutes after midnight, in order. */
export interface OfficeHours { validFrom: string; sessions: readonly Session[] }
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
  readonly officeHours: readonly (OfficeHours & { from: Day })[]
  readonly weeklyDaysOff: ReadonlySet<number>
  readonly years: Map<number, Map<Day, DayOff>>
}

/** Monday to Friday 7:00–11:30 and 13:30–17:00: eight working hours. */
export const defaultOfficeHours: OfficeHours = { validFrom: '1970-01-01', sessions: [{ start: 420, end: 690 }, { start: 810, end: 1020 }] }

export function createCalendar(data: { overrides?: readonly Override[]; officeHours?: readonly OfficeHours[]; weeklyDaysOff?: readonly number[] } = {}): Calendar {
  const officeHours = (data.officeHours?.length ? data.officeHours : [defaultOfficeHours])
    .map((hours) => ({ ...hours, from: parseDay(hours.validFrom) }))
    .sort((a, b) => b.from - a.from)
  for (const { sessions, validFrom } of officeHours) if (!isOrdered(sessions)) throw new RangeError(`office hours valid from ${validFrom} are empty or overlap`)
  const weeklyDaysOff = new Set(data.weeklyDaysOff ?? [0, 6])
  if (weeklyDaysOff.size > 6) throw new RangeError('a calendar needs a working day in the week')
  return { overrides: new Map((data.overrides ?? []).map((o) => [parseDay(o.date), o])), officeHours, weeklyDaysOff, years: new Map() }
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
  return (calendar.officeHours.find((hours) => hours.from <= day) ?? calendar.officeHours.at(-1)!).sessions
}

/** The days of a year on which the rules or an override say other than the plain week, in order: for the calendar page. */
export function specialDays(calendar: Calendar, year: number): { date: string; off: DayOff | undefined; override: Override | undefined }[] {
  const days = new Set([...holidaysOff(calendar, year).keys(), ...[...calendar.overrides.keys()].filter((day) => yearOf(day) === year)])
  return [...days].sort((a, b) => a - b).map((day) => ({ date: formatDay(day), off: dayOff(calendar, day), override: calendar.overrides.get(day) }))
}
