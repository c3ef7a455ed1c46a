import { formatMoney, formatNumber } from '../../../platform/i18n.ts'
import type { FieldOf } from '../definition.ts'
import type { Finding } from '../rules.ts'
import { cleanLine, type FieldKind } from './field-kind.ts'

const largest = 1_000_000_000_000_000

/** `1.500.000`, `1 500 000 đồng`, `1,500,000` → 1500000. Separators must stand at thousands: `1.5` is not understood rather than guessed. */
export function readInteger(typed: string): number | undefined {
  const bare = typed.toLocaleLowerCase('vi').replace(/\s*(đồng|đ|vnd|vnđ)$/u, '').replace(/\s+/g, '')
  if (!/^-?([0-9]+|[0-9]{1,3}([.,])[0-9]{3}(\2[0-9]{3})*)$/.test(bare)) return undefined
  const value = Number(bare.replace(/[.,]/g, ''))
  return Math.abs(value) <= largest ? value : undefined
}

type NumberField = FieldOf<'money'> | FieldOf<'number'>

function numberKind<F extends NumberField>(name: 'money' | 'number', print: FieldKind<F>['print']): FieldKind<F> {
  const invalid: Finding = { rule: `${name}.invalid` }
  return {
    read(_field, body, key) {
      const typed = cleanLine(body.get(key))
      return typed === undefined ? undefined : (readInteger(typed) ?? typed)
    },
    write: (_field, value, key) => (value === undefined ? [] : [[key, String(value)]]),
    check(field) {
      const min = field.min ?? 0
      const max = field.max ?? largest
      return (value) => {
        if (typeof value !== 'number' || !Number.isSafeInteger(value)) return invalid
        if (value < min) return { rule: `${name}.tooSmall`, params: { min } }
        return value > max ? { rule: `${name}.tooLarge`, params: { max } } : undefined
      }
    },
    required: () => ({ rule: 'required' }),
    findings: (field) => [invalid, { rule: `${name}.tooSmall`, params: { min: field.min ?? 0 } }, { rule: `${name}.tooLarge`, params: { max: field.max ?? largest } }],
    schema: (field) => ({ type: 'integer', minimum: field.min ?? 0, maximum: field.max ?? largest }),
    print,
  }
}

/** Whole đồng. */
export const moneyKind = numberKind<FieldOf<'money'>>('money', (_field, value, lang) => (typeof value === 'number' ? formatMoney(value, lang) : String(value ?? '')))
export const wholeNumberKind = numberKind<FieldOf<'number'>>('number', (_field, value, lang) => (typeof value === 'number' ? formatNumber(value, lang) : String(value ?? '')))
