import { seededRandom, type Random } from '../../crash/support/random.ts'

/** A life of a dossier's clock in plain numbers: days and minutes since 1 January 2025, Vietnam time. Nothing of the program is in it. */
export interface ClockCase {
  calendar: PlainCalendar
  received: number
  limit: { value: number; unit: 'hour' | 'day' | 'working-day' | 'month' }
  inDay: boolean
  /** Minutes after midnight. */
  cutoff: number
  skipHolidays: boolean
  effect: 'resume' | 'anew' | 'province'
  events: PlainEvent[]
}
/** `hours`: from that day on. The last row that holds counts. */
export interface PlainCalendar { decided: Record<number, 'off' | 'working'>; hours: { from: number; sessions: [number, number][] }[] }
export type PlainEvent =
  | { kind: 'stop'; at: number; reason: 'supplement' | 'payment' }
  | { kind: 'resume'; at: number }
  | { kind: 'extension'; at: number; workingDaysMore: number }
  | { kind: 'calendar'; at: number; calendar: PlainCalendar }

const day = 1440
const usual: [number, number][] = [[420, 690], [810, 1020]]
const otherHours: [number, number][][] = [usual, [[450, 690], [780, 1020]], [[480, 720], [810, 1050]], [[420, 660], [780, 990]], [[480, 1020]], [[420, 600], [630, 690], [810, 1020]]]

/** The case of a seed, always the same. */
export function clockCase(seed: number): ClockCase {
  const r = seededRandom(seed)
  const one = <T>(list: readonly T[]): T => list[r.below(list.length)]!
  const calendar: PlainCalendar = { decided: decisions(r, r.below(5)), hours: [{ from: 0, sessions: r.chance(0.6) ? usual : one(otherHours) }] }
  if (r.chance(0.2)) calendar.hours.push({ from: 60 + r.below(800), sessions: one(otherHours) })
  const unit = one(['hour', 'day', 'working-day', 'working-day', 'month'] as const)
  const value = unit === 'hour' ? 1 + r.below(40) : unit === 'month' ? 1 + r.below(3) : 1 + r.below(30)
  const inDay = r.chance(0.15)
  const cutoff = r.chance(0.8) ? 900 : 840
  const edges = [0, 419, 420, 690, 700, 809, 810, 1019, 1020, 1439]
  const minute = inDay && r.chance(0.3) ? cutoff - 1 + r.below(3) : r.chance(0.15) ? one(edges) : r.chance(0.75) ? 400 + r.below(640) : r.below(day)
  const received = r.below(820) * day + minute
  return { calendar, received, limit: { value, unit }, inDay, cutoff, skipHolidays: r.chance(0.3), effect: one(['resume', 'resume', 'anew', 'province'] as const), events: events(r, received, calendar) }
}

function decisions(r: Random, count: number, near?: number): Record<number, 'off' | 'working'> {
  return Object.fromEntries(Array.from({ length: count }, () => [near === undefined ? r.below(1000) : near + r.below(40), r.chance(0.7) ? 'off' as const : 'working' as const]))
}

/** A later decision about the same first day takes the place of the earlier one. */
const withRow = (hours: PlainCalendar['hours'], row: PlainCalendar['hours'][number]): PlainCalendar['hours'] => [...hours.filter((h) => h.from !== row.from), row]

function events(r: Random, received: number, calendar: PlainCalendar): PlainEvent[] {
  const list: PlainEvent[] = []
  let at = received
  let extended = false
  let standing = calendar
  let stopped = false
  for (let left = r.chance(0.25) ? 0 : 1 + r.below(5); left > 0; left--) {
    at += 1 + r.below(r.chance(0.5) ? 2 * day : 12 * day)
    if (stopped && r.chance(0.8)) {
      list.push({ kind: 'resume', at })
      stopped = false
    } else if (r.chance(0.3)) {
      standing = { decided: { ...standing.decided, ...decisions(r, 1 + r.below(3), Math.floor(at / day) - 3) }, hours: r.chance(0.25) ? withRow(standing.hours, { from: Math.floor(at / day) + r.below(10), sessions: otherHours[r.below(otherHours.length)]! }) : standing.hours }
      list.push({ kind: 'calendar', at, calendar: standing })
    } else if (!stopped && !extended && r.chance(0.25)) {
      list.push({ kind: 'extension', at, workingDaysMore: 1 + r.below(10) })
      extended = true
    } else if (!stopped) {
      list.push({ kind: 'stop', at, reason: r.chance(0.75) ? 'supplement' : 'payment' })
      stopped = true
    }
  }
  return list
}
