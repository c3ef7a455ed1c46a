import { checkFormula, checkRules, demand, lookUp, type Fields, type Report } from './check-references.ts'
import { fieldsOf } from './condition.ts'
import { isComposed, isGroup, type Condition, type Field, type FieldOf, type FormDefinition, type Page } from './definition.ts'
import { partsOf } from './fields/composed.ts'
import { optionsOf } from './fields/choices.ts'
import { formats } from './formats.ts'
import { catalogueNames, isCatalogue } from './catalogue-entries.ts'
import { listNames } from './lists.ts'
import type { DefinitionProblem } from './read-definition.ts'

/** Checks that a well-shaped definition makes sense: references, conditions, bounds, lists. */
export function checkDefinition(definition: FormDefinition): DefinitionProblem[] {
  const problems: DefinitionProblem[] = []
  const earlier = new Map<string, Field>()
  const pageNames = new Set<string>()
  for (const [i, page] of definition.pages.entries()) {
    const report = reporter(problems, page, i + 1)
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
    checkCalculations(page.fields, earlier, report)
    checkRules(page, own, known, report)
    for (const [id, field] of own) earlier.set(id, field)
  }
  return [...problems, ...checkHead(definition, earlier)]
}

/** Reports of one page, each with the place it speaks of. */
function reporter(problems: DefinitionProblem[], page: Page, number: number, inside: { group?: Field; rule?: number } = {}): Report {
  const { group, rule } = inside
  const report = (key: string, params: Record<string, string | number>, field?: Field, property?: string): void => {
    const id = field && group ? `${group.id}.${field.id}` : (field ?? group)?.id
    problems.push({
      page: { number, title: page.title }, ...((field ?? group) && { field: (field ?? group)!.label }),
      place: { page: page.id, ...(id !== undefined && { field: id }), ...(property !== undefined && { property }), ...(rule !== undefined && { rule }) },
      key: `forms.problem.${key}`, params,
    })
  }
  return Object.assign(report, { within: (g: Field) => reporter(problems, page, number, { ...inside, group: g }), ofRule: (index: number) => reporter(problems, page, number, { ...inside, rule: index }) })
}

/** A calculation is made when its turn comes, so it reads what stands before it only. */
function checkCalculations(fields: readonly Field[], earlier: Fields, report: Report): void {
  const before = new Map(earlier)
  for (const field of fields) {
    if (field.type === 'calculated') checkFormula(field.formula, before, report, field)
    if (isGroup(field)) checkCalculations(field.fields, before, report.within(field))
    before.set(field.id, field)
  }
}

function checkHead(definition: FormDefinition, fields: Fields): DefinitionProblem[] {
  const problems: DefinitionProblem[] = []
  const of = (property: string): Report => {
    const report = (key: string, params: Record<string, string | number>): void => void problems.push({ place: { property }, key: `forms.problem.${key}`, params })
    return Object.assign(report, { within: () => of(property), ofRule: () => of(property) })
  }
  const { placeField, deliveryField, feeField, applicant, components = [] } = definition
  demand(fields, placeField, ['address'], of('placeField'))
  if (deliveryField !== undefined) demand(fields, deliveryField, ['choice'], of('deliveryField'))
  if (feeField !== undefined) demand(fields, feeField, ['calculated'], of('feeField'))
  for (const { when } of components) checkCondition(when, fields, of('components'))
  const twice = components.map((c) => c.name).find((name, i, names) => names.indexOf(name) < i)
  if (twice !== undefined) of('components')('duplicateComponent', { name: twice })
  const types: Record<string, Field['type'][]> = { name: ['person-name'], citizenId: ['citizen-id'], birthDate: ['date'], sex: ['choice'], phone: ['phone'], email: ['email'], address: ['address'] }
  for (const [fact, id] of Object.entries(applicant)) if (id !== undefined) demand(fields, id, types[fact] ?? [], of(`applicant-${fact}`))
  return problems
}

