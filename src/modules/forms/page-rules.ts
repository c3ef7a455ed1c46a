import { isEmpty, type Answers } from './answers.ts'
import { compileCalculation } from './calculate.ts'
import { compileCondition } from './condition.ts'
import type { Comparison, Page, PageRule } from './definition.ts'
import { readerOf } from './read-reference.ts'
import type { Finding } from './rules.ts'

/** A broken rule and the field of the page at which it is shown. */
export interface BrokenRule { at: string; finding: Finding }
/** Of a page both are the form's answers; of a group the first is the entry. */
export type CompiledRule = (item: Answers, root: Answers) => BrokenRule | undefined

/** What has rules: a page, or a group for each of its entries. */
export type Ruled = Pick<Page, 'id' | 'rules'> & { fields: readonly { id: string }[]; type?: 'group' }

/** Six places keep sums of decimals apart from what is truly less or more. */
const exact = 6

const tests: Readonly<Record<Comparison, (a: string | number, b: string | number) => boolean>> = {
  '<': (a, b) => a < b, '<=': (a, b) => a <= b, '=': (a, b) => a === b, '>=': (a, b) => a >= b, '>': (a, b) => a > b,
}

/** Makes the rules of a page or a group ready. A rule about answers that are not there, or not yet readable, holds. */
export function compileRules(owner: Ruled): CompiledRule[] {
  return (owner.rules ?? []).map((rule, index) => compileRule(rule, owner, saysOf(owner, index)))
}

/** The place of the sentence: 'couple:0' of a page, '#rooms:0' of a group. */
const saysOf = ({ id, type }: Ruled, index: number): Finding => ({ rule: 'page.says', params: { message: `${type === 'group' ? '#' : ''}${id}:${index}` } })

function compileRule(rule: PageRule, page: Ruled, says: Finding): CompiledRule {
  const name = namerOf(page)
  switch (rule.rule) {
    case 'atLeastOne': return (item, root) => (rule.fields.every((id) => isEmpty(readerOf(id)(item, root))) ? listed('page.atLeastOne', rule.fields, name) : undefined)
    case 'exactlyOne': return (item, root) => (rule.fields.filter((id) => !isEmpty(readerOf(id)(item, root))).length === 1 ? undefined : listed('page.exactlyOne', rule.fields, name))
    case 'different': return (item, root) => findTwins(rule.fields, (id) => readerOf(id)(item, root), name)
    case 'compare': {
      const [left, right] = [readerOf(rule.left), readerOf(rule.right)]
      const at = placeOfRule(rule, page)
      return (item, root) => (holds(left(item, root), rule.is, right(item, root)) ? undefined : { at, finding: says })
    }
    case 'sum': {
      const [of, than] = [compileCalculation(rule.of, exact), compileCalculation(rule.than, exact)]
      return (item, root) => (holds(of(item, root), rule.is, than(item, root)) ? undefined : { at: rule.at, finding: says })
    }
    case 'implies': {
      const [given, then] = [compileCondition(rule.if), compileCondition(rule.then)]
      return (item, root) => (given(item, root) && !then(item, root) ? { at: rule.at, finding: says } : undefined)
    }
  }
}

type Namer = (reference: string) => string

/** How a message names a field: one of a group with its group, since others may have the same id. */
function namerOf({ id, type, fields }: Ruled): Namer {
  const own = new Set(fields.map((f) => f.id))
  return (reference) => (type === 'group' && own.has(reference) ? `${id}.${reference}` : reference)
}

const listed = (rule: 'page.atLeastOne' | 'page.exactlyOne', fields: readonly string[], name: Namer): BrokenRule => ({ at: fields[0]!, finding: { rule, params: { others: fields.map(name).join(' ') } } })

function holds(a: unknown, is: Comparison, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number') return tests[is](a, b)
  // Dates 'YYYY-MM-DD' stand in order as texts do.
  return typeof a === 'string' && typeof b === 'string' && a !== '' && b !== '' ? tests[is](a, b) : true
}

function findTwins(fields: readonly string[], read: (id: string) => unknown, name: Namer): BrokenRule | undefined {
  const filled = fields.filter((id) => !isEmpty(read(id)))
  const twice = filled.find((id, i) => filled.findIndex((other) => read(other) === read(id)) < i)
  if (twice === undefined) return undefined
  const other = filled.find((id) => id !== twice && read(id) === read(twice))!
  return { at: twice, finding: { rule: 'page.different', params: { other: name(other) } } }
}

/** The fields that a rule names, but for those inside calculations and conditions. */
export function fieldsOfRule(rule: PageRule): string[] {
  if ('fields' in rule) return [...rule.fields]
  return rule.rule === 'compare' ? [rule.left, rule.right, ...(rule.at === undefined ? [] : [rule.at])] : [rule.at]
}

/** Where the mistake is shown. */
export function placeOfRule(rule: PageRule, page: Pick<Ruled, 'fields'>): string {
  if ('at' in rule && rule.at !== undefined) return rule.at
  const own = new Set(page.fields.map((f) => f.id))
  const named = fieldsOfRule(rule)
  return named.findLast((reference) => own.has(reference.split('.')[0]!)) ?? named[0]!
}

/** An example of each rule of a page or group broken, for the page that shows all messages of a form. */
export function examplesOfRules(page: Ruled): BrokenRule[] {
  const name = namerOf(page)
  return (page.rules ?? []).map((rule, index) => {
    if (rule.rule === 'atLeastOne') return listed('page.atLeastOne', rule.fields, name)
    if (rule.rule === 'exactlyOne') return listed('page.exactlyOne', rule.fields, name)
    if (rule.rule === 'different') return { at: rule.fields[1]!, finding: { rule: 'page.different', params: { other: name(rule.fields[0]!) } } }
    return { at: placeOfRule(rule, page), finding: saysOf(page, index) }
  })
}
