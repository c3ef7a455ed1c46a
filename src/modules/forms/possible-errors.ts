import type { FieldError } from '../../platform/errors.ts'
import type { Form } from './compile-form.ts'
import { isComposed, isGroup, isRequired, type Field, type Page, type SimpleField } from './definition.ts'
import { partsOf } from './fields/composed.ts'
import { kindOf } from './fields/kinds.ts'
import { examplesOfRules } from './page-rules.ts'
import { ruleKey, type Finding } from './rules.ts'

/** Every mistake that a form can report, page by page, with its real parameters: for the preview of messages and for tests. */
export function possibleErrors(form: Form): { page: Page; errors: FieldError[] }[] {
  return form.definition.pages.map((page) => ({
    page,
    errors: [...page.fields.flatMap((field) => errorsOf(field, page)), ...examplesOfRules(page).map(({ at, finding }) => toError(at, finding))],
  }))
}

function errorsOf(field: Field, page: Page): FieldError[] {
  const hidden: Finding[] = page.condition || field.condition ? [{ rule: 'hidden' }] : []
  if (isComposed(field)) return [...hidden, { rule: 'wrongType' } as const].map((f) => toError(field.id, f)).concat(partsOf(field).flatMap((part) => simple(part, `${field.id}.${part.id}`, [])))
  if (!isGroup(field)) return simple(field, field.id, hidden)
  const whole: Finding[] = [...hidden, { rule: 'wrongType' }, { rule: 'group.tooMany', params: { max: field.max, entry: field.id } }]
  if (field.min > 0) whole.push({ rule: 'required.group', params: { min: field.min, entry: field.id } })
  return [...whole.map((f) => toError(field.id, f)), ...field.fields.flatMap((inner) => simple(inner, `${field.id}.0.${inner.id}`, [])), ...examplesOfRules(field).map(({ at, finding }) => toError(`${field.id}.0.${at}`, finding))]
}

function simple(field: SimpleField, path: string, more: readonly Finding[]): FieldError[] {
  const kind = kindOf<SimpleField>(field)
  const findings = [...(isRequired(field) ? [kind.required(field)] : []), ...kind.findings(field), ...more]
  const errors = findings.map((f) => toError(path, f))
  return errors.filter((e, i) => errors.findIndex((o) => o.field === e.field && o.key === e.key && JSON.stringify(o.params) === JSON.stringify(e.params)) === i)
}

function toError(path: string, { rule, params, part }: Finding): FieldError {
  return { field: part === undefined ? path : `${path}.${part}`, key: ruleKey(rule), ...(params && { params }) }
}
