import { checkTaxCode, readIdNumber, readInsuranceNumber } from '../../numbers/index.ts'
import type { FieldOf } from '../definition.ts'
import type { Finding } from '../rules.ts'
import { cleanLine, one, printed, wrongType, type FieldKind } from './field-kind.ts'

/** Numbers are often typed in groups: `052 190 001 234`. */
const compact = (value: string | undefined): string | undefined => cleanLine(value)?.replace(/[\s.]+/g, '')

/** The 12-digit personal identification number ("số định danh cá nhân"). It has no check digit; only its consistency with birth year and sex can be seen. */
export const citizenIdKind: FieldKind<FieldOf<'citizen-id'>> = {
  read: (_field, body, name) => compact(body.get(name)),
  write: (_field, value, name) => one(name, value),
  check: ({ birthDate, sex }) => (value, { item, root }) => {
    if (typeof value !== 'string') return wrongType
    if (!/^[0-9]{12}$/.test(value)) return { rule: 'citizenId.digits' }
    const facts = readIdNumber(value)!
    if (value.startsWith('000')) return { rule: 'citizenId.code' }
    const born = birthDate === undefined ? undefined : (item[birthDate] ?? root[birthDate])
    if (typeof born === 'string' && Number(born.slice(0, 4)) !== facts.birthYear) return { rule: 'citizenId.birthYear', params: { other: birthDate! } }
    const isOf = sex === undefined ? undefined : (item[sex] ?? root[sex])
    return (isOf === 'male' || isOf === 'female') && isOf !== facts.sex ? { rule: 'citizenId.sex', params: { other: sex! } } : undefined
  },
  required: () => ({ rule: 'required' }),
  findings({ birthDate, sex }) {
    const found: Finding[] = [wrongType, { rule: 'citizenId.digits' }, { rule: 'citizenId.code' }]
    if (birthDate) found.push({ rule: 'citizenId.birthYear', params: { other: birthDate } })
    if (sex) found.push({ rule: 'citizenId.sex', params: { other: sex } })
    return found
  },
  schema: () => ({ type: 'string', pattern: '^[0-9]{12}$' }),
  print: (_field, value) => printed(value),
}

/** In its usual spelling where it is one, else as typed. */
function readTaxCode(typed: string | undefined): string | undefined {
  const checked = typed === undefined ? undefined : checkTaxCode(typed)
  return checked?.ok ? checked.code : typed
}

/** Tax code ("mã số thuế"): ten digits with a check digit, for a branch `-nnn` more; a person's is the 12-digit id where the field allows it. */
export const taxCodeKind: FieldKind<FieldOf<'tax-code'>> = {
  read: (_field, body, name) => readTaxCode(compact(body.get(name))),
  write: (_field, value, name) => one(name, value),
  check: ({ personal }) => (value) => {
    if (typeof value !== 'string') return wrongType
    const checked = checkTaxCode(value)
    if (!checked.ok) return { rule: checked.reason === 'check-digit' ? 'taxCode.checkDigit' : 'taxCode.form' }
    // Kept as it is written: what comes by the API in another spelling is refused, the page's field has already put it in order.
    return checked.code === value && (checked.kind !== 'personal' || personal) ? undefined : { rule: 'taxCode.form' }
  },
  required: () => ({ rule: 'required' }),
  findings: () => [wrongType, { rule: 'taxCode.form' }, { rule: 'taxCode.checkDigit' }],
  schema: ({ personal }) => ({ type: 'string', pattern: `^([0-9]{10}(-[0-9]{3})?${personal ? '|[0-9]{12}' : ''})$` }),
  print: (_field, value) => printed(value),
}

/** What was read as one is kept as the ten digits, or as the id number where that is the insured's number. */
function readInsured(typed: string | undefined): string | undefined {
  const number = typed === undefined ? undefined : readInsuranceNumber(typed)
  return number === undefined ? typed : number.kind === 'id-number' ? number.idNumber : number.insuranceNumber
}

/** Social-insurance number ("mã số bảo hiểm xã hội"), which is also that of the health-insurance card. */
export const insuranceNumberKind: FieldKind<FieldOf<'insurance-number'>> = {
  read: (_field, body, name) => readInsured(compact(body.get(name))),
  write: (_field, value, name) => one(name, value),
  check: () => (value) => {
    if (typeof value !== 'string') return wrongType
    return readInsured(value) === value && readInsuranceNumber(value) !== undefined ? undefined : { rule: 'insuranceNumber.form' }
  },
  required: () => ({ rule: 'required' }),
  findings: () => [wrongType, { rule: 'insuranceNumber.form' }],
  schema: () => ({ type: 'string', pattern: '^([0-9]{10}|[0-9]{12})$' }),
  print: (_field, value) => printed(value),
}

/** `+84 905 123 456`, `0905.123.456` → `0905123456`. */
function readPhone(value: string | undefined): string | undefined {
  const bare = cleanLine(value)?.replace(/[\s.()-]+/g, '')
  return bare?.replace(/^(\+84|0084|84(?=[0-9]{9}$))/, '0')
}

export const phoneKind: FieldKind<FieldOf<'phone'>> = {
  read: (_field, body, name) => readPhone(body.get(name)),
  write: (_field, value, name) => one(name, value),
  check: ({ mobile }) => (value) => {
    if (typeof value !== 'string') return wrongType
    if (/^0[35789][0-9]{8}$/.test(value)) return undefined
    if (mobile) return { rule: 'phone.mobile' }
    return /^02[0-9]{9}$/.test(value) ? undefined : { rule: 'phone.form' }
  },
  required: () => ({ rule: 'required' }),
  findings: ({ mobile }) => [wrongType, { rule: mobile ? 'phone.mobile' : 'phone.form' }],
  schema: ({ mobile }) => ({ type: 'string', pattern: mobile ? '^0[35789][0-9]{8}$' : '^0([35789][0-9]{8}|2[0-9]{9})$' }),
  print: (_field, value) => printed(value),
}
