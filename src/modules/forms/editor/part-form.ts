import type { FieldError } from '../../../platform/errors.ts'
import type { FormBody } from '../../../platform/http/route.ts'
import type { Translate } from '../../../platform/i18n.ts'
import { formDefinition, pageShape, ruleShape, type FormDefinition, type Page, type PageRule } from '../definition.ts'
import { applicantFacts, blankField, headBoxes, pageBoxes, ruleBoxes } from './field-boxes.ts'
import { readBoxes, typedOf, wrongBox, type ReadForm, type Typed } from './field-form.ts'

/** What is not a field, read and shown by boxes too: a page, a rule of a page, the head of the form. */

/** A new page, from its id, its part of the address and its title. */
export function blankPage(form: FormBody): ReadForm<Page> {
  const made = { id: form.get('id'), path: form.get('path'), title: { vi: form.get('title-vi'), en: form.get('title-en') } }
  const parsed = pageShape.omit({ fields: true }).safeParse(made)
  return parsed.success ? { ok: true, value: { ...parsed.data, fields: [] } } : { ok: false, errors: parsed.error.issues.map((issue) => wrongNew(issue.path)) }
}

/** A mistake in the boxes of what is new. */
export function wrongNew(path: readonly PropertyKey[]): FieldError {
  const name = path.slice(0, 2).join('-')
  return { field: name, key: `forms.editor.wrong.new.${name}` }
}

export const typedOfPage = (page: Page): Typed => typedOf(pageBoxes, page)

/** The page's own properties; its fields and rules stay. */
export function readPageForm(form: FormBody, page: Page, t: Translate): ReadForm<Page> {
  const read = readBoxes(form, pageBoxes, page, t)
  if (!read.ok) return read
  const { id, fields, rules } = page
  const made = { id, ...read.value, ...(rules && { rules }) }
  // A page that is still empty is judged when the draft is handed over.
  const parsed = pageShape.safeParse({ ...made, fields: [blankField('filler', 'text', { vi: '–', en: '–' })] })
  return parsed.success ? { ok: true, value: { ...parsed.data, fields } } : { ok: false, errors: parsed.error.issues.map((issue) => wrongBox(pageBoxes, String(issue.path[0]), t)) }
}

export const typedOfRule = (rule: PageRule): Typed => typedOf(ruleBoxes[rule.rule], rule)

export function readRuleForm(form: FormBody, kind: PageRule['rule'], t: Translate): ReadForm<PageRule> {
  const boxes = ruleBoxes[kind]
  const read = readBoxes(form, boxes, {}, t)
  if (!read.ok) return read
  const parsed = ruleShape.safeParse({ rule: kind, ...read.value })
  return parsed.success ? { ok: true, value: parsed.data } : { ok: false, errors: parsed.error.issues.map((issue) => wrongBox(boxes, String(issue.path[0]), t)) }
}

export function typedOfHead(definition: FormDefinition): Typed {
  const { applicant, ...head } = definition
  return typedOf(headBoxes, { ...head, ...Object.fromEntries(applicantFacts.map((fact) => [`applicant-${fact}`, applicant[fact]])) })
}

const headShape = formDefinition.pick({ title: true, source: true, placeField: true, applicant: true, deliveryField: true, feeField: true, components: true })

export function readHeadForm(form: FormBody, definition: FormDefinition, t: Translate): ReadForm<FormDefinition> {
  const read = readBoxes(form, headBoxes, {}, t)
  if (!read.ok) return read
  const own = Object.entries(read.value).filter(([name]) => !name.startsWith('applicant-'))
  const applicant = Object.fromEntries(applicantFacts.flatMap((fact) => (read.value[`applicant-${fact}`] === undefined ? [] : [[fact, read.value[`applicant-${fact}`]]])))
  const parsed = headShape.safeParse({ ...Object.fromEntries(own), applicant })
  if (!parsed.success) return { ok: false, errors: parsed.error.issues.map((issue) => wrongBox(headBoxes, issue.path[0] === 'applicant' ? `applicant-${String(issue.path[1] ?? 'name')}` : String(issue.path[0]), t)) }
  const { key, version, validFrom, pages } = definition
  return { ok: true, value: { key, version, ...(validFrom !== undefined && { validFrom }), ...parsed.data, pages } }
}
