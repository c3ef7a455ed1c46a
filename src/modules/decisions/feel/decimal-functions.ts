import { decimal, divide, isWhole, tenTo, toNumber, type Decimal } from './decimal.ts'

// Fixed-point arithmetic with more digits than are kept: what is rounded at the end is right in all 34.
const scale = 70
const one = tenTo(scale)
const times = (a: bigint, b: bigint): bigint => (a * b) / one

/** e^x; null for an overflow. */
export function exponential(x: Decimal): Decimal | null {
  if (Math.abs(toNumber(x)) > 20_000) return x.coefficient < 0n ? decimal(0n) : null
  return fromLogarithm(fixed(x))
}

/** The natural logarithm; null unless x is above zero. */
export function logarithm(x: Decimal): Decimal | null {
  return x.coefficient <= 0n ? null : decimal(fixedLogarithm(x), -scale)
}

/** The square root; null below zero. */
export function squareRoot(x: Decimal): Decimal | null {
  if (x.coefficient < 0n) return null
  if (x.coefficient === 0n) return x
  const shift = scale * 2 + (Math.abs(x.exponent) % 2)
  const square = x.coefficient * tenTo(shift)
  let root = tenTo(Math.ceil(square.toString().length / 2))
  for (let next = (root + square / root) / 2n; next < root; next = (root + square / root) / 2n) root = next
  return decimal(root, (x.exponent - shift) / 2)
}

/** x^y; null where it is no real number or overflows. */
export function power(x: Decimal, y: Decimal): Decimal | null {
  if (y.coefficient === 0n) return decimal(1n)
  if (x.coefficient === 0n) return y.coefficient > 0n ? x : null
  if (isWhole(y) && Math.abs(toNumber(y)) <= 1_000_000) return wholePower(x, toNumber(y))
  if (x.coefficient < 0n) return null
  const exponent = (fixedLogarithm(x) * y.coefficient * tenTo(Math.max(0, y.exponent))) / tenTo(Math.max(0, -y.exponent))
  if (exponent > 20_000n * one) return null
  return exponent < -20_000n * one ? decimal(0n) : fromLogarithm(exponent)
}

function wholePower(x: Decimal, n: number): Decimal | null {
  let [c, e, base, baseExponent] = [1n, 0, x.coefficient, x.exponent]
  const cut = (value: bigint, exponent: number): [bigint, number] => {
    const over = value.toString().length - scale
    return over > 0 ? [value / tenTo(over), exponent + over] : [value, exponent]
  }
  for (let left = Math.abs(n); left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) [c, e] = cut(c * base, e + baseExponent)
    ;[base, baseExponent] = cut(base * base, baseExponent * 2)
  }
  const up = decimal(c, e)
  return n >= 0 || !up ? (n >= 0 ? up : decimal(0n)) : divide(decimal(1n)!, up)
}

const fixed = (x: Decimal): bigint => (x.exponent + scale >= 0 ? x.coefficient * tenTo(x.exponent + scale) : x.coefficient / tenTo(-x.exponent - scale))

/** e^x for a fixed-point x: powers of ten are split off, the rest is a Taylor series below ln 10. */
function fromLogarithm(x: bigint): Decimal | null {
  const whole = x / lnTen() - (x < 0n ? 1n : 0n)
  const rest = x - whole * lnTen()
  let [sum, term] = [one, one]
  for (let n = 1n; term !== 0n; n++) {
    term = times(term, rest) / n
    sum += term
  }
  return decimal(sum, Number(whole) - scale)
}

function fixedLogarithm(x: Decimal): bigint {
  const size = x.coefficient.toString().length
  const mantissa = x.coefficient * tenTo(scale) / tenTo(size - 1)
  return lnOf(mantissa) + BigInt(x.exponent + size - 1) * lnTen()
}

/** ln m = 2 artanh((m − 1) / (m + 1)) for m from 1 to 10. */
function lnOf(m: bigint): bigint {
  const y = ((m - one) * one) / (m + one)
  const square = times(y, y)
  let [sum, term] = [0n, y]
  for (let n = 1n; term !== 0n; n += 2n) {
    sum += term / n
    term = times(term, square)
  }
  return 2n * sum
}

let ten: bigint | undefined
const lnTen = (): bigint => (ten ??= lnOf(10n * one))
