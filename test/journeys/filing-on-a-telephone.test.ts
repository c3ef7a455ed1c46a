import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { findCitizen } from '../../src/stand-ins/demo-people.ts'
import { look, open, visitor } from './support/browser.ts'
import { beginFiling, submitTwice } from './support/citizen.ts'
import { country } from './support/country.ts'
import { answerForm, caseOf, type ProcedureCode } from './support/filing.ts'

/** Each filed by somebody of his own (not by those who are to be unknown in the journeys of certificates) at the national portal, on a telephone, without scripts; the language changes from one to the next. */
const filings: readonly [procedure: ProcedureCode, citizen: string, seed: number][] = [
  ['1.001193', '052090000011', 11], ['1.004222', '064192000012', 12], ['1.000894', '052095000015', 15],
  ['1.004194', '064085000013', 13], ['2.000815', '064079000019', 19], ['1.000656', '052168000016', 16], ['1.004873', '064188000014', 14],
  ['1.002759', '064183000020', 20], ['1.013225', '052141000021', 21], ['2.001610', '001080000022', 22],
]

describe('filing on a telephone without scripts', { concurrency: 2 }, () => {
  filings.forEach(([procedure, idNumber, seed], i) => {
    const lang = i % 2 === 0 ? 'vi' : 'en'
    test(`${procedure} is filed page by page, in ${lang}, and nothing lies beyond the edge`, async (t) => {
      const place = await country()
      const citizen = findCitizen(idNumber)!
      const who = await visitor(t, { lang, scripts: false, width: 390 })
      await open(who, place.at('national', `/nop-ho-so/${procedure}`))
      await beginFiling(who, place, 'national', procedure, citizen)
      const answered = await answerForm(who, caseOf(procedure, citizen, '23575', seed))
      assert.ok(answered.length >= 4, answered.map((p) => p.id).join())
      const width = await who.page.locator('body').evaluate((body) => body.scrollWidth)
      assert.ok(width <= 390, `${width} px`)
      await look(who)
      const { reference } = await submitTwice(who)
      assert.match(reference, /^MC-/)
    })
  })
})
