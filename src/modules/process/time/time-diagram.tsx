import type { VNode } from 'preact'
import type { Db } from '../../../platform/db.ts'
import { translator, type Lang } from '../../../platform/i18n.ts'
import { usePage } from '../../../ui/index.ts'
import { modelOf } from '../definition.store.ts'
import { fromLeft } from '../diagram-for.ts'
import type { Heat } from '../drawing/draw-scene.ts'
import { drawPictures, oneBelowOther } from '../drawing/draw-pictures.ts'
import { heatLooks, levels, levelStrokes } from '../drawing/overlays.ts'
import { indexOf, type Label, type ProcessModel } from '../model.ts'
import { scenesOf } from '../scenes.store.ts'
import type { ElementTime } from './read-step-counts.ts'
import { lengthWords } from './shown-times.ts'

export const measures = ['median', 'p90', 'sum'] as const
/** By what the steps are compared. */
export type Measure = (typeof measures)[number]

/** A version of a process with the time of its steps: the picture, and the same steps from left to right. */
export interface TimeDiagram { name: string; svg: string; steps: { id: string; name: Label; role: string; time: ElementTime | undefined; level: number }[]; /** Seconds of the slowest: level 5 ends there. */ most: number }

/** The picture of a version in which each step has a level from 1 to 5 by its share of the slowest; those that nobody passed have none. */
export async function timeDiagramFor(db: Db, definitionId: string, times: ReadonlyMap<string, ElementTime>, measure: Measure, lang: Lang): Promise<TimeDiagram> {
  const [model, scenes] = await Promise.all([modelOf(db, definitionId), scenesOf(db, definitionId)])
  const t = translator(lang)
  const most = Math.max(0, ...[...times.values()].filter((time) => time.n > 0).map((time) => time[measure]))
  const steps = fromLeft(model, scenes).map((node) => {
    const time = times.get(node.id)
    return { id: node.id, name: node.name, role: node.role, time, level: time && time.n > 0 ? levelOf(time[measure], most) : 0 }
  })
  const words = ({ time }: TimeDiagram['steps'][number]): string => lengthWords(t, time![measure], 'office')
  const heat = new Map<string, Heat>(steps.filter((step) => step.level > 0).map((step) => [step.id, { level: step.level, label: words(step) }]))
  for (const [id, level] of levelsAround(model, heat)) heat.set(id, { level, label: '' })
  const said = steps.map((step) => (step.level > 0 ? t('process.time.heat.step', { name: step.name[lang], value: words(step), level: step.level }) : t('process.time.heat.stepNone', { name: step.name[lang] }))).join('; ')
  const pictures = drawPictures(scenes, lang, { heat }, { id: `time-${definitionId}`, title: model.name[lang], desc: t('process.time.heat.desc', { steps: said }) })
  return { name: model.name[lang], svg: oneBelowOther(pictures), steps, most }
}

const levelOf = (value: number, most: number): number => (most === 0 ? 1 : Math.min(5, Math.max(1, Math.ceil((5 * value) / most))))

/** A sub-process has the level of the longest step in it. */
function levelsAround(model: ProcessModel, heat: ReadonlyMap<string, Heat>): Map<string, number> {
  const around = new Map<string, number>()
  for (const [id, { level }] of heat) for (let at = indexOf(model).node(id).in; at !== undefined; at = indexOf(model).node(at).in) around.set(at, Math.max(level, around.get(at) ?? 0))
  return around
}

/** A step of a version by its id; undefined where there is none. */
export async function elementOf(db: Db, definitionId: string, id: string): Promise<{ name: Label } | undefined> {
  return (await modelOf(db, definitionId)).nodes.find((node) => node.id === id && node.kind === 'user')
}

/** What the levels mean: each with its colour, its strokes and its bounds; nothing while all have taken no time. */
export function TimeLegend({ diagram, measure }: { diagram: TimeDiagram; measure: Measure }): VNode | null {
  const { t } = usePage()
  if (diagram.most === 0) return null
  const bound = (level: number): string => lengthWords(t, (diagram.most * level) / 5, 'office')
  return (
    <>
      <h2 class="govuk-heading-s">{t('process.time.heat.legend', { measure: t(`process.time.measure.${measure}`) })}</h2>
      <ul class="govuk-list">
        {levels.map((level) => <li><LevelSign level={level} /> {t('process.time.heat.range', { level, from: bound(level - 1), to: bound(level) })}</li>)}
      </ul>
      <p class="govuk-body-s">{t('process.time.heat.none')}. {t('process.time.heat.inside')}</p>
    </>
  )
}

/** The look of a level, as in the picture. */
function LevelSign({ level }: { level: number }): VNode {
  const { fill, stroke, text } = heatLooks[level]!
  return (
    <svg width="44" height="22" viewBox="0 0 44 22" aria-hidden="true" focusable="false">
      <rect x="1" y="1" width="42" height="20" rx="4" fill={fill} stroke={stroke} />
      {levelStrokes(40, 4, level).map(({ x, y, height, isFilled }) => <rect x={x} y={y} width="4" height={height} fill={isFilled ? text : 'none'} stroke={text} stroke-width="0.8" />)}
    </svg>
  )
}
