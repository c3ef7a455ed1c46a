import type { Db } from '../../platform/db.ts'
import { formatTime, formatDate, translator, type Lang, type Translate } from '../../platform/i18n.ts'
import { modelOf } from './definition.store.ts'
import type { Run, StepState } from './drawing/draw-scene.ts'
import { drawPictures } from './drawing/draw-pictures.ts'
import { backFlows } from './drawing/layout.ts'
import type { Scene } from './drawing/scene.ts'
import { longestPath, officeTime } from './longest-path.ts'
import { indexOf, type ProcessModel, type UserTaskNode } from './model.ts'
import { getInstance, type Instance } from './read-instance.ts'
import { listTasks } from './read-tasks.ts'
import { scenesOf } from './scenes.store.ts'
import type { Task } from './task.ts'

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
 * Undefined when no process was started. `names` tells who is behind an officer's id, for readers who may know.
 */
export async function diagramFor(db: Db, subject: string, lang: Lang, options: { names?: ReadonlyMap<string, string> } = {}): Promise<Diagram | undefined> {
  const instance = await getInstance(db, subject)
  if (!instance) return undefined
  const [model, scenes, all] = await Promise.all([modelOf(db, instance.definitionId), scenesOf(db, instance.definitionId), listTasks(db, { subject, limit: 1000 })])
  const tasks = all.filter((task) => task.instanceId === instance.id && !task.cancelledAt)
  const t = translator(lang)
  const ahead = aheadOf(model, scenes, instance, tasks)
  const steps = [...stepsOf(tasks, t, lang, options.names), ...ahead.map((node): DiagramStep => ({ name: node.name[lang], role: roleName(t, node.role), state: 'ahead' }))]
  const run: Run = { states: statesOf(tasks, ahead), taken: new Set(instance.taken), times: timesOf(tasks, t) }
  const said = steps.map((step) => t('process.diagram.step', { name: step.name, state: t(`process.diagram.state.${step.state}`) })).join('; ')
  const pictures = drawPictures(scenes, lang, { run }, { id: instance.id, title: model.name[lang], desc: t('process.diagram.desc', { steps: said }) })
  return { name: model.name[lang], svg: pictures.map((picture) => picture.svg).join(''), steps, progress: progressOf(model, instance, tasks) }
}

export function roleName(t: Translate, role: string): string {
  return t.has(`process.role.${role}`) ? t(`process.role.${role}`) : role
}

function stepsOf(tasks: Task[], t: Translate, lang: Lang, names: ReadonlyMap<string, string> | undefined): DiagramStep[] {
  const inOrder = [...tasks].sort((a, b) => (a.doneAt?.getTime() ?? Infinity) - (b.doneAt?.getTime() ?? Infinity) || (a.id < b.id ? -1 : 1))
  return inOrder.map((task) => {
    const by = names?.get((task.doneBy ?? '').replace(/^officer:/, '')) ?? (task.assignee === null ? undefined : names?.get(task.assignee))
    return {
      name: task.name[lang], role: roleName(t, task.role), state: task.doneAt ? 'done' : 'current', from: task.createdAt, due: task.dueAt,
      ...(task.doneAt ? { to: task.doneAt } : {}), ...(by === undefined ? {} : { by }),
    }
  })
}

/** Steps that can still come from where the tokens stand, without going back; from left to right. */
function aheadOf(model: ProcessModel, scenes: readonly Scene[], instance: Instance, tasks: Task[]): UserTaskNode[] {
  if (instance.state === 'ended' || instance.state === 'cancelled') return []
  const { outgoing, boundaries } = indexOf(model)
  const back = backFlows(model)
  const standing = new Set(instance.waiting)
  const reached = new Set<string>()
  const open = [...standing]
  for (let id = open.pop(); id !== undefined; id = open.pop()) {
    for (const flow of [...outgoing(id), ...boundaries(id).flatMap((timer) => outgoing(timer.id))]) {
      if (back.has(flow.id) || reached.has(flow.to)) continue
      reached.add(flow.to)
      open.push(flow.to)
    }
  }
  const working = new Set(tasks.filter((task) => !task.doneAt).map((task) => task.elementId))
  return fromLeft(model, scenes).filter((node) => reached.has(node.id) && !standing.has(node.id) && !working.has(node.id))
}

function fromLeft(model: ProcessModel, scenes: readonly Scene[]): UserTaskNode[] {
  const places = new Map(scenes.flatMap((scene) => scene.figures).map(({ id, box }) => [id, box.x * 1e5 + box.y]))
  const place = (node: UserTaskNode): number => places.get(node.id) ?? Infinity
  return model.nodes.filter((node) => node.kind === 'user').sort((a, b) => place(a) - place(b))
}

function statesOf(tasks: Task[], ahead: UserTaskNode[]): Map<string, StepState> {
  const states = new Map<string, StepState>(tasks.map((task) => [task.elementId, 'done']))
  for (const node of ahead) states.set(node.id, 'ahead')
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
