/**
 * A civil day in Vietnam as a count of days since 1970-01-01, and minutes within it.
 * Vietnam has kept UTC+7 without summer time since 1975, so the whole calendar is integer arithmetic that no
 * `TZ` variable of the machine can bend.
 */
export type Day = number

const offsetMs = 7 * 3_600_000
const dayMs = 86_400_000

/** The civil day in Vietnam at an instant. */
export function dayAt(instant: Date): Day {
  return Math.floor((instant.getTime() + offsetMs) / dayMs)
}

/** Milliseconds since local midnight, 0 to 86,399,999. */
export function msOfDay(instant: Date): number {
  return instant.getTime() + offsetMs - dayAt(instant) * dayMs
}

/** The instant at a number of milliseconds after local midnight of a civil day. */
export function instantOf(day: Day, ms: number): Date {
  return new Date(day * dayMs - offsetMs + ms)
}

/** 'YYYY-MM-DD' → day. Throws a RangeError for anything that is no date of the calendar (30 February). */
export function parseDay(date: string): Day {
  const ms = /^\d{4}-\d\d-\d\d$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== date) throw new RangeError(`Not a civil date: ${date}`)
  return ms / dayMs
}

export function formatDay(day: Day): string {
  return new Date(day * dayMs).toISOString().slice(0, 10)
}

export function dayOf(year: number, month: number, date: number): Day {
  return Date.UTC(year, month - 1, date) / dayMs
}

export function yearOf(day: Day): number {
  return new Date(day * dayMs).getUTCFullYear()
}

/** 0 Sunday … 6 Saturday. */
export function weekdayOf(day: Day): number {
  return (((day + 4) % 7) + 7) % 7
}

/** The corresponding day `months` later; the last day of that month where it has none (Civil Code 2015, art. 148.3). */
export function addMonths(day: Day, months: number): Day {
  const from = new Date(day * dayMs)
  const year = from.getUTCFullYear()
  const month = from.getUTCMonth() + 1 + months
  const lastOfMonth = dayOf(year, month + 1, 0)
  return Math.min(dayOf(year, month, from.getUTCDate()), lastOfMonth)
}
