import { compareDecimals, decimalText, isDecimal, type Decimal } from './decimal.ts'
import { dayNanos, instant, localNanos, second, timeOffset, type DateTime, type DaysDuration, type MonthsDuration, type Temporal, type TimeOfDay, type Zone } from './temporal.ts'
import type { FeelType } from './types.ts'

/** A value of FEEL. Contexts are maps, lists are arrays; nothing is ever changed in place. */
export type Value = null | boolean | string | Decimal | Temporal | FeelRange | FeelFunction | Value[] | Context
export type Context = Map<string, Value>

/** An interval. A missing end (null with `…Included` false) is open to that side. */
export interface FeelRange { readonly kind: 'range'; readonly start: Value; readonly end: Value; readonly startIncluded: boolean; readonly endIncluded: boolean; readonly open?: 'start' | 'end' }

export interface Parameter { readonly name: string; readonly type: FeelType }
export interface FeelFunction {
  readonly kind: 'function'
  readonly parameters: readonly Parameter[]
  readonly result: FeelType
  call(args: Value[]): Value
}

export const isContext = (value: Value): value is Context => value instanceof Map
export type Kind = 'null' | 'boolean' | 'string' | 'list' | 'context' | 'number' | Temporal['kind'] | 'range' | 'function'

export function kindOf(value: Value): Kind {
  if (value === null) return 'null'
  if (typeof value === 'boolean' || typeof value === 'string') return typeof value as 'boolean' | 'string'
  if (Array.isArray(value)) return 'list'
  return isContext(value) ? 'context' : value.kind
}

const sign = (a: bigint | number, b: bigint | number): number => (a < b ? -1 : a > b ? 1 : 0)

/** Negative, zero, positive; null where the two have no order (other kinds, or only one with a zone). */
export function compare(a: Value, b: Value): number | null {
  if (typeof a === 'string' && typeof b === 'string') return compareText(a, b)
  if (isDecimal(a) && isDecimal(b)) return compareDecimals(a, b)
  if (a === null || b === null || typeof a !== 'object' || typeof b !== 'object' || !('kind' in a) || !('kind' in b)) return null
  if (a.kind === 'date and time' && b.kind === 'date and time') return compareMoments(a, b)
  if (a.kind === 'date' && b.kind === 'date') return sign(localNanos(startOf(a)), localNanos(startOf(b)))
  if (a.kind === 'time' && b.kind === 'time') return compareTimes(a, b)
  if (a.kind === 'days and time duration' && b.kind === 'days and time duration') return sign(a.nanos, b.nanos)
  if (a.kind === 'years and months duration' && b.kind === 'years and months duration') return sign(a.months, b.months)
  return null
}

const startOf = (date: DateTime['date']): DateTime => ({ kind: 'date and time', date, time: { kind: 'time', nanos: 0, zone: null } })

function compareMoments(a: DateTime, b: DateTime): number | null {
  if ((a.time.zone === null) !== (b.time.zone === null)) return null
  return sign(instant(a), instant(b))
}

function compareTimes(a: TimeOfDay, b: TimeOfDay): number | null {
  const [x, y] = [timeOffset(a), timeOffset(b)]
  return (x === null) === (y === null) ? sign(a.nanos - (x ?? 0) * second, b.nanos - (y ?? 0) * second) : null
}

/** By code points, so that letters beyond the first plane come last. */
function compareText(a: string, b: string): number {
  const [x, y] = [[...a], [...b]]
  for (let i = 0; i < Math.min(x.length, y.length); i++) if (x[i] !== y[i]) return sign(x[i]!.codePointAt(0)!, y[i]!.codePointAt(0)!)
  return sign(x.length, y.length)
}

/** FEEL's "=": true, false, or null where values of two kinds are compared (DMN 1.3, table 54). */
export function equal(a: Value, b: Value): boolean | null {
  if (a === null || b === null) return a === b
  const kind = kindOf(a)
  if (kind !== kindOf(b)) return null
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, i) => equal(item, b[i]!) === true)
  if (isContext(a) && isContext(b)) return a.size === b.size && [...a].every(([key, value]) => b.has(key) && equal(value, b.get(key)!) === true)
  if (typeof a === 'boolean') return a === b
  if (isRange(a) && isRange(b)) return a.startIncluded === b.startIncluded && a.endIncluded === b.endIncluded && equal(a.start, b.start) === true && equal(a.end, b.end) === true
  if (kind === 'function') return a === b
  const order = compare(a, b)
  return order === null ? (isMoment(a) ? false : null) : order === 0
}

