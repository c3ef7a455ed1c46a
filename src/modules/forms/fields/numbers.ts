import { formatMoney, formatNumber } from '../../../platform/i18n.ts'
import type { FieldOf } from '../definition.ts'
import type { Finding } from '../rules.ts'
import { cleanLine, printed, type FieldKind } from './field-kind.ts'

const largest = 1_000_000_000_000_000

/** `72,5`, `72.5`, `1.072,5`, `1,072.5` → the number; one separator before at most three digits is the decimal one where decimals are asked. */
export function readDecimal(typed: string, decimals: number): number | undefined {
  const bare = typed.replace(/\s+/g, '')
  const found = new RegExp(`^(-?[0-9.,]*[0-9])[.,]([0-9]{1,${decimals}})$`).exec(bare)
  if (!found || (/^-?[0-9]{1,3}[.,][0-9]{3}$/.test(bare) && decimals < 3)) return readInteger(typed)
  const whole = readInteger(found[1]!)
  if (whole === undefined) return undefined
  return Number(`${bare.startsWith('-') && whole === 0 ? '-' : ''}${whole}.${found[2]}`)
}

/** `1.500.000`, `1 500 000 đồng`, `1,500,000` → 1500000. Separators must stand at thousands: `1.5` is not understood rather than guessed. */
export function readInteger(typed: string): number | undefined {
  const bare = typed.toLocaleLowerCase('vi').replace(/\s*(đồng|đ|vnd|vnđ)$/u, '').replace(/\s+/g, '')
  if (!/^-?([0-9]+|[0-9]{1,3}([.,])[0-9]{3}(\2[0-9]{3})*)$/.test(bare)) return undefined
  const value = Number(bare.replace(/[.,]/g, ''))
  return Math.abs(value) <= largest ? value : undefined
}

type NumberField = FieldOf<'money'> | FieldOf<'number'>

const decimalsOf = (field: NumberField): number => (field.type === 'number' ? (field.decimals ?? 0) : 0)

function kindOfNumber<F extends NumberField>(name: 'money' | 'number', print: FieldKind<F>['print']): FieldKind<F> {
  const invalid = (field: NumberField): Finding => (decimalsOf(field) > 0 ? { rule: 'number.decimals', params: { decimals: decimalsOf(field) } } : { rule: `${name}.invalid` })
  return {
    read(field, body, key) {
      const typed = cleanLine(body.get(key))
      if (typed === undefined) return undefined
      return (decimalsOf(field) > 0 ? readDecimal(typed, decimalsOf(field)) : readInteger(typed)) ?? typed
    },
    write: (_field, value, key) => (value === undefined ? [] : [[key, String(value)]]),
    check(field) {
      const min = field.min ?? 0
      const max = field.max ?? largest
      const scale = 10 ** decimalsOf(field)
      return (value) => {
        if (typeof value !== 'number' || !Number.isFinite(value) || Math.abs(value) > largest || Math.round(value * scale) / scale !== value) return invalid(field)
        if (value < min) return { rule: `${name}.tooSmall`, params: { min } }
        return value > max ? { rule: `${name}.tooLarge`, params: { max } } : undefined
      }
    },
    required: () => ({ rule: 'required' }),
    findings: (field) => [invalid(field), { rule: `${name}.tooSmall`, params: { min: field.min ?? 0 } }, { rule: `${name}.tooLarge`, params: { max: field.max ?? largest } }],
    schema: (field) => ({ type: decimalsOf(field) > 0 ? 'number' : 'integer', ...(decimalsOf(field) > 0 && { multipleOf: 1 / 10 ** decimalsOf(field) }), minimum: field.min ?? 0, maximum: field.max ?? largest }),
    print,
  }
}

/** Whole đồng. */
export const moneyKind = kindOfNumber<FieldOf<'money'>>('money', (_field, value, lang) => (typeof value === 'number' ? formatMoney(value, lang) : printed(value)))
/** Whole unless the field has decimals: square metres, metres. */
export const numberKind = kindOfNumber<FieldOf<'number'>>('number', ({ unit }, value, lang) => (typeof value !== 'number' ? printed(value) : unit ? `${formatNumber(value, lang)} ${unit[lang]}` : formatNumber(value, lang)))
