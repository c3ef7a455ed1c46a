import type { Translate } from '../../../platform/i18n.ts'
import type { SpanBar } from '../drawing/draw-scene.ts'
import { indexOf, type ProcessModel } from '../model.ts'
import type { Task } from '../task.ts'
import { phases, sumOf, type Spent, type StepTime } from './step-time.ts'

/** "2 ngày 3 giờ": the two largest units of a number of seconds; a day of office time has eight hours. */
export function lengthWords(t: Translate, seconds: number, clock: 'office' | 'wall'): string {
  const minutes = Math.round(seconds / 60)
  if (minutes < 1) return seconds > 0 ? t('process.time.less') : t('process.time.minutes', { count: 0 })
  const day = clock === 'office' ? 480 : 1440
  const parts: readonly (readonly [string, number])[] = [['days', Math.floor(minutes / day)], ['hours', Math.floor((minutes % day) / 60)], ['minutes', minutes % 60]]
  const first = parts.findIndex(([, count]) => count > 0)
  return parts.slice(first, first + 2).filter(([, count]) => count > 0).map(([unit, count]) => t(`process.time.${unit}`, { count })).join(' ')
}

/** The bars of a run: each step, and each sub-process with all that is in it, against the longest. */
export function shownSpans(model: ProcessModel, tasks: readonly Task[], times: ReadonlyMap<string, StepTime>, t: Translate): Map<string, SpanBar> {
  const sums = new Map<string, Spent>()
  const nodes = new Set(model.nodes.map((node) => node.id))
  for (const task of tasks) {
    const time = times.get(task.id)
    for (let id: string | undefined = nodes.has(task.elementId) ? task.elementId : undefined; id !== undefined && time; id = indexOf(model).node(id).in) {
      const sum = sums.get(id) ?? { waiting: 0, working: 0, stopped: 0 }
      for (const phase of phases) sum[phase] += time.office[phase]
      sums.set(id, sum)
    }
  }
  const longest = Math.max(1, ...[...sums.values()].map(sumOf))
  return new Map([...sums].map(([id, sum]) => [id, { waiting: sum.waiting / longest, working: sum.working / longest, stopped: sum.stopped / longest, label: lengthWords(t, sumOf(sum), 'office') }]))
}
