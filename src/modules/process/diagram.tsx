import type { VNode } from 'preact'
import { formatDateTime } from '../../platform/i18n.ts'
import { RawHtml, Table, Tag, usePage, type Tone } from '../../ui/index.ts'
import type { Diagram, DiagramStep } from './diagram-for.ts'
import type { StepState } from './drawing/draw-scene.ts'
import { StepTimes } from './time/step-times.tsx'

const tones: Record<StepState, Tone> = { done: 'done', current: 'running', ahead: 'neutral' }

/** Where a dossier stands on its process: the picture in a frame that scrolls sideways, and the same as a table below it. */
export function ProcessDiagram({ diagram }: { diagram: Diagram }): VNode {
  const { t } = usePage()
  return (
    <>
      <div class="mc-scroll" role="region" tabIndex={0} aria-label={t('process.diagram.scroll')}><RawHtml html={diagram.svg} /></div>
      <Table
        caption={t('process.diagram.list')} captionSize="s" wide
        columns={['step', 'role', 'state', 'time'].map((column) => ({ header: t(`process.diagram.column.${column}`) }))}
        rows={diagram.steps.map((step) => [step.name, step.by ? `${step.role}: ${step.by}` : step.role, <Tag tone={tones[step.state]}>{t(`process.diagram.state.${step.state}`)}</Tag>, <StepTime step={step} />])}
      />
      <StepTimes steps={diagram.steps} />
    </>
  )
}

function StepTime({ step }: { step: DiagramStep }): VNode | null {
  const { t } = usePage()
  if (!step.from) return null
  if (step.to) return <>{t('process.diagram.span', { from: formatDateTime(step.from), to: formatDateTime(step.to) })}</>
  return step.due ? <>{t('process.diagram.due', { at: formatDateTime(step.due) })}</> : null
}
