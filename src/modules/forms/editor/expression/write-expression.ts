import type { Bound, Condition, FixedDay, Formula } from '../../definition.ts'

/** The inverse of `readCondition`: brackets only where the reading needs them. */
export function writeCondition(condition: Condition): string {
  if ('all' in condition) return condition.all.map((c) => ('all' in c || 'any' in c ? `(${writeCondition(c)})` : writeCondition(c))).join(' and ')
  if ('any' in condition) return condition.any.map((c) => ('any' in c ? `(${writeCondition(c)})` : writeCondition(c))).join(' or ')
  if ('not' in condition) return 'all' in condition.not || 'any' in condition.not ? `not (${writeCondition(condition.not)})` : `not ${writeCondition(condition.not)}`
  if ('equals' in condition) return `${condition.field} = ${literal(condition.equals)}`
  if ('in' in condition) return `${condition.field} in (${condition.in.map(literal).join(', ')})`
  if ('atLeast' in condition) return `${condition.field} >= ${condition.atLeast}`
  return 'atMost' in condition ? `${condition.field} <= ${condition.atMost}` : `filled(${condition.field})`
}

/** A text without quotes where it could be nothing else. */
function literal(value: string | number | boolean): string {
  return typeof value !== 'string' || (/^[A-Za-z][A-Za-z0-9]*([.-][A-Za-z0-9]+)*$/.test(value) && value !== 'true' && value !== 'false') ? String(value) : `"${value.replace(/["\\]/g, '\\$&')}"`
}

/** The inverse of `readFormula`. */
export function writeFormula(formula: Formula): string {
  if ('number' in formula) return String(formula.number)
  if ('field' in formula) return formula.field
  if ('sum' in formula) return formula.sum.map(term).join(' + ')
  if ('difference' in formula) return formula.difference.map(term).join(' - ')
  if ('product' in formula) return formula.product.map(factor).join(' * ')
  if ('quotient' in formula) return formula.quotient.map(factor).join(' / ')
  if ('smallest' in formula) return `min(${formula.smallest.map(writeFormula).join(', ')})`
  if ('largest' in formula) return `max(${formula.largest.map(writeFormula).join(', ')})`
  if ('over' in formula) return `sum(${formula.over}, ${writeFormula(formula.each)})`
  if ('count' in formula) return `count(${formula.count})`
  if ('years' in formula) return `years(${day(formula.years.from)}, ${day(formula.years.to)})`
  if ('days' in formula) return `days(${day(formula.days.from)}, ${day(formula.days.to)})`
  return `if(${writeCondition(formula.when)}, ${writeFormula(formula.then)}, ${writeFormula(formula.otherwise)})`
}

const term = (f: Formula): string => ('sum' in f || 'difference' in f ? `(${writeFormula(f)})` : writeFormula(f))
const factor = (f: Formula): string => ('sum' in f || 'difference' in f || 'product' in f || 'quotient' in f ? `(${writeFormula(f)})` : writeFormula(f))

const day = (d: FixedDay): string => ('date' in d ? d.date : d.field)

/** The inverse of `readBound`. */
export function writeBound(bound: Bound): string {
  if (!('today' in bound)) return day(bound)
  const shift = (['years', 'days'] as const).flatMap((unit) => (bound.today[unit] === undefined ? [] : [`${bound.today[unit] < 0 ? '-' : '+'} ${Math.abs(bound.today[unit])} ${unit}`]))
  return ['today', ...shift].join(' ')
}

export const writeFixedDay = day
