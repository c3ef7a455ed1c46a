import type { VNode } from 'preact'
import { usePage } from '../../../ui/index.ts'
import type { CasePaper } from '../papers/case-papers.ts'

/** The components of the case with the way each comes: attached, fetched by the agency, to be shown at the desk, or this declaration. */
export function CasePapersList({ papers }: { papers: readonly CasePaper[] }): VNode {
  const { t, lang } = usePage()
  return (
    <ul class="govuk-list govuk-list--bullet">
      {papers.map(({ name, by, files }) => <li>{name[lang]}: {by === 'file' && files.length === 0 ? t('dossiers.casePapers.notAttached') : t(`dossiers.casePapers.${by}`, { files: files.join(', ') })}</li>)}
    </ul>
  )
}
