import type { VNode } from 'preact'
import { entryStates, type EntryPage, type EntryQuery } from '../../../../platform/dated-table.ts'
import { civilDate, formatNumber } from '../../../../platform/i18n.ts'
import { page } from '../../../../platform/http/reply.ts'
import type { Route } from '../../../../platform/http/route.ts'
import { Breadcrumbs, Button, ButtonGroup, Details, EmptyState, Form, InsetText, LinkButton, Pagination, Select, Table, TextInput, usePage, type Column } from '../../../../ui/index.ts'
import { unitsHref } from '../../../organisations/index.ts'
import { actsIn, openDesk, type Desk } from '../change-entry.ts'
import { entryHref, exportHref, importHref, listHref, listsPath, newEntryHref } from './hrefs.ts'
import { dayWords, fieldName, listTitle, StateTag, valueWords } from './words.tsx'

/** One shared catalogue: search, filter by state, sort and pages, all in the address. */
export const listRoute: Route = {
  method: 'GET', path: '/admin/lists/:name', access: { permission: 'catalogue.view-lists' },
  handler: async ({ ctx, params, query: given }) => {
    const desk = await openDesk(ctx, params.name!)
    const query = readQuery(given)
    const found = await desk.list.table.search(ctx.db, query, civilDate(ctx.now))
    return page(<ListPage desk={desk} query={query} found={found} />, { title: listTitle(ctx.t, desk.list), layout: 'desk' })
  },
}

function readQuery(given: Readonly<Record<string, string>>): EntryQuery {
  return {
    q: given.q?.trim().slice(0, 200) || undefined, state: entryStates.find((s) => s === given.state), sort: given.sort, descending: given.order === 'down',
    page: /^\d{1,5}$/.test(given.page ?? '') ? Number(given.page) : 1,
  }
}

interface Props { desk: Desk; query: EntryQuery; found: EntryPage }

const addressOf = (query: EntryQuery): Record<string, string | undefined> => ({ q: query.q, state: query.state, sort: query.sort, order: query.descending ? 'down' : undefined })

function ListPage({ desk, query, found }: Props): VNode {
  const { t, lang } = usePage()
  const { list, editor } = desk
  return (
    <>
      <Breadcrumbs items={[{ text: t('catalogue.lists.title'), href: listsPath }, { text: listTitle(t, list) }]} />
      <h1 class="govuk-heading-l">{listTitle(t, list)}</h1>
      {list.name === 'administrative-units' && <p class="govuk-body"><a class="govuk-link" href={unitsHref()}>{t('catalogue.lists.unitsByDate')}</a></p>}
      <Acts desk={desk} />
      <Form method="get" action={listHref(list.name)} class="mc-filter-row">
        <TextInput name="q" label={t('catalogue.lists.search')} value={query.q} width={20} />
        <Select name="state" label={t('catalogue.lists.stateFilter')} value={query.state} empty={t('catalogue.lists.anyState')} options={entryStates.map((value) => ({ value, text: t(`catalogue.lists.state.${value}`) }))} />
        <Button kind="secondary">{t('catalogue.lists.filter')}</Button>
      </Form>
      <p class="govuk-body" role="status">{t('catalogue.lists.count', { count: found.total, number: formatNumber(found.total, lang) })}</p>
      {found.total === 0
        ? <EmptyState title={t('catalogue.lists.none')}>{(query.q || query.state) && <p><a class="govuk-link" href={listHref(list.name)}>{t('catalogue.lists.withoutFilters')}</a></p>}</EmptyState>
        : <Entries desk={desk} query={query} found={found} />}
      <Pagination page={found.page} pages={found.pages} href={(n) => listHref(list.name, { ...addressOf(query), page: n === 1 ? undefined : String(n) })} />
      <Details summary={t('catalogue.lists.rightsTitle')}><RightsTable desk={desk} /></Details>
      {editor.kinds.length > 0 && <p class="govuk-hint">{t('catalogue.lists.youAre', { agency: editor.agencyCode, kinds: editor.kinds.map((kind) => t(`catalogue.lists.kind.${kind}`)).join('; ') })}</p>}
    </>
  )
}

function Acts({ desk }: { desk: Desk }): VNode {
  const { t } = usePage()
  const { name } = desk.list
  const acts = actsIn(desk)
  return (
    <>
      {acts.length === 0 && <InsetText>{t(desk.list.changedBy === 'decision' ? 'catalogue.lists.byDecision' : 'catalogue.lists.noRight')}</InsetText>}
      <ButtonGroup>
        {acts.includes('add') && <LinkButton href={newEntryHref(name)}>{t('catalogue.lists.act.add')}</LinkButton>}
        {acts.length > 0 && <LinkButton kind="secondary" href={importHref(name)}>{t('catalogue.lists.import.title')}</LinkButton>}
        {(['csv', 'xlsx'] as const).map((format) => <a class="govuk-link" href={exportHref(name, format, 'entries')} download>{t('catalogue.lists.export', { format: format.toUpperCase() })}</a>)}
        {(['csv', 'xlsx'] as const).map((format) => <a class="govuk-link" href={exportHref(name, format, 'history')} download>{t('catalogue.lists.exportHistory', { format: format.toUpperCase() })}</a>)}
      </ButtonGroup>
    </>
  )
}

function Entries({ desk: { list }, query, found }: Props): VNode {
  const { t } = usePage()
  const sorted = (sort: string, header: string): Column => {
    const isSorted = (query.sort ?? 'key') === sort
    const href = listHref(list.name, { ...addressOf(query), sort, order: isSorted && !query.descending ? 'down' : undefined })
    return { header, sort: { href, ...(isSorted ? { direction: query.descending ? 'descending' as const : 'ascending' as const } : {}) } }
  }
  const shown = list.columns.filter((c) => c.shown)
  return (
    <Table caption={listTitle(t, list)} captionHidden wide keys
      columns={[sorted('key', t('catalogue.lists.field.key')), ...shown.map((c) => sorted(c.field, fieldName(t, c.field))), sorted('validFrom', t('catalogue.lists.field.validFrom')), { header: t('catalogue.lists.field.validTo') }, { header: t('catalogue.lists.stateFilter') }]}
      rows={found.rows.map((entry) => ({
        href: entryHref(list.name, entry.key),
        cells: [<a class="govuk-link" href={entryHref(list.name, entry.key)}>{entry.key}</a>, ...shown.map((c) => valueWords(t, c, entry.values[c.field])), dayWords(entry.validFrom), dayWords(entry.validTo), <StateTag state={entry.state} />],
      }))} />
  )
}

function RightsTable({ desk: { list, rights } }: { desk: Desk }): VNode {
  const { t } = usePage()
  const rows = rights.rights.filter((r) => r.list === list.name)
  return rows.length === 0 ? <p class="govuk-body">{t('catalogue.lists.noKeeper')}</p> : (
    <Table caption={t('catalogue.lists.rightsTitle')} captionHidden
      columns={[{ header: t('catalogue.lists.keepers') }, { header: t('catalogue.lists.action') }, { header: t('catalogue.lists.scope') }, { header: t('catalogue.lists.source') }]}
      rows={rows.map((r) => [t(`catalogue.lists.kind.${r.kind}`), t(`catalogue.lists.act.${r.action}`), t(`catalogue.lists.scope.${r.scope}`), r.source])} />
  )
}
