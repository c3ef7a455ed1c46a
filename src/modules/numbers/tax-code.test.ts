import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { checkTaxCode, isTaxCode, taxCheckDigit } from './index.ts'

/** Codes of companies as they publish them themselves. */
const real = ['0100109106', '0100107370', '0300588569', '0302099845', '0101248141']

test('real codes of companies are accepted, typed in groups as well', () => {
  for (const code of real) assert.deepEqual(checkTaxCode(code), { ok: true, code, kind: 'organisation' })
  assert.deepEqual(checkTaxCode(' 0100 109.106 '), { ok: true, code: '0100109106', kind: 'organisation' })
  for (const typed of ['0100109106-001', '0100109106–001', '0100109106001']) assert.deepEqual(checkTaxCode(typed), { ok: true, code: '0100109106-001', kind: 'branch' })
})

test('every change of a single digit of a real code is refused', () => {
  let tried = 0
  for (const code of real) {
    for (let at = 0; at < 10; at++) {
      for (const digit of '0123456789'.replace(code[at]!, '')) {
        const changed = code.slice(0, at) + digit + code.slice(at + 1)
        assert.deepEqual(checkTaxCode(changed), { ok: false, reason: 'check-digit' }, changed)
        assert.ok(!isTaxCode(`${changed}-001`), `${changed}-001`)
        tried++
      }
    }
  }
  assert.equal(tried, real.length * 90)
})

test('every two neighbours in the wrong order are refused: 0 of all swaps of unequal digits pass', () => {
  let passed = 0
  for (const code of real) {
    for (let at = 0; at < 9; at++) {
      const swapped = code.slice(0, at) + code[at + 1]! + code[at]! + code.slice(at + 2)
      if (swapped !== code && isTaxCode(swapped)) passed++
    }
  }
  assert.equal(passed, 0)
})

test('for any nine digits one tenth is right at most, and none where the remainder is 0', () => {
  fc.assert(fc.property(fc.stringMatching(/^[0-9]{9}$/), (nine) => {
    const right = [...'0123456789'].filter((digit) => isTaxCode(nine + digit))
    assert.deepEqual(right, taxCheckDigit(nine) === undefined ? [] : [String(taxCheckDigit(nine))])
  }))
  assert.equal(taxCheckDigit('000000000'), undefined)
  assert.deepEqual(checkTaxCode('0000000000'), { ok: false, reason: 'check-digit' })
})

test('a change or a swap in any code that is right makes it wrong', () => {
  const right = fc.stringMatching(/^[0-9]{9}$/).filter((nine) => taxCheckDigit(nine) !== undefined).map((nine) => `${nine}${taxCheckDigit(nine)}`)
  fc.assert(fc.property(right, fc.nat(9), fc.nat(9), fc.nat(8), (code, at, digit, left) => {
    const changed = code.slice(0, at) + String(digit) + code.slice(at + 1)
    assert.equal(isTaxCode(changed), changed === code)
    const swapped = code.slice(0, left) + code[left + 1]! + code[left]! + code.slice(left + 2)
    assert.equal(isTaxCode(swapped), swapped === code)
  }))
})

test('a household business and a single person go by twelve digits', () => {
  assert.deepEqual(checkTaxCode('052190123456'), { ok: true, code: '052190123456', kind: 'personal' })
})

test('the yes-or-no question is about organisations and branches in the spelling that is kept', () => {
  for (const code of [...real, '0100109106-001']) assert.ok(isTaxCode(code), code)
  for (const code of ['052190123456', '0100109106001', ' 0100109106', '0100 109 106']) assert.ok(!isTaxCode(code), code)
})

test('what has not the form of a code says so', () => {
  for (const typed of ['', '010010910', '01001091066', '0100109106-01', '0100109106-0001', 'MST0100109106', '０１００１０９１０６']) assert.deepEqual(checkTaxCode(typed), { ok: false, reason: 'form' }, typed)
  assert.deepEqual(checkTaxCode('0100109106-000'), { ok: false, reason: 'branch' })
})

test('nothing typed makes the check fail in another way', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (typed) => typeof isTaxCode(typed) === 'boolean'))
})
