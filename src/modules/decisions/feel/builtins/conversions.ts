import { parseDecimal, isWhole, round, subtract, toNumber, type Decimal } from '../decimal.ts'
import { calendarDate, dateTime, monthsBetween, midnight, months, parseDate, parseDateTime, parseDuration, parseTime, second, timeOfDay, type CalendarDate, type DateTime, type DaysDuration, type TimeOfDay, type Zone } from '../temporal.ts'
import { textOf, type Value } from '../value.ts'
import { zoneExists } from '../zone.ts'
import { anything, date, dateOrMoment, daysDuration, moment, number, optional, string, takes, time, type BuiltIns } from './define.ts'
import { rangeOf } from './range-of.ts'

const dateOf = (value: CalendarDate | DateTime): CalendarDate => (value.kind === 'date' ? value : value.date)
const wholeNumber = (n: Decimal): number => (isWhole(n) ? toNumber(n) : NaN)

const six = [number('year'), number('month'), number('day'), number('hour'), number('minute'), number('second')] as const

export const conversions: BuiltIns = {
  date: [
    takes([string('from')], ([from], run) => parseDate(from) ?? run.nothing('not-a-date', from)),
    takes([dateOrMoment('from')], ([from]) => dateOf(from)),
    takes([number('year'), number('month'), number('day')], ([y, m, d], run) => calendarDate(wholeNumber(y), wholeNumber(m), wholeNumber(d)) ?? run.nothing('not-a-date')),
  ],
  time: [
    takes([string('from')], ([from], run) => parseTime(from) ?? run.nothing('not-a-time', from)),
    takes([time('from')], ([from]) => from),
    takes([moment('from')], ([from]) => from.time),
    takes([date('from')], () => timeOfDay(0, { offset: 0 })),
    takes([number('hour'), number('minute'), number('second'), optional(daysDuration('offset'))], ([h, m, s, offset], run) => timeOf(h, m, s, offset) ?? run.nothing('not-a-time')),
  ],
  'date and time': [
    takes([string('from')], ([from], run) => parseDateTime(from) ?? run.nothing('not-a-date', from)),
    takes([moment('from')], ([from]) => from),
    takes([dateOrMoment('date'), time('time')], ([on, at]) => dateTime(dateOf(on), at)),
    takes([moment('date'), string('timezone')], ([at, zone], run) => (zoneExists(zone) ? dateTime(at.date, { ...at.time, zone: { name: zone } }) : run.nothing('not-a-date', zone))),
    takes([...six, optional(daysDuration('offset'))], ([y, mo, d, h, mi, s, offset], run) => momentOf([y, mo, d, h, mi, s], offset) ?? run.nothing('not-a-date')),
    takes([...six, string('timezone')], ([y, mo, d, h, mi, s, zone], run) => (zoneExists(zone) ? momentOf([y, mo, d, h, mi, s], null, { name: zone }) : null) ?? run.nothing('not-a-date')),
  ],
  duration: [takes([string('from')], ([from], run) => parseDuration(from) ?? run.nothing('not-a-duration', from))],
  'years and months duration': [takes([dateOrMoment('from'), dateOrMoment('to')], ([from, to]) => months(monthsBetween(startOf(from), startOf(to))))],
  string: [takes([anything('from')], ([from]) => (from === null ? null : textOf(from)))],
  number: [takes([string('from'), optional(string('grouping separator')), optional(string('decimal separator'))], ([from, grouping, point], run) => numberOf(from, grouping, point) ?? run.nothing('not-a-number', from))],
  range: [takes([string('from')], ([from], run) => rangeOf(from, run) ?? run.nothing('not-a-range', from))],
}

const startOf = (value: CalendarDate | DateTime): DateTime => (value.kind === 'date' ? midnight(value) : value)

function timeOf(h: Decimal, m: Decimal, s: Decimal, offset: DaysDuration | null, named: Zone = null): TimeOfDay | null {
  const [hour, minute, whole] = [wholeNumber(h), wholeNumber(m), round(s, 0, 'floor')!]
  if (!(hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && toNumber(s) >= 0 && toNumber(s) < 60)) return null
  const nanos = Math.trunc(toNumber(subtract(s, whole)!) * second)
  const seconds = offset && Number(offset.nanos) / second
  if (seconds !== null && (!Number.isInteger(seconds) || Math.abs(seconds) > 18 * 3600)) return null
  return timeOfDay((hour * 3600 + minute * 60 + toNumber(whole)) * second + nanos, seconds === null ? named : { offset: seconds === 0 ? 0 : seconds })
}

function momentOf(parts: readonly Decimal[], offset: DaysDuration | null, zone: Zone = null): Value {
  const [y, mo, d, h, mi, s] = parts as [Decimal, Decimal, Decimal, Decimal, Decimal, Decimal]
  const [on, at] = [calendarDate(wholeNumber(y), wholeNumber(mo), wholeNumber(d)), timeOf(h, mi, s, offset, zone)]
  return on && at && dateTime(on, at)
}

/** Reads a number as people write it: a blank, comma or point between thousands, a point or comma before the fraction. */
function numberOf(from: string, grouping: string | null, point: string | null): Decimal | null {
  if (grouping !== null && (![' ', ',', '.'].includes(grouping) || grouping === point)) return null
  if (point !== null && point !== '.' && point !== ',') return null
  const joined = grouping === null ? from : from.replaceAll(grouping, '')
  return parseDecimal(point === null ? joined : joined.replaceAll(point, '.'))
}
