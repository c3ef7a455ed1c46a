import type { FieldError } from '../../platform/errors.ts'
import { formatNumber, translator, type Lang, type Params } from '../../platform/i18n.ts'
import type { Form } from './compile-form.ts'
import { isGroup, type Field } from './definition.ts'
import { isRuleKey } from './rules.ts'

/** What an error's path points at: `members.0.birthDate.year` → the field birthDate in the first entry of members. */
export interface Target { field: Field; group?: Field; entry?: number; part?: string }

export function findTarget(form: Form, path: string): Target | undefined {
  const [id, ...rest] = path.split('.')
  const field = form.fields.get(id ?? '')?.field
  if (!field) return undefined
  if (!isGroup(field)) return { field, ...(rest[0] !== undefined && { part: rest[0] }) }
  const inner = field.fields.find((f) => f.id === rest[1])
  const entry = rest[0] === undefined ? {} : { entry: Number(rest[0]) }
  if (!inner) return { field, ...entry }
  return { field: inner, group: field, ...entry, ...(rest[2] !== undefined && { part: rest[2] }) }
}

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
/** Lower-cases a label for the middle of a sentence, unless it opens with an abbreviation. */
const lower = (text: string): string => (/^\p{Lu}(?!\p{Lu})/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text)

export const nameOf = (field: Field, lang: Lang): string => lower((field.name ?? field.label)[lang])

function entryTitle(field: Field | undefined, lang: Lang): string {
  return field && isGroup(field) ? field.itemTitle[lang] : ''
}

/** Finds a field by id anywhere, also inside repeated groups. */
function findField(form: Form, id: string): Field | undefined {
  return form.fields.get(id)?.field ?? [...form.fields.values()].flatMap(({ field }) => (isGroup(field) ? field.fields : [])).find((f) => f.id === id)
}

function readable(form: Form, params: Params, lang: Lang): Params {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => {
    if (typeof value === 'number') return [name, name === 'count' ? value : formatNumber(value, lang)]
    if (name === 'entry') return [name, lower(entryTitle(form.fields.get(value)?.field, lang))]
    if (name !== 'other' && name !== 'others') return [name, value]
    const names = value.split(' ').map((id) => findField(form, id)).map((f) => (f ? `“${upper(nameOf(f, lang))}”` : ''))
    return [name, names.join(', ')]
  }))
}

/**
 * The errors ready for any page or API: `field` is the id of the box in the page, and `t(key, params)` gives the whole sentence with the
 * field's own name and the rule's own bounds.
 */
export function readableErrors(form: Form, errors: readonly FieldError[], lang: Lang): FieldError[] {
  return errors.map((error) => ({ ...readableError(form, error, lang), field: inputId(form, error.field) }))
}

function readableError(form: Form, error: FieldError, lang: Lang): FieldError {
  if (!isRuleKey(error.key)) return error
  const target = findTarget(form, error.field)
  const name = target ? nameOf(target.field, lang) : error.field
  const params = { ...readable(form, error.params ?? {}, lang), name, label: upper(name) }
  if (!target?.group || target.entry === undefined) return { ...error, params }
  const message = translator(lang)(error.key, params)
  return { field: error.field, key: 'forms.rule.inEntry', params: { entry: entryTitle(target.group, lang), number: target.entry + 1, message } }
}

/** The sentence a person reads for a mistake. */
export function errorText(form: Form, error: FieldError, lang: Lang): string {
  const { key, params } = readableError(form, error, lang)
  return translator(lang)(key, params)
}

/** Id of the box in the page that an error concerns. The parts of a path are joined by `-`; the day carries the id of a date. */
export function inputId(form: Form, path: string): string {
  const id = path.replaceAll('.', '-')
  const target = findTarget(form, path)
  if (target?.field.type === 'date' && target.part === 'day') return id.slice(0, -'-day'.length)
  if (!target || target.part !== undefined) return id
  if (target.field.type === 'address') return `${id}-province`
  return isGroup(target.field) ? `${target.field.id}-add` : id
}
