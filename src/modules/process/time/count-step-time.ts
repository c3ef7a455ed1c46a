import type { Tx } from '../../../platform/db.ts'
import { civilDate } from '../../../platform/i18n.ts'
import type { LedgerEvent } from '../../../platform/ledger-event.ts'
import type { Follower } from '../../../platform/module.ts'
import { calendarOf, loadCalendar } from '../../calendar/index.ts'
import { afterEvent, beginStep, bucketOf, busy, timeEvents, sumOf, type StepTime } from './step-time.ts'
import { readKnown, readPlaces, writeCounts, writeSteps, type Count, type PlacedStep } from './step-time.store.ts'

/** Folds the events of steps into the time of each, and the time of done ones into the counts by month. */
export const countStepTime: Follower = {
  name: 'process.count-step-time',
  title: 'process.follower.count-step-time',
  types: timeEvents,
  patient: true,
  async handle(tx, events, node) {
    const taskOf = ({ data }: LedgerEvent): string[] => (typeof data.taskId === 'string' ? [data.taskId] : [])
    const instanceOf = ({ data }: LedgerEvent): string[] => (typeof data.instanceId === 'string' ? [data.instanceId] : [])
    const calendar = await loadCalendar(node.db, tx)
    const created = new Set(events.filter((e) => e.type === 'process.task_created').flatMap(taskOf))
    const places = await readPlaces(tx, [...created])
    const steps = new Map((await readKnown(tx, events.flatMap(taskOf), events.flatMap(instanceOf))).map((step) => [step.taskId, step]))
    const done: PlacedStep[] = []
    const changed = new Set<string>()
    for (const event of events) {
      const [taskId] = taskOf(event)
      const place = taskId === undefined ? undefined : places.get(taskId)
      if (event.type === 'process.task_created' && place && !steps.has(taskId!)) {
        steps.set(taskId!, { ...place, ...beginStep(taskId!, event.at), beganAt: event.at })
        changed.add(taskId!)
        continue
      }
      const [instanceId] = instanceOf(event)
      const concerned = taskId === undefined ? [...steps.values()].filter((step) => step.instanceId === instanceId) : [steps.get(taskId)].filter((step) => step !== undefined)
      for (const step of concerned) {
        const after: StepTime = afterEvent(step, calendarOf(calendar, step.agencyCode), event)
        if (after === step && event.type !== 'process.version_changed') continue
        const placed = { ...step, ...after, ...movedTo(step, event) }
        steps.set(step.taskId, placed)
        changed.add(step.taskId)
        if (placed.ended === 'done') done.push(placed)
      }
    }
    await writeSteps(tx, [...changed].map((id) => steps.get(id)!))
    await addUp(tx, done)
  },
}

/** The time of an open step goes with it to another version of its process. */
function movedTo({ taskId, ended }: PlacedStep, { type, data }: LedgerEvent): Partial<PlacedStep> {
  if (type !== 'process.version_changed' || ended !== null) return {}
  const step = (data.steps as { taskId: string; to: string }[]).find((one) => one.taskId === taskId)
  return step ? { definitionId: String(data.toDefinition), elementId: step.to } : {}
}

async function addUp(tx: Tx, done: readonly PlacedStep[]): Promise<void> {
  const sums = new Map<string, Count>()
  for (const step of done) {
    const month = `${civilDate(step.since).slice(0, 7)}-01`
    const bucket = bucketOf(busy(step.office))
    for (const scope of scopesWith(step)) {
      const key = [step.procedureCode, step.definitionId, scope, month, step.elementId, bucket].join('|')
      const sum = sums.get(key) ?? { procedure_code: step.procedureCode, definition_id: step.definitionId, scope, month, element_id: step.elementId, bucket, n: 0, office_waiting: 0, office_working: 0, office_stopped: 0, wall: 0 }
      sum.n++
      sum.office_waiting += step.office.waiting
      sum.office_working += step.office.working
      sum.office_stopped += step.office.stopped
      sum.wall += sumOf(step.wall)
      sums.set(key, sum)
    }
  }
  // In one order, so that no two writers wait for each other.
  await writeCounts(tx, [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, sum]) => sum))
}

/** The agency, each above it, and the unit: a leader reads one of them and all below is in it. */
function scopesWith({ agencyCode, unitId }: PlacedStep): string[] {
  const parts = agencyCode.split('.')
  return [...parts.map((_, i) => parts.slice(0, i + 1).join('.')), ...(unitId === null ? [] : [scopeOfUnit(agencyCode, unitId)])]
}

/** Under what a unit's steps are counted. */
export const scopeOfUnit = (agencyCode: string, unitId: string): string => `${agencyCode}#${unitId}`
