import type { FieldError } from '../../platform/errors.ts'
import { formatNumber, translator, type Lang, type Params } from '../../platform/i18n.ts'
import type { Form } from './compile-form.ts'
import { isComposed, isGroup, type Field, type PageRule } from './definition.ts'
import { partsOf } from './fields/composed.ts'
import { isRuleKey } from './rules.ts'

/** What an error's path points at: `members.0.birthDate.year` → the field birthDate in the first entry of members; `bride.sex` → that part of the bride. */
export interface Target { field: Field; group?: Field; whole?: Field; entry?: number; part?: string }

export function findTarget(form: Form, path: string): Target | undefined {
  const [id, ...rest] = path.split('.')
  const field = form.fields.get(id ?? '')?.field
  if (!field) return undefined
  if (isComposed(field)) {
    const inner = partsOf(field).find((f) => f.id === rest[0])
    return inner ? { field: inner, whole: field, ...partOf(rest.slice(1)) } : { field }
  }
  if (!isGroup(field)) return { field, ...partOf(rest) }
  const inner = field.fields.find((f) => f.id === rest[1])
  const entry = rest[0] === undefined ? {} : { entry: Number(rest[0]) }
  if (!inner) return { field, ...entry }
  return { field: inner, group: field, ...entry, ...partOf(rest.slice(2)) }
}

const partOf = (rest: readonly string[]): { part?: string } => (rest.length === 0 ? {} : { part: rest.join('.') })

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
/** Lower-cases a label for the middle of a sentence, unless it opens with an abbreviation. */
const lower = (text: string): string => (/^\p{Lu}(?!\p{Lu})/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text)

export const nameOf = (field: Field, lang: Lang): string => lower((field.name ?? field.label)[lang])

function entryTitle(field: Field | undefined, lang: Lang): string {
  return field && isGroup(field) ? field.itemTitle[lang] : ''
}

/** Finds a field by id anywhere, also inside repeated groups. */
function findField(form: Form, id: string): Field | undefined {
  return form.fields.get(id)?.field ?? [...form.fields.values()].flatMap(({ field }): readonly Field[] => (isGroup(field) ? field.fields : isComposed(field) ? partsOf(field) : [])).find((f) => f.id === id)
}

/** How a message names another field: “Ngày sinh”, of a composed one “Ngày sinh (Bên nữ)”. */
function nameOfReference(form: Form, reference: string, lang: Lang): string {
  const [id = '', part] = reference.split('.')
  const field = findField(form, id)
  if (!field) return ''
  const own = part !== undefined && isGroup(field) ? field.fields.find((f) => f.id === part) : undefined
  if (own) return `“${upper(nameOf(own, lang))}”`
  const inner = part !== undefined && isComposed(field) ? partsOf(field).find((f) => f.id === part) : undefined
  return inner ? `“${upper(nameOf(inner, lang))} (${(field.name ?? field.label)[lang]})”` : `“${upper(nameOf(field, lang))}”`
}

/** The sentence that a rule of the form brings itself: 'couple:0' is the first rule of that page, '#rooms:0' that of a group. */
function ownMessage(form: Form, place: string, lang: Lang): string {
  const [owner = '', index] = place.split(':')
  const group = owner.startsWith('#') ? form.fields.get(owner.slice(1))?.field : undefined
  const rules = group && isGroup(group) ? group.rules : form.definition.pages.find((p) => p.id === owner)?.rules
  const rule: PageRule | undefined = rules?.[Number(index)]
  return rule && 'message' in rule ? rule.message[lang] : ''
}

function readable(form: Form, params: Params, lang: Lang): Params {
  return Object.fromEntries(Object.entries(params).map(([name, value]) => {
    if (name === 'message' && typeof value === 'string') return [name, ownMessage(form, value, lang)]
    if (typeof value === 'number') return [name, name === 'count' ? value : formatNumber(value, lang)]
    if (name === 'entry') return [name, lower(entryTitle(form.fields.get(value)?.field, lang))]
    if (name !== 'other' && name !== 'others') return [name, value]
    return [name, value.split(' ').map((reference) => nameOfReference(form, reference, lang)).join(', ')]
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
  // A sentence of the form's own says itself whom it is about.
  if (target?.whole && !('message' in params)) return { field: error.field, key: 'forms.rule.inPart', params: { whole: (target.whole.name ?? target.whole.label)[lang], message: translator(lang)(error.key, params) } }
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
  if (!target) return id
  const { field, part } = target
  if ((field.type === 'date' || field.type === 'period') && part?.endsWith('day')) return id.slice(0, -'-day'.length)
  if (part !== undefined) return id
  if (field.type === 'address') return `${id}-province`
  if (field.type === 'period') return `${id}-from`
  if (isComposed(field)) return inputId(form, `${path}.${partsOf(field)[0]!.id}`)
  return isGroup(field) ? `${field.id}-add` : id
}
