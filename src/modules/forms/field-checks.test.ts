import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Answers } from './answers.ts'
import { compileForm, type Form } from './compile-form.ts'
import type { Field, FormDefinition } from './definition.ts'
import { errorText } from './error-text.ts'
import { testUnits } from './testing-units.ts'
import { validateAnswers } from './validate-answers.ts'

const now = new Date('2026-11-22T03:00:00Z')
const label = { vi: 'Mục thử', en: 'Test field' }

/** A form of the neutral procedure "library card" with one field under test and the facts it may be compared with. */
function formWith(field: Partial<Field> & { type: Field['type'] }): Form {
  const definition = {
    key: 'library-card', version: 1, title: label, placeField: 'place', applicant: { name: 'person', citizenId: 'number' },
    pages: [{
      id: 'p', path: 'the', title: label,
      fields: [
        { id: 'born', type: 'date', label: { vi: 'Ngày sinh', en: 'Date of birth' }, required: false },
        { id: 'sex', type: 'choice', label: { vi: 'Giới tính', en: 'Sex' }, required: false, options: [{ value: 'male', label }, { value: 'female', label }] },
        { id: 'x', label, ...field },
      ],
    }],
  } as unknown as FormDefinition
  return compileForm(definition)
}

type Row = [field: Partial<Field> & { type: Field['type'] }, bad: unknown, rule: string, more?: Answers]
const file = { id: 'a'.repeat(64), name: 'a.pdf', type: 'application/pdf', size: 10 }

