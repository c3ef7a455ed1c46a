import { dayOf, yearOf, type Day } from './civil-day.ts'

/**
 * The Vietnamese lunisolar calendar (âm lịch), computed: a month begins on the local day of the new moon, the 11th
 * month holds the winter solstice, and in a year of thirteen months the first one without a major solar term is the
 * leap month. Astronomy after J. Meeus, "Astronomical Algorithms", cut to the terms that matter for a civil day, in
 * the arrangement described by Hồ Ngọc Đức; the meridian is 105° E (UTC+7).
 */

const synodicMonth = 29.530588853
/** Julian day number of 1970-01-01. */
const epochJulian = 2440588
/** Julian day of the new moon with index 0, 1 January 1900. */
const firstNewMoon = 2415021
const zone = 7 / 24

const sin = (degrees: number): number => Math.sin((degrees * Math.PI) / 180)

/** Julian day (with fraction, universal time) of the k-th new moon since January 1900. */
function newMoonJulian(k: number): number {
  const t = k / 1236.85
  const t2 = t * t
  const t3 = t2 * t
  const mean = 2415020.75933 + 29.53058868 * k + 0.0001178 * t2 - 0.000000155 * t3 + 0.00033 * sin(166.56 + 132.87 * t - 0.009173 * t2)
  const sun = 359.2242 + 29.10535608 * k - 0.0000333 * t2 - 0.00000347 * t3
  const moon = 306.0253 + 385.81691806 * k + 0.0107306 * t2 + 0.00001236 * t3
  const node = 21.2964 + 390.67050646 * k - 0.0016528 * t2 - 0.00000239 * t3
  const terms: [number, number][] = [
    [0.1734 - 0.000393 * t, sun], [0.0021, 2 * sun], [-0.4068, moon], [0.0161, 2 * moon], [-0.0004, 3 * moon], [0.0104, 2 * node],
    [-0.0051, sun + moon], [-0.0074, sun - moon], [0.0004, 2 * node + sun], [-0.0004, 2 * node - sun], [-0.0006, 2 * node + moon],
    [0.001, 2 * node - moon], [0.0005, 2 * moon + sun],
  ]
  const correction = terms.reduce((sum, [size, angle]) => sum + size * sin(angle), 0)
  const clockDrift = -0.000278 + 0.000265 * t + 0.000262 * t2
  return mean + correction - clockDrift
}

/** The local civil day on which the k-th lunar month begins. */
function monthStart(k: number): Day {
  return Math.floor(newMoonJulian(k) + 0.5 + zone) - epochJulian
}

/** Which twelfth of the sun's way (0 from the spring equinox … 9 from the winter solstice) the local day begins in. */
function solarTerm(day: Day): number {
  const t = (day + epochJulian - 0.5 - zone - 2451545) / 36525
  const t2 = t * t
  const anomaly = 357.5291 + 35999.0503 * t - 0.0001559 * t2 - 0.00000048 * t * t2
  const centre = (1.9146 - 0.004817 * t - 0.000014 * t2) * sin(anomaly) + (0.019993 - 0.000101 * t) * sin(2 * anomaly) + 0.00029 * sin(3 * anomaly)
  const longitude = 280.46645 + 36000.76983 * t + 0.0003032 * t2 + centre
  return Math.floor((((longitude % 360) + 360) % 360) / 30)
}

/** Index of the new moon that begins the 11th lunar month of a civil year. */
function eleventhMonth(year: number): number {
  const k = Math.floor((dayOf(year, 12, 31) + epochJulian - firstNewMoon) / synodicMonth)
  return solarTerm(monthStart(k)) >= 9 ? k - 1 : k
}

/** How many months after the 11th the leap month comes: the first whose end finds the sun in the same twelfth as its start. */
function leapOffset(k: number): number {
  for (let i = 1; i < 13; i++) if (solarTerm(monthStart(k + i)) === solarTerm(monthStart(k + i + 1))) return i
  throw new RangeError('a lunar year of thirteen months without a leap month')
}

/**
 * The civil day of a date in the lunar calendar (the ordinary month, not the leap one of the same number).
 * Right for 1900–2199; a day near midnight new moons beyond that may differ.
 */
export function lunarDay(year: number, month: number, date: number): Day {
  const from = month < 11 ? eleventhMonth(year - 1) : eleventhMonth(year)
  const next = month < 11 ? eleventhMonth(year) : eleventhMonth(year + 1)
  let offset = (month + 1) % 12
  if (next - from > 12 && offset >= leapOffset(from)) offset += 1
  return monthStart(from + offset) + date - 1
}

/** First day of the lunar year (mùng 1 Tết) that falls in a civil year. */
export function lunarNewYear(year: number): Day {
  const day = lunarDay(year, 1, 1)
  if (yearOf(day) !== year) throw new RangeError(`lunar new year of ${year} not found`)
  return day
}
