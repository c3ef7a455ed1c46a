import type { Db } from '../../platform/db.ts'
import { formatTime, formatDate, translator, type Lang, type Translate } from '../../platform/i18n.ts'
import { modelOf } from './definition.store.ts'
import type { Calendar } from '../calendar/index.ts'
import type { Run, StepState } from './drawing/draw-scene.ts'
import { drawPictures, oneBelowOther } from './drawing/draw-pictures.ts'
import { backFlows } from './drawing/layout.ts'
import type { Scene } from './drawing/scene.ts'
import { longestPath, officeTime } from './longest-path.ts'
import { indexOf, isActivity, type ProcessModel, type UserTaskNode } from './model.ts'
import { getInstance, type Instance } from './read-instance.ts'
import { listTasks } from './read-tasks.ts'
import { scenesOf } from './scenes.store.ts'
import type { Task } from './task.ts'
import { overrideOf } from './overrides/in-force.ts'
import { listConfirmed } from './overrides/step-override.store.ts'
import { shownSpans } from './time/shown-times.ts'
import type { StepTime } from './time/step-time.ts'
import { timesOfSubject } from './time/times-of-subject.ts'

export interface DiagramStep {
  name: string
  /** Who does it, in words. */
  role: string
  state: StepState
  /** When it came; absent for what is ahead. */
  from?: Date
  /** When it was done. */
  to?: Date
  /** When it is or was due. */
  due?: Date
  /** Who did it: the name from `names`, where given. */
  by?: string
  /** Where its time went, for steps that came. */
  time?: StepTime
}

/** A run of a process as a picture and as a list of the same steps. */
export interface Diagram {
  name: string
  svg: string
  steps: DiagramStep[]
  /** How far it is, 0 to 1: the share of the longest way's office time that no longer lies ahead. */
  progress: number
}

/**
 * The place of a subject on its process: done steps in the order in which they were done, then those at work, then those that can still come.
 * Undefined when no process was started. `names` tells who is behind an officer's id, for readers who may know. With `clock` each step says where its time went.
 */
export async function diagramFor(db: Db, subject: string, lang: Lang, options: { names?: ReadonlyMap<string, string>; clock?: { calendar: Calendar; now: Date } } = {}): Promise<Diagram | undefined> {
  const instance = await getInstance(db, subject)
  if (!instance) return undefined
  const [model, scenes, all, overrides] = await Promise.all([modelOf(db, instance.definitionId), scenesOf(db, instance.definitionId), listTasks(db, { subject, limit: 1000 }), listConfirmed(db)])
  const tasks = all.filter((task) => task.instanceId === instance.id && !task.cancelledAt)
  const t = translator(lang)
  const drawnRoles = new Map(model.nodes.flatMap((node) => (node.kind === 'user' ? [[node.id, node.role] as const] : [])))
  const roleOf: RoleOf = (elementId, role) => {
    const drawn = drawnRoles.get(elementId) ?? role
    return drawn === role ? roleName(t, role) : t('process.override.instead', { role: roleName(t, role), drawn: roleName(t, drawn) })
  }
  const roleAhead = (node: UserTaskNode): string => overrideOf(overrides, { processKey: model.key, elementId: node.id, agencyCode: instance.agencyCode }, options.clock?.now ?? new Date())?.role ?? node.role
  const ahead = aheadOf(model, scenes, instance, tasks)
  const agencies = new Map(all.map((task) => [task.id, task.agencyCode]))
  const spent = options.clock && await timesOfSubject(db, options.clock.calendar, subject, options.clock.now, (id) => agencies.get(id) ?? instance.agencyCode)
  const steps = [...stepsOf(tasks, roleOf, lang, options.names, spent), ...ahead.map((node): DiagramStep => ({ name: node.name[lang], role: roleOf(node.id, roleAhead(node)), state: 'ahead' }))]
  const run: Run = { states: statesOf(model, instance, tasks, ahead), taken: new Set(instance.taken), times: timesOf(tasks, t) }
  const said = steps.map((step) => t('process.diagram.step', { name: step.name, state: t(`process.diagram.state.${step.state}`) })).join('; ')
  const pictures = drawPictures(scenes, lang, { run, ...(spent ? { spans: shownSpans(model, tasks, spent, t) } : {}) }, { id: instance.id, title: model.name[lang], desc: t('process.diagram.desc', { steps: said }) })
  return { name: model.name[lang], svg: oneBelowOther(pictures), steps, progress: progressOf(model, instance, tasks) }
}

export function roleName(t: Translate, role: string): string {
  return t.has(`process.role.${role}`) ? t(`process.role.${role}`) : role
}

type RoleOf = (elementId: string, role: string) => string

