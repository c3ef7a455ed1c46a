import { fieldsOf } from './condition.ts'
import { isGroup, type Condition, type Field, type FieldOf, type FormDefinition, type Page } from './definition.ts'
import { optionsOf } from './fields/choices.ts'
import { formats } from './formats.ts'
import { listNames } from './lists.ts'
import type { DefinitionProblem } from './read-definition.ts'

type Report = (key: string, params: Record<string, string | number>, field?: Field) => void

/** Checks that a well-shaped definition makes sense: references, conditions, bounds, lists. */
export function checkDefinition(definition: FormDefinition): DefinitionProblem[] {
  const problems: DefinitionProblem[] = []
  const earlier = new Map<string, Field>()
  const pageNames = new Set<string>()
  for (const [i, page] of definition.pages.entries()) {
    const report: Report = (key, params, field) => problems.push({ page: { number: i + 1, title: page.title }, ...(field && { field: field.label }), key: `forms.problem.${key}`, params })
    for (const name of new Set([page.id, page.path])) if (pageNames.has(name)) report('duplicatePage', { id: name })
    pageNames.add(page.id).add(page.path)
    checkCondition(page.condition, earlier, report)
    const own = new Map<string, Field>()
    for (const field of page.fields) {
      if (earlier.has(field.id) || own.has(field.id)) report('duplicateField', { id: field.id }, field)
      own.set(field.id, field)
    }
    const known = new Map([...earlier, ...own])
    for (const field of page.fields) checkField(field, known, earlier, report)
    checkRuleFields(page, own, report)
    for (const [id, field] of own) earlier.set(id, field)
  }
  return [...problems, ...checkHead(definition, earlier)]
}

function checkHead(definition: FormDefinition, fields: ReadonlyMap<string, Field>): DefinitionProblem[] {
  const problems: DefinitionProblem[] = []
  const report: Report = (key, params) => problems.push({ key: `forms.problem.${key}`, params })
  const { placeField, deliveryField, applicant } = definition
  demand(fields, placeField, ['address'], report)
  if (deliveryField !== undefined) demand(fields, deliveryField, ['choice'], report)
  const types: Record<string, Field['type'][]> = { name: ['person-name'], citizenId: ['citizen-id'], birthDate: ['date'], sex: ['choice'], phone: ['phone'], email: ['email'], address: ['address'] }
  for (const [fact, id] of Object.entries(applicant)) if (id !== undefined) demand(fields, id, types[fact] ?? [], report)
  return problems
}

function demand(fields: ReadonlyMap<string, Field>, id: string, types: readonly Field['type'][], report: Report, at?: Field): void {
  const field = fields.get(id)
  if (!field) report('unknownField', { id }, at)
  else if (!types.includes(field.type)) report('wrongField', { id, type: types.join(', ') }, at)
}

/** Conditions read earlier pages only: without a script nothing on a page can appear while it is being filled in. */
function checkCondition(condition: Condition | undefined, earlier: ReadonlyMap<string, Field>, report: Report, at?: Field): void {
  for (const id of fieldsOf(condition)) if (!earlier.has(id)) report('laterField', { id }, at)
  for (const { field: id, values } of comparisons(condition)) {
    const field = earlier.get(id)
    if (field?.type !== 'choice') continue
    const known = new Set(optionsOf(field).map((o) => o.value))
    for (const value of values) if (known.size > 0 && !known.has(String(value))) report('unknownOption', { id: String(value), field: id }, at)
  }
}

function comparisons(condition: Condition | undefined): { field: string; values: readonly unknown[] }[] {
  if (!condition || 'notEmpty' in condition) return []
  if ('all' in condition) return condition.all.flatMap(comparisons)
  if ('any' in condition) return condition.any.flatMap(comparisons)
  if ('not' in condition) return comparisons(condition.not)
  return [{ field: condition.field, values: 'in' in condition ? condition.in : [condition.equals] }]
}

function checkField(field: Field, known: ReadonlyMap<string, Field>, earlier: ReadonlyMap<string, Field>, report: Report): void {
  checkCondition(field.condition, earlier, report, field)
  if (isGroup(field)) {
    if (field.min > field.max) report('bounds', { min: field.min, max: field.max }, field)
    const own = new Map(field.fields.map((f) => [f.id, f as Field]))
    if (own.size < field.fields.length) report('duplicateField', { id: field.fields.find((f, i) => field.fields.findIndex((g) => g.id === f.id) < i)!.id }, field)
    for (const inner of field.fields) {
      if (inner.type === 'file') report('fileInGroup', {}, inner)
      checkField(inner, new Map([...known, ...own]), earlier, report)
    }
    return
  }
  checkType(field, known, report)
}

function checkType(field: Field, known: ReadonlyMap<string, Field>, report: Report): void {
  if (field.type === 'text' && field.format !== undefined && !formats[field.format]) report('unknownFormat', { id: field.format, known: Object.keys(formats).join(', ') }, field)
  if (field.type === 'choice') checkChoice(field, report)
  if (field.type === 'date') for (const bound of [field.min, field.max]) if (bound && 'field' in bound) demand(known, bound.field, ['date'], report, field)
  if (field.type === 'citizen-id' && field.birthDate !== undefined) demand(known, field.birthDate, ['date'], report, field)
  if (field.type === 'citizen-id' && field.sex !== undefined) demand(known, field.sex, ['choice'], report, field)
  if ((field.type === 'money' || field.type === 'number') && field.min !== undefined && field.max !== undefined && field.min > field.max) report('bounds', { min: field.min, max: field.max }, field)
  if (field.type === 'text' && (field.minLength ?? 0) > (field.maxLength ?? 200)) report('bounds', { min: field.minLength ?? 0, max: field.maxLength ?? 200 }, field)
}

function checkChoice(field: FieldOf<'choice'>, report: Report): void {
  if ((field.options === undefined) === (field.list === undefined)) report('noOptions', {}, field)
  if (field.list !== undefined && !listNames.includes(field.list)) report('unknownList', { id: field.list, known: listNames.join(', ') }, field)
  const values = optionsOf(field).map((o) => o.value)
  const twice = values.find((value, i) => values.indexOf(value) < i)
  if (twice !== undefined) report('duplicateOption', { id: twice }, field)
}

function checkRuleFields(page: Page, own: ReadonlyMap<string, Field>, report: Report): void {
  for (const rule of page.rules ?? []) for (const id of rule.fields) if (!own.has(id)) report('unknownField', { id })
}
