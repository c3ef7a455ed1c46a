import type { VNode } from 'preact'
import { formatNumber, type Lang } from '../../../../platform/i18n.ts'
import { usePage } from '../../../../ui/index.ts'
import { mostListed } from '../../dossiers.store.ts'
import { pageSize } from './read-inbox.ts'

/** A count as it is shown: beyond what is listed nobody counts on. */
export const listedWords = (count: number, lang: Lang): string => (count > mostListed ? `${formatNumber(mostListed, lang)}+` : formatNumber(count, lang))

export const pagesOf = (total: number): number => Math.ceil(Math.min(total, mostListed) / pageSize)

/** Says so where a list has more than its pages show. */
export function Beyond({ total }: { total: number }): VNode | null {
  const { t, lang } = usePage()
  return total > mostListed ? <p class="govuk-body">{t('dossiers.list.beyond', { count: formatNumber(mostListed, lang) })}</p> : null
}
