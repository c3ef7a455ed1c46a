import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { birthPlaceOf, idNumberAgrees, idNumberContradicts, isInsuranceNumber, provinceBirthCodes, readIdNumber, readInsuranceNumber, readOldIdNumber } from './index.ts'

test('century, sex and year agree with the person over all ten signs and all hundred years', () => {
  for (let sign = 0; sign <= 9; sign++) {
    for (let year = 0; year <= 99; year++) {
      const id = `052${sign}${String(year).padStart(2, '0')}000001`
      const born = 1900 + Math.floor(sign / 2) * 100 + year
      const [sex, other] = sign % 2 === 0 ? (['male', 'female'] as const) : (['female', 'male'] as const)
      const birthDate = `${born}-06-15`
      assert.ok(idNumberAgrees(id, { birthDate }))
      assert.ok(idNumberAgrees(id, { birthDate, sex }))
      assert.deepEqual(idNumberContradicts(id, { birthDate, sex: other }), ['sex'])
      assert.deepEqual(idNumberContradicts(id, { birthDate: `${born + 1}-06-15`, sex }), ['birth-year'])
      assert.deepEqual(idNumberContradicts(id, { birthDate: `${born + 100}-06-15`, sex: other }), ['birth-year', 'sex'])
    }
  }
})

test('no number is refused for its last six digits: there is no check digit', () => {
  fc.assert(fc.property(fc.constantFrom(...provinceBirthCodes), fc.nat(9), fc.nat(99), fc.stringMatching(/^[0-9]{6}$/), (place, sign, year, rest) => {
    const id = `${place}${sign}${String(year).padStart(2, '0')}${rest}`
    const read = readIdNumber(id)!
    assert.equal(read.idNumber, id)
    assert.ok(idNumberAgrees(id, { birthDate: `${read.birthYear}-01-01`, sex: read.sex }))
  }))
})

test('the place is one of the 63 provinces, a country, or not known, which refuses nobody', () => {
  assert.equal(provinceBirthCodes.length, 63)
  assert.equal(birthPlaceOf('001')?.kind, 'province')
  assert.equal(birthPlaceOf('096')?.kind, 'province')
  for (const gap of ['000', '003', '005', '097', '100']) assert.equal(birthPlaceOf(gap), undefined, gap)
  assert.equal(birthPlaceOf('101')?.kind, 'abroad')
  assert.equal(readIdNumber('003090000001')?.birthPlace, undefined)
  assert.ok(idNumberAgrees('003090000001', { birthDate: '1990-01-01' }))
})

test('groups are forgiven, other lengths and signs are not', () => {
  assert.equal(readIdNumber(' 052 090.000 011 ')?.idNumber, '052090000011')
  for (const typed of ['', '05209000001', '0520900000111', '05209000001a', '０５２０９００００011']) assert.equal(readIdNumber(typed), undefined, typed)
  assert.ok(!idNumberAgrees('123', { birthDate: '1990-01-01' }))
  assert.equal(readOldIdNumber('230 123 456'), '230123456')
  assert.equal(readOldIdNumber('052090000011'), undefined)
})

test('an insurance number is read from the book, from the new and the old card, and as an id number', () => {
  assert.deepEqual(readInsuranceNumber('6421 000 011'), { kind: 'number', insuranceNumber: '6421000011' })
  assert.deepEqual(readInsuranceNumber('dn 4 64 64210 00011'), { kind: 'old-card', insuranceNumber: '6421000011', card: 'DN4646421000011', group: 'DN', benefit: 4, province: '64' })
  assert.deepEqual(readInsuranceNumber('052090000011'), { kind: 'id-number', idNumber: '052090000011' })
  for (const typed of ['', '642100001', 'D4646421000011', 'DN9646421000011', 'DN46464210000111']) assert.ok(!isInsuranceNumber(typed), typed)
})

test('nothing typed makes a reader fail', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (typed) => {
    readIdNumber(typed)
    readOldIdNumber(typed)
    readInsuranceNumber(typed)
  }))
})
