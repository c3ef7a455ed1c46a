import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demoOrganisation } from './demo-organisations.ts'
import { demoCitizens, demoLicences, demoNewborn, demoOfficers, findCitizen } from './demo-people.ts'

test('every id number fits its holder: twelve digits, century and sex, year of birth', () => {
  for (const { idNumber, sex, birthDate } of demoCitizens) {
    assert.match(idNumber, /^\d{12}$/)
    const year = Number(birthDate.slice(0, 4))
    assert.equal(Number(idNumber[3]), (year >= 2000 ? 2 : 0) + (sex === 'female' ? 1 : 0), idNumber)
    assert.equal(idNumber.slice(4, 6), birthDate.slice(2, 4), idNumber)
  }
})

test('id numbers, insurance numbers, phones, log-ins and code secrets are each used once', () => {
  for (const values of [demoCitizens.map((c) => c.idNumber), demoCitizens.map((c) => c.socialInsurance), demoCitizens.map((c) => c.phone), demoOfficers.map((o) => o.login), demoOfficers.map((o) => o.totpSecret)]) assert.equal(new Set(values).size, values.length)
})

test('spouses name each other, licences and parents are known people', () => {
  for (const person of demoCitizens.filter((c) => c.spouseIdNumber)) assert.equal(findCitizen(person.spouseIdNumber!)?.spouseIdNumber, person.idNumber)
  for (const idNumber of demoCitizens.flatMap((c) => [c.fatherIdNumber, c.motherIdNumber].filter((parent) => parent !== undefined))) assert.ok(findCitizen(idNumber), idNumber)
  for (const idNumber of [...demoLicences.map((l) => l.idNumber), demoNewborn.motherIdNumber, demoNewborn.fatherIdNumber]) assert.ok(findCitizen(idNumber), idNumber)
})

test('social-insurance numbers have ten digits; the tax code of the invented company has a right check digit and a known representative', () => {
  for (const { socialInsurance } of demoCitizens) assert.match(socialInsurance, /^\d{10}$/)
  const digits = [...demoOrganisation.taxCode].map(Number)
  const sum = [31, 29, 23, 19, 17, 13, 7, 5, 3].reduce((total, weight, i) => total + weight * digits[i]!, 0)
  assert.equal(10 - (sum % 11), digits[9])
  assert.ok(findCitizen(demoOrganisation.representativeIdNumber))
})
