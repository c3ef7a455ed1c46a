import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drivingLicenceExchange } from './definitions/driving-licence-exchange.ts'
import type { FormDefinition } from './definition.ts'
import { problemText, readDefinition } from './read-definition.ts'

type Draft = { pages: { fields: Record<string, unknown>[] & Record<string, unknown>; [key: string]: unknown }[]; [key: string]: unknown }

/** The sentences that publishing a spoilt copy of a good definition gives. */
function problemsOf(spoil: (draft: Draft) => void, lang: 'vi' | 'en' = 'vi'): string[] {
  const draft = structuredClone(drivingLicenceExchange) as unknown as Draft
  spoil(draft)
  const read = readDefinition(draft)
  return read.ok ? [] : read.problems.map((p) => problemText(p, lang))
}

const field = (draft: Draft, page: number, index: number): Record<string, unknown> => draft.pages[page]!.fields[index]!

const cases: [what: string, spoil: (draft: Draft) => void, expected: RegExp][] = [
  ['a misspelt property', (d) => { field(d, 2, 1).lok = 'select' }, /^Trang 3 “Giấy phép lái xe hiện có”, trường “Hạng”: .*lok/],
  ['a missing translation', (d) => { field(d, 0, 0).label = { vi: 'Tên' } }, /^Trang 1 .*pages\.0\.fields\.0\.label\.en/],
  ['an unknown type of field', (d) => { field(d, 0, 1).type = 'datum' }, /^Trang 1 .*trường “Ngày, tháng, năm sinh”/],
  ['two fields of one id', (d) => { field(d, 3, 0).id = 'phone' }, /^Trang 4 “Lý do đổi”, trường “.*”: mã trường “phone”/],
  ['two pages of one path', (d) => { d.pages[1]!.path = 'nguoi-de-nghi' }, /^Trang 2 “Nơi cư trú”: mã hoặc đường dẫn/],
  ['a condition on an unknown field', (d) => { d.pages[4]!.condition = { field: 'raeson', equals: 'changed' } }, /^Trang 5 .*“raeson”/],
  ['a condition on a later page', (d) => { d.pages[0]!.condition = { field: 'reason', equals: 'changed' } }, /^Trang 1 .*“reason”.*trang trước/],
  ['a condition on the same page', (d) => { field(d, 0, 5).condition = { field: 'phone', notEmpty: true } }, /^Trang 1 .*trường “Thư điện tử”.*“phone”/],
  ['a condition on an option that is not there', (d) => { d.pages[4]!.condition = { field: 'reason', equals: 'change' } }, /^Trang 5 .*“change”/],
  ['an unknown format', (d) => { field(d, 2, 0).format = 'licence' }, /^Trang 3 .*“licence”.*drivingLicence/],
  ['an unknown list', (d) => { field(d, 2, 1).list = 'classes' }, /^Trang 3 .*“classes”.*licence-classes/],
  ['a choice without options', (d) => { delete field(d, 3, 0).options }, /^Trang 4 .*lựa chọn/],
  ['an option twice', (d) => { const options = field(d, 3, 0).options as unknown[]; options.push(options[0]) }, /^Trang 4 .*“expiring”/],
  ['a comparison with a field of another type', (d) => { field(d, 0, 3).birthDate = 'applicantName' }, /^Trang 1 .*“applicantName”.*date/],
  ['a place that is no address', (d) => { d.placeField = 'phone' }, /^Biểu mẫu: trường “phone” phải thuộc loại address/],
  ['a component twice', (d) => { d.components = [{ name: 'Đơn', by: 'form' }, { name: 'Đơn', by: 'desk' }] }, /^Biểu mẫu: .*“Đơn”/],
  ['a calculation of what is no number', (d) => { d.pages[2]!.fields.push({ id: 'n', type: 'calculated', label: { vi: 'Số', en: 'Number' }, formula: { field: 'licenceClass' } }) }, /^Trang 3 .*trường “Số”: .*“licenceClass”.*number/],
  ['a calculation of what stands after it', (d) => { d.pages[2]!.fields.unshift({ id: 'n', type: 'calculated', label: { vi: 'Số', en: 'Number' }, formula: { days: { from: { field: 'birthDate' }, to: { field: 'licenceIssued' } } } }) }, /^Trang 3 .*trường “Số”: “licenceIssued”/],
  ['a comparison of a date with a name', (d) => { d.pages[2]!.rules = [{ rule: 'compare', left: 'licenceIssued', is: '<', right: 'licenceIssuer', message: { vi: 'Sai.', en: 'Wrong.' } }] }, /^Trang 3 .*“licenceIssued”.*“licenceIssuer”/],
  ['a rule that speaks on another page', (d) => { d.pages[2]!.rules = [{ rule: 'implies', if: { field: 'sex', equals: 'male' }, then: { field: 'phone', notEmpty: true }, at: 'phone', message: { vi: 'Sai.', en: 'Wrong.' } }] }, /^Trang 3 .*“phone”/],
  ['a rule without a sentence', (d) => { d.pages[2]!.rules = [{ rule: 'compare', left: 'birthDate', is: '<', right: 'licenceIssued', message: { vi: 'sai', en: 'wrong' } }] }, /^Trang 3 .*“sai”/],
  ['a part that the person does not have', (d) => { d.pages[0]!.fields.push({ id: 'w', type: 'person', label: { vi: 'Chứng', en: 'Witness' }, parts: ['name'] }); d.pages[4]!.condition = { field: 'w.birthDate', notEmpty: true } }, /^Trang 5 .*“w.birthDate”/],
  ['units of a day that is asked for later', (d) => { field(d, 1, 0).asOf = { field: 'licenceIssued' } }, /^Trang 2 .*“licenceIssued”/],
  ['bounds the wrong way round', (d) => { d.pages[0]!.fields.push({ id: 'n', type: 'number', label: { vi: 'Số', en: 'Number' }, min: 5, max: 2 }) }, /^Trang 1 .*trường “Số”: .*5.*2/],
]

for (const [what, spoil, expected] of cases) {
  test(`publishing refuses ${what} and says where`, () => {
    const sentences = problemsOf(spoil)
    assert.ok(sentences.length > 0)
    assert.match(sentences[0]!, expected)
    for (const sentence of [...sentences, ...problemsOf(spoil, 'en')]) assert.doesNotMatch(sentence, /[{}]|forms\.problem/)
  })
}

test('what is not an object at all is refused', () => {
  for (const input of [null, 3, 'form', [], {}]) assert.equal(readDefinition(input).ok, false)
})

test('a definition survives JSON', () => {
  const read = readDefinition(JSON.parse(JSON.stringify(drivingLicenceExchange)))
  assert.deepEqual(read.ok && (read.definition satisfies FormDefinition), drivingLicenceExchange)
})
