import { workingDayAfter, type Calendar } from './calendar.ts'
import { dayAt } from './civil-day.ts'
import type { Limit } from './due-at.ts'
import { addWorkingTime, closingOf, workingTimeBetween } from './working-time.ts'

/**
 * The new due moment after the clock stood still from `pausedFrom` to `pausedTo` (supplement, payment): what was left at
 * the stop is left at the start again — office time for hours and working days, calendar days for days and months. A dossier
 * that was late already when the clock stopped stays late: its due moment does not move.
 */
export function shiftForPause(calendar: Calendar, due: Date, pausedFrom: Date, pausedTo: Date, limit: Pick<Limit, 'unit'>): Date {
  if (pausedTo < pausedFrom) throw new RangeError('a pause cannot end before it begins')
  if (due <= pausedFrom || pausedTo.getTime() === pausedFrom.getTime()) return due
  if (limit.unit === 'hour' || limit.unit === 'working-day') {
    const left = workingTimeBetween(calendar, pausedFrom, due)
    return left === 0 ? laterOf(due, pausedTo) : addWorkingTime(calendar, pausedTo, left)
  }
  const daysLeft = dayAt(due) - dayAt(pausedFrom)
  return closingOf(calendar, workingDayAfter(calendar, dayAt(pausedTo) + daysLeft, 0))
}

const laterOf = (a: Date, b: Date): Date => (a > b ? a : b)
