import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FormBody } from '../../../platform/http/route.ts'
import { translator } from '../../../platform/i18n.ts'
import { shippedDefinitions } from '../definitions/index.ts'
import { isGroup, type Field } from '../definition.ts'
import { everyKind } from '../testing-form.ts'
import { blankField, fieldTypes } from './field-boxes.ts'
import { readFieldForm, typedOfField, type Typed } from './field-form.ts'

const t = translator('vi')

/** What a browser would send. */
function posted(typed: Typed): FormBody {
  const all = (name: string): string[] => [typed[name] ?? []].flat()
  return { get: (name) => all(name)[0] ?? '', all, fields: {}, files: [] }
}

const everyField: Field[] = [...shippedDefinitions, everyKind].flatMap((d) => d.pages.flatMap((p) => p.fields.flatMap((f): Field[] => [f, ...(isGroup(f) ? f.fields : [])])))

test('every field of every shipped form comes back from its boxes as it was', () => {
  assert.ok(everyField.length > 150)
  for (const field of everyField) assert.deepEqual(readFieldForm(posted(typedOfField(field)), field, t), { ok: true, value: field }, field.id)
})

test('a blank field of each kind can be kept as it is', () => {
  for (const type of fieldTypes) {
    const field = blankField('x', type, { vi: 'Mục', en: 'Item' })
    const read = readFieldForm(posted(typedOfField(field)), field, t)
    assert.deepEqual(read, { ok: true, value: field }, type)
  }
})

const number = blankField('n', 'number', { vi: 'Số', en: 'Number' })
const choice = blankField('c', 'choice', { vi: 'Chọn', en: 'Choose' })
const wrong: [what: string, field: Field, typed: Typed, at: string, key: string][] = [
  ['a label in one language', number, { '_label-en': '' }, '_label-vi', 'pair'],
  ['no label at all', number, { '_label-vi': '', '_label-en': '' }, '_label-vi', 'pair'],
  ['a number in letters', number, { '_min': 'năm' }, '_min', 'number'],
  ['more decimals than there are', number, { '_decimals': '9' }, '_decimals', 'number'],
  ['a condition that stops', number, { '_condition': 'a = ' }, '_condition', 'expression'],
  ['an option without its English', choice, { '_options': 'yes | Có' }, '_options', 'options'],
  ['no kind of file', blankField('f', 'file', { vi: 'Tệp', en: 'File' }), { '_accept': [] }, '_accept', 'value'],
  ['an expression without end', number, { '_condition': '('.repeat(2001) }, '_condition', 'value'],
]
for (const [what, field, typed, at, key] of wrong) {
  test(`${what} is refused at its box`, () => {
    const read = readFieldForm(posted({ ...typedOfField(field), ...typed }), field, t)
    assert.ok(!read.ok)
    assert.deepEqual([read.errors[0]!.field, read.errors[0]!.key], [at, `forms.editor.wrong.${key}`])
    for (const lang of ['vi', 'en'] as const) assert.doesNotMatch(translator(lang)(read.errors[0]!.key, read.errors[0]!.params), /[{}]/)
  })
}
