import { zoneOffset, zoneExists } from './zone.ts'

/**
 * Dates, times and durations of FEEL (DMN 1.3, 10.3.2.3.4 to 10.3.2.3.8): years up to nine digits, times to the nanosecond, with no zone, an
 * offset, or a zone's name. Every value is plain data with its `kind`.
 */
export type Zone = { readonly offset: number } | { readonly name: string } | null
export interface CalendarDate { readonly kind: 'date'; readonly year: number; readonly month: number; readonly day: number }
/** A time of day: nanoseconds since midnight. */
export interface TimeOfDay { readonly kind: 'time'; readonly nanos: number; readonly zone: Zone }
export interface DateTime { readonly kind: 'date and time'; readonly date: CalendarDate; readonly time: TimeOfDay }
export interface DaysDuration { readonly kind: 'days and time duration'; readonly nanos: bigint }
export interface MonthsDuration { readonly kind: 'years and months duration'; readonly months: number }
export type Temporal = CalendarDate | TimeOfDay | DateTime | DaysDuration | MonthsDuration

export const second = 1_000_000_000
export const dayNanos = 86_400_000_000_000
const largestYear = 999_999_999
const mod = (a: number, b: number): number => ((a % b) + b) % b

/** Days since 1970-01-01 in the proleptic Gregorian calendar. */
export function epochDay({ year, month, day }: Pick<CalendarDate, 'year' | 'month' | 'day'>): number {
  const y = month <= 2 ? year - 1 : year
  const era = Math.floor(y / 400)
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1
  const yearOfEra = y - era * 400
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}

/** The date of a day since 1970-01-01; null outside of nine-digit years. */
export function dateOfDay(days: number): CalendarDate | null {
  const shifted = days + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365)
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const m = Math.floor((5 * dayOfYear + 2) / 153)
  const month = m < 10 ? m + 3 : m - 9
  return calendarDate(era * 400 + yearOfEra + (month <= 2 ? 1 : 0), month, dayOfYear - Math.floor((153 * m + 2) / 5) + 1)
}