const isMoment = (value: Value): boolean => ['time', 'date and time'].includes(kindOf(value))
export const isRange = (value: Value): value is FeelRange => kindOf(value) === 'range'
export const isFunction = (value: Value): value is FeelFunction => kindOf(value) === 'function'

/** The function "is": the same value of the same kind, element by element; a zone's name is another value than its offset. */
export function isSame(a: Value, b: Value): boolean {
  if (kindOf(a) !== kindOf(b)) return false
  if (a !== null && b !== null && typeof a === 'object' && typeof b === 'object' && 'kind' in a && 'kind' in b) {
    if (a.kind === 'time' && b.kind === 'time') return a.nanos === b.nanos && zoneText(a.zone) === zoneText(b.zone)
    if (a.kind === 'date and time' && b.kind === 'date and time') return equal(a.date, b.date) === true && isSame(a.time, b.time)
  }
  return equal(a, b) === true
}

/** As the function "string" writes it; a string inside of a list or context in quotes. */
export function textOf(value: Value, inside = false): string {
  if (value === null) return 'null'
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return inside ? `"${value.replace(/[\\"]/g, '\\$&')}"` : value
  if (Array.isArray(value)) return `[${value.map((item) => textOf(item, true)).join(', ')}]`
  if (isContext(value)) return `{${[...value].map(([key, item]) => `${keyText(key)}: ${textOf(item, true)}`).join(', ')}}`
  switch (value.kind) {
    case 'number': return decimalText(value)
    case 'date': return dateText(value)
    case 'time': return timeText(value)
    case 'date and time': return `${dateText(value.date)}T${timeText(value.time)}`
    case 'days and time duration': return daysText(value)
    case 'years and months duration': return monthsText(value)
    case 'function': return `function(${value.parameters.map((p) => p.name).join(', ')})`
    case 'range': return rangeText(value)
  }
}

/** A value as a note about it shows it: a list or context by its kind alone, since it may be of any size. */
export const glance = (value: Value): string => (Array.isArray(value) || isContext(value) ? kindOf(value) : textOf(value, true).slice(0, 80))

const keyText = (key: string): string => (/[\\"{}:,]/.test(key) ? `"${key.replace(/[\\"]/g, '\\$&')}"` : key)
const two = (n: number): string => String(n).padStart(2, '0')

function rangeText({ start, end, startIncluded, endIncluded, open }: FeelRange): string {
  if (open === 'start') return `(${endIncluded ? '<=' : '<'} ${textOf(end, true)})`
  if (open === 'end') return `(${startIncluded ? '>=' : '>'} ${textOf(start, true)})`
  return `${startIncluded ? '[' : '('}${textOf(start, true)}..${textOf(end, true)}${endIncluded ? ']' : ')'}`
}

function dateText({ year, month, day }: DateTime['date']): string {
  return `${year < 0 ? '-' : ''}${String(Math.abs(year)).padStart(4, '0')}-${two(month)}-${two(day)}`
}

function timeText({ nanos, zone }: TimeOfDay): string {
  const seconds = Math.floor(nanos / second)
  const fraction = String(nanos % second).padStart(9, '0').replace(/0+$/, '')
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}${fraction && `.${fraction}`}${zoneText(zone)}`
}

function zoneText(zone: Zone): string {
  if (zone === null) return ''
  if ('name' in zone) return `@${zone.name}`
  const size = Math.abs(zone.offset)
  if (size === 0) return 'Z'
  return `${zone.offset < 0 ? '-' : '+'}${two(Math.floor(size / 3600))}:${two(Math.floor(size / 60) % 60)}${size % 60 === 0 ? '' : `:${two(size % 60)}`}`
}

function daysText({ nanos }: DaysDuration): string {
  const size = nanos < 0n ? -nanos : nanos
  const [whole, rest] = [size / BigInt(dayNanos), Number(size % BigInt(dayNanos))]
  const seconds = Math.floor(rest / second)
  const fraction = String(rest % second).padStart(9, '0').replace(/0+$/, '')
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const clock = `${h ? `${h}H` : ''}${m ? `${m}M` : ''}${s || fraction ? `${s}${fraction && `.${fraction}`}S` : ''}`
  if (!clock && !whole) return 'PT0S'
  return `${nanos < 0n ? '-' : ''}P${whole ? `${whole}D` : ''}${clock && `T${clock}`}`
}

function monthsText({ months }: MonthsDuration): string {
  const [years, rest] = [Math.floor(Math.abs(months) / 12), Math.abs(months) % 12]
  return months === 0 ? 'P0M' : `${months < 0 ? '-' : ''}P${years ? `${years}Y` : ''}${rest ? `${rest}M` : ''}`
}
