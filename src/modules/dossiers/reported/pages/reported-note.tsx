import type { VNode } from 'preact'
import { formatDateTime } from '../../../../platform/i18n.ts'
import { InsetText, Timeline, usePage } from '../../../../ui/index.ts'
import type { Reported, ReportedStep } from '../reported.store.ts'

/** Says that another system tells of the dossier, which one, and when it did last. */
export function ReportedNote({ reported }: { reported: Reported }): VNode {
  const { t } = usePage()
  return <InsetText>{t('dossiers.reported.note', { agency: reported.agencyName, code: reported.systemAgency, at: formatDateTime(reported.toldAt) })}</InsetText>
}

/** Its steps, as that system told them. */
export function ReportedSteps({ steps }: { steps: readonly ReportedStep[] }): VNode | null {
  const { t } = usePage()
  if (steps.length === 0) return null
  return (
    <>
      <h2 class="govuk-heading-l">{t('dossiers.reported.steps')}</h2>
      <Timeline items={steps.map((s) => ({ at: s.at, title: s.unit ? `${s.words} – ${s.unit}` : s.words }))} label={t('dossiers.reported.steps')} />
    </>
  )
}
