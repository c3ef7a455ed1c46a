import type { VNode } from 'preact'
import { isPermitted } from '../../../../platform/actor.ts'
import { page, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { formatDate, formatNumber } from '../../../../platform/i18n.ts'
import { EmptyState, FilterPanel, InsetText, LinkButton, Pagination, SearchBox, Table, usePage } from '../../../../ui/index.ts'
import { agencyName, findAgency } from '../../../organisations/index.ts'
import { decisionStates, visibleIssuer } from '../decision.ts'
import { listDecisions, listIssuers, type ListedDecision } from '../decision.store.ts'
import { decisionHref, decisionsHref, decisionsPath, newDecisionPath } from './hrefs.ts'
import { StateTag } from './state-tag.tsx'

/** All publication decisions. */
export const decisionListRoutes: readonly Route[] = [
  { method: 'GET', path: decisionsPath, access: { permission: 'catalogue.decide' }, handler: (req) => showList(req) },
]

export const officesOf = async (req: Req, codes: readonly string[]): Promise<Map<string, string>> => new Map(await Promise.all([...new Set(codes)].map(async (code) => {
  const agency = await findAgency(req.ctx.db, code, req.ctx.now)
  return [code, agency ? agencyName(agency, req.ctx.lang) : code] as const
})))

async function showList(req: Req): Promise<Reply> {
  const { ctx, query } = req
  const { t } = ctx
  const filter = { state: decisionStates.find((s) => s === query.state), issuer: /^[GH]\d{2}$/.test(query.issuer ?? '') ? query.issuer : undefined, q: query.q?.trim().slice(0, 100) || undefined, visible: visibleIssuer(ctx.actor, ctx.node.config.national.code) }
  const [found, issuers] = await Promise.all([listDecisions(ctx.db, filter, Number(query.page) || 1), listIssuers(ctx.db)])
  const offices = await officesOf(req, [...issuers, ...found.rows.map((d) => d.issuer)])
  const address = { q: filter.q, state: filter.state, issuer: filter.issuer }
  const isNational = ctx.node.config.kind === 'national'
  return page(
    <>
      <h1 class="govuk-heading-l">{t('catalogue.decisions.title')}</h1>
      <p class="govuk-body">{t('catalogue.decisions.lead')}</p>
      {!isNational && <InsetText>{t('catalogue.decisions.elsewhere')} <a class="govuk-link" href={`${ctx.node.config.national.baseUrl}${decisionsPath}`}>{t('catalogue.decisions.toNational')}</a></InsetText>}
      {isNational && isPermitted(ctx.actor, 'catalogue.decide') && <LinkButton href={newDecisionPath}>{t('catalogue.decisions.new')}</LinkButton>}
      <SearchBox action={decisionsPath} value={filter.q ?? ''} label={t('catalogue.decisions.search')} keep={given({ state: filter.state, issuer: filter.issuer })} />
      <div class="mc-with-filter">
        <FilterPanel action={decisionsPath} keep={given({ q: filter.q })} {...(filter.state || filter.issuer ? { clearHref: decisionsHref({ q: filter.q }) } : {})} removeHref={(name) => decisionsHref({ ...address, [name]: undefined })} groups={[
          { name: 'state', title: t('catalogue.decisions.state'), kind: 'select', empty: t('catalogue.filter.all'), selected: filter.state ? [filter.state] : [], options: decisionStates.map((value) => ({ value, text: t(`catalogue.decisions.state.${value}`) })) },
          { name: 'issuer', title: t('catalogue.decisions.issuer'), kind: 'select', empty: t('catalogue.filter.all'), selected: filter.issuer ? [filter.issuer] : [], options: issuers.map((value) => ({ value, text: offices.get(value)! })) },
        ]} />
        <section aria-label={t('catalogue.decisions.title')}>
          <p class="govuk-body" role="status">{t('catalogue.decisions.count', { count: found.total, number: formatNumber(found.total, ctx.lang) })}</p>
          {found.total === 0 ? <EmptyState title={t('catalogue.decisions.none')}><p>{t('catalogue.decisions.noneAdvice')}</p></EmptyState> : <DecisionTable rows={found.rows} offices={offices} />}
          <Pagination page={found.page} pages={found.pages} href={(n) => decisionsHref({ ...address, page: n === 1 ? undefined : String(n) })} />
        </section>
      </div>
    </>, { title: t('catalogue.decisions.title'), layout: 'desk' })
}

const given = (values: Record<string, string | undefined>): Record<string, string> => Object.fromEntries(Object.entries(values).filter((e): e is [string, string] => Boolean(e[1])))

function DecisionTable({ rows, offices }: { rows: readonly ListedDecision[]; offices: ReadonlyMap<string, string> }): VNode {
  const { t } = usePage()
  return (
    <Table wide keys caption={t('catalogue.decisions.title')} captionHidden
      columns={[{ header: t('catalogue.decisions.number') }, { header: t('catalogue.decisions.issuer') }, { header: t('catalogue.decisions.state') }, { header: t('catalogue.decisions.effectiveOn') }, { header: t('catalogue.decisions.items'), numeric: true }, { header: t('catalogue.decisions.author') }]}
      rows={rows.map((d) => ({ href: decisionHref(d.id), cells: [
        <><a class="govuk-link" href={decisionHref(d.id)}>{d.number}</a>{d.title && <><br /><span class="govuk-hint">{d.title}</span></>}</>, offices.get(d.issuer) ?? d.issuer, <StateTag state={d.state} />, formatDate(d.effectiveOn), d.items, d.authorName,
      ] }))} />
  )
}
