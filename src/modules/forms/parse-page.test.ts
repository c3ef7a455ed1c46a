import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileForm } from './compile-form.ts'
import { drivingLicenceExchange } from './definitions/driving-licence-exchange.ts'
import { householdBusiness } from './definitions/household-business.ts'
import { readDecimal } from './fields/numbers.ts'
import { parsePage, type PostedPage } from './parse-page.ts'
import { testUnits } from './testing-units.ts'
import { validatePage } from './validate-answers.ts'

const body = (values: Record<string, string>): PostedPage => ({ get: (name) => values[name] ?? '', all: (name) => (name in values ? [values[name]!] : []) })
const licence = compileForm(drivingLicenceExchange)
const business = compileForm(householdBusiness)
const pageOf = (form: typeof licence, id: string) => form.definition.pages.find((p) => p.id === id)!
const env = { now: new Date('2026-11-22T03:00:00Z'), units: testUnits }

test('people type numbers in groups, dates without zeros, names with stray spaces', () => {
  const { answers } = parsePage(licence, pageOf(licence, 'applicant'), body({
    applicantName: '  Nguyễn   Văn An ', 'birthDate-day': '7', 'birthDate-month': '03', 'birthDate-year': '1990', sex: 'male', applicantId: '052 090 123 456', phone: '+84 905.123.456', email: '',
  }), {})
  assert.deepEqual(answers, { applicantName: 'Nguyễn Văn An', birthDate: '1990-03-07', sex: 'male', applicantId: '052090123456', phone: '0905123456' })
})

test('amounts are read as people write them in either language, and never guessed', () => {
  const read = (capital: string): unknown => parsePage(business, pageOf(business, 'capital'), body({ capital }), {}).answers.capital
  for (const typed of ['50.000.000', '50,000,000', '50 000 000 đồng', '50000000', '50.000.000 VNĐ']) assert.equal(read(typed), 50_000_000, typed)
  for (const typed of ['50.5', '50,000.000', '5 triệu', '1e9', '50.00.000']) assert.equal(read(typed), typed)
})

test('numbers with decimals are read with either sign before the decimals', () => {
  for (const [typed, expected] of [['72,5', 72.5], ['72.5', 72.5], ['1.072,25', 1072.25], ['1,072.25', 1072.25], ['1.072', 1072], ['72', 72], ['7,2,5', undefined], ['72,555', 72_555]] as const) assert.equal(readDecimal(typed, 2), expected, typed)
})

test('what cannot be read stays as typed, and other pages stay as they were', () => {
  const before = { applicantName: 'Nguyễn Văn An' }
  const { answers } = parsePage(licence, pageOf(licence, 'licence'), body({ 'licenceIssued-day': '31', 'licenceIssued-month': '2', 'licenceIssued-year': '2020' }), before)
  assert.deepEqual(answers, { applicantName: 'Nguyễn Văn An', licenceIssued: { day: '31', month: '2', year: '2020' } })
})

test('fields of other pages in the body are ignored', () => {
  const { answers } = parsePage(licence, pageOf(licence, 'reason'), body({ reason: 'damaged', applicantName: 'Kẻ Gian', __proto__: 'x' }), {})
  assert.deepEqual(answers, { reason: 'damaged' })
})

test('without a script: choosing another province keeps the street, drops the commune and shows the page again', () => {
  const before = { residence: { province: '52', commune: '21583', street: '1 Lê Lợi' } }
  const page = pageOf(licence, 'residence')
  const posted = { 'residence-province': '01', 'residence-shown': '52', 'residence-commune': '21583', 'residence-street': '1 Lê Lợi' }
  const chosen = parsePage(licence, page, body({ ...posted, _do: 'units:residence' }), before)
  assert.deepEqual(chosen.answers, { residence: { province: '01', street: '1 Lê Lợi' } })
  assert.deepEqual(chosen.stay, { at: 'residence-commune' })
  const hurried = parsePage(licence, page, body({ ...posted, _do: 'continue' }), before)
  assert.deepEqual(validatePage(licence, page, hurried.answers, env).map((e) => [e.field, e.key]), [['residence.commune', 'forms.rule.address.commune']])
})

test('entries of a group are added and removed by buttons, keeping what was typed', () => {
  const page = pageOf(business, 'industries')
  const one = parsePage(business, page, body({ 'industries-count': '1', 'industries-0-code': '4711', 'industries-0-name': 'Bán lẻ', _do: 'add:industries' }), {})
  assert.deepEqual(one.answers.industries, [{ code: '4711', name: 'Bán lẻ' }, {}])
  assert.deepEqual(one.stay, { at: 'industries-1' })
  const two = parsePage(business, page, body({ 'industries-count': '2', 'industries-0-code': '4711', 'industries-0-name': 'Bán lẻ', 'industries-1-code': '56x', _do: 'continue' }), one.answers)
  assert.deepEqual(validatePage(business, page, two.answers, env).map((e) => [e.field, e.key]), [['industries.1.code', 'forms.rule.format.industryCode'], ['industries.1.name', 'forms.rule.required']])
  const left = parsePage(business, page, body({ 'industries-count': '2', 'industries-0-code': '4711', 'industries-0-name': 'Bán lẻ', 'industries-1-code': '56x', _do: 'remove:industries:0' }), two.answers)
  assert.deepEqual(left.answers.industries, [{ code: '56x' }])
})

test('an entry left empty is no entry, unless one is demanded', () => {
  const page = pageOf(business, 'industries')
  const { answers } = parsePage(business, page, body({ 'industries-count': '2', 'industries-0-code': '4711', 'industries-0-name': 'Bán lẻ' }), {})
  assert.deepEqual(answers.industries, [{ code: '4711', name: 'Bán lẻ' }])
  const none = parsePage(business, page, body({ 'industries-count': '1' }), {})
  assert.deepEqual(validatePage(business, page, none.answers, env).map((e) => e.field), ['industries.0.code', 'industries.0.name'])
})

test('a count that someone invented cannot make the server work for long', () => {
  const { answers } = parsePage(business, pageOf(business, 'industries'), body({ 'industries-count': '999999999', _do: 'add:industries' }), {})
  assert.equal((answers.industries as unknown[]).length, 20)
})
