import { add, compareDecimals, divide, isDecimal, multiply, subtract, whole, type Decimal } from '../decimal.ts'
import { calculate } from '../arithmetic.ts'
import { squareRoot } from '../decimal-functions.ts'
import type { Run } from '../run.ts'
import { compare, kindOf, type Value } from '../value.ts'
import { anything, list, takes, takesMany, type BuiltIns } from './define.ts'

/** A function of a list, or of its items one by one. */
const ofMany = (name: string, of: (items: Value[], run: Run) => Value) => [
  takes([list('list')], ([items], run) => (run.spend(items.length), of(items, run) ?? run.nothing('not-calculable', name))),
  takesMany(anything('item'), (items, run) => of(items, run) ?? run.nothing('not-calculable', name), 2),
]
const ofNumbers = (of: (numbers: Decimal[]) => Value) => (items: Value[]) => (items.length > 0 && items.every(isDecimal) ? of(items) : null)

const total = (numbers: Decimal[]): Decimal | null => numbers.reduce<Decimal | null>((sum, n) => sum && add(sum, n), whole(0))
const mean = (numbers: Decimal[]): Decimal | null => {
  const sum = total(numbers)
  return sum && divide(sum, whole(numbers.length))
}
const sorted = (numbers: Decimal[]): Decimal[] => [...numbers].sort(compareDecimals)

export const statistics: BuiltIns = {
  count: [takes([list('list')], ([items]) => whole(items.length))],
  min: ofMany('min', (items) => furthest(items, -1)),
  max: ofMany('max', (items) => furthest(items, 1)),
  sum: ofMany('sum', sumOf),
  mean: ofMany('mean', ofNumbers(mean)),
  product: ofMany('product', ofNumbers((numbers) => numbers.reduce<Decimal | null>((product, n) => product && multiply(product, n), whole(1)))),
  median: ofMany('median', ofNumbers(median)),
  stddev: ofMany('stddev', ofNumbers(deviation)),
  mode: ofMany('mode', (items) => (items.length === 0 ? [] : ofNumbers(modes)(items))),
  all: logical('all', false),
  any: logical('any', true),
}

/** True or false as soon as one item decides; null where an item is null and none decides, or is no truth value at all. */
function logical(name: string, decides: boolean) {
  return ofMany(name, (items) => {
    if (items.some((item) => item !== null && typeof item !== 'boolean')) return null
    return items.includes(decides) ? decides : items.includes(null) ? null : !decides
  })
}

/** Numbers, or durations of one kind. */
function sumOf(items: Value[]): Value {
  const [first, ...rest] = items
  if (first === undefined || !(isDecimal(first) || kindOf(first).endsWith('duration'))) return null
  return rest.reduce<Value>((sum, item) => (kindOf(item) === kindOf(first) ? calculate('+', sum, item) : null), first)
}

function furthest(items: Value[], side: 1 | -1): Value {
  let best = items[0] ?? null
  if (best !== null && compare(best, best) === null) return null
  for (const item of items.slice(1)) {
    const order = compare(item, best)
    if (order === null) return null
    if (order * side > 0) best = item
  }
  return best
}

function median(numbers: Decimal[]): Value {
  const ordered = sorted(numbers)
  const middle = Math.floor(ordered.length / 2)
  return ordered.length % 2 === 1 ? ordered[middle]! : mean(ordered.slice(middle - 1, middle + 1))
}

/** The standard deviation of a sample: of one number there is none. */
function deviation(numbers: Decimal[]): Value {
  const middle = mean(numbers)
  if (!middle || numbers.length < 2) return null
  const squares = numbers.map((n) => subtract(n, middle)!).map((n) => multiply(n, n)!)
  const variance = divide(total(squares)!, whole(numbers.length - 1))
  return variance && squareRoot(variance)
}

function modes(numbers: Decimal[]): Value {
  const groups: { n: Decimal; count: number }[] = []
  for (const n of sorted(numbers)) {
    const last = groups.at(-1)
    if (last && compareDecimals(last.n, n) === 0) last.count++
    else groups.push({ n, count: 1 })
  }
  const most = Math.max(...groups.map((group) => group.count))
  return groups.filter((group) => group.count === most).map((group) => group.n)
}
