import { decimalText, isDecimal, parseDecimal, toNumber } from './feel/decimal.ts'
import { parseDate, parseDateTime, parseDuration, parseTime } from './feel/temporal.ts'
import { isContext, kindOf, textOf, type Value } from './feel/value.ts'

/** What acts hand over and get back. Dates, times and durations are texts ("2026-11-27", "PT4H"). */
export type JsonValue = null | boolean | string | number | JsonValue[] | { [name: string]: JsonValue }

const readers: Readonly<Record<string, (text: string) => Value>> = {
  number: parseDecimal, date: parseDate, time: parseTime, 'date and time': parseDateTime, 'days and time duration': parseDuration, 'years and months duration': parseDuration,
}

/** A value of FEEL from JSON; a text becomes what the type of its column asks for. What does not fit is null. */
export function fromJson(value: JsonValue | undefined, typeRef = 'Any'): Value {
  if (value === null || value === undefined) return null
  if (typeof value === 'boolean') return value
  if (typeof value === 'number') return parseDecimal(String(value))
  if (typeof value === 'string') return Object.hasOwn(readers, typeRef) ? readers[typeRef]!(value) : value
  if (Array.isArray(value)) return value.map((item) => fromJson(item))
  return new Map(Object.entries(value).map(([name, item]) => [name, fromJson(item)]))
}

/** The other way: a number that JavaScript cannot hold to its last digit becomes a text. */
export function toJson(value: Value): JsonValue {
  if (value === null || typeof value === 'boolean' || typeof value === 'string') return value
  if (isDecimal(value)) {
    const number = toNumber(value)
    return Number.isFinite(number) && parseDecimal(String(number))?.coefficient === value.coefficient ? number : decimalText(value)
  }
  if (Array.isArray(value)) return value.map(toJson)
  if (isContext(value)) return Object.fromEntries([...value].map(([name, item]) => [name, toJson(item)]))
  return kindOf(value) === 'function' ? null : textOf(value)
}
