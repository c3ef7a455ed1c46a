import type { FieldOf, Option } from '../definition.ts'
import { listOptions } from '../lists.ts'
import { translator } from '../../../platform/i18n.ts'
import { cleanLine, one, printed, wrongType, type FieldKind } from './field-kind.ts'

/** The options of a choice: its own, or those of a named list. Publishing refuses a definition with neither. */
export function optionsOf(field: FieldOf<'choice'>): readonly Option[] {
  return field.options ?? (field.list === undefined ? [] : (listOptions(field.list) ?? []))
}

export const choiceKind: FieldKind<FieldOf<'choice'>> = {
  read: (_field, body, name) => cleanLine(body.get(name)),
  write: (_field, value, name) => one(name, value),
  check(field) {
    const values = new Set<unknown>(optionsOf(field).map((o) => o.value))
    return (value) => (values.has(value) ? undefined : typeof value === 'string' ? { rule: 'choice.unknown' } : wrongType)
  },
  required: () => ({ rule: 'required.choice' }),
  findings: () => [wrongType, { rule: 'choice.unknown' }],
  schema: (field) => ({ type: 'string', enum: optionsOf(field).map((o) => o.value) }),
  print: (field, value, lang) => optionsOf(field).find((o) => o.value === value)?.label[lang] ?? printed(value),
}

const tick = {
  read: (_field: unknown, body: { get(name: string): string | undefined }, name: string) => (body.get(name) === 'yes' ? true : undefined),
  write: (_field: unknown, value: unknown, name: string): [string, string][] => (value === true ? [[name, 'yes']] : []),
  check: () => (value: unknown) => (value === true ? undefined : wrongType),
  schema: () => ({ type: 'boolean', const: true }),
  print: (_field: unknown, value: unknown, lang: 'vi' | 'en') => translator(lang)(value === true ? 'forms.summary.yes' : 'forms.summary.no'),
}

export const checkboxKind: FieldKind<FieldOf<'checkbox'>> = {
  ...tick,
  required: () => ({ rule: 'required.declaration' }),
  findings: () => [wrongType],
}

/** A statement ("lời cam đoan") that must be ticked to go on. */
export const declarationKind: FieldKind<FieldOf<'declaration'>> = {
  ...tick,
  required: () => ({ rule: 'required.declaration' }),
  findings: () => [wrongType],
}
