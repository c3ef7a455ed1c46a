import type { VNode } from 'preact'
import { usePage } from '../../../ui/index.ts'
import { versionHref } from '../../catalogue/index.ts'
import type { Dossier } from '../dossier.ts'

/** The version of the procedure on which the dossier runs to its end, whatever is published later. */
export function VersionLink({ dossier: { procedureCode, procedureVersion } }: { dossier: Dossier }): VNode {
  const { t } = usePage()
  return <a class="govuk-link" href={versionHref(procedureCode, procedureVersion)}>{t('dossiers.versionOf', { code: procedureCode, version: procedureVersion })}</a>
}
