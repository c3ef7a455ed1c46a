import { whole } from './decimal.ts'
import { dayNanos, days, epochDay, offsetOf, second, timeOffset, type CalendarDate, type TimeOfDay, type Zone } from './temporal.ts'
import type { Value } from './value.ts'

/** A property of a date, time, duration or interval (DMN 1.3, table 65). Undefined where the kind has none of the name. */
export function propertyOf(value: Value, name: string): Value | undefined {
  if (value === null || typeof value !== 'object' || !('kind' in value)) return undefined
  switch (value.kind) {
    case 'date': return ofDate(value, name)
    case 'time': return ofTime(value, name, () => timeOffset(value))
    case 'date and time': return ofDate(value.date, name) ?? ofTime(value.time, name, () => offsetOf(value))
    case 'years and months duration': return ofNumber({ years: Math.trunc(value.months / 12), months: value.months % 12 }, name)
    case 'days and time duration': {
      const [whole, rest] = [Number(value.nanos / BigInt(dayNanos)), Math.trunc(Number(value.nanos % BigInt(dayNanos)) / second)]
      return ofNumber({ days: whole, hours: Math.trunc(rest / 3600), minutes: Math.trunc(rest / 60) % 60, seconds: rest % 60 }, name)
    }
    case 'range': return new Map<string, Value>([['start', value.start], ['end', value.end], ['start included', value.startIncluded], ['end included', value.endIncluded]]).get(name)
    default: return undefined
  }
}

function ofNumber(parts: Record<string, number>, name: string): Value | undefined {
  const found = Object.hasOwn(parts, name) ? parts[name] : undefined
  return found === undefined ? undefined : whole(found)
}

/** Monday is 1, as in ISO 8601. */
export const weekday = (date: CalendarDate): number => ((((epochDay(date) + 3) % 7) + 7) % 7) + 1

function ofDate(date: CalendarDate, name: string): Value | undefined {
  return ofNumber({ year: date.year, month: date.month, day: date.day, weekday: weekday(date) }, name)
}

function ofTime({ nanos, zone }: TimeOfDay, name: string, offset: () => number | null): Value | undefined {
  if (name === 'time offset') {
    const seconds = offset()
    return seconds === null ? null : days(BigInt(seconds) * BigInt(second))
  }
  if (name === 'timezone') return zoneName(zone)
  const seconds = Math.floor(nanos / second)
  return ofNumber({ hour: Math.floor(seconds / 3600), minute: Math.floor(seconds / 60) % 60, second: seconds % 60 }, name)
}

const zoneName = (zone: Zone): string | null => (zone && 'name' in zone ? zone.name : null)

/** The names of properties of more than one word. */
export const propertyNames = ['time offset', 'start included', 'end included']
