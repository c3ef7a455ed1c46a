import type { Bound, Condition, FixedDay, Formula } from '../../definition.ts'
import { Reader, Unreadable } from './tokens.ts'

export type Read<T> = { ok: true; value: T } | { ok: false; at: number; found: string }

/**
 * Conditions, calculations and bounds as officers write them, in the manner of a spreadsheet:
 * `parents in (married, unmarried) and not filled(marriageNumber)`, `sum(rooms, cost) * 2`, `today - 18 years`.
 * `write-expression.ts` is the inverse.
 */
export const readCondition = (input: string): Read<Condition> => readWhole(input, readOr)
export const readFormula = (input: string): Read<Formula> => readWhole(input, readSum)
export const readBound = (input: string): Read<Bound> => readWhole(input, bound)
export const readFixedDay = (input: string): Read<FixedDay> => readWhole(input, fixedDay)

function readWhole<T>(input: string, read: (r: Reader) => T): Read<T> {
  try {
    const reader = new Reader(input)
    const value = read(reader)
    reader.end()
    return { ok: true, value }
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, at: error.at, found: error.found }
    throw error
  }
}

function readOr(r: Reader): Condition {
  const parts = [readAnd(r)]
  while (r.skip('or')) parts.push(readAnd(r))
  return parts.length === 1 ? parts[0]! : { any: parts }
}

function readAnd(r: Reader): Condition {
  const parts = [readTest(r)]
  while (r.skip('and')) parts.push(readTest(r))
  return parts.length === 1 ? parts[0]! : { all: parts }
}

function readTest(r: Reader): Condition {
  if (r.skip('(')) {
    const inner = readOr(r)
    r.expect(')')
    return inner
  }
  if (r.skip('not')) return { not: readTest(r) }
  const start = r.next
  const called = r.call()
  if (called === 'filled') {
    const field = r.word()
    r.expect(')')
    return { field, notEmpty: true }
  }
  if (called !== undefined) throw new Unreadable(start)
  const field = r.word()
  if (r.skip('=')) return { field, equals: literal(r) }
  if (r.skip('!=')) return { not: { field, equals: literal(r) } }
  if (r.skip('>=')) return { field, atLeast: r.number() }
  if (r.skip('<=')) return { field, atMost: r.number() }
  r.expect('in')
  r.expect('(')
  return { field, in: list(r, textOrNumber) }
}

/** Comma-separated, up to the closing bracket. */
function list<T>(r: Reader, one: (r: Reader) => T): T[] {
  const values = [one(r)]
  while (r.skip(',')) values.push(one(r))
  r.expect(')')
  return values
}

function textOrNumber(r: Reader): string | number {
  const { kind, text } = r.next
  if (kind !== 'text' && kind !== 'word' && kind !== 'day') return r.number()
  r.take()
  return text
}

function literal(r: Reader): string | number | boolean {
  return r.next.kind === 'word' && (r.next.text === 'true' || r.next.text === 'false') ? r.take().text === 'true' : textOrNumber(r)
}

function readSum(r: Reader): Formula {
  let value = readProduct(r)
  // Only what this line adds up itself is one sum; one in brackets stays its own.
  let terms: Formula[] | undefined
  for (;;) {
    if (r.skip('+')) {
      terms = [...(terms ?? [value]), readProduct(r)]
      value = { sum: terms }
    } else if (r.skip('-')) {
      value = { difference: [value, readProduct(r)] }
      terms = undefined
    } else return value
  }
}

function readProduct(r: Reader): Formula {
  let value = readValue(r)
  let factors: Formula[] | undefined
  for (;;) {
    if (r.skip('*')) {
      factors = [...(factors ?? [value]), readValue(r)]
      value = { product: factors }
    } else if (r.skip('/')) {
      value = { quotient: [value, readValue(r)] }
      factors = undefined
    } else return value
  }
}

function readValue(r: Reader): Formula {
  if (r.skip('(')) {
    const inner = readSum(r)
    r.expect(')')
    return inner
  }
  if (r.next.kind === 'number' || r.next.text === '-') return { number: r.number() }
  const start = r.next
  const name = r.call()
  if (name === undefined) return { field: r.word() }
  switch (name) {
    case 'min': return { smallest: list(r, readSum) }
    case 'max': return { largest: list(r, readSum) }
    case 'sum': return closed(r, { over: r.word(), each: (r.expect(','), readSum(r)) })
    case 'count': return closed(r, { count: r.word() })
    case 'years': return closed(r, { years: { from: fixedDay(r), to: (r.expect(','), fixedDay(r)) } })
    case 'days': return closed(r, { days: { from: fixedDay(r), to: (r.expect(','), fixedDay(r)) } })
    case 'if': return closed(r, { when: readOr(r), then: (r.expect(','), readSum(r)), otherwise: (r.expect(','), readSum(r)) })
    default: throw new Unreadable(start)
  }
}

function closed<T>(r: Reader, value: T): T {
  r.expect(')')
  return value
}

function fixedDay(r: Reader): FixedDay {
  return r.next.kind === 'day' ? { date: r.take().text } : { field: r.word() }
}

function bound(r: Reader): Bound {
  if (!r.skip('today')) return fixedDay(r)
  const today: { years?: number; days?: number } = {}
  while (r.next.text === '+' || r.next.text === '-') {
    const sign = r.take().text === '-' ? -1 : 1
    const amount = sign * r.number()
    const unit = r.next
    const name = r.word().toLowerCase()
    if (name === 'year' || name === 'years') today.years = amount
    else if (name === 'day' || name === 'days') today.days = amount
    else throw new Unreadable(unit)
  }
  return { today }
}
