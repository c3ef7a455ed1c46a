import { sessionsOn, workingDayAfter, type Calendar } from './calendar.ts'
import { dayAt, instantOf, msOfDay, type Day } from './civil-day.ts'

const minute = 60_000

/** Office time from `a` to `b` in milliseconds; negative when `b` is before `a`. */
export function workingTimeBetween(calendar: Calendar, a: Date, b: Date): number {
  if (b < a) return -workingTimeBetween(calendar, b, a)
  const last = dayAt(b)
  let total = 0
  for (let day = dayAt(a); day <= last; day++) {
    for (const { start, end } of sessionsOn(calendar, day)) {
      const from = Math.max(a.getTime(), instantOf(day, start * minute).getTime())
      const to = Math.min(b.getTime(), instantOf(day, end * minute).getTime())
      if (to > from) total += to - from
    }
  }
  return total
}

/** The first moment at or after `from` at which the office is open. The closing moment itself is no longer open. */
export function nextOpen(calendar: Calendar, from: Date): Date {
  const time = msOfDay(from)
  const first = dayAt(from)
  for (let day = first; ; day = workingDayAfter(calendar, day + 1, 0)) {
    for (const { start, end } of sessionsOn(calendar, day)) {
      if (day > first || time < start * minute) return instantOf(day, start * minute)
      if (time < end * minute) return from
    }
  }
}

/** The earliest moment at which `ms` of office time have passed since `from`; `from` itself for 0. */
export function addWorkingTime(calendar: Calendar, from: Date, ms: number): Date {
  if (ms <= 0) return from
  let left = ms
  const first = dayAt(from)
  for (let day = first; ; day++) {
    for (const { start, end } of sessionsOn(calendar, day)) {
      const opens = Math.max(day === first ? msOfDay(from) : 0, start * minute)
      const room = end * minute - opens
      if (room <= 0) continue
      if (left <= room) return instantOf(day, opens + left)
      left -= room
    }
  }
}

/** Moment of closing on a working day. */
export function closingOf(calendar: Calendar, day: Day): Date {
  const last = sessionsOn(calendar, day).at(-1)
  if (!last) throw new RangeError('a day off has no closing time')
  return instantOf(day, last.end * minute)
}

/** Office time of one day in milliseconds. */
export function lengthOf(calendar: Calendar, day: Day): number {
  return sessionsOn(calendar, day).reduce((sum, { start, end }) => sum + (end - start) * minute, 0)
}

/** Eight working hours are a working day. */
export const workingDayMs = 8 * 60 * minute

/** Office time as a person says it: whole working days of eight hours, hours and minutes; the sign is dropped. */
export function splitWorkingTime(ms: number): { days: number; hours: number; minutes: number } {
  const minutes = Math.floor(Math.abs(ms) / minute)
  return { days: Math.floor(minutes / 480), hours: Math.floor((minutes % 480) / 60), minutes: minutes % 60 }
}
