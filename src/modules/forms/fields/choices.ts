import type { Units } from '../answers.ts'
import type { FieldOf, Option } from '../definition.ts'
import { listOptions } from '../lists.ts'
import { translator } from '../../../platform/i18n.ts'
import { cleanLine, one, printed, wrongType, type FieldKind } from './field-kind.ts'

/** The options of a choice: its own, those of a named list, or of a shared catalogue on the day. Publishing refuses a definition with none of them. */
export function optionsOf(field: FieldOf<'choice'>, units?: Pick<Units, 'entries'>): readonly Option[] {
  if (field.options) return field.options
  if (field.list !== undefined) return listOptions(field.list) ?? []
  const { catalogue, startsWith = '' } = field
  return catalogue === undefined ? [] : (units?.entries?.(catalogue) ?? []).filter((entry) => entry.value.startsWith(startsWith))
}

export const choiceKind: FieldKind<FieldOf<'choice'>> = {
  read: (_field, body, name) => cleanLine(body.get(name)),
  write: (_field, value, name) => one(name, value),
  check(field) {
    const values = field.catalogue === undefined ? new Set<unknown>(optionsOf(field).map((o) => o.value)) : undefined
    // What is in a catalogue is known on the day of the filing only.
    const has = (value: unknown, units: Pick<Units, 'entries'>): boolean => values?.has(value) ?? optionsOf(field, units).some((o) => o.value === value)
    return (value, { env }) => (has(value, env.units) ? undefined : typeof value === 'string' ? { rule: 'choice.unknown' } : wrongType)
  },
  required: () => ({ rule: 'required.choice' }),
  findings: () => [wrongType, { rule: 'choice.unknown' }],
  schema: (field) => (field.catalogue === undefined ? { type: 'string', enum: optionsOf(field).map((o) => o.value) } : { type: 'string', minLength: 1, maxLength: 100 }),
  print: (field, value, lang, units) => optionsOf(field, units).find((o) => o.value === value)?.label[lang] ?? printed(value),
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