/** Conditions read earlier pages only: without a script nothing on a page can appear while it is being filled in. */
function checkCondition(condition: Condition | undefined, earlier: Fields, report: Report, at?: Field): void {
  for (const id of fieldsOf(condition)) if (!lookUp(earlier, id)) report('laterField', { id }, at, 'condition')
  for (const { field: id, values } of comparisons(condition)) {
    const field = lookUp(earlier, id)
    if (field?.type !== 'choice') continue
    const known = new Set(optionsOf(field).map((o) => o.value))
    for (const value of values) if (known.size > 0 && !known.has(String(value))) report('unknownOption', { id: String(value), field: id }, at, 'condition')
  }
}

function comparisons(condition: Condition | undefined): { field: string; values: readonly unknown[] }[] {
  if (!condition || 'notEmpty' in condition || 'atLeast' in condition || 'atMost' in condition) return []
  if ('all' in condition) return condition.all.flatMap(comparisons)
  if ('any' in condition) return condition.any.flatMap(comparisons)
  if ('not' in condition) return comparisons(condition.not)
  return [{ field: condition.field, values: 'in' in condition ? condition.in : [condition.equals] }]
}

function checkField(field: Field, known: Fields, earlier: Fields, report: Report): void {
  checkCondition(field.condition, earlier, report, field)
  if (isGroup(field)) {
    if (field.min > field.max) report('bounds', { min: field.min, max: field.max }, field, 'min')
    const own = new Map(field.fields.map((f) => [f.id, f as Field]))
    if (own.size < field.fields.length) report('duplicateField', { id: field.fields.find((f, i) => field.fields.findIndex((g) => g.id === f.id) < i)!.id }, field)
    for (const inner of field.fields) {
      checkField(inner, new Map([...known, ...own]), earlier, report.within(field))
    }
    checkRules(field, own, new Map([...known, ...own]), report.within(field))
    return
  }
  if (isComposed(field)) {
    const parts = partsOf(field)
    for (const id of [...new Set<string>(field.optional)]) if (!parts.some((p) => p.id === id)) report('unknownField', { id }, field, 'optional')
    for (const part of parts) checkType(part, new Map([...known, ...parts.map((p) => [p.id, p] as const)]), earlier, report)
    return
  }
  checkType(field, known, earlier, report)
}

function checkType(field: Field, known: Fields, earlier: Fields, report: Report): void {
  if (field.type === 'text' && field.format !== undefined && !formats[field.format]) report('unknownFormat', { id: field.format, known: Object.keys(formats).join(', ') }, field, 'format')
  if (field.type === 'choice') checkChoice(field, report)
  if (field.type === 'address' && field.asOf && 'field' in field.asOf) demand(earlier, field.asOf.field, ['date'], report, field, 'asOf')
  if (field.type === 'date' || field.type === 'period') for (const end of ['min', 'max'] as const) {
    const bound = field[end]
    if (bound && 'field' in bound) demand(known, bound.field, ['date'], report, field, end)
  }
  if (field.type === 'citizen-id' && field.birthDate !== undefined) demand(known, field.birthDate, ['date'], report, field, 'birthDate')
  if (field.type === 'citizen-id' && field.sex !== undefined) demand(known, field.sex, ['choice'], report, field, 'sex')
  if ((field.type === 'money' || field.type === 'number') && field.min !== undefined && field.max !== undefined && field.min > field.max) report('bounds', { min: field.min, max: field.max }, field, 'min')
  if (field.type === 'text' && (field.minLength ?? 0) > (field.maxLength ?? 200)) report('bounds', { min: field.minLength ?? 0, max: field.maxLength ?? 200 }, field, 'minLength')
}

function checkChoice(field: FieldOf<'choice'>, report: Report): void {
  if ([field.options, field.list, field.catalogue].filter((source) => source !== undefined).length !== 1) report('noOptions', {}, field, 'options')
  if (field.catalogue !== undefined && !isCatalogue(field.catalogue)) report('unknownList', { id: field.catalogue, known: catalogueNames.join(', ') }, field, 'catalogue')
  if (field.list !== undefined && !listNames.includes(field.list)) report('unknownList', { id: field.list, known: listNames.join(', ') }, field, 'list')
  const values = optionsOf(field).map((o) => o.value)
  const twice = values.find((value, i) => values.indexOf(value) < i)
  if (twice !== undefined) report('duplicateOption', { id: twice }, field, 'options')
}
