import { formatMoney, formatNumber } from '../../../platform/i18n.ts'
import type { FieldOf } from '../definition.ts'
import { printed, wrongType, type FieldKind } from './field-kind.ts'

/**
 * A value that the server makes from other answers (calculate.ts). Nothing is read from the page; who files by API may send it or leave it out,
 * and is told when it differs.
 */
export const calculatedKind: FieldKind<FieldOf<'calculated'>> = {
  read: () => undefined,
  write: () => [],
  check: () => (value) => (typeof value === 'number' ? undefined : wrongType),
  required: () => ({ rule: 'calculated.differs' }),
  findings: () => [{ rule: 'calculated.differs' }],
  schema: (field) => ({ type: field.decimals === undefined ? 'integer' : 'number', readOnly: true }),
  print(field, value, lang) {
    if (typeof value !== 'number') return printed(value)
    if (field.as === 'money') return formatMoney(value, lang)
    return field.unit ? `${formatNumber(value, lang)} ${field.unit[lang]}` : formatNumber(value, lang)
  },
}
