import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compileCalculation } from './calculate.ts'
import { compileForm } from './compile-form.ts'
import { errorText } from './error-text.ts'
import { parsePage, type PostedPage } from './parse-page.ts'
import { visibleAnswers, withCalculations } from './path-of.ts'
import { sampleAnswers } from './samples.ts'
import { everyKind } from './testing-form.ts'
import { testUnits } from './testing-units.ts'
import { validateAnswers } from './validate-answers.ts'

const env = { now: new Date('2026-11-22T03:00:00Z'), units: testUnits }
const form = compileForm(everyKind)
const answers = sampleAnswers(form, 3, env)
const keys = (given: object) => validateAnswers(form, { ...given }, env).map((e) => `${e.field} ${e.key.replace('forms.rule.', '')}`)

const cases: [what: string, formula: Parameters<typeof compileCalculation>[0], given: object, expected: number | undefined, decimals?: number][] = [
  ['a sum leaves out what is not there', { sum: [{ field: 'a' }, { field: 'b' }] }, { a: 3 }, 3],
  ['a sum of nothing is not there', { sum: [{ field: 'a' }, { field: 'b' }] }, {}, undefined],
  ['a product needs all', { product: [{ field: 'a' }, { field: 'b' }] }, { a: 3 }, undefined],
  ['decimals add up exactly', { sum: [{ field: 'a' }, { field: 'b' }] }, { a: 0.1, b: 0.2 }, 0.3, 1],
  ['amounts are rounded to whole đồng', { product: [{ field: 'a' }, { number: 0.5 }] }, { a: 3 }, 2],
  ['what is no number is not there', { field: 'a' }, { a: '3' }, undefined],
  ['entries are added up, those without the value left out', { over: 'rows', each: { field: 'n' } }, { rows: [{ n: 2 }, {}, { n: 3 }, 7] }, 5],
  ['entries are counted', { count: 'rows' }, { rows: [{}, {}] }, 2],
  ['no entries are none', { count: 'rows' }, {}, 0],
  ['an age is full on the birthday', { years: { from: { field: 'born' }, to: { date: '2026-11-22' } } }, { born: '2008-11-22' }, 18],
  ['and not on the day before', { years: { from: { field: 'born' }, to: { date: '2026-11-22' } } }, { born: '2008-11-23' }, 17],
  ['days between', { days: { from: { date: '2026-02-27' }, to: { date: '2026-03-01' } } }, {}, 2],
  ['the part of a composed field is read', { years: { from: { field: 'bride.birthDate' }, to: { date: '2026-01-01' } } }, { bride: { birthDate: '2000-01-01' } }, 26],
  ['a difference may be below nothing', { difference: [{ number: 1 }, { number: 3 }] }, {}, -2],
  ['the smallest and the largest', { smallest: [{ number: 5 }, { largest: [{ number: 1 }, { number: 3 }] }] }, {}, 3],
  ['a condition chooses', { when: { field: 'a', atMost: 2 }, then: { number: 1 }, otherwise: { number: 9 } }, { a: 2 }, 1],
  ['what is beyond all measure is not there', { product: [{ field: 'a' }, { field: 'a' }, { field: 'a' }] }, { a: 1e15 }, undefined],
]

for (const [what, formula, given, expected, decimals] of cases) {
  test(`calculations: ${what}`, () => assert.equal(compileCalculation(formula, decimals)({ ...given }, { ...given }), expected))
}

test('what is calculated may be left out and is put in; sent as it is, it is accepted; sent otherwise, it is refused by name', () => {
  const { total, fee, ...without } = answers
  assert.deepEqual(keys(without), [])
  assert.deepEqual(visibleAnswers(form, without), answers)
  assert.deepEqual(keys({ ...answers, fee: 1 }), ['fee calculated.differs'])
  assert.deepEqual(keys({ ...answers, rooms: (answers.rooms as object[]).map((room) => ({ ...room, cost: 1 })) }).slice(0, 1), ['rooms.0.cost calculated.differs'])
  const [error] = validateAnswers(form, { ...answers, fee: 1 }, env)
  assert.match(errorText(form, error!, 'vi'), /^Phí phải nộp do hệ thống tính/)
})

test('a page that is posted with a calculated value keeps the server’s', () => {
  const page = everyKind.pages.find((p) => p.id === 'fee')!
  const body: PostedPage = { get: (name) => ({ fee: '1', byCard: 'yes', purpose: 'study' })[name] ?? '', all: () => [] }
  const parsed = parsePage(form, page, body, answers)
  assert.equal(parsed.answers.fee, answers.fee)
})

test('when an answer changes, what hangs on it follows', () => {
  const dearer = withCalculations(form, { ...answers, rooms: [{ area: 10.5, price: 1000 }, { area: 20, price: 2000 }] })
  assert.deepEqual(dearer.rooms, [{ area: 10.5, price: 1000, cost: 10_500 }, { area: 20, price: 2000, cost: 40_000 }])
  assert.deepEqual([dearer.total, dearer.count, dearer.fee], [50_500, 2, 50_500])
})

test('rules over several fields speak in the words of the form, at their place', () => {
  const broken: [object, string, RegExp][] = [
    [{ firstVisit: '2024-01-02', lastVisit: '2024-01-01' }, 'lastVisit page.says', /^Lần cuối đến không được trước/],
    [{ byCard: true, byCash: true }, 'byCard page.exactlyOne', /^Điền đúng một trong các mục “Trả bằng thẻ”, “Trả tiền mặt”\.$/],
    [{ purpose: 'sale', permit: undefined }, 'permit page.says', /^Bán hàng thì phải có giấy phép/],
    [{ rooms: [{ area: 150, price: 1000 }], largest: 1, total: undefined, count: undefined, fee: undefined, declaration: undefined }, 'largest page.says', /^Tổng diện tích/],
  ]
  for (const [change, expected, sentence] of broken) {
    const errors = validateAnswers(form, { ...answers, ...change }, env).filter((e) => e.key.includes('page.'))
    assert.deepEqual(errors.map((e) => `${e.field} ${e.key.replace('forms.rule.', '')}`), [expected])
    assert.match(errorText(form, errors[0]!, 'vi'), sentence)
    assert.doesNotMatch(errorText(form, errors[0]!, 'en'), /[{}]/)
  }
})

test('a mistake in a part says of whom', () => {
  const errors = validateAnswers(form, { ...answers, applicant: { ...(answers.applicant as object), sex: 'both' } }, env)
  assert.deepEqual(errors.map((e) => e.field), ['applicant.sex'])
  assert.match(errorText(form, errors[0]!, 'vi'), /^Người đăng ký: Phương án đã gửi cho giới tính/)
  assert.deepEqual(keys({ ...answers, applicant: 7 })[0], 'applicant wrongType')
  assert.deepEqual(keys({ ...answers, applicant: { ...(answers.applicant as object), shoe: 42 } }), ['applicant.shoe unknown'])
})
