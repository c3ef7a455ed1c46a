import type { LedgerEvent } from '../../../platform/ledger-event.ts'
import { workingTimeBetween, type Calendar } from '../../calendar/index.ts'

/** Where time goes: nobody has taken the step; somebody has; the clock of the dossier stands. */
export const phases = ['waiting', 'working', 'stopped'] as const
export type Phase = (typeof phases)[number]
/** Seconds in each. */
export type Spent = Record<Phase, number>

/** How long a step has waited, been worked on and been stopped until `since`; in office time and on the wall clock. */
export interface StepTime {
  taskId: string
  since: Date
  /** An officer has taken it. */
  isHeld: boolean
  isStopped: boolean
  ended: 'done' | 'cancelled' | null
  office: Spent
  wall: Spent
}

/** The events that move a step from one phase to another. */
export const timeEvents: readonly string[] = ['process.task_created', 'process.task_assigned', 'process.task_completed', 'process.task_cancelled', 'process.paused', 'process.resumed', 'process.cancelled', 'process.version_changed']

export function beginStep(taskId: string, at: Date): StepTime {
  const none = (): Spent => ({ waiting: 0, working: 0, stopped: 0 })
  return { taskId, since: at, isHeld: false, isStopped: false, ended: null, office: none(), wall: none() }
}

export const phaseOf = ({ isStopped, isHeld }: StepTime): Phase => (isStopped ? 'stopped' : isHeld ? 'working' : 'waiting')

/** The same step with its time counted until `at`. A moment before the last one adds nothing: machines set their clocks. */
export function countUntil(step: StepTime, calendar: Calendar, at: Date): StepTime {
  if (step.ended !== null || at <= step.since) return step
  const phase = phaseOf(step)
  const add = (spent: Spent, ms: number): Spent => ({ ...spent, [phase]: spent[phase] + Math.round(ms / 1000) })
  return { ...step, since: at, office: add(step.office, workingTimeBetween(calendar, step.since, at)), wall: add(step.wall, at.getTime() - step.since.getTime()) }
}

/** What an event about a step, or about the process that it belongs to, makes of it. */
export function afterEvent(step: StepTime, calendar: Calendar, { type, at, data }: Pick<LedgerEvent, 'type' | 'at' | 'data'>): StepTime {
  if (step.ended !== null) return step
  const counted = countUntil(step, calendar, at)
  switch (type) {
    case 'process.task_assigned': return { ...counted, isHeld: data.assignee !== null }
    case 'process.task_completed': return { ...counted, ended: 'done' }
    case 'process.task_cancelled': case 'process.cancelled': return { ...counted, ended: 'cancelled' }
    case 'process.paused': return { ...counted, isStopped: true }
    case 'process.resumed': return { ...counted, isStopped: false }
    default: return step
  }
}

export const sumOf = (spent: Spent): number => spent.waiting + spent.working + spent.stopped
export const busy = (spent: Spent): number => spent.waiting + spent.working

/** The class of a length: ten for each doubling of its minutes, so that what is read from them is at most 4 % and three seconds away. */
export const bucketOf = (seconds: number): number => Math.round(10 * Math.log2(1 + Math.max(0, seconds) / 60))
/** The length that a class stands for, in seconds. */
export const lengthOf = (bucket: number): number => (2 ** (bucket / 10) - 1) * 60

/** The length below which a share of the counted ones lies, in seconds; undefined where none is counted. */
export function quantile(counts: ReadonlyMap<number, number>, share: number): number | undefined {
  const all = [...counts.values()].reduce((sum, n) => sum + n, 0)
  let passed = 0
  for (const [bucket, n] of [...counts].sort(([a], [b]) => a - b)) {
    passed += n
    if (passed >= share * all && n > 0) return lengthOf(bucket)
  }
  return undefined
}
