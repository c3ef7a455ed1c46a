import type { VNode } from 'preact'
import type { DatedEntry } from '../../../../platform/dated-table.ts'
import type { Ctx } from '../../../../platform/ctx.ts'
import { civilDate, formatDateTime } from '../../../../platform/i18n.ts'
import { page } from '../../../../platform/http/reply.ts'
import type { Route } from '../../../../platform/http/route.ts'
import { Breadcrumbs, ButtonGroup, LinkButton, NotificationBanner, SummaryList, Table, usePage } from '../../../../ui/index.ts'
import { officerName } from '../../../identity/index.ts'
import { errors } from '../../catalogue.errors.ts'
import { actsIn, openDesk, type Desk } from '../change-entry.ts'
import { listChanges, type ListChange } from '../list-change.store.ts'
import { mayEdit } from '../list-rights.ts'
import { listActions } from '../list-definition.ts'
import { changeHref, listHref, listsPath, newEntryHref } from './hrefs.ts'
import { dayWords, Differences, entryTitle, fieldName, listTitle, StateTag, valueWords } from './words.tsx'

interface Props { desk: Desk; entry: DatedEntry; periods: readonly DatedEntry[]; history: readonly ListChange[]; names: Map<string, string>; acts: readonly string[]; done: string | undefined }

/** One entry: as it stands, its periods, and everything that was done to it. */
export const entryRoute: Route = {
  method: 'GET', path: '/admin/lists/:name/entries/:code', access: { permission: 'catalogue.view-lists' },
  handler: async ({ ctx, params, query }) => {
    const desk = await openDesk(ctx, params.name!)
    const { list, editor, rights } = desk
    const [entry, periods, history] = await Promise.all([list.table.find(ctx.db, params.code!, civilDate(ctx.now)), list.table.periods(ctx.db, params.code!), listChanges(ctx.db, list.name, params.code!)])
    if (!entry) throw errors.ENTRY_NOT_FOUND()
    const facts = await list.facts(ctx.db, entry.key, entry.values)
    const acts = actsIn(desk).filter((action) => mayEdit(rights.rights, editor, { list: list.name, action, facts }).allowed)
    const names = await namesOf(ctx, history)
    const done = listActions.find((a) => a === query.done)
    return page(<EntryPage desk={desk} entry={entry} periods={periods} history={history} names={names} acts={acts} done={done} />, { title: entryTitle(entry), layout: 'desk' })
  },
}

/** Who acted, by name where the officer is known here. */
export async function namesOf(ctx: Ctx, changes: readonly ListChange[]): Promise<Map<string, string>> {
  const actors = [...new Set(changes.map((c) => c.actor))]
  return new Map(await Promise.all(actors.map(async (actor) => [actor, (await officerName(ctx.db, actor)) ?? ''] as const)))
}

/** The officer and the agency; at a local node, which does not know the officer, the agency alone. */
export const whoWords = (names: Map<string, string>, { actor, agencyCode }: ListChange): string => (names.get(actor) ? `${names.get(actor)} (${agencyCode})` : agencyCode)

function EntryPage({ desk: { list }, entry, periods, history, names, acts, done }: Props): VNode {
  const { t } = usePage()
  return (
    <>
      <Breadcrumbs items={[{ text: t('catalogue.lists.title'), href: listsPath }, { text: listTitle(t, list), href: listHref(list.name) }, { text: entry.key }]} />
      {done && <NotificationBanner type="success" heading={t(`catalogue.lists.done.${done}`)} />}
      <h1 class="govuk-heading-l">{entryTitle(entry)}</h1>
      <SummaryList rows={[
        { key: t('catalogue.lists.stateFilter'), value: <StateTag state={entry.state} /> },
        ...list.columns.map((column) => ({ key: fieldName(t, column.field), value: valueWords(t, column, entry.values[column.field]) })),
        { key: t('catalogue.lists.field.validFrom'), value: dayWords(entry.validFrom) },
        { key: t('catalogue.lists.field.validTo'), value: dayWords(entry.validTo) },
      ]} />
      <ButtonGroup>
        {entry.state !== 'disabled' && acts.includes('adjust') && <LinkButton href={changeHref(list.name, entry.key, 'adjust')}>{t('catalogue.lists.act.adjust')}</LinkButton>}
        {entry.state !== 'disabled' && acts.includes('disable') && <LinkButton kind="secondary" href={changeHref(list.name, entry.key, 'disable')}>{t('catalogue.lists.act.disable')}</LinkButton>}
        {entry.state === 'disabled' && acts.includes('add') && <LinkButton kind="secondary" href={`${newEntryHref(list.name)}?key=${encodeURIComponent(entry.key)}`}>{t('catalogue.lists.addAgain')}</LinkButton>}
      </ButtonGroup>
      {periods.length > 1 && (
        <Table caption={t('catalogue.lists.periods')} columns={[{ header: t('catalogue.lists.field.validFrom') }, { header: t('catalogue.lists.field.validTo') }, ...list.columns.filter((c) => c.shown).map((c) => ({ header: fieldName(t, c.field) }))]}
          rows={periods.map((p) => [dayWords(p.validFrom), dayWords(p.validTo), ...list.columns.filter((c) => c.shown).map((c) => valueWords(t, c, p.values[c.field]))])} />
      )}
      <h2 class="govuk-heading-m">{t('catalogue.lists.history')}</h2>
      {history.length === 0 ? <p class="govuk-body">{t('catalogue.lists.history.none')}</p> : (
        <Table caption={t('catalogue.lists.history')} captionHidden wide
          columns={['revision', 'when', 'act', 'from', 'who', 'what', 'basis'].map((name) => ({ header: t(`catalogue.lists.history.${name}`) }))}
          rows={history.map((c) => [String(c.revision), formatDateTime(c.changedAt), t(`catalogue.lists.act.${c.action}`), dayWords(c.fromDate), whoWords(names, c), <Differences list={list} before={c.before} after={c.after} />, <>{c.basis}<br /><span class="govuk-hint">{c.rightSource}</span></>])} />
      )}
    </>
  )
}
