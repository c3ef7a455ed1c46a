import { formatDateTime, formatDate, formatTime, type Translate } from '../../platform/i18n.ts'
import { dayOff, sessionsOn, workingDayAfter, type Calendar } from './calendar.ts'
import { addMonths, dayAt, formatDay, instantOf, msOfDay, type Day } from './civil-day.ts'
import { defaultRuleSet } from './rule-set.ts'
import { addWorkingTime, closingOf, lengthOf, nextOpen, workingTimeBetween } from './working-time.ts'

/** A legal time limit (thời hạn giải quyết) in the four units that procedures use. */
export interface Limit { value: number; unit: 'hour' | 'day' | 'working-day' | 'month' }
export interface DueOptions {
  /** The procedure is settled within the day of receipt: received after 15:00 it is due at the end of the next working day. */
  inDay?: boolean
  /** Calendar days: public holidays are not counted (sector laws that say so). */
  skipHolidays?: boolean
  /** Minutes after midnight after which an in-day procedure moves to the next working day; that of the rules in force where it is left out. */
  inDayCutoff?: number
}
/** One sentence of the explanation: a text key and its parameters, ready to show (`explain`). A parameter named `…Key` is itself a text key. */
export interface Step { key: string; params: Record<string, string | number> }
/** `start`: from when time counts. `due`: the last moment in time. */
export interface Due { due: Date; start: Date; steps: Step[] }

/**
 * When a dossier received at an instant is due, and why.
 * - hours and working days are office time: eight hours are a working day, the moment of the day is kept;
 * - days and months end with office hours of their last day, moved to the next working day when that is off (Civil Code 2015, art. 148);
 * - received outside office hours, time counts from the next opening.
 * Throws a RangeError for a limit that is not a positive number (whole for days and months).
 */
export function dueAt(calendar: Calendar, receivedAt: Date, limit: Limit, opts: DueOptions = {}): Due {
  if (!(limit.value > 0) || (limit.unit !== 'hour' && !Number.isInteger(limit.value))) throw new RangeError(`not a time limit: ${limit.value} ${limit.unit}`)
  const steps: Step[] = [{ key: 'calendar.step.received', params: { at: formatDateTime(receivedAt) } }]
  const start = startAt(calendar, receivedAt, opts, steps)
  const due = opts.inDay ? closingOf(calendar, dayAt(start)) : endOf(calendar, start, limit, opts, steps)
  if (opts.inDay) steps.push({ key: 'calendar.step.in_day', params: {} })
  steps.push({ key: 'calendar.step.due', params: { at: formatDateTime(due) } })
  return { due, start, steps }
}

function startAt(calendar: Calendar, receivedAt: Date, opts: DueOptions, steps: Step[]): Date {
  const day = dayAt(receivedAt)
  let start = nextOpen(calendar, receivedAt)
  const why = whyNotOpen(calendar, receivedAt)
  if (start.getTime() !== receivedAt.getTime() && why) steps.push({ key: `calendar.step.${why}`, params: { at: formatDateTime(start) } })
  const cutoff = (opts.inDayCutoff ?? defaultRuleSet.rules.inDayCutoff) * 60_000
  if (opts.inDay && dayAt(start) === day && msOfDay(receivedAt) > cutoff) {
    start = nextOpen(calendar, instantOf(day + 1, 0))
    steps.push({ key: 'calendar.step.after_cutoff', params: { cutoff: formatTime(instantOf(day, cutoff)), at: formatDateTime(start) } })
  }
  return start
}

function whyNotOpen(calendar: Calendar, at: Date): 'day_off' | 'before_opening' | 'after_closing' | 'lunch' | undefined {
  const sessions = sessionsOn(calendar, dayAt(at))
  const time = msOfDay(at) / 60_000
  if (sessions.length === 0) return 'day_off'
  if (time < sessions[0]!.start) return 'before_opening'
  if (time >= sessions.at(-1)!.end) return 'after_closing'
  return sessions.some(({ start, end }) => time >= start && time < end) ? undefined : 'lunch'
}

function endOf(calendar: Calendar, start: Date, limit: Limit, opts: DueOptions, steps: Step[]): Date {
  steps.push({ key: `calendar.step.add_${limit.unit.replace('-', '_')}`, params: { count: limit.value } })
  const due = endByUnit(calendar, start, limit, opts, steps)
  if (limit.unit === 'hour' || limit.unit === 'working-day') tellDaysOff(calendar, dayAt(start), dayAt(due), steps)
  return due
}

function endByUnit(calendar: Calendar, start: Date, limit: Limit, opts: DueOptions, steps: Step[]): Date {
  switch (limit.unit) {
    case 'hour': return addWorkingTime(calendar, start, limit.value * 3_600_000)
    case 'working-day': return sameTimeLater(calendar, start, limit.value)
    case 'day': return landOn(calendar, opts.skipHolidays ? countDays(calendar, dayAt(start), limit.value, steps) : dayAt(start) + limit.value, steps)
    case 'month': return landOn(calendar, addMonths(dayAt(start), limit.value), steps)
  }
}

/** `count` working days later with as much of the day worked as at `start`; a start at opening ends at closing one day less. */
function sameTimeLater(calendar: Calendar, start: Date, count: number): Date {
  const day = dayAt(start)
  const worked = workingTimeBetween(calendar, instantOf(day, 0), start)
  if (worked === 0) return closingOf(calendar, workingDayAfter(calendar, day, count - 1))
  const target = workingDayAfter(calendar, day, count)
  return addWorkingTime(calendar, instantOf(target, 0), Math.min(worked, lengthOf(calendar, target)))
}

function countDays(calendar: Calendar, from: Day, count: number, steps: Step[]): Day {
  let day = from
  for (let left = count; left > 0;) {
    day++
    const off = dayOff(calendar, day)
    if (off && off.kind !== 'weekend') tellDayOff(calendar, day, steps)
    else left--
  }
  return day
}

function landOn(calendar: Calendar, day: Day, steps: Step[]): Date {
  const landing = workingDayAfter(calendar, day, 0)
  if (landing !== day) steps.push({ key: 'calendar.step.moved', params: { from: formatDate(formatDay(day)), to: formatDate(formatDay(landing)) } })
  return closingOf(calendar, landing)
}

function tellDaysOff(calendar: Calendar, from: Day, to: Day, steps: Step[]): void {
  for (let day = from; day <= to; day++) if (dayOff(calendar, day)) tellDayOff(calendar, day, steps)
}

function tellDayOff(calendar: Calendar, day: Day, steps: Step[]): void {
  const off = dayOff(calendar, day)!
  const date = formatDate(formatDay(day))
  if (off.kind === 'weekend') steps.push({ key: 'calendar.step.skip_weekend', params: { date } })
  else if (off.kind === 'override') steps.push({ key: 'calendar.step.skip_override', params: { date, reason: off.reason } })
  else steps.push({ key: `calendar.step.skip_${off.kind}`, params: { date, nameKey: `calendar.holiday.${off.name}` } })
}

/** The steps as sentences in the reader's language. */
export function explain(steps: readonly Step[], t: Translate): string[] {
  return steps.map(({ key, params }) => {
    const shown = Object.entries(params).map(([name, value]) => (name.endsWith('Key') ? [name.slice(0, -3), t(String(value))] : [name, value]))
    return t(key, Object.fromEntries(shown))
  })
}
