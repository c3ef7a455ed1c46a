import { whole } from '../decimal.ts'
import { weekday } from '../properties.ts'
import { atInstant, calendarDate, dateOfDay, epochDay, type CalendarDate, type DateTime } from '../temporal.ts'
import { isSame } from '../value.ts'
import { anything, dateOrMoment, optional, takes, type BuiltIns } from './define.ts'

const dayNames = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']
const monthNames = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December']
const dateOf = (value: CalendarDate | DateTime): CalendarDate => (value.kind === 'date' ? value : value.date)

export const dates: BuiltIns = {
  is: [takes([optional(anything('value1')), optional(anything('value2'))], ([a, b]) => isSame(a, b))],
  now: [takes([], (_, run) => momentOf(run.now))],
  today: [takes([], (_, run) => momentOf(run.now).date)],
  'day of year': [takes([dateOrMoment('date')], ([date]) => whole(epochDay(dateOf(date)) - epochDay({ year: dateOf(date).year, month: 1, day: 1 }) + 1))],
  'day of week': [takes([dateOrMoment('date')], ([date]) => dayNames[weekday(dateOf(date)) - 1]!)],
  'month of year': [takes([dateOrMoment('date')], ([date]) => monthNames[dateOf(date).month - 1]!)],
  'week of year': [takes([dateOrMoment('date')], ([date]) => whole(weekOfYear(dateOf(date))))],
}

/** Where decisions are taken: Vietnam has one zone. */
const momentOf = (now: Date): DateTime => atInstant(BigInt(now.getTime()) * 1_000_000n, { name: 'Asia/Ho_Chi_Minh' })!

/** As in ISO 8601: a week belongs to the year of its Thursday. */
function weekOfYear(date: CalendarDate): number {
  const thursday = dateOfDay(epochDay(date) - weekday(date) + 4) ?? date
  const first = calendarDate(thursday.year, 1, 1)!
  return Math.floor((epochDay(thursday) - epochDay(first)) / 7) + 1
}
