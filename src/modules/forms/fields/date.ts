import { formatDate } from '../../../platform/i18n.ts'
import { isRecord, type TypedDate } from '../answers.ts'
import type { Bound, FieldOf } from '../definition.ts'
import { readerOf } from '../read-reference.ts'
import type { Finding } from '../rules.ts'
import { cleanLine, wrongType, type FieldKind, type Scope } from './field-kind.ts'

/** No paper of today's procedures is older; it catches a year typed with two digits. */
const earliest = '1900-01-01'

/** Whether 'YYYY-MM-DD' names a day that exists. */
export function isCivilDate(value: string): boolean {
  if (!/^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(value)) return false
  const time = Date.parse(`${value}T00:00:00Z`)
  return !Number.isNaN(time) && Number(value.slice(8)) === new Date(time).getUTCDate()
}

/** A civil date moved by whole years and days; 29 February moves to 1 March in a common year. */
export function shiftDate(date: string, { years = 0, days = 0 }: { years?: number | undefined; days?: number | undefined }): string {
  const [y, m, d] = date.split('-').map(Number) as [number, number, number]
  return new Date(Date.UTC(y + years, m - 1, d + days)).toISOString().slice(0, 10)
}

const pieces = ['day', 'month', 'year'] as const

function readDate(day: string | undefined, month: string | undefined, year: string | undefined): string | TypedDate | undefined {
  if (!day && !month && !year) return undefined
  const iso = `${(year ?? '').padStart(4, '0')}-${(month ?? '').padStart(2, '0')}-${(day ?? '').padStart(2, '0')}`
  return day && month && /^[0-9]{4}$/.test(year ?? '') && isCivilDate(iso) ? iso : { day: day ?? '', month: month ?? '', year: year ?? '' }
}

/** What the three boxes show for a stored or a half-typed date. */
export function typedDate(value: unknown): TypedDate {
  if (typeof value === 'string' && isCivilDate(value)) return { day: String(Number(value.slice(8))), month: String(Number(value.slice(5, 7))), year: value.slice(0, 4) }
  const typed = isRecord(value) ? value : {}
  const [day, month, year] = pieces.map((p) => (typeof typed[p] === 'string' ? typed[p] : ''))
  return { day: day ?? '', month: month ?? '', year: year ?? '' }
}

/** The day that a bound stands for; undefined where it is that of a field not answered. */
export function resolve(bound: Bound, scope: Pick<Scope, 'item' | 'root' | 'today'>): string | undefined {
  if ('today' in bound) return bound.today.years || bound.today.days ? shiftDate(scope.today, bound.today) : scope.today
  if ('date' in bound) return bound.date
  const other = readerOf(bound.field)(scope.item, scope.root)
  return typeof other === 'string' && isCivilDate(other) ? other : undefined
}

const isToday = (bound: Bound): boolean => 'today' in bound && !bound.today.years && !bound.today.days

function tooLate(bound: Bound, limit: string): Finding {
  if ('field' in bound) return { rule: 'date.notAfterField', params: { other: bound.field } }
  return isToday(bound) ? { rule: 'date.future' } : { rule: 'date.tooLate', params: { max: formatDate(limit) } }
}

function tooEarly(bound: Bound, limit: string): Finding {
  return 'field' in bound ? { rule: 'date.notBeforeField', params: { other: bound.field } } : { rule: 'date.tooEarly', params: { min: formatDate(limit) } }
}

function unreadable(value: unknown): Finding {
  if (!isRecord(value)) return { rule: 'date.invalid' }
  const missing = pieces.find((p) => !value[p])
  return missing ? { rule: 'date.incomplete', part: missing } : { rule: 'date.invalid' }
}

/** A civil date, 'YYYY-MM-DD'; in pages three boxes: day, month, year. */
export const dateKind: FieldKind<FieldOf<'date'>> = {
  read(_field, body, name) {
    const [day, month, year] = pieces.map((p) => cleanLine(body.get(`${name}-${p}`)?.slice(0, 10)))
    return readDate(day, month, year)
  },
  write: (_field, value, name) => pieces.map((p) => [`${name}-${p}`, typedDate(value)[p]]),
  check: ({ min, max, minAge, maxAge }) => (value, scope) => {
    if (typeof value !== 'string') return isRecord(value) ? unreadable(value) : wrongType
    if (!isCivilDate(value)) return { rule: 'date.invalid' }
    const latest = max && resolve(max, scope)
    if (latest !== undefined && value > latest) return tooLate(max!, latest)
    const first = min && resolve(min, scope)
    if (first !== undefined && value < first) return tooEarly(min!, first)
    if (value < earliest) return { rule: 'date.tooEarly', params: { min: formatDate(earliest) } }
    if (minAge !== undefined && value > shiftDate(scope.today, { years: -minAge })) return { rule: 'date.minAge', params: { age: minAge } }
    // Somebody is of an age until the day before the next birthday.
    return maxAge !== undefined && value <= shiftDate(scope.today, { years: -maxAge - 1 }) ? { rule: 'date.maxAge', params: { age: maxAge } } : undefined
  },
  required: () => ({ rule: 'required' }),
  findings({ min, max, minAge, maxAge }) {
    const found: Finding[] = [wrongType, { rule: 'date.incomplete' }, { rule: 'date.invalid' }, { rule: 'date.tooEarly', params: { min: formatDate(earliest) } }]
    if (max) found.push(tooLate(max, '2026-12-31'))
    if (min) found.push(tooEarly(min, '2026-01-01'))
    if (minAge !== undefined) found.push({ rule: 'date.minAge', params: { age: minAge } })
    if (maxAge !== undefined) found.push({ rule: 'date.maxAge', params: { age: maxAge } })
    return found
  },
  schema: () => ({ type: 'string', format: 'date' }),
  print: (_field, value) => (typeof value === 'string' && isCivilDate(value) ? formatDate(value) : Object.values(typedDate(value)).filter(Boolean).join('/')),
}
