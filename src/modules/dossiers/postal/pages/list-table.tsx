import type { VNode } from 'preact'
import type { Db } from '../../../../platform/db.ts'
import { formatDateTime } from '../../../../platform/i18n.ts'
import { Table, Tag, usePage } from '../../../../ui/index.ts'
import { officerNames } from '../../../identity/index.ts'
import type { PostalList } from '../postal.store.ts'
import { postalListHref } from './hrefs.ts'

export type ListRow = PostalList & { items: number }

export const namesIn = (db: Db, lists: readonly PostalList[]): Promise<ReadonlyMap<string, string>> => officerNames(db, lists.flatMap((l) => [l.givenBy, l.takenBy ?? l.toOfficer].filter((id) => id !== null)))

/** Lists of hand-over, those that wait for a signature first. */
export function ListTable({ lists, names }: { lists: readonly ListRow[]; names: ReadonlyMap<string, string> }): VNode | null {
  const { t } = usePage()
  if (lists.length === 0) return null
  return (
    <Table wide keys caption={t('dossiers.postal.lists')} columns={[{ header: t('dossiers.postal.givenAt') }, { header: t('dossiers.postal.direction') }, { header: t('dossiers.assignment.from') }, { header: t('dossiers.assignment.to') }, { header: t('dossiers.postal.items'), numeric: true }, { header: t('dossiers.column.state') }]}
      rows={lists.map((l) => ({ href: postalListHref(l.id), cells: [
        <a class="govuk-link" href={postalListHref(l.id)}>{formatDateTime(l.givenAt)}</a>, t(`dossiers.postal.direction.${l.direction}`), names.get(l.givenBy) ?? '–', names.get(l.takenBy ?? l.toOfficer ?? '') ?? '–', l.items,
        <Tag tone={l.takenAt ? 'done' : 'attention'}>{t(l.takenAt ? 'dossiers.postal.signed' : 'dossiers.postal.unsigned')}</Tag>,
      ] }))} />
  )
}
