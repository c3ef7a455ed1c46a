import type { FieldError } from '../../../platform/errors.ts'
import type { FormBody } from '../../../platform/http/route.ts'
import { civilDate } from '../../../platform/i18n.ts'
import { idNumberContradicts } from '../../numbers/index.ts'
import { ageOn, cleanDate, cleanEmail, cleanIdNumber, cleanName, cleanPhone, type Checked } from './person-fields.ts'

export interface Registration { idNumber: string; fullName: string; birthDate: string; phone: string; email: string | undefined }

/** From fourteen on a person has an identity account of his own (Decree 69/2024, art. 7); younger ones act through a parent or guardian. */
export const youngestAge = 14

export function readRegistration(form: FormBody, now: Date): Checked<Registration> {
  const errors: FieldError[] = []
  const idNumber = cleanIdNumber(form.get('idNumber'))
  if (!idNumber) errors.push({ field: 'idNumber', key: `identity.field.idNumber.${form.get('idNumber') ? 'invalid' : 'missing'}` })
  const rest = readApplicant(form, now)
  if (!rest.ok) errors.push(...rest.errors)
  // Said before the register is asked: which of the two is mistyped, only the person can see.
  else if (idNumber && idNumberContradicts(idNumber, rest.value).length > 0) errors.push({ field: 'idNumber', key: 'identity.field.idNumber.birth_year', params: { year: rest.value.birthDate.slice(0, 4), digits: idNumber.slice(3, 6) } })
  return rest.ok && idNumber && errors.length === 0 ? { ok: true, value: { idNumber, ...rest.value } } : { ok: false, errors }
}

/** What every registration asks for, whatever number the person is known by. */
export function readApplicant(form: FormBody, now: Date): Checked<Omit<Registration, 'idNumber'>> {
  const errors: FieldError[] = []
  const need = <T>(field: string, value: T | undefined, typed: string): T | undefined => {
    if (value === undefined) errors.push({ field, key: typed ? `identity.field.${field}.invalid` : `identity.field.${field}.missing` })
    return value
  }
  const fullName = need('fullName', cleanName(form.get('fullName')), form.get('fullName'))
  const birthDate = need('birthDate', cleanDate(form, 'birthDate'), ['day', 'month', 'year'].map((p) => form.get(`birthDate-${p}`)).join(''))
  if (birthDate && (birthDate > civilDate(now) || birthDate < '1900-01-01')) errors.push({ field: 'birthDate', key: 'identity.field.birthDate.invalid' })
  else if (birthDate && ageOn(birthDate, now) < youngestAge) errors.push({ field: 'birthDate', key: 'identity.field.birthDate.too_young', params: { age: youngestAge } })
  const phone = need('phone', cleanPhone(form.get('phone')), form.get('phone'))
  const email = form.get('email') ? need('email', cleanEmail(form.get('email')), form.get('email')) : undefined
  return errors.length > 0 ? { ok: false, errors } : { ok: true, value: { fullName: fullName!, birthDate: birthDate!, phone: phone!, email } }
}
