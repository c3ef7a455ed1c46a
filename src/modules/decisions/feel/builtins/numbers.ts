import { compareDecimals, isWhole, modulo, negate, round, toNumber, whole, type Decimal, type Rounding } from '../decimal.ts'
import { exponential, logarithm, squareRoot } from '../decimal-functions.ts'
import { days, months } from '../temporal.ts'
import type { Run } from '../run.ts'
import type { Value } from '../value.ts'
import { duration, missable, number, takes, type BuiltIns } from './define.ts'

const zero = whole(0)
const rounding = (mode: Rounding, needsScale = true) => [
  needsScale
    ? takes([number('n'), number('scale')], ([n, scale], run) => rounded(n, scale, mode, run))
    : takes([number('n'), missable(number('scale'))], ([n, scale], run) => rounded(n, scale ?? zero, mode, run)),
]

function rounded(n: Decimal, scale: Decimal, mode: Rounding, run: Run): Value {
  return round(n, toNumber(round(scale, 0, 'down')!), mode) ?? run.nothing('out-of-range')
}

export const numbers: BuiltIns = {
  decimal: rounding('half-even'),
  floor: rounding('floor', false),
  ceiling: rounding('ceiling', false),
  'round up': rounding('up'),
  'round down': rounding('down'),
  'round half up': rounding('half-up'),
  'round half down': rounding('half-down'),
  abs: [
    takes([number('n')], ([n]) => (compareDecimals(n, zero) < 0 ? negate(n) : n)),
    takes([duration('n')], ([n]) => (n.kind === 'years and months duration' ? months(Math.abs(n.months)) : days(n.nanos < 0n ? -n.nanos : n.nanos))),
  ],
  modulo: [takes([number('dividend'), number('divisor')], ([a, b], run) => modulo(a, b) ?? run.nothing('not-calculable', 'modulo'))],
  sqrt: [takes([number('number')], ([n], run) => squareRoot(n) ?? run.nothing('not-calculable', 'sqrt'))],
  log: [takes([number('number')], ([n], run) => logarithm(n) ?? run.nothing('not-calculable', 'log'))],
  exp: [takes([number('number')], ([n], run) => exponential(n) ?? run.nothing('not-calculable', 'exp'))],
  odd: [takes([number('number')], ([n]) => isWhole(n) && n.coefficient % 2n !== 0n && n.exponent === 0)],
  even: [takes([number('number')], ([n]) => isWhole(n) && (n.exponent > 0 || n.coefficient % 2n === 0n))],
}
