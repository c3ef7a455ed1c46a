import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { readCardText } from './card-text.ts'
import { readPurpose } from './read-purpose.ts'
import { readQuery } from './read-query.ts'

const seven = '052095000815|230000815|Hoàng Văn Giả Định|19051995|Nam|Số 15, đường Thử Nghiệm, phường Quy Nhơn, tỉnh Gia Lai|20012023'
const card = { idNumber: '052095000815', oldIdNumber: '230000815', fullName: 'Hoàng Văn Giả Định', birthDate: '1995-05-19', sex: 'male', residence: 'Số 15, đường Thử Nghiệm, phường Quy Nhơn, tỉnh Gia Lai', issuedOn: '2023-01-20' }

test('a card of seven fields is read, with or without an old number', () => {
  assert.deepEqual(readCardText(seven), card)
  assert.deepEqual(readCardText(seven.replace('230000815', '')), { ...card, oldIdNumber: undefined })
  assert.deepEqual(readCardText(` \uFEFF${seven}\r\n`.trim()), card)
})

test('what newer cards add is ignored: nine and eleven fields, also empty ones', () => {
  for (const more of ['||', '|Hoàng Văn Cha Mẫu|Lê Thị Mẹ Mẫu', '||||', '|a|b|c|d']) assert.deepEqual(readCardText(seven + more), card, more)
})

test('six fields are enough: without the old number altogether, or without the day of issue', () => {
  assert.deepEqual(readCardText(seven.replace('|230000815', '')), { ...card, oldIdNumber: undefined })
  assert.deepEqual(readCardText(seven.replace(/\|\d{8}$/, '')), { ...card, issuedOn: undefined })
  assert.deepEqual(readCardText(seven.replace('19051995', '19/05/1995').replace('|Nam|', '|nữ|')), { ...card, sex: 'female' })
})

test('a card with a number, name or birth date that is none is not read', () => {
  const bad = [seven.split('|').slice(0, 5).join('|'), seven.replace('052095000815', '05209500081'), seven.replace('19051995', '31021995'), seven.replace('19051995', '1995'), seven.replace('Hoàng Văn Giả Định', '<b>x</b>'), seven.replace('Hoàng Văn Giả Định', ''), '||||||', '|'.repeat(50)]
  for (const text of bad) assert.equal(readCardText(text), undefined, text)
})

test('one field understands number, tax code, card and personal code', () => {
  assert.deepEqual(readQuery('052 095 000 815'), { ok: true, query: { kind: 'id-number', idNumber: '052095000815' } })
  assert.deepEqual(readQuery('0100109106-001'), { ok: true, query: { kind: 'tax-code', taxCode: '0100109106-001' } })
  assert.deepEqual(readQuery(seven), { ok: true, query: { kind: 'card', card } })
  assert.deepEqual(readQuery('MC1:abcdefgh_-12'), { ok: true, query: { kind: 'personal-code', text: 'MC1:abcdefgh_-12' } })
  assert.deepEqual(readQuery('k7mnp-23xyz'), { ok: true, query: { kind: 'personal-code', text: 'k7mnp-23xyz' } })
  for (const [text, reason] of [['  ', 'missing'], ['a|b', 'card'], ['0100109107', 'tax-code'], ['230000815', 'old-id-number'], ['Hoàng Văn', 'unknown'], ['12345', 'unknown']] as const) assert.deepEqual(readQuery(text), { ok: false, reason }, text)
})

test('nothing typed or scanned makes the reader fail', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => void readQuery(text)))
  fc.assert(fc.property(fc.array(fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.constantFrom(...seven.split('|'))), { maxLength: 14 }), (fields) => {
    const read = readCardText(fields.join('|'))
    assert.ok(read === undefined || /^\d{12}$/.test(read.idNumber))
  }))
})

test('a purpose must be given, and a dossier by its code', () => {
  assert.deepEqual(readPurpose('filing', ''), { ok: true, value: { reason: 'filing' } })
  assert.deepEqual(readPurpose('dossier', ' h21.101-261127-0001'), { ok: true, value: { reason: 'dossier', dossierCode: 'H21.101-261127-0001' } })
  for (const [reason, code, field] of [['', '', 'reason'], ['curiosity', '', 'reason'], ['dossier', '', 'dossierCode'], ['dossier', '123', 'dossierCode']] as const) {
    const read = readPurpose(reason, code)
    assert.ok(!read.ok && read.error.field === field, `${reason} ${code}`)
  }
})
