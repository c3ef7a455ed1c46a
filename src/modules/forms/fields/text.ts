import type { FieldOf } from '../definition.ts'
import { formats } from '../formats.ts'
import type { Finding } from '../rules.ts'
import { cleanLine, cleanText, isCleanText, one, printed, wrongType, type FieldKind } from './field-kind.ts'

export const maxLengthOf = (field: FieldOf<'text'> | FieldOf<'long-text'>): number => field.maxLength ?? (field.type === 'text' ? 200 : 2000)

export const textKind: FieldKind<FieldOf<'text'>> = {
  read: (_field, body, name) => cleanLine(body.get(name)),
  write: (_field, value, name) => one(name, value),
  check(field) {
    const max = maxLengthOf(field)
    const min = field.minLength ?? 0
    const format = field.format === undefined ? undefined : formats[field.format]
    return (value) => {
      if (typeof value !== 'string') return wrongType
      if (!isCleanText(value)) return { rule: 'text.characters' }
      if (value.length > max) return { rule: 'text.tooLong', params: { max } }
      if (value.length < min) return { rule: 'text.tooShort', params: { min } }
      return format?.check(value)
    }
  },
  required: () => ({ rule: 'required' }),
  findings(field) {
    const found: Finding[] = [wrongType, { rule: 'text.characters' }, { rule: 'text.tooLong', params: { max: maxLengthOf(field) } }]
    if (field.minLength) found.push({ rule: 'text.tooShort', params: { min: field.minLength } })
    return [...found, ...(field.format === undefined ? [] : (formats[field.format]?.findings ?? []))]
  },
  schema(field) {
    const pattern = field.format === undefined ? undefined : formats[field.format]?.pattern
    return { type: 'string', minLength: field.minLength ?? 1, maxLength: maxLengthOf(field), ...(pattern && { pattern }) }
  },
  print: (_field, value) => printed(value),
}

export const longTextKind: FieldKind<FieldOf<'long-text'>> = {
  read: (_field, body, name) => cleanText(body.get(name)),
  write: (_field, value, name) => one(name, value),
  check(field) {
    const max = maxLengthOf(field)
    return (value) => {
      if (typeof value !== 'string') return wrongType
      if (!isCleanText(value, true)) return { rule: 'text.characters' }
      return value.length > max ? { rule: 'text.tooLong', params: { max } } : undefined
    }
  },
  required: () => ({ rule: 'required' }),
  findings: (field) => [wrongType, { rule: 'text.characters' }, { rule: 'text.tooLong', params: { max: maxLengthOf(field) } }],
  schema: (field) => ({ type: 'string', minLength: 1, maxLength: maxLengthOf(field) }),
  print: (_field, value) => printed(value),
}

/**
 * Names of persons: letters of the Latin script with their marks (Vietnamese and the languages of Vietnam's ethnic groups), spaces, and
 * the signs inside names such as H'Hen, K'Brơi. No digits (Civil Code 2015, article 26).
 */
const nameLetters = /^[\p{Script=Latin}\p{M}][\p{Script=Latin}\p{M} '’.-]*$/u
const maxName = 100

export const personNameKind: FieldKind<FieldOf<'person-name'>> = {
  read: (_field, body, name) => cleanLine(body.get(name)),
  write: (_field, value, name) => one(name, value),
  check: () => (value) => {
    if (typeof value !== 'string') return wrongType
    if (value.length > maxName) return { rule: 'text.tooLong', params: { max: maxName } }
    if (value.length < 2) return { rule: 'text.tooShort', params: { min: 2 } }
    return nameLetters.test(value) ? undefined : { rule: 'name.characters' }
  },
  required: () => ({ rule: 'required' }),
  findings: () => [wrongType, { rule: 'text.tooLong', params: { max: maxName } }, { rule: 'text.tooShort', params: { min: 2 } }, { rule: 'name.characters' }],
  schema: () => ({ type: 'string', minLength: 2, maxLength: maxName }),
  print: (_field, value) => printed(value),
}

const emailShape = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+$/

export const emailKind: FieldKind<FieldOf<'email'>> = {
  read: (_field, body, name) => cleanLine(body.get(name)),
  write: (_field, value, name) => one(name, value),
  check: () => (value) => {
    if (typeof value !== 'string') return wrongType
    return value.length <= 254 && emailShape.test(value) ? undefined : { rule: 'email.form' }
  },
  required: () => ({ rule: 'required' }),
  findings: () => [wrongType, { rule: 'email.form' }],
  schema: () => ({ type: 'string', format: 'email', maxLength: 254 }),
  print: (_field, value) => printed(value),
}
