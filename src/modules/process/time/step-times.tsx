import type { VNode } from 'preact'
import { Table, usePage } from '../../../ui/index.ts'
import type { DiagramStep } from '../diagram-for.ts'
import { spanFills, stopStrokes } from '../drawing/overlays.ts'
import { lengthWords } from './shown-times.ts'
import { phases, sumOf, type Phase } from './step-time.ts'

/** Where the time of one run went, step by step: what the bars of its picture say, in words. Nothing where times were not asked for. */
export function StepTimes({ steps }: { steps: readonly DiagramStep[] }): VNode | null {
  const { t } = usePage()
  const timed = steps.flatMap(({ name, time }) => (time ? [{ name, time }] : []))
  if (timed.length === 0) return null
  return (
    <>
      <h3 class="govuk-heading-s">{t('process.time.legend')}</h3>
      <ul class="govuk-list">{phases.map((phase) => <li><Swatch phase={phase} /> {t(`process.time.meaning.${phase}`)}</li>)}</ul>
      <Table
        caption={t('process.time.title')} captionSize="s" wide
        columns={[{ header: t('process.time.step') }, ...phases.map((phase) => ({ header: t(`process.time.phase.${phase}`) })), { header: t('process.time.total') }]}
        rows={timed.map(({ name, time }) => [name, ...phases.map((phase) => <TimeCell office={time.office[phase]} wall={time.wall[phase]} />), <TimeCell office={sumOf(time.office)} wall={sumOf(time.wall)} />])}
      />
      <p class="govuk-body-s">{t('process.time.lead')}</p>
    </>
  )
}

/** Seconds of office time, and below them those on the wall clock. */
export function TimeCell({ office, wall }: { office: number; wall: number }): VNode {
  const { t } = usePage()
  return <>{lengthWords(t, office, 'office')}<br /><span class="govuk-hint govuk-!-margin-bottom-0">{t('process.time.wall', { span: lengthWords(t, wall, 'wall') })}</span></>
}

function Swatch({ phase }: { phase: Phase }): VNode {
  const box = { x: 1, y: 3, width: 32, height: 6 }
  return <svg width="34" height="12" viewBox="0 0 34 12" aria-hidden="true" focusable="false"><rect {...box} fill={spanFills[phase]} stroke="#1B1B1D" stroke-width="0.8" />{phase === 'stopped' && <path d={stopStrokes(box)} stroke="#1B1B1D" stroke-width="0.8" />}</svg>
}
