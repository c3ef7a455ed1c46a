import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileForm } from './compile-form.ts'
import { shippedDefinitions } from './definitions/index.ts'
import { householdBusiness } from './definitions/household-business.ts'
import { errorText } from './error-text.ts'
import { sampleAnswers } from './samples.ts'
import { testUnits } from './testing-units.ts'
import { validateAnswers } from './validate-answers.ts'

const env = { now: new Date('2026-11-22T03:00:00Z'), units: testUnits }
const business = compileForm(householdBusiness)

test('fields that the form does not know are refused by name, at every depth', () => {
  const answers = sampleAnswers(business, 1, { ...env, fixed: { founder: 'individual' } })
  const odd = { ...answers, isAdmin: true, industries: [{ code: '4711', name: 'Bán lẻ', fee: 0 }] }
  assert.deepEqual(validateAnswers(business, odd, env).map((e) => [e.field, e.key]), [['industries.0.fee', 'forms.rule.unknown'], ['isAdmin', 'forms.rule.unknown']])
})

test('a mistake in an entry of a group says in which entry', () => {
  const answers = sampleAnswers(business, 1, { ...env, fixed: { founder: 'individual', industries: [{ code: '4711', name: 'Bán lẻ' }, { code: '56', name: 'Ăn uống' }] } })
  const errors = validateAnswers(business, answers, env)
  assert.deepEqual(errors.map((e) => e.field), ['industries.1.code'])
  assert.match(errorText(business, errors[0]!, 'vi'), /^Ngành, nghề 2: Mã ngành có 4 chữ số/)
  assert.match(errorText(business, errors[0]!, 'en'), /^Line of business 2: Code has 4 digits/)
})

test('two names that must differ are compared', () => {
  const answers = { ...sampleAnswers(business, 1, { ...env, fixed: { founder: 'individual' } }), businessName: 'Hoa Mai', shortName: 'Hoa Mai' }
  const errors = validateAnswers(business, answers, env)
  assert.deepEqual(errors.map((e) => [e.field, e.key]), [['shortName', 'forms.rule.page.different']])
  assert.equal(errorText(business, errors[0]!, 'vi'), 'Tên viết tắt trùng với “Tên riêng”. Hai mục này phải khác nhau.')
})

test('checking a whole filing is cheap enough for the filing rate: well under 0.3 ms', () => {
  for (const definition of shippedDefinitions) {
    const form = compileForm(definition)
    const filings = Array.from({ length: 50 }, (_, i) => sampleAnswers(form, i, env))
    let best = Infinity
    for (let round = 0; round < 40; round++) {
      const start = performance.now()
      for (const answers of filings) validateAnswers(form, answers, env)
      best = Math.min(best, (performance.now() - start) / filings.length)
    }
    assert.ok(best < 0.1, `${definition.key}: ${best} ms`)
  }
})

test('answers nested as deep as a body may be long are refused, not a fault', () => {
  const deep: unknown = JSON.parse('{"a":'.repeat(50_000) + '1' + '}'.repeat(50_000))
  const answers = sampleAnswers(business, 1, { ...env, fixed: { founder: 'individual' } })
  for (const id of ['businessAddress', 'startDate', 'industries', 'capital', 'declaration', 'ownerName']) {
    assert.ok(validateAnswers(business, { ...answers, [id]: deep }, env).some((e) => e.field.startsWith(id)), id)
  }
})
