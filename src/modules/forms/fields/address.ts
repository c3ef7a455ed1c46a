import { isRecord, type AddressAnswer, type Units } from '../answers.ts'
import { readerOf } from '../read-reference.ts'
import { isCivilDate } from './date.ts'
import type { FieldOf } from '../definition.ts'
import type { Finding } from '../rules.ts'
import { cleanLine, isCleanText, wrongType, type FieldKind, type Scope } from './field-kind.ts'

const parts = ['province', 'commune', 'street'] as const
const maxStreet = 200

export const streetOf = (field: FieldOf<'address'>): 'required' | 'optional' | 'none' => field.street ?? 'required'

/** What the boxes of an address show. */
export function addressOf(value: unknown): AddressAnswer {
  const typed = isRecord(value) ? value : {}
  return Object.fromEntries(parts.flatMap((p) => (typeof typed[p] === 'string' && typed[p] !== '' ? [[p, typed[p]]] : [])))
}

/** The units among which the place is chosen: of the day of `asOf`, else today's. */
export function unitsFor<U extends Pick<Units, 'on'>>(field: FieldOf<'address'>, units: U, answers: Pick<Scope, 'item' | 'root'>): U | Units {
  const { asOf } = field
  if (!asOf || !units.on) return units
  const day = 'date' in asOf ? asOf.date : readerOf(asOf.field)(answers.item, answers.root)
  return typeof day === 'string' && isCivilDate(day) ? units.on(day) : units
}

function checkStreet(street: unknown, need: 'required' | 'optional' | 'none'): Finding | undefined {
  if (street === undefined || street === '') return need === 'required' ? { rule: 'address.street', part: 'street' } : undefined
  if (typeof street !== 'string') return { ...wrongType, part: 'street' }
  if (need === 'none') return { rule: 'unknown', part: 'street' }
  if (!isCleanText(street)) return { rule: 'text.characters', part: 'street' }
  return street.length > maxStreet ? { rule: 'text.tooLong', params: { max: maxStreet }, part: 'street' } : undefined
}

function checkCommune({ province, commune }: Record<string, unknown>, units: Pick<Units, 'commune'>): Finding | undefined {
  if (commune === undefined || commune === '') return province ? { rule: 'address.commune', part: 'commune' } : { rule: 'address.province', part: 'province' }
  const unit = typeof commune === 'string' ? units.commune(commune) : undefined
  if (!unit) return { rule: 'address.unknownCommune', part: 'commune' }
  return province !== undefined && province !== unit.province ? { rule: 'address.commune', part: 'commune' } : undefined
}

/** A place in Vietnam: the commune's code in the units of the day, and house number and street as the field wants them. */
export const addressKind: FieldKind<FieldOf<'address'>> = {
  read(field, body, name, previous) {
    const wanted = streetOf(field) === 'none' ? parts.slice(0, 2) : parts
    const read: AddressAnswer = Object.fromEntries(wanted.flatMap((p) => {
      const typed = cleanLine(body.get(`${name}-${p}`))
      return typed === undefined ? [] : [[p, typed]]
    }))
    // The communes on the page were those of the province chosen before; after another province none of them fits.
    const shown = body.get(`${name}-shown`) || addressOf(previous).province
    if (read.province !== undefined && shown !== undefined && read.province !== shown) delete read.commune
    return Object.keys(read).length === 0 ? undefined : read
  },
  write: (_field, value, name) => Object.entries(addressOf(value)).map(([part, text]) => [`${name}-${part}`, String(text)]),
  check(field) {
    const need = streetOf(field)
    return (value, scope) => {
      if (!isRecord(value)) return wrongType
      for (const key in value) if (key !== 'province' && key !== 'commune' && key !== 'street') return { rule: 'unknown', part: key }
      // The province may be there only because the page began with the node's own.
      if (field.required === false && !value.commune && !value.street) return undefined
      const commune = checkCommune(value, unitsFor(field, scope.env.units, scope))
      const street = checkStreet(value.street, need)
      return commune && street ? [commune, street] : (commune ?? street)
    }
  },
  required: () => ({ rule: 'address.province', part: 'province' }),
  findings(field) {
    const commune: Finding[] = [wrongType, { rule: 'address.commune', part: 'commune' }, { rule: 'address.unknownCommune', part: 'commune' }, { rule: 'unknown', part: 'street' }]
    if (streetOf(field) === 'none') return commune
    return [...commune, { rule: 'address.street', part: 'street' }, { rule: 'text.characters', part: 'street' }, { rule: 'text.tooLong', params: { max: maxStreet }, part: 'street' }]
  },
  schema(field) {
    const need = streetOf(field)
    return {
      type: 'object',
      properties: { province: { type: 'string', pattern: '^[0-9]{2}$' }, commune: { type: 'string', pattern: '^[0-9]{5}$' }, ...(need !== 'none' && { street: { type: 'string', maxLength: maxStreet } }) },
      required: need === 'required' ? ['commune', 'street'] : ['commune'],
      additionalProperties: false,
    }
  },
  print(field, value, lang, all, answers) {
    const { province, commune, street } = addressOf(value)
    const units = all && unitsFor(field, all, answers ?? { item: {}, root: {} })
    const unit = commune === undefined ? undefined : units?.commune(commune)
    const above = unit?.province ?? province
    return [street, unit?.name[lang] ?? commune, above === undefined ? undefined : (units?.province(above)?.name[lang] ?? above)].filter(Boolean).join(', ')
  },
}
