import type { VNode } from 'preact'
import { formatDateTime } from '../../../platform/i18n.ts'
import { InsetText, usePage } from '../../../ui/index.ts'
import { deskDossierHref } from '../pages/desk/hrefs.ts'
import type { Duplicate } from './find-duplicates.ts'

/** What looks like the same filing once more, with links; hinders nothing. */
export function DuplicatesNote({ duplicates }: { duplicates: readonly Duplicate[] }): VNode | null {
  const { t } = usePage()
  if (duplicates.length === 0) return null
  return (
    <InsetText>
      <p class="govuk-body">{t('dossiers.duplicates.found')}</p>
      <ul class="govuk-list govuk-list--bullet">{duplicates.map((d) => <li><a class="govuk-link" href={deskDossierHref(d.id)}>{d.code}</a> – {t(`dossiers.state.${d.state}`)}, {t('dossiers.desk.submittedAt', { at: formatDateTime(d.submittedAt) })}</li>)}</ul>
    </InsetText>
  )
}
