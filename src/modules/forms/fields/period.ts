import { formatDate } from '../../../platform/i18n.ts'
import { isEmpty, isRecord } from '../answers.ts'
import type { FieldOf } from '../definition.ts'
import type { Finding } from '../rules.ts'
import { dateKind } from './date.ts'
import { wrongType, type FieldKind, type Scope } from './field-kind.ts'

const ends = ['from', 'to'] as const
type End = (typeof ends)[number]

/** Each end is a date like any other. */
export const endOf = (field: FieldOf<'period'>, end: End): FieldOf<'date'> => ({
  id: end, type: 'date', label: field.label, ...(field.min && { min: field.min }), ...(field.max && { max: field.max }),
})

const within = (found: Finding, end: End): Finding => ({ ...found, part: found.part === undefined ? end : `${end}.${found.part}` })
const many = (found: ReturnType<ReturnType<typeof dateKind.check>>): readonly Finding[] => (found === undefined ? [] : Array.isArray(found) ? (found as readonly Finding[]) : [found as Finding])

/** A span of days ("từ ngày … đến ngày …"), both of them within; `to` is absent where it still lasts. */
export const periodKind: FieldKind<FieldOf<'period'>> = {
  read(field, body, name, previous) {
    const before = isRecord(previous) ? previous : {}
    const read = Object.fromEntries(ends.flatMap((end) => {
      const value = dateKind.read(endOf(field, end), body, `${name}-${end}`, before[end])
      return value === undefined ? [] : [[end, value]]
    }))
    return isEmpty(read) ? undefined : read
  },
  write: (field, value, name) => ends.flatMap((end) => dateKind.write(endOf(field, end), isRecord(value) ? value[end] : undefined, `${name}-${end}`)),
  check(field) {
    const checks = ends.map((end) => [end, dateKind.check(endOf(field, end))] as const)
    return (value, scope: Scope) => {
      if (!isRecord(value)) return wrongType
      for (const key in value) if (key !== 'from' && key !== 'to') return { rule: 'unknown', part: key }
      const found = checks.flatMap(([end, check]): Finding[] => {
        if (isEmpty(value[end])) return end === 'from' || !field.open ? [{ rule: 'period.incomplete', part: end }] : []
        return many(check(value[end], scope)).map((f) => within(f, end))
      })
      if (found.length > 0) return found
      return typeof value.from === 'string' && typeof value.to === 'string' && value.to < value.from ? { rule: 'period.backwards', part: 'to' } : undefined
    }
  },
  required: () => ({ rule: 'required', part: 'from' }),
  findings(field) {
    const dates = ends.flatMap((end) => dateKind.findings(endOf(field, end)).filter((f) => f.rule !== 'wrongType').map((f) => within(f, end)))
    return [wrongType, { rule: 'period.incomplete', part: 'from' }, ...(field.open ? [] : [{ rule: 'period.incomplete' as const, part: 'to' }]), { rule: 'period.backwards', part: 'to' }, ...dates]
  },
  schema: (field) => ({ type: 'object', properties: { from: { type: 'string', format: 'date' }, to: { type: 'string', format: 'date' } }, required: field.open ? ['from'] : ['from', 'to'], additionalProperties: false }),
  print(_field, value) {
    const { from, to } = isRecord(value) ? value : {}
    return [from, to].map((day) => (typeof day === 'string' && /^\d{4}-\d\d-\d\d$/.test(day) ? formatDate(day) : '…')).join(' – ')
  },
}
