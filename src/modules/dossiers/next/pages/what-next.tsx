import type { VNode } from 'preact'
import { formatDateTime } from '../../../../platform/i18n.ts'
import { usePage, type TimelineItem } from '../../../../ui/index.ts'
import type { Lang, Translate } from '../../../../platform/i18n.ts'
import { roleName } from '../../../process/index.ts'
import type { Dossier } from '../../dossier.ts'
import type { ProgressStep } from '../progress.ts'

interface Props { dossier: Dossier; steps: readonly ProgressStep[]; reactionDue: Date | undefined }

const ended: ReadonlySet<string> = new Set(['returned', 'stopped', 'not-accepted'])

/** Who does a step: role and unit, never the officer. */
const doer = (step: ProgressStep, t: Translate, lang: Lang): string => `${roleName(t, step.role)}, ${step.unit[lang]}`

/** What happens next ("việc tiếp theo"): whose move it is, the steps still to come with their dates, and how the result comes. */
export function WhatNext({ dossier: d, steps, reactionDue }: Props): VNode | null {
  const { t, lang } = usePage()
  if (ended.has(d.state)) return null
  const first = d.state === 'new' ? t('dossiers.next.reception', { at: reactionDue ? formatDateTime(reactionDue) : '–' })
    : d.pausedAt ? t(`dossiers.next.paused.${d.state === 'payment-required' ? 'payment' : 'supplement'}`, { at: formatDateTime(d.pausedAt) })
    : d.state === 'withdrawal-requested' ? t('dossiers.next.withdrawal') : undefined
  const open = steps.filter((s) => s.state !== 'done')
  const last = d.state === 'finished' ? t(`dossiers.next.collect.${d.returnWay}`) : d.dueAt && !d.pausedAt ? t('dossiers.next.result', { at: formatDateTime(d.dueAt), way: t(`dossiers.way.${d.returnWay}`) }) : t('dossiers.next.resultLater', { way: t(`dossiers.way.${d.returnWay}`) })
  return (
    <>
      <h2 class="govuk-heading-l">{t('dossiers.next.title')}</h2>
      <ol class="govuk-list govuk-list--number">
        {first && <li>{first}</li>}
        {d.state !== 'finished' && open.map((s) => <li>{s.state === 'current' && !d.pausedAt ? <strong>{s.name[lang]}</strong> : s.name[lang]} – {doer(s, t, lang)}{s.due && `. ${t(s.state === 'current' ? 'dossiers.next.now' : 'dossiers.next.by', { at: formatDateTime(new Date(s.due)) })}`}</li>)}
        <li>{last}</li>
      </ol>
    </>
  )
}

/** The steps done, for the history: what, and in which unit. */
export function doneItems(steps: readonly ProgressStep[], t: Translate, lang: Lang): TimelineItem[] {
  return steps.filter((s) => s.state === 'done' && s.to).map((s) => ({ at: new Date(s.to!), title: s.name[lang], by: doer(s, t, lang), tone: 'neutral' as const }))
}
