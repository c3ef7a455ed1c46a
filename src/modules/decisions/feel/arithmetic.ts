import { add, divide, isDecimal, multiply, negate, round, subtract, toNumber, whole, type Decimal } from './decimal.ts'
import { power } from './decimal-functions.ts'
import type { Arithmetic } from './syntax.ts'
import { addDays, addMonths, dateOfDay, dateTime, dayNanos, days, epochDay, instant, midnight, months, second, timeOffset, timeOfDay, type CalendarDate, type DateTime, type TimeOfDay } from './temporal.ts'
import { kindOf, type Value } from './value.ts'

/** An operation of arithmetic (DMN 1.3, tables 56 to 60); null where the two kinds have none. */
export function calculate(operator: Arithmetic, a: Value, b: Value): Value {
  if (isDecimal(a) && isDecimal(b)) return ofNumbers(operator, a, b)
  switch (operator) {
    case '+': return sum(a, b)
    case '-': return difference(a, b)
    case '*': return isDecimal(b) ? scaled(a, b, multiply) : isDecimal(a) ? scaled(b, a, multiply) : null
    case '/': return isDecimal(b) ? scaled(a, b, divide) : ratio(a, b)
    case '**': return null
  }
}

function ofNumbers(operator: Arithmetic, a: Decimal, b: Decimal): Value {
  switch (operator) {
    case '+': return add(a, b)
    case '-': return subtract(a, b)
    case '*': return multiply(a, b)
    case '/': return divide(a, b)
    case '**': return power(a, b)
  }
}

export function negated(value: Value): Value {
  if (isDecimal(value)) return negate(value)
  if (value === null || typeof value !== 'object' || !('kind' in value)) return null
  if (value.kind === 'days and time duration') return days(-value.nanos)
  return value.kind === 'years and months duration' ? months(-value.months) : null
}

function sum(a: Value, b: Value): Value {
  if (typeof a === 'string' && typeof b === 'string') return a + b
  if (!isKinded(a) || !isKinded(b)) return null
  if (b.kind === 'years and months duration') {
    if (a.kind === 'years and months duration') return safeMonths(a.months + b.months)
    if (a.kind === 'date') return addMonths(a, b.months)
    if (a.kind !== 'date and time') return null
    const date = addMonths(a.date, b.months)
    return date && dateTime(date, a.time)
  }
  if (b.kind !== 'days and time duration') return isDuration(a) ? sum(b, a) : null
  if (a.kind === 'days and time duration') return days(a.nanos + b.nanos)
  if (a.kind === 'date and time') return addDays(a, b.nanos)
  if (a.kind === 'time') return timeOfDay(a.nanos + Number(b.nanos % BigInt(dayNanos)), a.zone)
  return a.kind === 'date' ? dateOfDay(epochDay(a) + Number(floorDiv(b.nanos, BigInt(dayNanos)))) : null
}

const isKinded = (value: Value): value is Extract<Value, { kind: string }> => typeof value === 'object' && value !== null && 'kind' in value
const isDuration = (value: Value): boolean => kindOf(value).endsWith('duration')
const floorDiv = (a: bigint, b: bigint): bigint => a / b - (a % b < 0n ? 1n : 0n)
const safeMonths = (count: number): Value => (Number.isSafeInteger(count) ? months(count) : null)

function difference(a: Value, b: Value): Value {
  if (isDuration(b)) return isDuration(a) && kindOf(a) !== kindOf(b) ? null : sum(a, negated(b))
  if (!isKinded(a) || !isKinded(b)) return null
  if (a.kind === 'time' && b.kind === 'time') return betweenTimes(a, b)
  const [x, y] = [moment(a), moment(b)]
  if (!x || !y) return null
  if (a.kind === 'date' && b.kind === 'date') return days(instant(x) - instant(y))
  return (x.time.zone === null) === (y.time.zone === null) ? days(instant(x) - instant(y)) : null
}

function moment(value: CalendarDate | DateTime | Value): DateTime | null {
  if (!isKinded(value)) return null
  return value.kind === 'date and time' ? value : value.kind === 'date' ? midnight(value) : null
}

function betweenTimes(a: TimeOfDay, b: TimeOfDay): Value {
  const [x, y] = [timeOffset(a), timeOffset(b)]
  return (x === null) === (y === null) ? days(BigInt(a.nanos - b.nanos) - BigInt((x ?? 0) - (y ?? 0)) * BigInt(second)) : null
}

/** A duration times or by a number, cut to whole months or nanoseconds. */
function scaled(a: Value, by: Decimal, operation: (a: Decimal, b: Decimal) => Decimal | null): Value {
  if (!isKinded(a) || !isDuration(a)) return null
  const size = a.kind === 'years and months duration' ? a.months : a.kind === 'days and time duration' ? a.nanos : 0
  const exact = operation(whole(size), by)
  const cut = exact && round(exact, 0, 'down')
  if (!cut) return null
  if (a.kind === 'years and months duration') return safeMonths(toNumber(cut))
  return cut.exponent > 40 ? null : days(cut.coefficient * 10n ** BigInt(cut.exponent))
}

function ratio(a: Value, b: Value): Value {
  if (!isKinded(a) || !isKinded(b)) return null
  if (a.kind === 'years and months duration' && b.kind === 'years and months duration') return divide(whole(a.months), whole(b.months))
  return a.kind === 'days and time duration' && b.kind === 'days and time duration' ? divide(whole(a.nanos), whole(b.nanos)) : null
}

