import { assertPlanted, loadWithFault, type Mutant } from './planted-fault.ts'
import type { Program } from './program-dates.ts'

export const mutants: readonly Mutant[] = [
  { name: 'off by one working day', file: 'due-at.ts', text: 'workingDayAfter(calendar, day, count)', instead: 'workingDayAfter(calendar, day, count + 1)' },
  { name: 'off by one calendar day', file: 'due-at.ts', text: 'dayAt(start) + limit.value', instead: 'dayAt(start) + limit.value - 1' },
  { name: 'the day of reception counts although some of it is gone', file: 'due-at.ts', text: 'if (worked === 0)', instead: 'if (worked >= 0)' },
  { name: 'wrong cut-off', file: 'due-at.ts', text: '* 60_000\n  if (opts.inDay', instead: '* 60_000 + 3_600_000\n  if (opts.inDay' },
  { name: 'cut-off taken as the last minute before', file: 'due-at.ts', text: 'msOfDay(receivedAt) > cutoff', instead: 'msOfDay(receivedAt) >= cutoff' },
  { name: 'lunch ignored', file: 'calendar.ts', text: 'day < hours.to)!.sessions', instead: 'day < hours.to)!.sessions.map((s, _, all) => ({ start: all[0]!.start, end: all.at(-1)!.end })).slice(0, 1)' },
  { name: 'pause not subtracted', file: 'shift-for-pause.ts', text: 'if (due <= pausedFrom || pausedTo <= pausedFrom) return due', instead: 'if (due) return due' },
  { name: 'a late dossier is rescued by a pause', file: 'run-clock.ts', text: 'if (due <= stop.at || at <= stop.at) return due', instead: 'if (at <= stop.at) return due' },
  { name: 'no landing on a working day', file: 'due-at.ts', text: 'const landing = workingDayAfter(calendar, day, 0)', instead: 'let landing = day; if (dayOff(calendar, day)?.kind !== "weekend") landing = workingDayAfter(calendar, day, 0); else while (dayOff(calendar, landing)) landing--' },
  { name: 'public holidays counted where they must not be', file: 'due-at.ts', text: "if (off && off.kind !== 'weekend') tellDayOff", instead: "if (off && off.kind === 'override') tellDayOff" },
  { name: 'the 31st of a month spills over', file: 'civil-day.ts', text: 'Math.min(dayOf(year, month, from.getUTCDate()), lastOfMonth)', instead: '(lastOfMonth, dayOf(year, month, from.getUTCDate()))' },
  { name: 'make-up days not worked', file: 'calendar.ts', text: "if (override) return override.kind === 'off'", instead: "if (override?.kind === 'off') return override.kind === 'off'" },
  { name: 'a promised date made earlier by a changed calendar', file: 'run-clock.ts', text: 'due = laterOf(due, change.dueAt)', instead: 'due = due' },
  { name: 'a fee that is asked for starts the time anew', file: 'run-clock.ts', text: "stop.reason === 'supplement' ? ", instead: "stop.reason ? " },
  { name: 'new hours hold a day late', file: 'calendar.ts', text: 'hours.from <= day &&', instead: 'hours.from < day &&' },
]

/** The program as it is, or with the fault of that number. */
export async function loadProgram(mutant?: number): Promise<Program> {
  type Clocks = typeof import('../../../src/modules/calendar/run-clock.ts')
  type Calendars = typeof import('../../../src/modules/calendar/calendar.ts')
  type Times = typeof import('../../../src/modules/calendar/working-time.ts')
  type Days = typeof import('../../../src/modules/calendar/civil-day.ts')
  const load = (file: string): Promise<unknown> => loadWithFault('calendar', `${file}.ts`, mutant === undefined ? undefined : mutants[mutant])
  const { runClock } = await load('run-clock') as Clocks
  const { createCalendar, workingDayAfter } = await load('calendar') as Calendars
  const { closingOf } = await load('working-time') as Times
  const { dayAt } = await load('civil-day') as Days
  if (mutant !== undefined) assertPlanted(mutants[mutant]!)
  // The n-th working day after the given day, whether that one is worked or not.
  const closingAfter: Program['closingAfter'] = (calendar, from, days) => closingOf(calendar, workingDayAfter(calendar, workingDayAfter(calendar, dayAt(from) + 1, 0), days - 1))
  return { createCalendar, runClock, closingAfter }
}
