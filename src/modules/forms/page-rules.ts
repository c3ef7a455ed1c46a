import { isEmpty, type Answers } from './answers.ts'
import { compileCalculation } from './calculate.ts'
import { compileCondition } from './condition.ts'
import type { Comparison, Page, PageRule } from './definition.ts'
import { readerOf, valueAt } from './read-reference.ts'
import type { Finding } from './rules.ts'

/** A broken rule and the field of the page at which it is shown. */
export interface BrokenRule { at: string; finding: Finding }
export type CompiledRule = (answers: Answers) => BrokenRule | undefined

/** Six places keep sums of decimals apart from what is truly less or more. */
const exact = 6

const tests: Readonly<Record<Comparison, (a: string | number, b: string | number) => boolean>> = {
  '<': (a, b) => a < b, '<=': (a, b) => a <= b, '=': (a, b) => a === b, '>=': (a, b) => a >= b, '>': (a, b) => a > b,
}

/** Makes the rules of a page ready. A rule about answers that are not there, or not yet readable, holds. */
export function compileRules(page: Page): CompiledRule[] {
  return (page.rules ?? []).map((rule, index) => compileRule(rule, page, { rule: 'page.says', params: { message: `${page.id}:${index}` } }))
}

function compileRule(rule: PageRule, page: Page, says: Finding): CompiledRule {
  switch (rule.rule) {
    case 'atLeastOne': return (answers) => (rule.fields.every((id) => isEmpty(valueAt(answers, id))) ? listed('page.atLeastOne', rule.fields) : undefined)
    case 'exactlyOne': return (answers) => (rule.fields.filter((id) => !isEmpty(valueAt(answers, id))).length === 1 ? undefined : listed('page.exactlyOne', rule.fields))
    case 'different': return (answers) => findTwins(rule.fields, answers)
    case 'compare': {
      const [left, right] = [readerOf(rule.left), readerOf(rule.right)]
      const at = placeOfRule(rule, page)
      return (answers) => (holds(left(answers, answers), rule.is, right(answers, answers)) ? undefined : { at, finding: says })
    }
    case 'sum': {
      const [of, than] = [compileCalculation(rule.of, exact), compileCalculation(rule.than, exact)]
      return (answers) => (holds(of(answers, answers), rule.is, than(answers, answers)) ? undefined : { at: rule.at, finding: says })
    }
    case 'implies': {
      const [given, then] = [compileCondition(rule.if), compileCondition(rule.then)]
      return (answers) => (given(answers, answers) && !then(answers, answers) ? { at: rule.at, finding: says } : undefined)
    }
  }
}

const listed = (rule: 'page.atLeastOne' | 'page.exactlyOne', fields: readonly string[]): BrokenRule => ({ at: fields[0]!, finding: { rule, params: { others: fields.join(' ') } } })

function holds(a: unknown, is: Comparison, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number') return tests[is](a, b)
  // Dates 'YYYY-MM-DD' stand in order as texts do.
  return typeof a === 'string' && typeof b === 'string' && a !== '' && b !== '' ? tests[is](a, b) : true
}

function findTwins(fields: readonly string[], answers: Answers): BrokenRule | undefined {
  const filled = fields.filter((id) => !isEmpty(valueAt(answers, id)))
  const twice = filled.find((id, i) => filled.findIndex((other) => valueAt(answers, other) === valueAt(answers, id)) < i)
  if (twice === undefined) return undefined
  const other = filled.find((id) => id !== twice && valueAt(answers, id) === valueAt(answers, twice))!
  return { at: twice, finding: { rule: 'page.different', params: { other } } }
}

/** The fields that a rule names, but for those inside calculations and conditions. */
export function fieldsOfRule(rule: PageRule): string[] {
  if ('fields' in rule) return [...rule.fields]
  return rule.rule === 'compare' ? [rule.left, rule.right, ...(rule.at === undefined ? [] : [rule.at])] : [rule.at]
}

/** Where the mistake is shown. */
export function placeOfRule(rule: PageRule, page: Pick<Page, 'fields'>): string {
  if ('at' in rule && rule.at !== undefined) return rule.at
  const own = new Set(page.fields.map((f) => f.id))
  const named = fieldsOfRule(rule)
  return named.findLast((reference) => own.has(reference.split('.')[0]!)) ?? named[0]!
}

/** An example of each rule broken, for the page that shows all messages of a form. */
export function examplesOfRules(page: Page): BrokenRule[] {
  return (page.rules ?? []).map((rule, index) => {
    if (rule.rule === 'atLeastOne') return listed('page.atLeastOne', rule.fields)
    if (rule.rule === 'exactlyOne') return listed('page.exactlyOne', rule.fields)
    if (rule.rule === 'different') return { at: rule.fields[1]!, finding: { rule: 'page.different', params: { other: rule.fields[0]! } } }
    return { at: placeOfRule(rule, page), finding: { rule: 'page.says', params: { message: `${page.id}:${index}` } } }
  })
}
