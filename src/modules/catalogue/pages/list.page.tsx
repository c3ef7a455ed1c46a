import type { VNode } from 'preact'
import { formatNumber } from '../../../platform/i18n.ts'
import { page } from '../../../platform/http/reply.ts'
import type { Route } from '../../../platform/http/route.ts'
import { EmptyState, FilterPanel, Pagination, SearchBox, usePage, type FilterGroup } from '../../../ui/index.ts'
import { levels, onlineLevels, subjects } from '../content.ts'
import { listLifeEvents, listOwners, listSectors, searchProcedures, sorts, type Found, type LifeEvent, type OwnerChoice, type ProcedureQuery, type SectorChoice } from '../search/search-procedures.ts'
import { reportHref } from '../reports/hrefs.ts'
import { listHref, listPath, suggestPath } from './hrefs.ts'
import { hintsFor, type Hints } from '../search/hints.ts'
import { addressOf, readListQuery } from './list-query.ts'
import { ProcedureItem } from './procedure-item.tsx'

/** The list of procedures with search and filters, all of it in the address. */
export const listRoute: Route = {
  method: 'GET', path: listPath, access: 'public', remember: true, handler: async ({ ctx, query: given }) => {
    const query = readListQuery(given, ctx.lang)
    const [found, sectors, lifeEvents, owners] = await Promise.all([searchProcedures(ctx.db, query), listSectors(ctx.db), listLifeEvents(ctx.db), listOwners(ctx.db)])
    const hints = await hintsFor(ctx.db, query.q, lifeEvents)
    const title = query.q ? ctx.t('catalogue.list.titleFor', { q: query.q }) : ctx.t('catalogue.list.title')
    return page(<ListPage query={query} found={found} sectors={sectors} lifeEvents={lifeEvents} owners={owners} hints={hints} />, { title })
  },
}

interface Props { query: ProcedureQuery; found: Found; sectors: readonly SectorChoice[]; lifeEvents: readonly LifeEvent[]; owners: readonly OwnerChoice[]; hints: Hints }

function ListPage({ query, found, sectors, lifeEvents, owners, hints }: Props): VNode {
  const { t, lang } = usePage()
  const address = addressOf(query)
  const { q, 'sap-xep': sort, ...filters } = address
  const isFiltered = Object.values(filters).some(Boolean)
  return (
    <>
      <h1 class="govuk-heading-l">{t('catalogue.list.title')}</h1>
      <SearchBox action={listPath} suggest={suggestPath} value={query.q ?? ''} label={t('catalogue.search.label')} keep={given({ ...filters, 'sap-xep': sort })} />
      <div class="mc-with-filter">
        <FilterPanel action={listPath} groups={[...filterGroups(t, lang, query, sectors, lifeEvents), { name: 'bo', title: t('catalogue.filter.owner'), kind: 'select', empty: t('catalogue.filter.all'), options: owners.map((o) => ({ value: o.code, text: o.name, count: o.procedures })), selected: query.owner ? [query.owner] : [] }]} keep={given({ q })} {...(isFiltered ? { clearHref: listHref({ q, 'sap-xep': sort }) } : {})}
          removeHref={(name) => listHref({ ...address, [name]: undefined })} />
        <section aria-label={t('catalogue.list.results')}>
          <p class="govuk-body" role="status">{t('catalogue.list.count', { count: found.total, number: formatNumber(found.total, lang) })}</p>
          {hints.meant && <p class="govuk-body">{t('catalogue.search.didYouMean')} <a class="govuk-link" href={listHref({ ...address, q: hints.meant })}><strong>{hints.meant}</strong></a>?</p>}
          {hints.lifeEvents.length > 0 && <p class="govuk-body">{t('catalogue.search.events')} {hints.lifeEvents.map((e, i) => <>{i > 0 && ' · '}<a class="govuk-link" href={listHref({ 'su-kien': e.code })}>{e.name[lang]}</a></>)}</p>}
          {found.total > 0 && (
            <>
              {found.pages > 1 && <p class="govuk-body mc-small">{t('catalogue.sort.label')} {sorts.filter((s) => s !== 'relevance' || query.q).map((s, i) => <>{i > 0 && ' · '}{s === (query.sort ?? (query.q ? 'relevance' : undefined)) ? <strong>{t(`catalogue.sort.${s}`)}</strong> : <a class="govuk-link" href={listHref({ ...address, 'sap-xep': s === 'relevance' ? undefined : s })}>{t(`catalogue.sort.${s}`)}</a>}</>)}</p>}
              <ul class="mc-procedures">{found.rows.map((row) => <ProcedureItem procedure={row} />)}</ul>
              <Pagination page={found.page} pages={found.pages} href={(n) => listHref({ ...address, trang: n === 1 ? undefined : String(n) })} />
            </>
          )}
          {found.total === 0 && <NothingFound query={query} isFiltered={isFiltered} lifeEvents={lifeEvents} />}
        </section>
      </div>
    </>
  )
}

