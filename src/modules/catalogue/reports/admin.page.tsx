import type { VNode } from 'preact'
import type { Ctx } from '../../../platform/ctx.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { formatDate, formatDateTime, formatNumber } from '../../../platform/i18n.ts'
import { page, redirect, type Reply } from '../../../platform/http/reply.ts'
import type { Route } from '../../../platform/http/route.ts'
import { BackLink, Button, EmptyState, ErrorSummary, FilterPanel, Form, NotificationBanner, Pagination, Radios, SummaryList, Table, Tag, Textarea, fieldErrors, usePage, type Tone } from '../../../ui/index.ts'
import { errors as refusals } from '../catalogue.errors.ts'
import { procedureHref } from '../pages/hrefs.ts'
import { narrowed } from '../questions/hrefs.ts'
import { answerReport, scopeOf } from './answer-report.ts'
import { reportsPath } from './hrefs.ts'
import { openContact, outcomes, reportKinds, reportStates, type Report, type ReportState } from './report.ts'
import { findReport, listReports, type ReportFilter } from './reports.store.ts'

const access = { permission: 'catalogue.reports' } as const
const tones: Record<ReportState, Tone> = { new: 'attention', answered: 'done' }

export const adminReportRoutes: readonly Route[] = [
  { method: 'GET', path: reportsPath, access, handler: async ({ ctx, query }) => {
    const filter: ReportFilter = { kind: reportKinds.find((k) => k === query.kind), state: reportStates.find((s) => s === query.state), page: /^\d{1,5}$/.test(query.page ?? '') ? Number(query.page) : 1 }
    return page(<ListPage filter={filter} found={await listReports(ctx.db, scopeOf(ctx.actor), filter)} />, { title: ctx.t('catalogue.reports.admin'), layout: 'desk' })
  } },
  { method: 'GET', path: '/admin/reports/:id', access, audit: 'catalogue.report', handler: ({ ctx, params, query }) => show(ctx, params.id!, [], undefined, query.done === '1') },
  { method: 'POST', path: '/admin/reports/:id', access, handler: async ({ ctx, params, form }) => {
    const typed = { outcome: form.get('outcome'), answer: form.get('answer') }
    const wrong = await answerReport(ctx, params.id!, typed)
    return wrong.length > 0 ? show(ctx, params.id!, wrong, typed) : redirect(`${reportsPath}/${params.id!}?done=1`)
  } },
]

async function show(ctx: Ctx, id: string, wrong: readonly FieldError[], typed?: { outcome: string; answer: string }, done = false): Promise<Reply> {
  const report = await findReport(ctx.db, scopeOf(ctx.actor), id)
  if (!report) throw refusals.REPORT_NOT_FOUND()
  const contact = report.contact ? openContact(ctx.node, id, report.contact) : undefined
  return page(<ReportPage report={report} contact={contact} wrong={wrong} typed={typed ?? { outcome: report.outcome ?? '', answer: report.answer ?? '' }} done={done} />,
    { title: ctx.t('catalogue.reports.one', { reference: report.reference }), layout: 'desk', status: wrong.length > 0 ? 400 : 200, headers: { 'cache-control': 'private, no-store' } })
}

