import type { Calendar, CalendarData, OfficeHours, Override } from '../../../src/modules/calendar/calendar.ts'
import type { Clock, ClockChange, ClockFacts } from '../../../src/modules/calendar/run-clock.ts'
import { defaultRuleSet } from '../../../src/modules/calendar/rule-set.ts'
import type { ClockCase, PlainCalendar } from './clock-case.ts'

/** What is tried: the program, or a copy of it with a fault put in. */
export interface Program {
  createCalendar(data: CalendarData): Calendar
  runClock(calendar: Calendar, facts: ClockFacts): Clock
  closingAfter(calendar: Calendar, from: Date, workingDays: number): Date
}

const epoch = Date.parse('2025-01-01T00:00:00+07:00')
const at = (minute: number): Date => new Date(epoch + minute * 60_000)
const minuteOf = (date: Date): number => (date.getTime() - epoch) / 60_000
const dateOf = (day: number): string => new Date(Date.UTC(2025, 0, 1 + day)).toISOString().slice(0, 10)

function dataOf(plain: PlainCalendar, cutoff: number): CalendarData {
  return {
    overrides: Object.entries(plain.decided).map(([day, kind]): Override => ({ date: dateOf(Number(day)), kind, reason: 'x', source: 'x' })),
    officeHours: plain.hours.map((h): OfficeHours => ({ validFrom: dateOf(h.from), sessions: h.sessions.map(([start, end]) => ({ start, end })) })),
    ruleSets: [{ ...defaultRuleSet, rules: { ...defaultRuleSet.rules, inDayCutoff: cutoff } }],
  }
}

/** The dates as the acts of dossiers reckon them: at the reception and after every event. */
export function programDates(program: Program, c: ClockCase): number[] {
  let calendar = program.createCalendar(dataOf(c.calendar, c.cutoff))
  const changes: ClockChange[] = []
  const facts: ClockFacts = { receivedAt: at(c.received), limit: c.limit, options: { inDay: c.inDay, skipHolidays: c.skipHolidays, afterSupplement: c.effect }, ruleSet: 'default', changes }
  let due = program.runClock(calendar, facts).due
  const dates = [minuteOf(due)]
  for (const e of c.events) {
    if (e.kind === 'calendar') {
      calendar = program.createCalendar(dataOf(e.calendar, c.cutoff))
      const counted = program.runClock(calendar, facts).due
      changes.push({ kind: 'calendar', at: at(e.at), dueBefore: due, dueAt: counted > due ? counted : due, because: { key: 'calendar.step.changed_unknown', params: {} } })
    } else if (e.kind === 'extension') changes.push({ kind: 'extension', at: at(e.at), dueAt: program.closingAfter(calendar, due > at(e.at) ? due : at(e.at), e.workingDaysMore), reason: '' })
    else if (e.kind === 'stop') changes.push({ kind: 'stop', at: at(e.at), reason: e.reason })
    else changes.push({ kind: 'resume', at: at(e.at) })
    due = program.runClock(calendar, facts).due
    dates.push(minuteOf(due))
  }
  return dates
}

export interface Difference { seed: number; case: ClockCase; oracle: number[]; program: number[] }

export const inWords = (d: Difference): string =>
  `seed ${d.seed}: ${JSON.stringify(d.case)}\n  oracle  ${d.oracle.map((m) => at(m).toISOString()).join(' ')}\n  program ${d.program.map((m) => at(m).toISOString()).join(' ')}`
