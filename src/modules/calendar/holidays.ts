import { dayOf, weekdayOf, type Day } from './civil-day.ts'
import { lunarDay, lunarNewYear } from './lunar.ts'

/** Text key (below `calendar.holiday.`) of a public holiday. */
export type HolidayName = 'new_year' | 'tet' | 'hung_kings' | 'reunification' | 'labour' | 'national' | 'culture'
export interface Holiday { day: Day; name: HolidayName }
/** A day off in place of a holiday that fell on a weekly day off (nghỉ bù). */
export interface SubstituteDay extends Holiday { insteadOf: Day }

/** First year of 24 November, the day of Vietnamese culture (Resolution 28/2026/QH16). */
const cultureDaySince = 2026
/** First year of the second day at 2 September (Labour Code 2019, in force 2021). */
const secondNationalDaySince = 2021

/**
 * Public holidays of a year (Labour Code 2019, art. 112): the dates that the law fixes and, for the two choices that
 * are announced each year, the usual one — Tết from the last day of the old lunar year to the 4th of the new one, and
 * beside 2 September the neighbour that joins it to the weekend. What an announcement orders otherwise is an override.
 */
export function statutoryHolidays(year: number): Holiday[] {
  const tet = lunarNewYear(year)
  const national = dayOf(year, 9, 2)
  const holidays: Holiday[] = [
    { day: dayOf(year, 1, 1), name: 'new_year' },
    ...[-1, 0, 1, 2, 3].map((offset): Holiday => ({ day: tet + offset, name: 'tet' })),
    { day: lunarDay(year, 3, 10), name: 'hung_kings' },
    { day: dayOf(year, 4, 30), name: 'reunification' },
    { day: dayOf(year, 5, 1), name: 'labour' },
    { day: national, name: 'national' },
  ]
  if (year >= secondNationalDaySince) holidays.push({ day: national + neighbourOfNationalDay(weekdayOf(national)), name: 'national' })
  if (year >= cultureDaySince) holidays.push({ day: dayOf(year, 11, 24), name: 'culture' })
  return holidays.sort((a, b) => a.day - b.day)
}

/** As announced for 2021 (Thursday), 2022 (Friday), 2023 (Saturday), 2024 (Monday), 2025 (Tuesday), 2026 (Wednesday). */
function neighbourOfNationalDay(weekday: number): 1 | -1 {
  const after = weekday === 0 || weekday === 1 || weekday === 4
  return after ? 1 : -1
}

/** A holiday on a weekly day off is taken on the next day that is neither off nor a holiday (Labour Code, art. 111.3). */
export function substituteDays(holidays: readonly Holiday[], weeklyDaysOff: ReadonlySet<number>): SubstituteDay[] {
  const off = new Set(holidays.map((holiday) => holiday.day))
  const substitutes: SubstituteDay[] = []
  const seen = new Set<Day>()
  for (const { day, name } of holidays) {
    if (seen.has(day) || !weeklyDaysOff.has(weekdayOf(day))) continue
    seen.add(day)
    let next = day + 1
    while (weeklyDaysOff.has(weekdayOf(next)) || off.has(next)) next++
    off.add(next)
    substitutes.push({ day: next, name, insteadOf: day })
  }
  return substitutes
}
