import { referencesOf } from './calculate.ts'
import { fieldsOf } from './condition.ts'
import { isComposed, isGroup, type Condition, type Field, type Formula, type Page, type PageRule } from './definition.ts'
import { partsOf } from './fields/composed.ts'
import { endOf } from './fields/period.ts'
import { fieldsOfRule } from './page-rules.ts'

/** Says what is wrong, with the field and its property where it is of one. */
export interface Report {
  (key: string, params: Record<string, string | number>, field?: Field, property?: string): void
  /** The same for the fields of a group. */
  within(group: Field): Report
  /** The same for a rule of the page, by its place from 0. */
  ofRule(index: number): Report
}
export type Fields = ReadonlyMap<string, Field>

/** The field that a reference names, or the part of a composed one or of a period. */
export function lookUp(fields: Fields, reference: string): Field | undefined {
  const [id = '', part] = reference.split('.')
  const field = fields.get(id)
  if (part === undefined || !field) return field
  if (field.type === 'period') return part === 'from' || part === 'to' ? endOf(field, part) : undefined
  return isComposed(field) ? partsOf(field).find((f) => f.id === part) : undefined
}

export function demand(fields: Fields, reference: string, types: readonly Field['type'][], report: Report, at?: Field, property?: string): void {
  const field = lookUp(fields, reference)
  if (!field) report('unknownField', { id: reference }, at, property)
  else if (!types.includes(field.type)) report('wrongField', { id: reference, type: types.join(', ') }, at, property)
}

const numbers: readonly Field['type'][] = ['number', 'money', 'calculated']
const dates: readonly Field['type'][] = ['date']

/** A calculation reads numbers, days and groups that stand before it: on its page or on earlier ones. */
export function checkFormula(formula: Formula, known: Fields, report: Report, at?: Field): void {
  for (const { reference, kind, group } of referencesOf(formula)) {
    const inside = group === undefined ? undefined : known.get(group)
    const scope = inside && isGroup(inside) ? new Map([...known, ...inside.fields.map((f) => [f.id, f] as const)]) : known
    demand(scope, reference, kind === 'group' ? ['group'] : kind === 'date' ? dates : numbers, report, at, 'formula')
  }
  for (const condition of conditionsOf(formula)) checkRead(condition, known, report, at)
}

function conditionsOf(formula: Formula): Condition[] {
  if ('when' in formula) return [formula.when, ...conditionsOf(formula.then), ...conditionsOf(formula.otherwise)]
  if ('over' in formula) return conditionsOf(formula.each)
  const parts = 'sum' in formula ? formula.sum : 'product' in formula ? formula.product : 'difference' in formula ? formula.difference : 'quotient' in formula ? formula.quotient : []
  return parts.flatMap(conditionsOf)
}

function checkRead(condition: Condition, known: Fields, report: Report, at?: Field): void {
  for (const reference of fieldsOf(condition)) if (!lookUp(known, reference)) report('unknownField', { id: reference }, at, 'formula')
}

/** The rules of a page or of an entry: fields that are there, of kinds that can be compared, a place on the page or in the entry itself, sentences that are sentences. */
export function checkRules(page: Pick<Page, 'rules'>, own: Fields, known: Fields, report: Report): void {
  for (const [index, rule] of (page.rules ?? []).entries()) {
    const ruled = report.ofRule(index)
    for (const reference of fieldsOfRule(rule)) if (!lookUp(known, reference)) ruled('unknownField', { id: reference })
    const place = 'at' in rule ? rule.at : undefined
    if (place !== undefined && !lookUp(own, place)) ruled('ruleElsewhere', { id: place })
    if (place === undefined && !fieldsOfRule(rule).some((reference) => lookUp(own, reference))) ruled('ruleElsewhere', { id: fieldsOfRule(rule)[0]! })
    checkRule(rule, known, ruled)
    if ('message' in rule && !Object.values(rule.message).every((text) => /^[\p{Lu}“].*[.]$/u.test(text))) ruled('noSentence', { text: rule.message.vi })
  }
}

function checkRule(rule: PageRule, known: Fields, report: Report): void {
  if (rule.rule === 'compare') {
    const [left, right] = [lookUp(known, rule.left), lookUp(known, rule.right)]
    const kind = (field: Field): string => (dates.includes(field.type) ? 'date' : numbers.includes(field.type) ? 'number' : field.type)
    if (left && right && (kind(left) !== kind(right) || !['date', 'number'].includes(kind(left)))) report('notComparable', { id: rule.left, other: rule.right })
  }
  if (rule.rule === 'sum') for (const formula of [rule.of, rule.than]) checkFormula(formula, known, report)
  if (rule.rule === 'implies') for (const condition of [rule.if, rule.then]) checkRead(condition, known, report)
}
