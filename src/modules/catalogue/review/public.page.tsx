import type { VNode } from 'preact'
import { formatNumber } from '../../../platform/i18n.ts'
import { page } from '../../../platform/http/reply.ts'
import type { Route } from '../../../platform/http/route.ts'
import { Breadcrumbs, EmptyState, Pagination, Table, usePage } from '../../../ui/index.ts'
import { homePath, procedureHref } from '../pages/hrefs.ts'
import { narrowed } from '../questions/hrefs.ts'
import { FindingWords } from './admin.page.tsx'
import { countByRule, listFindings, noOwner, resultsByOwner, type OwnerResult } from './findings.store.ts'
import { publicQualityPath } from './hrefs.ts'
import { ruleOf } from './rules.ts'

/** How complete and how much in time the catalogue is, by ministry: the public results of the review (S4 art. 24). */
export const publicQualityRoute: Route = {
  method: 'GET', path: publicQualityPath, access: 'public', handler: async ({ ctx, query }) => {
    const owners = await resultsByOwner(ctx.db, ctx.now)
    const owner = query.bo ? owners.find((o) => (o.owner ?? noOwner) === query.bo) : undefined
    if (!owner) return page(<Results owners={owners} national={ctx.node.config.kind === 'national' ? undefined : `${ctx.node.config.national.baseUrl}${publicQualityPath}`} />, { title: ctx.t('catalogue.review.public') })
    const filter = { owner: owner.owner ?? noOwner, page: /^\d{1,5}$/.test(query.trang ?? '') ? Number(query.trang) : 1 }
    const [found, counts] = await Promise.all([listFindings(ctx.db, filter, ctx.now), countByRule(ctx.db, filter, ctx.now)])
    return page(<OwnerPage owner={owner} found={found} counts={counts} />, { title: ctx.t('catalogue.review.public') })
  },
}

function Results({ owners, national }: { owners: readonly OwnerResult[]; national: string | undefined }): VNode {
  const { t, lang } = usePage()
  const share = (n: number, of: number): string => (of === 0 ? t('catalogue.review.notKnown') : `${formatNumber(Math.round((1000 * n) / of) / 10, lang)} %`)
  const columns = ['owner', 'procedures', 'complete', 'decided', 'published', 'errors', 'warnings', 'overdue'].map((c, i) => ({ header: t(`catalogue.review.column.${c}`), numeric: i > 0 }))
  return (
    <>
      <Breadcrumbs items={[{ text: t('catalogue.home.crumb'), href: homePath }, { text: t('catalogue.review.public') }]} />
      <h1 class="govuk-heading-l">{t('catalogue.review.public')}</h1>
      <p class="govuk-body">{t('catalogue.review.publicLead')}</p>
      {owners.length === 0 ? <EmptyState title={t('catalogue.review.noResults')}>{national && <p><a class="govuk-link" href={national}>{t('catalogue.review.atNational')}</a></p>}</EmptyState> : (
        <Table caption={t('catalogue.review.byOwner')} wide columns={columns} rows={owners.map((o) => [
          <a class="govuk-link" href={narrowed(publicQualityPath, { bo: o.owner ?? noOwner })}>{o.name ?? t('catalogue.review.noOwner')}</a>, formatNumber(o.procedures, lang),
          share(o.complete, o.procedures), share(o.decided, o.decidedKnown), share(o.published, o.publishedKnown), formatNumber(o.errors, lang), formatNumber(o.warnings, lang), formatNumber(o.overdue, lang),
        ])} />
      )}
    </>
  )
}

function OwnerPage({ owner, found, counts }: { owner: OwnerResult; found: Awaited<ReturnType<typeof listFindings>>; counts: ReadonlyMap<string, number> }): VNode {
  const { t, lang } = usePage()
  const name = owner.name ?? t('catalogue.review.noOwner')
  return (
    <>
      <Breadcrumbs items={[{ text: t('catalogue.home.crumb'), href: homePath }, { text: t('catalogue.review.public'), href: publicQualityPath }, { text: name }]} />
      <h1 class="govuk-heading-l">{name}</h1>
      {found.total === 0 ? <EmptyState title={t('catalogue.review.none')} /> : (
        <>
          <Table caption={t('catalogue.review.byRule')} columns={[{ header: t('catalogue.review.rule') }, { header: t('catalogue.review.source') }, { header: t('catalogue.review.number'), numeric: true }]}
            rows={[...counts].map(([rule, n]) => [t(`catalogue.review.rule.${rule}.name`), ruleOf(rule)?.source ?? '–', formatNumber(n, lang)])} />
          <Table caption={t('catalogue.review.count', { count: found.total, number: formatNumber(found.total, lang) })} columns={['procedure', 'finding'].map((c) => ({ header: t(`catalogue.review.${c}`) }))}
            rows={found.rows.map((f) => [<a class="govuk-link" href={procedureHref(f.code)}>{f.code}</a>, f.rule === 'manual' ? t('catalogue.review.rule.manual.name') : <FindingWords finding={f} />])} />
          <Pagination page={found.page} pages={found.pages} href={(n) => narrowed(publicQualityPath, { bo: owner.owner ?? noOwner, trang: n === 1 ? undefined : String(n) })} />
        </>
      )}
    </>
  )
}