function ListPage({ filter, found }: { filter: ReportFilter; found: Awaited<ReturnType<typeof listReports>> }): VNode {
  const { t, lang } = usePage()
  const address = { kind: filter.kind, state: filter.state }
  return (
    <>
      <h1 class="govuk-heading-l">{t('catalogue.reports.admin')}</h1>
      <div class="mc-with-filter">
        <FilterPanel action={reportsPath} {...(Object.values(address).some(Boolean) ? { clearHref: reportsPath } : {})} removeHref={(name) => narrowed(reportsPath, { ...address, [name]: undefined })}
          groups={[
            { name: 'state', title: t('catalogue.reports.state'), kind: 'select', empty: t('catalogue.filter.all'), options: reportStates.map((s) => ({ value: s, text: t(`catalogue.reports.state.${s}`) })), selected: filter.state ? [filter.state] : [] },
            { name: 'kind', title: t('catalogue.reports.kind'), kind: 'select', empty: t('catalogue.filter.all'), options: reportKinds.map((k) => ({ value: k, text: t(`catalogue.reports.kind.${k}`) })), selected: filter.kind ? [filter.kind] : [] },
          ]} />
        <section aria-label={t('catalogue.list.results')}>
          {found.total === 0 ? <EmptyState title={t('catalogue.reports.none')} /> : (
            <Table caption={t('catalogue.reports.count', { count: found.total, number: formatNumber(found.total, lang) })} wide columns={['reference', 'kind', 'procedure', 'from', 'sentOn', 'state'].map((c) => ({ header: t(`catalogue.reports.${c}`) }))}
              rows={found.rows.map((r) => [
                <a class="govuk-link" href={`${reportsPath}/${r.id}`}>{r.reference}</a>, t(`catalogue.reports.kind.${r.kind}`), r.code ?? '–', r.reporterAgency ?? t('catalogue.reports.citizen'), formatDate(r.createdAt), <Tag tone={tones[r.state]}>{t(`catalogue.reports.state.${r.state}`)}</Tag>,
              ])} />
          )}
          <Pagination page={found.page} pages={found.pages} href={(n) => narrowed(reportsPath, { ...address, page: n === 1 ? undefined : String(n) })} />
        </section>
      </div>
    </>
  )
}

interface Props { report: Report; contact: string | undefined; wrong: readonly FieldError[]; typed: { outcome: string; answer: string }; done: boolean }

function ReportPage({ report: r, contact, wrong, typed, done }: Props): VNode {
  const { t } = usePage()
  const found = fieldErrors(wrong, t)
  return (
    <>
      <BackLink href={reportsPath} />
      <ErrorSummary errors={[...wrong]} />
      {done && <NotificationBanner type="success" heading={t('catalogue.reports.answered')} />}
      <h1 class="govuk-heading-l">{t('catalogue.reports.one', { reference: r.reference })}</h1>
      <SummaryList rows={[
        { key: t('catalogue.reports.kind'), value: t(`catalogue.reports.kind.${r.kind}`) }, { key: t('catalogue.reports.procedure'), value: r.code ? <a class="govuk-link" href={procedureHref(r.code)}>{r.code}</a> : '–' },
        { key: t('catalogue.reports.words'), value: r.words }, { key: t('catalogue.reports.from'), value: r.reporterAgency ?? t('catalogue.reports.citizen') }, { key: t('catalogue.reports.contact'), value: contact ?? (r.fromNode ? t('catalogue.reports.contactElsewhere', { node: r.fromNode }) : '–') },
        { key: t('catalogue.reports.sentOn'), value: formatDateTime(r.createdAt) }, { key: t('catalogue.reports.handledBy'), value: r.ownerName ?? t('catalogue.reports.reviewers') }, { key: t('catalogue.reports.state'), value: <Tag tone={tones[r.state]}>{t(`catalogue.reports.state.${r.state}`)}</Tag> },
      ]} />
      <Form>
        <h2 class="govuk-heading-m">{t('catalogue.reports.answer')}</h2>
        <Radios name="outcome" label={t('catalogue.reports.outcome')} value={typed.outcome} error={found.of('outcome')} options={outcomes.map((o) => ({ value: o, text: t(`catalogue.reports.outcome.${o}`) }))} />
        <Textarea name="answer" label={t('catalogue.reports.answerText')} hint={t('catalogue.reports.answerHint')} value={typed.answer} error={found.of('answer')} rows={5} />
        <Button>{t(r.state === 'answered' ? 'catalogue.reports.answerAgain' : 'catalogue.reports.sendAnswer')}</Button>
      </Form>
    </>
  )
}