const bad: Row[] = [
  [{ type: 'text' }, undefined, 'required'],
  [{ type: 'text' }, '', 'required'],
  [{ type: 'text' }, 12, 'wrongType'],
  [{ type: 'text' }, 'a\u0000b', 'text.characters'],
  [{ type: 'text' }, 'a\ud800b', 'text.characters'],
  [{ type: 'text', maxLength: 3 }, 'bốn!', 'text.tooLong'],
  [{ type: 'text', minLength: 3 }, 'ab', 'text.tooShort'],
  [{ type: 'text', format: 'digits' }, '12a', 'format.digits'],
  [{ type: 'text', format: 'paperNumber' }, '<12>', 'format.paperNumber'],
  [{ type: 'text', format: 'drivingLicence' }, '12345678901', 'format.drivingLicence'],
  [{ type: 'text', format: 'industryCode' }, '471', 'format.industryCode'],
  [{ type: 'text', format: 'businessName' }, 'Bánh mì <An>', 'format.businessNameLetters'],
  [{ type: 'text', format: 'businessName' }, 'CÔNG TY An Phú', 'format.businessNameWord'],
  [{ type: 'long-text' }, ['a'], 'wrongType'],
  [{ type: 'long-text' }, 'dòng\u0007', 'text.characters'],
  [{ type: 'long-text', maxLength: 5 }, 'sáu ký', 'text.tooLong'],
  [{ type: 'person-name' }, 'Nguyễn Văn 2', 'name.characters'],
  [{ type: 'person-name' }, 'A', 'text.tooShort'],
  [{ type: 'person-name' }, '-- --', 'name.characters'],
  [{ type: 'person-name' }, 'Иван Петров', 'name.characters'],
  [{ type: 'person-name' }, 'A'.repeat(101), 'text.tooLong'],
  [{ type: 'date' }, 20261122, 'wrongType'],
  [{ type: 'date' }, '2026-02-29', 'date.invalid'],
  [{ type: 'date' }, '22/11/2026', 'date.invalid'],
  [{ type: 'date' }, { day: '3', month: '', year: '2020' }, 'date.incomplete'],
  [{ type: 'date' }, { day: '31', month: '4', year: '2020' }, 'date.invalid'],
  [{ type: 'date' }, '1899-12-31', 'date.tooEarly'],
  [{ type: 'date', max: { today: {} } }, '2026-11-23', 'date.future'],
  [{ type: 'date', max: { today: { years: 1 } } }, '2027-11-23', 'date.tooLate'],
  [{ type: 'date', min: { date: '2025-07-01' } }, '2025-06-30', 'date.tooEarly'],
  [{ type: 'date', min: { field: 'born' } }, '1999-12-31', 'date.notBeforeField', { born: '2000-01-01' }],
  [{ type: 'date', max: { field: 'born' } }, '2000-01-02', 'date.notAfterField', { born: '2000-01-01' }],
  [{ type: 'date', minAge: 18 }, '2008-11-23', 'date.minAge'],
  [{ type: 'address' }, 'Pleiku', 'wrongType'],
  [{ type: 'address' }, { street: '1 Lê Lợi' }, 'address.province'],
  [{ type: 'address' }, { province: '52', street: '1 Lê Lợi' }, 'address.commune'],
  [{ type: 'address' }, { province: '01', commune: '21583', street: '1 Lê Lợi' }, 'address.commune'],
  [{ type: 'address' }, { commune: '99999', street: '1 Lê Lợi' }, 'address.unknownCommune'],
  [{ type: 'address' }, { commune: '21583' }, 'address.street'],
  [{ type: 'address', street: 'none' }, { commune: '21583', street: '1' }, 'unknown'],
  [{ type: 'address' }, { commune: '21583', street: '1', district: '005' }, 'unknown'],
  [{ type: 'money' }, 'nhiều', 'money.invalid'],
  [{ type: 'money' }, 1.5, 'money.invalid'],
  [{ type: 'money', min: 1000 }, 999, 'money.tooSmall'],
  [{ type: 'money', max: 1000 }, 1001, 'money.tooLarge'],
  [{ type: 'number' }, '3', 'number.invalid'],
  [{ type: 'number', min: 1 }, 0, 'number.tooSmall'],
  [{ type: 'number', max: 20 }, 21, 'number.tooLarge'],
  [{ type: 'citizen-id' }, '05219012345', 'citizenId.digits'],
  [{ type: 'citizen-id' }, '000190123456', 'citizenId.code'],
  [{ type: 'citizen-id', birthDate: 'born' }, '052191123456', 'citizenId.birthYear', { born: '1990-05-05' }],
  [{ type: 'citizen-id', birthDate: 'born' }, '052090123456', 'citizenId.birthYear', { born: '2090-05-05' }],
  [{ type: 'citizen-id', sex: 'sex' }, '052190123456', 'citizenId.sex', { sex: 'male' }],
  [{ type: 'number', decimals: 1 }, 7.25, 'number.decimals'],
  [{ type: 'date', maxAge: 15 }, '2010-11-22', 'date.maxAge'],
  [{ type: 'period' }, '2020', 'wrongType'],
  [{ type: 'period' }, { from: '2020-01-01' }, 'period.incomplete'],
  [{ type: 'period', open: true }, { to: '2020-01-01' }, 'period.incomplete'],
  [{ type: 'period' }, { from: '2020-01-02', to: '2020-01-01' }, 'period.backwards'],
  [{ type: 'period', max: { today: {} } }, { from: '2020-01-02', to: '2026-11-23' }, 'date.future'],
  [{ type: 'period' }, { from: { day: '31', month: '2', year: '2020' }, to: '2020-03-01' }, 'date.invalid'],
  [{ type: 'insurance-number' }, '123', 'insuranceNumber.form'],
  [{ type: 'insurance-number' }, 'DN4520123456789', 'insuranceNumber.form'],
  [{ type: 'calculated', formula: { number: 5 } }, 6, 'calculated.differs'],
  [{ type: 'tax-code' }, '010010910', 'taxCode.form'],
  [{ type: 'tax-code' }, '0100109106-000', 'taxCode.form'],
  [{ type: 'tax-code' }, '0100109107', 'taxCode.checkDigit'],
  [{ type: 'tax-code' }, '052190123456', 'taxCode.form'],
  [{ type: 'phone' }, '0123', 'phone.form'],
  [{ type: 'phone', mobile: true }, '02693824000', 'phone.mobile'],
  [{ type: 'email' }, 'a@b', 'email.form'],
  [{ type: 'email' }, 'a@b.vn\r\nBcc: c@d.vn', 'email.form'],
  [{ type: 'choice', options: [{ value: 'a', label }] }, 'b', 'choice.unknown'],
  [{ type: 'choice', list: 'ethnicities' }, '99', 'choice.unknown'],
  [{ type: 'choice', options: [{ value: 'a', label }] }, undefined, 'required.choice'],
  [{ type: 'declaration' }, undefined, 'required.declaration'],
  [{ type: 'declaration' }, 'yes', 'wrongType'],
  [{ type: 'file', accept: ['pdf'] }, undefined, 'required.file'],
  [{ type: 'file', accept: ['pdf'] }, 'a.pdf', 'wrongType'],
  [{ type: 'file', accept: ['pdf'] }, [{ ...file, id: '../../etc/passwd' }], 'wrongType'],
  [{ type: 'file', accept: ['jpeg'] }, [file], 'file.type'],
  [{ type: 'file', accept: ['pdf'], maxBytes: 1000 }, [{ ...file, size: 1001 }], 'file.tooLarge'],
  [{ type: 'file', accept: ['pdf'] }, [{ ...file, size: 0 }], 'file.empty'],
  [{ type: 'file', accept: ['pdf'] }, [file, file], 'file.tooMany'],
  [{ type: 'group', min: 1, max: 2, itemTitle: label, fields: [{ id: 'y', type: 'text', label }] } as never, undefined, 'required.group'],
  [{ type: 'group', min: 1, max: 2, itemTitle: label, fields: [{ id: 'y', type: 'text', label }] } as never, [{ y: '1' }, { y: '2' }, { y: '3' }], 'group.tooMany'],
  [{ type: 'group', min: 0, max: 2, itemTitle: label, fields: [{ id: 'y', type: 'text', label }] } as never, ['x'], 'wrongType'],
  [{ type: 'group', min: 0, max: 2, itemTitle: label, fields: [{ id: 'y', type: 'text', label }] } as never, [{ y: '1', z: '2' }], 'unknown'],
]

