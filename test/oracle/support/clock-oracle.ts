/**
 * The legal clock once more, written from the rules and not from the program: a clerk who walks through the calendar minute by minute and
 * ticks off what counts. Slow on purpose. It imports nothing that the program runs.
 */
import type { ClockCase, PlainCalendar, PlainEvent } from './clock-case.ts'

const minutesOfDay = 1440

/** Days off by law and announcement, copied from the notices of 2025 and 2026 and reckoned by hand from the Labour Code for 2027 and the spring of 2028. */
const daysOff = new Set([
  '2025-01-01', '2025-01-28', '2025-01-29', '2025-01-30', '2025-01-31', '2025-02-01', '2025-02-03', '2025-04-07', '2025-04-30', '2025-05-01', '2025-09-01', '2025-09-02',
  '2026-01-01', '2026-02-16', '2026-02-17', '2026-02-18', '2026-02-19', '2026-02-20', '2026-04-26', '2026-04-27', '2026-04-30', '2026-05-01', '2026-09-01', '2026-09-02', '2026-11-24',
  '2027-01-01', '2027-02-05', '2027-02-06', '2027-02-07', '2027-02-08', '2027-02-09', '2027-02-10', '2027-02-11', '2027-04-16', '2027-04-30', '2027-05-01', '2027-05-03', '2027-09-02', '2027-09-03', '2027-11-24',
  '2028-01-01', '2028-01-03', '2028-01-25', '2028-01-26', '2028-01-27', '2028-01-28', '2028-01-29', '2028-01-31', '2028-04-04', '2028-05-01', '2028-05-02', '2028-04-30', '2028-05-03',
])
const lastYear = 2028
const monthLengths = (year: number): number[] => [31, year % 4 === 0 ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
interface Date3 { y: number; m: number; d: number }

/** Every day from 1 January 2025, a Wednesday. */
const almanac: Date3[] = []
for (let y = 2025; y <= lastYear; y++) monthLengths(y).forEach((length, m) => { for (let d = 1; d <= length; d++) almanac.push({ y, m: m + 1, d }) })
const byLaw = almanac.map(({ y, m, d }) => daysOff.has(`${y}-${String(m).padStart(2, '0')}-${String(d).padStart(2, '0')}`))
const indexOf = new Map(almanac.map(({ y, m, d }, i) => [y * 10000 + m * 100 + d, i]))

const isWeekend = (day: number): boolean => day % 7 === 3 || day % 7 === 4

const ticks = new Map<string, boolean[]>()
function ticksOf(sessions: [number, number][]): boolean[] {
  const key = sessions.join(';')
  if (!ticks.has(key)) ticks.set(key, Array.from({ length: minutesOfDay }, (_, m) => sessions.some(([start, end]) => m >= start && m < end)))
  return ticks.get(key)!
}

class Clerk {
  private readonly calendar: PlainCalendar
  constructor(calendar: PlainCalendar) { this.calendar = calendar }

  isOff(day: number): boolean {
    if (day >= almanac.length) throw new Error('the almanac ends here')
    const decided = this.calendar.decided[day]
    return decided ? decided === 'off' : byLaw[day]! || isWeekend(day)
  }
  /** Off for another reason than the end of the week. */
  isHoliday(day: number): boolean {
    const decided = this.calendar.decided[day]
    return decided ? decided === 'off' : byLaw[day]!
  }
  sessions(day: number): [number, number][] {
    if (this.isOff(day)) return []
    let found: [number, number][] = []
    let from = -1
    for (const row of this.calendar.hours) if (row.from <= day && row.from >= from) [found, from] = [row.sessions, row.from]
    return found
  }
  /** Ticks for each minute of a day: is the office open from this minute to the next? */
  private readonly plans: boolean[][] = []
  plan(day: number): boolean[] { return (this.plans[day] ??= ticksOf(this.sessions(day))) }
  isOpen(minute: number): boolean { return this.plan(dayOf(minute))[minute % minutesOfDay]! }
  firstOpen(minute: number): number {
    let m = minute
    while (!this.isOpen(m)) m++
    return m
  }
  /** The end of the `count`th open minute from `minute` on. */
  after(minute: number, count: number): number {
    let m = minute
    for (let left = count; left > 0; m++) if (this.isOpen(m)) left--
    return m
  }
  openBetween(from: number, to: number): number {
    let count = 0
    for (let m = from; m < to; m++) if (this.isOpen(m)) count++
    return count
  }
  closing(day: number): number {
    let m = (day + 1) * minutesOfDay
    while (!this.isOpen(m - 1)) m--
    return m
  }
  workingDay(day: number): number {
    let d = day
    while (this.isOff(d)) d++
    return d
  }
}

const dayOf = (minute: number): number => Math.floor(minute / minutesOfDay)

/** The due moment of a dossier received at a minute. */
function due(clerk: Clerk, c: ClockCase, received: number): number {
  let start = clerk.firstOpen(received)
  if (c.inDay) {
    // After the cut-off, on a day on which it could still have been taken up: the next day that is worked.
    if (dayOf(start) === dayOf(received) && received % minutesOfDay > c.cutoff) start = clerk.firstOpen((dayOf(received) + 1) * minutesOfDay)
    return clerk.closing(dayOf(start))
  }
  const { value, unit } = c.limit
  if (unit === 'hour') return clerk.after(start, value * 60)
  if (unit === 'working-day') return workingDaysLater(clerk, start, value)
  if (unit === 'day') {
    let day = dayOf(start)
    for (let counted = 0; counted < value;) {
      day++
      if (!(c.skipHolidays && clerk.isHoliday(day))) counted++
    }
    return clerk.closing(clerk.workingDay(day))
  }
  return clerk.closing(clerk.workingDay(monthsLater(dayOf(start), value)))
}

function workingDaysLater(clerk: Clerk, start: number, count: number): number {
  const today = dayOf(start)
  const worked = clerk.openBetween(today * minutesOfDay, start)
  let day = today
  // Nothing of the first day is gone: it is itself the first of the days, and the last one ends with the office.
  for (let left = worked === 0 ? count - 1 : count; left > 0; left--) {
    do day++
    while (clerk.isOff(day))
  }
  if (worked === 0) return clerk.closing(day)
  const closing = clerk.closing(day)
  let m = day * minutesOfDay
  for (let ticked = 0; ticked < worked && m < closing; m++) if (clerk.isOpen(m)) ticked++
  return m
}

function monthsLater(day: number, months: number): number {
  let { y, m, d } = almanac[day]!
  for (let left = months; left > 0; left--) {
    m++
    if (m > 12) [y, m] = [y + 1, 1]
  }
  d = Math.min(d, monthLengths(y)[m - 1]!)
  const found = indexOf.get(y * 10000 + m * 100 + d)
  if (found === undefined) throw new Error('the almanac ends here')
  return found
}

/** The clock ran until `stopped`, stood, and goes on at `at`. */
function goesOn(clerk: Clerk, c: ClockCase, dueThen: number, stop: { at: number; reason: string }, at: number): number {
  if (dueThen <= stop.at) return dueThen
  const effect = stop.reason === 'payment' ? 'resume' : c.effect
  if (effect === 'anew') return Math.max(dueThen, due(clerk, c, at))
  if (effect === 'province') return Math.max(dueThen, clerk.after(dueThen + (dayOf(at) - dayOf(stop.at) - 1) * minutesOfDay, 480))
  if (c.limit.unit === 'hour' || c.limit.unit === 'working-day') {
    const left = clerk.openBetween(stop.at, dueThen)
    return left === 0 ? Math.max(dueThen, at) : clerk.after(at, left)
  }
  let day = dayOf(clerk.firstOpen(at))
  for (let d = dayOf(stop.at); d < dayOf(dueThen); d++) day++
  return clerk.closing(clerk.workingDay(day))
}

type Told = PlainEvent | { kind: 'named'; due: number } | { kind: 'floor'; due: number }

/** All that happened, counted through on one calendar. */
function count(clerk: Clerk, c: ClockCase, told: readonly Told[]): number {
  let now = due(clerk, c, c.received)
  let stop: { at: number; reason: string } | undefined
  for (const e of told) {
    if (e.kind === 'stop') stop = e
    if (e.kind === 'resume' && stop) [now, stop] = [goesOn(clerk, c, now, stop, e.at), undefined]
    if (e.kind === 'named') now = clerk.isOff(dayOf(e.due)) ? clerk.closing(clerk.workingDay(dayOf(e.due))) : e.due
    if (e.kind === 'floor') now = Math.max(now, e.due)
  }
  return now
}

/** The date in force after the reception and after every event. */
export function oracleDates(c: ClockCase): number[] {
  let clerk = new Clerk(c.calendar)
  const told: Told[] = []
  const dates = [count(clerk, c, told)]
  for (const e of c.events) {
    const before = dates.at(-1)!
    if (e.kind === 'calendar') {
      clerk = new Clerk(e.calendar)
      // A date once told is never made earlier.
      told.push({ kind: 'floor', due: Math.max(before, count(clerk, c, told)) })
    } else if (e.kind === 'extension') {
      let day = dayOf(Math.max(before, e.at))
      for (let left = e.workingDaysMore; left > 0; left--) {
        do day++
        while (clerk.isOff(day))
      }
      told.push({ kind: 'named', due: clerk.closing(day) })
    } else told.push(e)
    dates.push(count(clerk, c, told))
  }
  return dates
}
