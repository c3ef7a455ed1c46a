import type { VNode } from 'preact'
import { formatNumber } from '../../../../platform/i18n.ts'
import { page } from '../../../../platform/http/reply.ts'
import type { Route } from '../../../../platform/http/route.ts'
import { civilDate } from '../../../../platform/i18n.ts'
import { Table, Tag, usePage } from '../../../../ui/index.ts'
import { actsIn, openDesk, type Desk } from '../change-entry.ts'
import { editorKinds } from '../list-rights.ts'
import { sharedLists } from '../list-definitions.ts'
import { listHref } from './hrefs.ts'
import { listTitle } from './words.tsx'

interface Row { desk: Desk; entries: number }

/** The shared catalogues: how many entries each has, and who keeps it. */
export const listsRoute: Route = {
  method: 'GET', path: '/admin/lists', access: { permission: 'catalogue.view-lists' },
  handler: async ({ ctx }) => {
    const rows: Row[] = []
    for (const list of sharedLists) {
      const [desk, found] = await Promise.all([openDesk(ctx, list.name), list.table.search(ctx.db, { state: 'valid', size: 1 }, civilDate(ctx.now))])
      rows.push({ desk, entries: found.total })
    }
    return page(<ListsPage rows={rows} />, { title: ctx.t('catalogue.lists.title'), layout: 'desk' })
  },
}

function ListsPage({ rows }: { rows: readonly Row[] }): VNode {
  const { t, lang } = usePage()
  return (
    <>
      <h1 class="govuk-heading-l">{t('catalogue.lists.title')}</h1>
      <p class="govuk-body">{t('catalogue.lists.lead')}</p>
      <Table caption={t('catalogue.lists.title')} captionHidden wide
        columns={[{ header: t('catalogue.lists.list') }, { header: t('catalogue.lists.clause') }, { header: t('catalogue.lists.entries'), numeric: true }, { header: t('catalogue.lists.keepers') }, { header: t('catalogue.lists.yours') }]}
        rows={rows.map(({ desk, entries }) => [
          <a class="govuk-link" href={listHref(desk.list.name)}>{listTitle(t, desk.list)}</a>,
          desk.list.clause === null ? '–' : t('catalogue.lists.article6', { clause: desk.list.clause }),
          formatNumber(entries, lang), <Keepers desk={desk} />,
          actsIn(desk).length > 0 ? <Tag tone="done" plain>{t('catalogue.lists.mayEdit')}</Tag> : t('catalogue.lists.mayLook'),
        ])} />
    </>
  )
}

/** Kinds of agency that the regulation lets edit the list. */
export function Keepers({ desk: { list, rights } }: { desk: Desk }): VNode {
  const { t } = usePage()
  const kinds = editorKinds.filter((kind) => rights.rights.some((r) => r.list === list.name && r.kind === kind))
  return <>{kinds.map((kind) => t(`catalogue.lists.kind.${kind}`)).join('; ') || '–'}</>
}
