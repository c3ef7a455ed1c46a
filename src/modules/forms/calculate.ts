import { isRecord, type Answers } from './answers.ts'
import { compileCondition } from './condition.ts'
import type { FixedDay, Formula } from './definition-parts.ts'
import { isCivilDate } from './fields/date.ts'
import { readerOf, type Read } from './read-reference.ts'

/** The value of a calculation, or undefined where an answer that it needs is not there or cannot be read. */
export type Calculation = (item: Answers, root: Answers) => number | undefined

const numeric = (value: unknown): number | undefined => (typeof value === 'number' && Number.isFinite(value) ? value : undefined)

/** Turns a formula into a function once. Amounts are exact: the result is rounded to `decimals` places, none unless told. */
export function compileCalculation(formula: Formula, decimals = 0): Calculation {
  const value = compile(formula)
  const scale = 10 ** decimals
  return (item, root) => {
    const raw = value(item, root)
    const rounded = raw === undefined ? undefined : Math.round((raw + Number.EPSILON * Math.sign(raw)) * scale) / scale
    return rounded !== undefined && Number.isFinite(rounded) && Math.abs(rounded) <= Number.MAX_SAFE_INTEGER ? rounded : undefined
  }
}

function compile(formula: Formula): Calculation {
  if ('number' in formula) return () => formula.number
  if ('field' in formula) {
    const read = readerOf(formula.field)
    return (item, root) => numeric(read(item, root))
  }
  if ('sum' in formula) return sumOf(formula.sum.map(compile))
  if ('product' in formula) return whole(formula.product, (values) => values.reduce((a, b) => a * b, 1))
  if ('difference' in formula) return whole(formula.difference, ([a = 0, b = 0]) => a - b)
  if ('quotient' in formula) return whole(formula.quotient, ([a = 0, b = 0]) => (b === 0 ? Number.NaN : a / b))
  if ('smallest' in formula) return whole(formula.smallest, (values) => Math.min(...values))
  if ('largest' in formula) return whole(formula.largest, (values) => Math.max(...values))
  if ('over' in formula) return overEntries(formula.over, compile(formula.each))
  if ('count' in formula) return (_item, root) => (Array.isArray(root[formula.count]) ? (root[formula.count] as unknown[]).length : 0)
  if ('when' in formula) {
    const [test, then, otherwise] = [compileCondition(formula.when), compile(formula.then), compile(formula.otherwise)]
    return (item, root) => (test(item, root) ? then(item, root) : otherwise(item, root))
  }
  return 'years' in formula ? between(formula.years, yearsBetween) : between(formula.days, daysBetween)
}

/** What is not there adds nothing; where nothing is there, there is no sum. */
function sumOf(parts: readonly Calculation[]): Calculation {
  return (item, root) => {
    const values = parts.map((part) => part(item, root)).filter((value) => value !== undefined)
    return values.length === 0 ? undefined : values.reduce((a, b) => a + b, 0)
  }
}

function whole(parts: readonly Formula[], combine: (values: number[]) => number): Calculation {
  const compiled = parts.map(compile)
  return (item, root) => {
    const values = compiled.map((part) => part(item, root))
    return values.some((value) => value === undefined) ? undefined : combine(values as number[])
  }
}

function overEntries(group: string, each: Calculation): Calculation {
  return (_item, root) => {
    const entries = root[group]
    if (!Array.isArray(entries)) return undefined
    return sumOf(entries.map((entry: unknown) => () => (isRecord(entry) ? each(entry, root) : undefined)))(root, root)
  }
}

const dayReader = (day: FixedDay): Read => ('date' in day ? () => day.date : readerOf(day.field))

function between({ from, to }: { from: FixedDay; to: FixedDay }, count: (from: string, to: string) => number): Calculation {
  const [first, last] = [dayReader(from), dayReader(to)]
  return (item, root) => {
    const [a, b] = [first(item, root), last(item, root)]
    return typeof a === 'string' && typeof b === 'string' && isCivilDate(a) && isCivilDate(b) ? count(a, b) : undefined
  }
}

const daysBetween = (from: string, to: string): number => Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000)

/** Whole years, as an age is counted: on the birthday itself the year is full. */
const yearsBetween = (from: string, to: string): number => Number(to.slice(0, 4)) - Number(from.slice(0, 4)) - (to.slice(5) < from.slice(5) ? 1 : 0)

/** The fields that a formula reads; of a group, `group.field`. */
export function referencesOf(formula: Formula): { reference: string; kind: 'number' | 'date' | 'group' | 'any'; group?: string }[] {
  const day = (d: FixedDay): ReturnType<typeof referencesOf> => ('field' in d ? [{ reference: d.field, kind: 'date' }] : [])
  if ('number' in formula) return []
  if ('field' in formula) return [{ reference: formula.field, kind: 'number' }]
  if ('count' in formula) return [{ reference: formula.count, kind: 'group' }]
  if ('over' in formula) return [{ reference: formula.over, kind: 'group' }, ...referencesOf(formula.each).map((r) => ({ ...r, group: formula.over }))]
  if ('years' in formula) return [...day(formula.years.from), ...day(formula.years.to)]
  if ('days' in formula) return [...day(formula.days.from), ...day(formula.days.to)]
  if ('when' in formula) return [formula.then, formula.otherwise].flatMap(referencesOf)
  const parts = 'sum' in formula ? formula.sum : 'product' in formula ? formula.product : 'difference' in formula ? formula.difference : 'quotient' in formula ? formula.quotient : 'smallest' in formula ? formula.smallest : formula.largest
  return parts.flatMap(referencesOf)
}