for (const [field, value, rule, more] of bad) {
  test(`${field.type} refuses ${JSON.stringify(value)?.slice(0, 60)} by ${rule}, with a sentence in both languages`, () => {
    const form = formWith(field)
    const errors = validateAnswers(form, { ...more, ...(value !== undefined && { x: value }) }, { now, units: testUnits })
    assert.deepEqual(errors.map((e) => e.key), [`forms.rule.${rule}`])
    for (const lang of ['vi', 'en'] as const) {
      const sentence = errorText(form, errors[0]!, lang)
      assert.match(sentence, /^\p{Lu}.*[.]$/u)
      assert.doesNotMatch(sentence, /[{}]|forms\.rule/)
    }
  })
}

const good: [field: Partial<Field> & { type: Field['type'] }, value: unknown, more?: Answers][] = [
  [{ type: 'person-name' }, "H'Hen Niê"],
  [{ type: 'person-name' }, 'Nguyễn Thị Ánh Nguyệt'],
  [{ type: 'person-name' }, 'Y-Blok Ê-ban'],
  [{ type: 'text', format: 'paperNumber' }, '123/GCS-BVĐK'],
  [{ type: 'date' }, '2024-02-29'],
  [{ type: 'date', max: { today: {} } }, '2026-11-22'],
  [{ type: 'date', minAge: 18 }, '2008-11-22'],
  [{ type: 'address' }, { commune: '21583', street: '1 Lê Lợi' }],
  [{ type: 'address', street: 'none' }, { province: '52', commune: '21583' }],
  [{ type: 'money' }, 0],
  [{ type: 'citizen-id', birthDate: 'born', sex: 'sex' }, '052190123456', { born: '1990-05-05', sex: 'female' }],
  [{ type: 'citizen-id', birthDate: 'born', sex: 'sex' }, '052210123456', { born: '2010-05-05', sex: 'male' }],
  ...['0100109106', '0100107370', '0300588569', '0302099845', '0101248141', '0100109106-001'].map((code) => [{ type: 'tax-code' }, code] as [{ type: 'tax-code' }, string]),
  [{ type: 'tax-code', personal: true }, '052190123456'],
  [{ type: 'number', decimals: 2 }, 72.25],
  [{ type: 'date', maxAge: 15 }, '2010-11-23'],
  [{ type: 'period' }, { from: '2020-01-01', to: '2020-01-01' }],
  [{ type: 'period', open: true }, { from: '2020-01-01' }],
  [{ type: 'insurance-number' }, '5201234567'],
  [{ type: 'calculated', formula: { number: 5 } }, 5],
  [{ type: 'phone' }, '02693824000'],
  [{ type: 'phone', mobile: true }, '0905123456'],
  [{ type: 'email' }, 'nguoi.dan+1@vidu.com.vn'],
  [{ type: 'choice', list: 'countries' }, 'VN'],
]

for (const [field, value, more] of good) {
  test(`${field.type} accepts ${JSON.stringify(value)}`, () => {
    assert.deepEqual(validateAnswers(formWith(field), { ...more, x: value }, { now, units: testUnits }), [])
  })
}

test('the day of a check is that of Vietnam, not of Greenwich', () => {
  const form = formWith({ type: 'date', max: { today: {} } })
  const early = { now: new Date('2026-11-21T16:59:59Z'), units: testUnits }
  const late = { now: new Date('2026-11-21T17:00:00Z'), units: testUnits }
  assert.deepEqual(validateAnswers(form, { x: '2026-11-22' }, early).map((e) => e.key), ['forms.rule.date.future'])
  assert.deepEqual(validateAnswers(form, { x: '2026-11-22' }, late), [])
})
