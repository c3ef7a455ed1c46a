import type { Db } from '../../../platform/db.ts'
import { calendarOf, type Calendar } from '../../calendar/index.ts'
import { listEventsAbout } from '../../ledger/index.ts'
import { afterEvent, beginStep, countUntil, timeEvents, type StepTime } from './step-time.ts'

/**
 * How long each step of a subject has waited, been worked on and been stopped until `now`, by the id of its task: read from the ledger itself, so that it is never behind.
 * @param agencyOf whose office hours count for a task
 */
export async function timesOfSubject(db: Db, calendar: Calendar, subject: string, now: Date, agencyOf: (taskId: string) => string): Promise<Map<string, StepTime>> {
  const steps = new Map<string, StepTime>()
  for (const event of await listEventsAbout(db, [subject], timeEvents)) {
    const taskId = typeof event.data.taskId === 'string' ? event.data.taskId : undefined
    if (event.type === 'process.task_created' && taskId !== undefined) steps.set(taskId, beginStep(taskId, event.at))
    else for (const step of taskId === undefined ? [...steps.values()] : [steps.get(taskId)]) if (step) steps.set(step.taskId, afterEvent(step, calendarOf(calendar, agencyOf(step.taskId)), event))
  }
  return new Map([...steps].map(([id, step]) => [id, countUntil(step, calendarOf(calendar, agencyOf(id)), now)]))
}
