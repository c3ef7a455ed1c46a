import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { formatDay, parseDay, weekdayOf, yearOf } from './civil-day.ts'
import { statutoryHolidays, substituteDays } from './holidays.ts'
import { lunarDay } from './lunar.ts'

// Last day of the old lunar year (first day of Tết) and 10th of the 3rd lunar month, as the lunar calendar gives them.
const lunar: [year: number, tetBegins: string, hungKings: string][] = [
  [2020, '01-24', '04-02'], [2021, '02-11', '04-21'], [2022, '01-31', '04-10'], [2023, '01-21', '04-29'], [2024, '02-09', '04-18'], [2025, '01-28', '04-07'],
  [2026, '02-16', '04-26'], [2027, '02-05', '04-16'], [2028, '01-25', '04-04'], [2029, '02-12', '04-23'], [2030, '02-01', '04-12'],
]
const named = (year: number, name: string) => statutoryHolidays(year).filter((h) => h.name === name).map((h) => formatDay(h.day).slice(5))
const lieu = (year: number) => substituteDays(statutoryHolidays(year), new Set([0, 6])).map((s) => formatDay(s.day).slice(5))

describe('statutory holidays', () => {
  for (const [year, tet, hungKings] of lunar) {
    it(`puts the five days of Tết ${year} from ${tet} and the Hùng Kings' day on ${hungKings}`, () => {
      const days = named(year, 'tet')
      assert.equal(days.length, 5)
      assert.equal(days[0], tet)
      assert.deepEqual(named(year, 'hung_kings'), [hungKings])
    })
  }

  it('follows Vietnam where its lunar calendar differs from the Chinese one', () => {
    assert.equal(formatDay(lunarDay(1985, 1, 1)), '1985-01-21')
    assert.equal(formatDay(lunarDay(2007, 1, 1)), '2007-02-17')
    assert.equal(formatDay(lunarDay(2030, 1, 1)), '2030-02-02')
  })

  it('passes over the leap month: the mid-autumn day of 2020, 2023 and 2025', () => {
    assert.equal(formatDay(lunarDay(2020, 8, 15)), '2020-10-01')
    assert.equal(formatDay(lunarDay(2023, 8, 15)), '2023-09-29')
    assert.equal(formatDay(lunarDay(2025, 8, 15)), '2025-10-06')
  })

  it('gives the second National Day as it was announced for 2021 to 2026', () => {
    assert.deepEqual([2021, 2022, 2023, 2024, 2025, 2026].map((year) => named(year, 'national').find((d) => d !== '09-02')), ['09-03', '09-01', '09-01', '09-03', '09-01', '09-01'])
    assert.deepEqual(named(2020, 'national'), ['09-02'])
  })

  it('has the culture day from 2026 only, and keeps every holiday of a year within that year', () => {
    assert.deepEqual(named(2025, 'culture'), [])
    assert.deepEqual(named(2026, 'culture'), ['11-24'])
    for (let year = 1990; year <= 2100; year++) assert.ok(statutoryHolidays(year).every((h) => yearOf(h.day) === year), String(year))
  })
})

describe('days off in lieu', () => {
  it('come after a weekend holiday, one working day each, past other holidays', () => {
    assert.deepEqual(lieu(2023), ['01-02', '01-26', '01-27', '05-02', '05-03', '09-04'])
    assert.deepEqual(lieu(2022), ['01-03', '04-11', '05-03', '05-02'].sort())
  })

  it('fall on no weekend and on no holiday in any year', () => {
    for (let year = 2021; year <= 2060; year++) {
      const holidays = new Set(statutoryHolidays(year).map((h) => h.day))
      for (const date of lieu(year)) {
        const day = parseDay(`${year}-${date}`)
        assert.ok(!holidays.has(day) && weekdayOf(day) % 6 !== 0, `${year}-${date}`)
      }
    }
  })
})
