import assert from 'node:assert/strict'
import { test } from 'node:test'
import { shippedDefinitions } from '../../definitions/index.ts'
import type { Condition, Formula } from '../../definition.ts'
import { everyKind } from '../../testing-form.ts'
import { readBound, readCondition, readFixedDay, readFormula } from './read-expression.ts'
import { writeBound, writeCondition, writeFixedDay, writeFormula } from './write-expression.ts'

/** Every value under one of these keys, anywhere in the definitions. */
function everyValue(keys: readonly string[]): unknown[] {
  const found: unknown[] = []
  const look = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    for (const [key, inner] of Object.entries(value)) {
      if (keys.includes(key) && typeof inner === 'object' && !Array.isArray(inner)) found.push(inner)
      look(inner)
    }
  }
  look([...shippedDefinitions, everyKind])
  return found
}

test('every condition, calculation and bound of the shipped forms comes back from its text as it was', () => {
  const conditions = everyValue(['condition', 'when', 'if']) as Condition[]
  const formulas = everyValue(['formula', 'of', 'than', 'each', 'otherwise']) as Formula[]
  const bounds = everyValue(['min', 'max', 'bornBy']) as Parameters<typeof writeBound>[0][]
  assert.ok(conditions.length > 20 && formulas.length > 8 && bounds.length > 10)
  for (const c of conditions) assert.deepEqual(readCondition(writeCondition(c)), { ok: true, value: c }, writeCondition(c))
  for (const f of formulas) assert.deepEqual(readFormula(writeFormula(f)), { ok: true, value: f }, writeFormula(f))
  for (const b of bounds) assert.deepEqual(readBound(writeBound(b)), { ok: true, value: b }, writeBound(b))
})

const hard: Condition[] = [
  { any: [{ all: [{ field: 'a', equals: 'x' }, { not: { any: [{ field: 'b', equals: '01' }, { field: 'c', notEmpty: true }] } }] }, { field: 'd.e', in: ['true', 3, 'hai ba', 'có "dấu"'] }] },
  { all: [{ all: [{ field: 'a', equals: true }, { field: 'b', equals: false }] }, { any: [{ field: 'c', atLeast: -1.5 }, { any: [{ field: 'd', atMost: 3 }, { field: 'e', equals: 5 }] }] }] },
  { not: { not: { field: 'a', equals: 'A1-x.y' } } },
]
const steep: Formula[] = [
  { sum: [{ sum: [{ field: 'a' }, { number: 1 }] }, { difference: [{ field: 'b' }, { difference: [{ field: 'c' }, { number: 2 }] }] }] },
  { product: [{ product: [{ field: 'a' }, { number: -3 }] }, { quotient: [{ field: 'b' }, { product: [{ field: 'c' }, { number: 0.5 }] }] }] },
  { difference: [{ difference: [{ field: 'a' }, { field: 'b' }] }, { sum: [{ field: 'c' }, { field: 'd' }] }] },
  { when: { any: [{ field: 'x', equals: 'y' }, { field: 'z', notEmpty: true }] }, then: { years: { from: { date: '2025-06-30' }, to: { field: 'p.birthDate' } } }, otherwise: { largest: [{ count: 'g' }, { over: 'g', each: { product: [{ field: 'a' }, { field: 'b' }] } }] } },
]

test('nested expressions keep their shape', () => {
  for (const c of hard) assert.deepEqual(readCondition(writeCondition(c)), { ok: true, value: c }, writeCondition(c))
  for (const f of steep) assert.deepEqual(readFormula(writeFormula(f)), { ok: true, value: f }, writeFormula(f))
})

test('what is typed in another manner is understood', () => {
  assert.deepEqual(readCondition(' a=x  AND b != "y" '), { ok: true, value: { all: [{ field: 'a', equals: 'x' }, { not: { field: 'b', equals: 'y' } }] } })
  assert.deepEqual(readFormula('2*price+fee'), { ok: true, value: { sum: [{ product: [{ number: 2 }, { field: 'price' }] }, { field: 'fee' }] } })
  assert.deepEqual(readFormula('a - b - c'), { ok: true, value: { difference: [{ difference: [{ field: 'a' }, { field: 'b' }] }, { field: 'c' }] } })
  assert.deepEqual(readBound('today - 18 years + 3 days'), { ok: true, value: { today: { years: -18, days: 3 } } })
  assert.deepEqual(readFixedDay(writeFixedDay({ date: '2025-06-30' })), { ok: true, value: { date: '2025-06-30' } })
})

for (const [input, at, found] of [['a =', 4, ''], ['a = x b', 7, 'b'], ['a and b', 3, 'and'], ['filled(a', 9, ''], ['a in x', 6, 'x'], ['a = "x', 5, '"x'], ['round(a)', 1, 'round'], ['', 1, ''], ['a ~ b', 3, '~ b']] as const) {
  test(`“${input}” is refused at sign ${at}`, () => {
    assert.deepEqual(readCondition(input), { ok: false, at, found })
  })
}

test('a calculation that stops early, or calls what is not there, is refused at its place', () => {
  assert.deepEqual(readFormula('a + '), { ok: false, at: 5, found: '' })
  assert.deepEqual(readFormula('sum(g cost)'), { ok: false, at: 7, found: 'cost' })
  assert.deepEqual(readFormula('sqrt(a)'), { ok: false, at: 1, found: 'sqrt' })
  assert.deepEqual(readBound('today - 3 weeks'), { ok: false, at: 11, found: 'weeks' })
})