function stepsOf(tasks: Task[], roleOf: RoleOf, lang: Lang, names: ReadonlyMap<string, string> | undefined, spent: ReadonlyMap<string, StepTime> | undefined): DiagramStep[] {
  const inOrder = [...tasks].sort((a, b) => (a.doneAt?.getTime() ?? Infinity) - (b.doneAt?.getTime() ?? Infinity) || (a.id < b.id ? -1 : 1))
  return inOrder.map((task) => {
    const time = spent?.get(task.id)
    const by = names?.get((task.doneBy ?? '').replace(/^officer:/, '')) ?? (task.assignee === null ? undefined : names?.get(task.assignee))
    return {
      name: task.name[lang], role: roleOf(task.elementId, task.role), state: task.doneAt ? 'done' : 'current', from: task.createdAt, due: task.dueAt,
      ...(task.doneAt ? { to: task.doneAt } : {}), ...(by === undefined ? {} : { by }), ...(time ? { time } : {}),
    }
  })
}

/** Steps that can still come from where the tokens stand, without going back, in sub-processes and out of them; from left to right. */
function aheadOf(model: ProcessModel, scenes: readonly Scene[], instance: Instance, tasks: Task[]): UserTaskNode[] {
  if (instance.state === 'ended' || instance.state === 'cancelled') return []
  const { node, outgoing, boundaries, starts } = indexOf(model)
  const back = backFlows(model)
  const standing = new Set(instance.waiting.flatMap((id) => aroundOf(model, id)))
  const reached = new Set<string>()
  const open = [...standing]
  const next = (id: string): string[] => {
    const { kind, in: around } = node(id)
    const inside = kind === 'sub' && !standing.has(id) ? starts(id).map((start) => start.id) : []
    const outside = kind === 'end' && around !== undefined ? [around] : []
    return [...inside, ...[id, ...boundaries(id).map((event) => event.id), ...outside].flatMap((from) => outgoing(from).filter((flow) => !back.has(flow.id)).map((flow) => flow.to))]
  }
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const to of next(id)) {
      if (reached.has(to)) continue
      reached.add(to)
      open.push(to)
    }
  }
  const working = new Set(tasks.filter((task) => !task.doneAt).map((task) => task.elementId))
  return fromLeft(model, scenes).filter((step) => reached.has(step.id) && !standing.has(step.id) && !working.has(step.id))
}

/** An element and the sub-processes around it. */
function aroundOf(model: ProcessModel, id: string): string[] {
  const { in: around } = indexOf(model).node(id)
  return around === undefined ? [id] : [id, ...aroundOf(model, around)]
}

/** Steps by their places; what is in a sub-process comes where that stands. */
export function fromLeft(model: ProcessModel, scenes: readonly Scene[]): UserTaskNode[] {
  const places = new Map(scenes.flatMap((scene) => scene.figures).map(({ id, box }) => [id, box.x * 1e5 + box.y]))
  const place = (node: UserTaskNode): number[] => aroundOf(model, node.id).reverse().map((id) => places.get(id) ?? Infinity)
  const steps = model.nodes.filter((node) => node.kind === 'user').map((node) => ({ node, at: place(node) }))
  const order = (a: readonly number[], b: readonly number[]): number => {
    const differs = a.findIndex((x, i) => x !== b[i])
    return differs < 0 ? a.length - b.length : a[differs]! < (b[differs] ?? -Infinity) ? -1 : 1
  }
  return steps.sort((a, b) => order(a.at, b.at)).map(({ node }) => node)
}

/** Steps by their tasks; what else does something, by whether a token stands there or has gone on from there. */
function statesOf(model: ProcessModel, instance: Instance, tasks: Task[], ahead: UserTaskNode[]): Map<string, StepState> {
  const { outgoing, boundaries } = indexOf(model)
  const taken = new Set(instance.taken)
  const passed = model.nodes.filter((node) => isActivity(node) && [node.id, ...boundaries(node.id).map((event) => event.id)].some((id) => outgoing(id).some((flow) => taken.has(flow.id))))
  const inside = tasks.flatMap((task) => (model.nodes.some((node) => node.id === task.elementId) ? aroundOf(model, task.elementId).slice(1) : []))
  const states = new Map<string, StepState>([...passed.map((node) => node.id), ...inside, ...tasks.map((task) => task.elementId)].map((id) => [id, 'done']))
  for (const node of ahead) states.set(node.id, 'ahead')
  for (const id of instance.waiting.flatMap((at) => aroundOf(model, at))) states.set(id, 'current')
  for (const task of tasks) if (!task.doneAt) states.set(task.elementId, 'current')
  return states
}

function timesOf(tasks: Task[], t: Translate): Map<string, string> {
  const short = (at: Date): string => `${formatTime(at)} ${formatDate(at).slice(0, 5)}`
  const inOrder = [...tasks].sort((a, b) => (a.id < b.id ? -1 : 1))
  return new Map(inOrder.map((task) => [task.elementId, task.doneAt ? short(task.doneAt) : t('process.diagram.due', { at: short(task.dueAt) })]))
}

function progressOf(model: ProcessModel, instance: Instance, tasks: Task[]): number {
  if (instance.state === 'ended') return 1
  const total = longestPath(model, officeTime).length
  if (total === 0 || tasks.length === 0) return 0
  const left = Math.max(0, ...instance.waiting.map((id) => longestPath(model, officeTime, id).length))
  return Math.min(1, Math.max(0, 1 - left / total))
}
