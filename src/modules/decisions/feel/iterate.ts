import { calculate } from './arithmetic.ts'
import { isDecimal, isWhole, toNumber, whole } from './decimal.ts'
import { Scope, type Run } from './run.ts'
import type { Iteration, Node } from './syntax.ts'
import { dayNanos, days, epochDay, instant } from './temporal.ts'
import { compare, isRange, type Value } from './value.ts'

type Evaluate = (node: Node, scope: Scope, run: Run) => Value

/** The results of a "for", later domains inside of earlier ones. "partial" is the list of results so far. */
export function iterate({ iterations, body, partial, at }: Extract<Node, { is: 'for' }>, scope: Scope, run: Run, evaluate: Evaluate): Value {
  const results: Value[] = []
  const visit = (i: number, inner: Scope): boolean => {
    const iteration = iterations[i]
    if (!iteration) {
      if (partial) run.spend(results.length)
      // A copy, so that a result that keeps "partial" is not changed by later ones.
      results.push(evaluate(body, partial ? inner.with('partial', [...results]) : inner, run))
      return true
    }
    const domain = domainOf(iteration, inner, run, evaluate)
    return domain !== null && domain.every((item) => visit(i + 1, inner.with(iteration.name, item)))
  }
  return visit(0, scope) ? results : run.nothing('no-list', '', at)
}

function domainOf({ from, to }: Iteration, scope: Scope, run: Run, evaluate: Evaluate): Value[] | null {
  const first = evaluate(from, scope, run)
  if (to) return steps(first, evaluate(to, scope, run), true, true, run)
  if (isRange(first)) return first.open ? null : steps(first.start, first.end, first.startIncluded, first.endIncluded, run)
  if (first === null) return null
  return Array.isArray(first) ? first : [first]
}

/** Whole numbers, days, or a moment of each day, from one to the other, up or down. */
function steps(from: Value, to: Value, fromIncluded: boolean, toIncluded: boolean, run: Run): Value[] | null {
  const order = compare(from, to)
  const [start, end] = [placeOf(from), placeOf(to)]
  if (order === null || start === null || end === null) return null
  const step = order > 0 ? -1 : 1
  const count = Math.floor((end - start) * step) + 1
  if (!Number.isSafeInteger(count)) return null
  run.spend(count)
  const all = Array.from({ length: count }, (_, i) => atPlace(from, i * step))
  return all.filter((value) => (fromIncluded || compare(value, from) !== 0) && (toIncluded || compare(value, to) !== 0))
}

/** Where a value stands: a number, or days since 1970. Null where it cannot be counted on from. */
function placeOf(value: Value): number | null {
  if (isDecimal(value)) return isWhole(value) ? toNumber(value) : null
  if (value === null || typeof value !== 'object' || !('kind' in value)) return null
  return value.kind === 'date' ? epochDay(value) : value.kind === 'date and time' ? Number(instant(value)) / dayNanos : null
}

function atPlace(from: Value, steps: number): Value {
  if (isDecimal(from)) return whole(toNumber(from) + steps)
  return calculate('+', from, days(BigInt(steps) * BigInt(dayNanos)))
}
