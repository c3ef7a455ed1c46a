/**
 * Decimal numbers as FEEL asks (DMN 1.3, 10.3.2.3.1): IEEE 754-2008 decimal128, 34 significant digits, rounded half to even. A number is
 * coefficient × 10^exponent. What cannot be said in it (a division by zero, an overflow) is null, as everywhere in FEEL.
 */
export interface Decimal { readonly kind: 'number'; readonly coefficient: bigint; readonly exponent: number }

export type Rounding = 'half-even' | 'half-up' | 'half-down' | 'up' | 'down' | 'floor' | 'ceiling'

const precision = 34
const largestExponent = 6144
const smallestExponent = -6176
const powers: bigint[] = []
const abs = (n: bigint): bigint => (n < 0n ? -n : n)
const digits = (n: bigint): number => abs(n).toString().length

export function tenTo(n: number): bigint {
  return n > 200 ? 10n ** BigInt(n) : (powers[n] ??= 10n ** BigInt(n))
}

/** coefficient × 10^exponent, rounded to 34 digits; null when it is out of range. */
export function decimal(coefficient: bigint, exponent = 0): Decimal | null {
  const over = digits(coefficient) - precision
  let [c, e] = over > 0 ? [divideRounded(coefficient, tenTo(over), 'half-even'), exponent + over] : [coefficient, exponent]
  while (c !== 0n && c % 10n === 0n) [c, e] = [c / 10n, e + 1]
  if (c === 0n || e + digits(c) <= smallestExponent) return { kind: 'number', coefficient: 0n, exponent: 0 }
  return e + digits(c) - 1 > largestExponent ? null : { kind: 'number', coefficient: c, exponent: e }
}

/** A whole number that a JavaScript number holds exactly. */
export function whole(n: number | bigint): Decimal {
  return decimal(BigInt(n))!
}

/** Reads "12", "-0.5", ".5", "1.2e-3"; null for anything else. */
export function parseDecimal(text: string): Decimal | null {
  const match = /^([+-]?)(\d*)(?:\.(\d+))?(?:[eE]([+-]?\d{1,6}))?$/.exec(text)
  if (!match || (!match[2] && !match[3]) || text.length > 10_000) return null
  const fraction = match[3] ?? ''
  return decimal(BigInt(`${match[1] === '-' ? '-' : ''}${match[2]}${fraction}`), Number(match[4] ?? 0) - fraction.length)
}

export function isDecimal(value: unknown): value is Decimal {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'number'
}

/** Written out in full, without an exponent. */
export function decimalText({ coefficient, exponent }: Decimal): string {
  if (exponent >= 0) return (coefficient * tenTo(exponent)).toString()
  const all = abs(coefficient).toString().padStart(1 - exponent, '0')
  return `${coefficient < 0n ? '-' : ''}${all.slice(0, exponent)}.${all.slice(exponent)}`
}

function aligned(a: Decimal, b: Decimal): [bigint, bigint, number] {
  const exponent = Math.min(a.exponent, b.exponent)
  return [a.coefficient * tenTo(a.exponent - exponent), b.coefficient * tenTo(b.exponent - exponent), exponent]
}

export function add(a: Decimal, b: Decimal): Decimal | null {
  const [x, y, exponent] = aligned(a, b)
  return decimal(x + y, exponent)
}

export const negate = (a: Decimal): Decimal => ({ ...a, coefficient: -a.coefficient })
export const subtract = (a: Decimal, b: Decimal): Decimal | null => add(a, negate(b))
export const multiply = (a: Decimal, b: Decimal): Decimal | null => decimal(a.coefficient * b.coefficient, a.exponent + b.exponent)

/** Null for a division by zero. */
export function divide(a: Decimal, b: Decimal): Decimal | null {
  if (b.coefficient === 0n) return null
  const scale = Math.max(0, precision + 2 + digits(b.coefficient) - digits(a.coefficient))
  const numerator = a.coefficient * tenTo(scale)
  const quotient = numerator / b.coefficient
  // A last digit that says "not exact" keeps half-to-even right.
  const sticky = numerator % b.coefficient === 0n ? 0n : (numerator < 0n) === (b.coefficient < 0n) ? 1n : -1n
  return decimal(quotient * 10n + sticky, a.exponent - b.exponent - scale - 1)
}

/** Negative, zero or positive, as a is less than, equal to or greater than b. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const [x, y] = aligned(a, b)
  return x < y ? -1 : x > y ? 1 : 0
}

/** The remainder with the sign of the divisor (DMN 1.3, table 78: dividend − divisor × floor(dividend / divisor)). */
export function modulo(a: Decimal, b: Decimal): Decimal | null {
  if (b.coefficient === 0n) return null
  const [x, y, exponent] = aligned(a, b)
  const rest = x % y
  return decimal(rest !== 0n && (rest < 0n) !== (y < 0n) ? rest + y : rest, exponent)
}

/** To `scale` digits after the point; a negative scale rounds before it. Null where the scale is out of range. */
export function round(a: Decimal, scale: number, mode: Rounding): Decimal | null {
  if (scale < -6111 || scale > 6176) return null
  const drop = -a.exponent - scale
  return drop <= 0 ? a : decimal(divideRounded(a.coefficient, tenTo(drop), mode), -scale)
}

function divideRounded(a: bigint, b: bigint, mode: Rounding): bigint {
  const quotient = a / b
  const rest = abs(a % b)
  if (rest === 0n) return quotient
  const away = quotient + (a < 0n ? -1n : 1n)
  const half = rest * 2n < b ? -1 : rest * 2n > b ? 1 : 0
  const outward: Record<Rounding, boolean> = {
    'half-even': half > 0 || (half === 0 && quotient % 2n !== 0n), 'half-up': half >= 0, 'half-down': half > 0,
    up: true, down: false, floor: a < 0n, ceiling: a > 0n,
  }
  return outward[mode] ? away : quotient
}

export const isWhole = (a: Decimal): boolean => a.exponent >= 0

/** As a JavaScript number: for counts and positions, not for amounts. */
export const toNumber = (a: Decimal): number => Number(`${a.coefficient}e${a.exponent}`)
