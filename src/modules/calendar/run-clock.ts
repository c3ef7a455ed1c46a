import { formatDateTime } from '../../platform/i18n.ts'
import { workingDayAfter, type Calendar } from './calendar.ts'
import { dayAt, instantOf, msOfDay } from './civil-day.ts'
import { dueAt, type DueOptions, type Limit, type Step } from './due-at.ts'
import { ruleSetAt, ruleSetOf, type RuleSet, type SupplementEffect } from './rule-set.ts'
import { daysLeft, laterOf, shiftForPause } from './shift-for-pause.ts'
import { addWorkingTime, closingOf, splitWorkingTime, workingTimeBetween } from './working-time.ts'

/** What a procedure says of its own about time; kept with the dossier. */
export interface ClockOptions { inDay?: boolean; skipHolidays?: boolean; afterSupplement?: SupplementEffect }

/** What happened to the clock of a dossier after its reception, in order. */
export type ClockChange =
  | { kind: 'stop'; at: Date; reason: 'supplement' | 'payment' }
  | { kind: 'resume'; at: Date }
  /** Put off with an apology, to a date that an officer named. */
  | { kind: 'extension'; at: Date; dueAt: Date; reason: string }
  /** Counted again because the working calendar changed: `dueAt` is the date in force afterwards, never earlier than the one before. */
  | { kind: 'calendar'; at: Date; dueBefore: Date; dueAt: Date; because: Step }

export interface ClockFacts { receivedAt: Date; limit: Limit; options: ClockOptions; ruleSet: string | null; changes: readonly ClockChange[] }

/** `promised`: the date without all later changes, by the calendar of now. `due`: the last moment in time; while the clock stands, as it was at the stop. */
export interface Clock { promised: Date; due: Date; steps: Step[]; ruleSet: RuleSet }

/**
 * The clock of a dossier (thời hạn giải quyết) from the facts alone: what was received when, every stop, extension and change of the calendar.
 * The same facts and the same calendar give the same date, whether they are counted as they happen or years later.
 */
export function runClock(calendar: Calendar, facts: ClockFacts): Clock {
  const ruleSet = ruleSetOf(calendar, facts)
  const first = dueAt(calendar, facts.receivedAt, facts.limit, dueOptions(facts, ruleSet))
  const steps: Step[] = [{ key: 'calendar.step.rules', params: { title: ruleSet.title } }, ...first.steps]
  let due = first.due
  let stop: { at: Date; reason: 'supplement' | 'payment' } | undefined
  for (const change of facts.changes) {
    switch (change.kind) {
      case 'stop':
        stop = change
        steps.push(stopStep(calendar, due, change, facts, ruleSet))
        break
      case 'resume':
        if (stop && ruleSet.rules.stops.includes(stop.reason)) due = afterStop(calendar, facts, ruleSet, { due, stop, at: change.at }, steps)
        stop = undefined
        break
      case 'extension':
        due = laterOf(change.dueAt, landed(calendar, change.dueAt))
        steps.push({ key: 'calendar.step.extended', params: { at: formatDateTime(change.at), due: formatDateTime(due), reason: change.reason } })
        break
      case 'calendar':
        due = laterOf(due, change.dueAt)
        steps.push({ ...change.because, params: { ...change.because.params, at: formatDateTime(change.at) } })
        steps.push(change.dueAt > change.dueBefore
          ? { key: 'calendar.step.recomputed', params: { from: formatDateTime(change.dueBefore), to: formatDateTime(change.dueAt) } }
          : { key: 'calendar.step.kept', params: { due: formatDateTime(change.dueAt) } })
    }
  }
  if (facts.changes.length > 0 && !stop) steps.push({ key: 'calendar.step.now_due', params: { at: formatDateTime(due) } })
  return { promised: first.due, due, steps, ruleSet }
}

const dueOptions = ({ options }: ClockFacts, { rules }: RuleSet): DueOptions => ({ inDay: options.inDay ?? false, skipHolidays: options.skipHolidays ?? false, inDayCutoff: rules.inDayCutoff })

/** A date that an officer named, moved off a day that became a day off later. */
function landed(calendar: Calendar, due: Date): Date {
  const day = dayAt(due)
  const landing = workingDayAfter(calendar, day, 0)
  return landing === day ? due : closingOf(calendar, landing)
}

const countsOfficeTime = (limit: Limit): boolean => limit.unit === 'hour' || limit.unit === 'working-day'

function stopStep(calendar: Calendar, due: Date, { at, reason }: { at: Date; reason: string }, facts: ClockFacts, { rules }: RuleSet): Step {
  const moment = formatDateTime(at)
  if (!rules.stops.some((r) => r === reason)) return { key: 'calendar.step.goes_on', params: { at: moment } }
  if (due <= at) return { key: 'calendar.step.stopped_late', params: { at: moment, due: formatDateTime(due) } }
  const key = `calendar.step.stopped_${reason}_${countsOfficeTime(facts.limit) ? 'hours' : 'days'}`
  return { key, params: { at: moment, ...(countsOfficeTime(facts.limit) ? { ...splitWorkingTime(workingTimeBetween(calendar, at, due)) } : { count: daysLeft(due, at) }) } }
}

interface Stopped { due: Date; stop: { at: Date; reason: 'supplement' | 'payment' }; at: Date }

/** The due moment when the clock goes on at `at`. What was late when the clock stopped stays late, whatever the rule. */
function afterStop(calendar: Calendar, facts: ClockFacts, ruleSet: RuleSet, { due, stop, at }: Stopped, steps: Step[]): Date {
  if (due <= stop.at || at <= stop.at) return due
  const effect = stop.reason === 'supplement' ? (facts.options.afterSupplement ?? ruleSet.rules.afterSupplement) : 'resume'
  steps.push({ key: `calendar.step.resumed_${effect}`, params: { at: formatDateTime(at) } })
  switch (effect) {
    case 'resume': return shiftForPause(calendar, due, stop.at, at, facts.limit)
    case 'anew': {
      const anew = dueAt(calendar, at, facts.limit, dueOptions(facts, ruleSet))
      steps.push(...anew.steps.slice(1, -1))
      return laterOf(due, anew.due)
    }
    case 'province': return laterOf(due, byProvinceFormula(calendar, { due, stop, at }, ruleSet))
  }
}

/** The old date, later by the calendar days that passed less one, and then one working day of office time. */
function byProvinceFormula(calendar: Calendar, { due, stop, at }: Stopped, { rules }: RuleSet): Date {
  const passed = dayAt(at) - dayAt(stop.at)
  const from = instantOf(dayAt(due) + passed - 1, msOfDay(due))
  return addWorkingTime(calendar, from, rules.workingDayHours * 3_600_000)
}

/** Until when an online filing must have its first answer (Decree 45/2020: eight working hours). */
export function reactionDueAt(calendar: Calendar, submittedAt: Date): Date {
  return dueAt(calendar, submittedAt, { value: ruleSetAt(calendar, submittedAt).rules.firstReactionHours, unit: 'hour' }).due
}
