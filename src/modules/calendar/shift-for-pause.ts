import { workingDayAfter, type Calendar } from './calendar.ts'
import { dayAt } from './civil-day.ts'
import type { Limit } from './due-at.ts'
import { addWorkingTime, closingOf, nextOpen, workingTimeBetween } from './working-time.ts'

/**
 * The new due moment after the clock stood still from `pausedFrom` to `pausedTo` (supplement, payment): what was left at
 * the stop is left at the start again — office time for hours and working days, calendar days for days and months. A dossier
 * that was late already when the clock stopped stays late: its due moment does not move. Nor does it when the pause seems to end before
 * it begins: an act bears the time of its request, which may have waited while another wrote the pause, and machines set their clocks.
 */
export function shiftForPause(calendar: Calendar, due: Date, pausedFrom: Date, pausedTo: Date, limit: Pick<Limit, 'unit'>): Date {
  if (due <= pausedFrom || pausedTo <= pausedFrom) return due
  if (limit.unit === 'hour' || limit.unit === 'working-day') {
    const left = workingTimeBetween(calendar, pausedFrom, due)
    return left === 0 ? laterOf(due, pausedTo) : addWorkingTime(calendar, pausedTo, left)
  }
  // Counted from the next opening, as after a reception: who answers in the evening of the last day still has a day.
  return closingOf(calendar, workingDayAfter(calendar, dayAt(nextOpen(calendar, pausedTo)) + daysLeft(due, pausedFrom), 0))
}

/** Calendar days from the stop to the due day. */
export const daysLeft = (due: Date, pausedFrom: Date): number => dayAt(due) - dayAt(pausedFrom)

export const laterOf = (a: Date, b: Date): Date => (a > b ? a : b)