export function daysInMonth(year: number, month: number): number {
  return month === 2 ? (mod(year, 4) === 0 && (mod(year, 100) !== 0 || mod(year, 400) === 0) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** Null when there is no such day. */
export function calendarDate(year: number, month: number, day: number): CalendarDate | null {
  if (![year, month, day].every(Number.isInteger) || Math.abs(year) > largestYear || month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null
  return { kind: 'date', year, month, day }
}

export function timeOfDay(nanos: number, zone: Zone = null): TimeOfDay {
  return { kind: 'time', nanos: mod(nanos, dayNanos), zone }
}

export const dateTime = (date: CalendarDate, time: TimeOfDay): DateTime => ({ kind: 'date and time', date, time })
export const days = (nanos: bigint): DaysDuration => ({ kind: 'days and time duration', nanos })
export const months = (count: number): MonthsDuration => ({ kind: 'years and months duration', months: count === 0 ? 0 : count })
const utc: Zone = { offset: 0 }

/** A date stands for its midnight in UTC where a date and time is asked for (DMN 1.3, 10.3.2.3.5). */
export const midnight = (date: CalendarDate): DateTime => dateTime(date, timeOfDay(0, utc))

/** Nanoseconds on the clock on the wall since 1970-01-01T00:00. */
export const localNanos = ({ date, time }: DateTime): bigint => BigInt(epochDay(date)) * BigInt(dayNanos) + BigInt(time.nanos)

/** Nanoseconds since 1970-01-01T00:00 UTC; a value without a zone counts as UTC. */
export function instant(at: DateTime): bigint {
  return localNanos(at) - BigInt(offsetOf(at) ?? 0) * BigInt(second)
}

/** Seconds ahead of UTC, null without a zone. */
export function offsetOf(at: DateTime): number | null {
  const { zone } = at.time
  return zone === null ? null : 'offset' in zone ? zone.offset : zoneOffset(zone.name, localNanos(at), 'local')
}

/** A time has no day: a named zone counts with the offset of a winter's day of our century (1 January 2001). */
export function timeOffset({ nanos, zone }: TimeOfDay): number | null {
  return zone === null ? null : 'offset' in zone ? zone.offset : zoneOffset(zone.name, BigInt(11_323) * BigInt(dayNanos) + BigInt(nanos), 'local')
}

/** The clock on the wall of a zone at so many nanoseconds since 1970 UTC. Null when the year has more than nine digits. */
export function atInstant(nanos: bigint, zone: Zone): DateTime | null {
  const offset = zone === null ? 0 : 'offset' in zone ? zone.offset : zoneOffset(zone.name, nanos, 'instant')
  const local = nanos + BigInt(offset) * BigInt(second)
  const day = local / BigInt(dayNanos) - (local % BigInt(dayNanos) < 0n ? 1n : 0n)
  const date = dateOfDay(Number(day))
  return date && dateTime(date, timeOfDay(Number(local - day * BigInt(dayNanos)), zone))
}

export function addDays(at: DateTime, nanos: bigint): DateTime | null {
  return atInstant(instant(at) + nanos, at.time.zone)
}

/** The last day of the month where the month is too short. */
export function addMonths({ year, month, day }: CalendarDate, count: number): CalendarDate | null {
  const index = year * 12 + month - 1 + count
  const [y, m] = [Math.floor(index / 12), mod(index, 12) + 1]
  return calendarDate(y, m, Math.min(day, daysInMonth(y, m)))
}

/** Whole months from one to the other, towards zero. */
export function monthsBetween(from: DateTime, to: DateTime): number {
  const difference = (to.date.year - from.date.year) * 12 + to.date.month - from.date.month
  const rest = (to.date.day - from.date.day) * dayNanos + to.time.nanos - from.time.nanos
  return difference > 0 && rest < 0 ? difference - 1 : difference < 0 && rest > 0 ? difference + 1 : difference
}

export function parseDate(text: string): CalendarDate | null {
  const match = /^(-?)(\d{4}|[1-9]\d{4,8})-(\d{2})-(\d{2})$/.exec(text)
  return match && calendarDate(Number(`${match[1]}${match[2]}`), Number(match[3]), Number(match[4]))
}

/** A time, with 24:00:00 as a moment of the next day. */
function readTime(text: string): { time: TimeOfDay; nextDay: boolean } | null {
  const match = /^(\d{2}):([0-5]\d):([0-5]\d)(?:\.(\d+))?(Z|[+-]\d{2}:\d{2}(?::\d{2})?|@.+)?$/.exec(text)
  if (!match) return null
  const [hour, minute, seconds] = [Number(match[1]), Number(match[2]), Number(match[3])]
  const fraction = Number((match[4] ?? '').slice(0, 9).padEnd(9, '0'))
  const nextDay = hour === 24 && minute + seconds + fraction === 0
  const zone = readZone(match[5])
  if (zone === undefined || (hour > 23 && !nextDay)) return null
  return { time: timeOfDay((hour * 3600 + minute * 60 + seconds) * second + fraction, zone), nextDay }
}

export const parseTime = (text: string): TimeOfDay | null => readTime(text)?.time ?? null

/** Undefined when there is no such zone. Offsets go to ±18 hours. */
function readZone(text: string | undefined): Zone | undefined {
  if (text === undefined) return null
  if (text === 'Z') return utc
  if (text.startsWith('@')) return zoneExists(text.slice(1)) ? { name: text.slice(1) } : undefined
  const [hour, minute, seconds] = text.slice(1).split(':').map(Number)
  const offset = hour! * 3600 + minute! * 60 + (seconds ?? 0)
  return offset > 18 * 3600 || minute! > 59 || (seconds ?? 0) > 59 ? undefined : { offset: text.startsWith('-') && offset !== 0 ? -offset : offset }
}

/** A date alone is its midnight without a zone. */
export function parseDateTime(text: string): DateTime | null {
  const at = text.indexOf('T')
  const date = parseDate(at < 0 ? text : text.slice(0, at))
  if (!date || at < 0) return date && dateTime(date, timeOfDay(0))
  const read = readTime(text.slice(at + 1))
  const day = read?.nextDay ? dateOfDay(epochDay(date) + 1) : date
  return read && day && dateTime(day, read.time)
}

export function parseDuration(text: string): DaysDuration | MonthsDuration | null {
  const whole = /^(-?)P(?:(\d{1,15})Y)?(?:(\d{1,15})M)?$/.exec(text)
  if (whole && (whole[2] ?? whole[3]) !== undefined) {
    const count = Number(whole[2] ?? 0) * 12 + Number(whole[3] ?? 0)
    return Number.isSafeInteger(count) ? months(whole[1] ? -count : count) : null
  }
  const match = /^(-?)P(?:(\d{1,15})D)?(T(?:(\d{1,15})H)?(?:(\d{1,15})M)?(?:(\d{1,15})(?:\.(\d*))?S)?)?$/.exec(text)
  if (!match || match[3] === 'T' || text.endsWith('P')) return null
  const seconds = BigInt(match[2] ?? 0) * 86_400n + BigInt(match[4] ?? 0) * 3600n + BigInt(match[5] ?? 0) * 60n + BigInt(match[6] ?? 0)
  const nanos = seconds * BigInt(second) + BigInt((match[7] ?? '').slice(0, 9).padEnd(9, '0'))
  return days(match[1] ? -nanos : nanos)
}

/** An at-literal: whatever of the five the text is. */
export function parseTemporal(text: string): Temporal | null {
  return parseDate(text) ?? (text.includes('T') && !/^-?P/.test(text) ? parseDateTime(text) : null) ?? parseTime(text) ?? parseDuration(text)
}
