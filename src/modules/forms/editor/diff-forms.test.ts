import assert from 'node:assert/strict'
import { test } from 'node:test'
import { birthRegistration } from '../definitions/birth-registration.ts'
import { shippedDefinitions } from '../definitions/index.ts'
import type { FormDefinition } from '../definition.ts'
import { everyKind } from '../testing-form.ts'
import { addField, moveField, movePage, removeField, removePage, setField, withPage } from './change-definition.ts'
import { diffForms } from './diff-forms.ts'
import { blankField } from './field-boxes.ts'

/** The differences in short: kind, place, property. */
const short = (before: FormDefinition, after: FormDefinition): string[] =>
  diffForms(before, after).map((c) => [c.kind, c.page?.vi ?? '–', c.field?.vi ?? '–', ...(c.property ? [c.property] : [])].join(' / '))

const phone = birthRegistration.pages[0]!.fields.find((f) => f.id === 'phone')!

test('a form is the same as itself', () => {
  for (const definition of [...shippedDefinitions, everyKind]) assert.deepEqual(diffForms(definition, structuredClone(definition)), [])
})

test('each change is told once, at its place', () => {
  const form = birthRegistration
  const cases: [after: FormDefinition | unknown[], expected: string[]][] = [
    [setField(form, 'requester', 'phone', { ...phone, required: false }), ['changed / Người yêu cầu đăng ký / Số điện thoại di động / required']],
    [setField(form, 'requester', 'phone', { ...phone, label: { vi: 'Di động', en: 'Mobile' } }), ['changed / Người yêu cầu đăng ký / Di động / label']],
    [addField(form, 'requester', 'nick', blankField('nick', 'text', { vi: 'Tên gọi', en: 'Nickname' })), ['added / Người yêu cầu đăng ký / Tên gọi']],
    [removeField(form, 'requester', 'email'), ['removed / Người yêu cầu đăng ký / Thư điện tử']],
    [moveField(form, 'requester', 'phone', 'up'), ['moved / Người yêu cầu đăng ký / Số định danh cá nhân']],
    [setField(form, 'requester', 'phone', blankField('phone', 'text', phone.label)), ['changed / Người yêu cầu đăng ký / Số điện thoại di động / type']],
    [movePage(form, 'hometown', 'down'), ['moved / Quê quán / –', 'moved / Quê quán / Quê quán của trẻ']],
    [removePage(form, 'hometown'), ['removed / Quê quán / –', 'removed / Quê quán / Quê quán của trẻ']],
    [{ ...form, source: { vi: 'Luật mới', en: 'New law' } }, ['changed / – / – / source']],
    [withPage(form, 'parents', (page) => ({ ...page, rules: [{ rule: 'atLeastOne', fields: ['parents', 'hometown'] }] })), ['changed / Cha mẹ của trẻ / – / rule']],
    [setField(form, 'witnesses', 'witnesses.phone', blankField('phone', 'phone', { vi: 'Số điện thoại', en: 'Telephone' })), ['changed / Người làm chứng / Số điện thoại / required']],
  ]
  for (const [after, expected] of cases) {
    assert.ok(!Array.isArray(after))
    // The same labels stand at several fields: what is told is compared, not in which of two equal moves it is seen.
    const found = short(form, after as FormDefinition)
    assert.deepEqual(found.filter((line) => !line.startsWith('moved')), expected.filter((line) => !line.startsWith('moved')))
    assert.equal(found.length, expected.length, found.join('\n'))
  }
})

test('both sides of a change are shown in words', () => {
  const after = setField(birthRegistration, 'requester', 'phone', { ...phone, condition: { field: 'relation', in: ['mother', 'father'] }, hint: { vi: 'Mười chữ số', en: 'Ten digits' } })
  const changes = diffForms(birthRegistration, after)
  assert.deepEqual(changes.map(({ property, before, after: now }) => [property, before, now]), [['hint', '', 'Mười chữ số\nTen digits'], ['condition', '', 'relation in (mother, father)']])
})
