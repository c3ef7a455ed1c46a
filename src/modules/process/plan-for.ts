import type { Db } from '../../platform/db.ts'
import { addWorkingTime, calendarOf, nextOpen, type Calendar } from '../calendar/index.ts'
import { modelOf } from './definition.store.ts'
import { longestPath, officeTime } from './longest-path.ts'
import type { Label, ProcessModel, UserTaskNode } from './model.ts'
import { overrideOf } from './overrides/in-force.ts'
import type { StepOverride } from './overrides/step-override.store.ts'
import { getInstance } from './read-instance.ts'
import { listTasks } from './read-tasks.ts'
import type { Task } from './task.ts'

/** A step of a run: done, at work, or still to come on the longest way. */
export interface PlannedStep {
  name: Label
  role: string
  agencyCode: string
  unitId: string | null
  state: 'done' | 'current' | 'ahead'
  from?: Date
  to?: Date
  /** At the latest; of a step ahead if those before it take all their time. Absent while the run stands still. */
  due?: Date
}

/** The steps of a subject in their order, with dates by the limits of the process and the working calendar, and who does them as `overrides` say. Undefined when no process was started. */
export async function planFor(db: Db, calendar: Calendar, subject: string, now: Date, overrides: readonly StepOverride[] = []): Promise<PlannedStep[] | undefined> {
  const instance = await getInstance(db, subject)
  if (!instance) return undefined
  const [model, all] = await Promise.all([modelOf(db, instance.definitionId), listTasks(db, { subject, limit: 1000 })])
  const tasks = all.filter((task) => task.instanceId === instance.id && !task.cancelledAt)
  const done = tasks.filter((task) => task.doneAt).sort((a, b) => a.doneAt!.getTime() - b.doneAt!.getTime())
  const isRunning = instance.state === 'running'
  const open = isRunning || instance.state === 'paused' ? tasks.filter((task) => !task.doneAt) : []
  const matter = tasks[0]?.matter.unitId ?? null
  const ahead = open.length > 0 || instance.waiting.length > 0 ? nodesAhead(model, instance.state === 'ended' || instance.state === 'cancelled' ? [] : instance.waiting, open) : []
  const officeCalendar = calendarOf(calendar, instance.agencyCode)
  const instead = (node: UserTaskNode): StepOverride | undefined => overrideOf(overrides, { processKey: model.key, elementId: node.id, agencyCode: instance.agencyCode }, now)
  let at = open.reduce((latest, task) => (task.dueAt > latest ? task.dueAt : latest), now)
  return [
    ...done.map((task): PlannedStep => ({ ...stepOf(task), state: 'done', to: task.doneAt!, due: task.dueAt })),
    ...open.map((task): PlannedStep => ({ ...stepOf(task), state: 'current', ...(isRunning ? { due: task.dueAt } : {}) })),
    ...ahead.map((node): PlannedStep => {
      at = addWorkingTime(officeCalendar, nextOpen(officeCalendar, at), officeTime(node))
      return { name: node.name, role: instead(node)?.role ?? node.role, agencyCode: instance.agencyCode, unitId: instead(node)?.unitId ?? matter, state: 'ahead', ...(isRunning ? { due: at } : {}) }
    }),
  ]
}

const stepOf = (task: Task): Omit<PlannedStep, 'state'> => ({ name: task.name, role: task.role, agencyCode: task.agencyCode, unitId: task.matter.unitId, from: task.createdAt })

/** The steps behind those at work, on the way that takes longest. */
function nodesAhead(model: ProcessModel, waiting: readonly string[], open: readonly Task[]): UserTaskNode[] {
  const working = new Set(open.map((task) => task.elementId))
  const longest = waiting.map((id) => longestPath(model, officeTime, id)).reduce<ReturnType<typeof longestPath>>((a, b) => (b.length > a.length ? b : a), { length: 0, path: [] })
  return longest.path.filter((node): node is UserTaskNode => node.kind === 'user' && !working.has(node.id))
}