function NothingFound({ query, isFiltered, lifeEvents }: { query: ProcedureQuery; isFiltered: boolean; lifeEvents: readonly LifeEvent[] }): VNode {
  const { t, lang } = usePage()
  return (
    <EmptyState title={query.q ? t('catalogue.list.noneFor', { q: query.q }) : t('catalogue.list.none')}>
      <p>{t('catalogue.list.noneAdvice')}</p>
      {isFiltered && <p><a class="govuk-link" href={listHref({ q: query.q })}>{t('catalogue.list.withoutFilters')}</a></p>}
      <p>{t('catalogue.search.emptyEvents')} {lifeEvents.slice(0, 8).map((e, i) => <>{i > 0 && ' · '}<a class="govuk-link" href={listHref({ 'su-kien': e.code })}>{e.name[lang]}</a></>)}</p>
      <p><a class="govuk-link" href={`${reportHref()}?loai=missing`}>{t('catalogue.search.emptyReport')}</a></p>
      <p><a class="govuk-link" href={listHref()}>{t('catalogue.list.all')}</a></p>
    </EmptyState>
  )
}

const given = (values: Record<string, string | undefined>): Record<string, string> => Object.fromEntries(Object.entries(values).filter((e): e is [string, string] => Boolean(e[1])))

function filterGroups(t: (key: string) => string, lang: 'vi' | 'en', query: ProcedureQuery, sectors: readonly SectorChoice[], lifeEvents: readonly LifeEvent[]): FilterGroup[] {
  const chosen = (value: string | undefined): string[] => (value ? [value] : [])
  const empty = t('catalogue.filter.all')
  return [
    { name: 'truc-tuyen', title: t('catalogue.filter.online'), kind: 'select', empty, selected: chosen(query.online), options: [{ value: 'here', text: t('catalogue.online.here') }, ...onlineLevels.map((value) => ({ value, text: t(`catalogue.online.${value}`) }))] },
    { name: 'su-kien', title: t('catalogue.filter.lifeEvent'), kind: 'select', empty, selected: chosen(query.lifeEvent), options: lifeEvents.map((e) => ({ value: e.code, text: e.name[lang] })) },
    { name: 'linh-vuc', title: t('catalogue.filter.sector'), kind: 'select', empty, selected: chosen(query.sector), options: sectors.map((s) => ({ value: s.code, text: s.name[lang], count: s.procedures })) },
    { name: 'cap', title: t('catalogue.filter.level'), kind: 'select', empty, selected: chosen(query.level), options: levels.map((value) => ({ value, text: t(`catalogue.level.${value}`) })) },
    { name: 'doi-tuong', title: t('catalogue.filter.subject'), kind: 'select', empty, selected: chosen(query.subject), options: subjects.map((value) => ({ value, text: t(`catalogue.subject.${value}`) })) },
  ]
}
