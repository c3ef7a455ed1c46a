import type { VNode } from 'preact'
import type { FieldError } from '../../../platform/errors.ts'
import { isRefusal } from '../../../platform/errors.ts'
import { formatDate } from '../../../platform/i18n.ts'
import { page, redirect, type Reply } from '../../../platform/http/reply.ts'
import type { Req, Route } from '../../../platform/http/route.ts'
import { Breadcrumbs, Button, EmptyState, ErrorSummary, Form, InsetText, Panel, Radios, SummaryList, Textarea, TextInput, fieldErrors, usePage } from '../../../ui/index.ts'
import { procedureNames } from '../get-procedure.ts'
import { homePath, procedureHref } from '../pages/hrefs.ts'
import { followHref, followReportPath, reportPath } from './hrefs.ts'
import { makeReport } from './make-report.ts'
import { readReference, reportKinds, type Report } from './report.ts'
import { findByReference } from './reports.store.ts'

interface Typed { kind: string; code: string; words: string; contact: string }

export const reportRoutes: readonly Route[] = [
  { method: 'GET', path: reportPath, access: 'public', handler: (req) => showForm(req, { kind: req.query.loai ?? '', code: (req.query['thu-tuc'] ?? '').slice(0, 40), words: '', contact: '' }, []) },
  { method: 'POST', path: reportPath, access: 'public', handler: async (req) => {
    const { ctx, form } = req
    const typed: Typed = { kind: form.get('kind'), code: form.get('code').slice(0, 40), words: form.get('words'), contact: form.get('contact') }
    try {
      const made = await makeReport(ctx, { ...typed, session: sessionOf(req), address: req.ip })
      return Array.isArray(made) ? showForm(req, typed, made) : redirect(`${followHref(made)}&moi=1`)
    } catch (error) {
      if (!isRefusal(error) || error.status !== 429) throw error
      return showForm(req, typed, [{ field: 'words', key: error.key }], 429)
    }
  } },
  { method: 'GET', path: followReportPath, access: 'public', handler: async ({ ctx, query }) => {
    const typed = (query.ma ?? '').slice(0, 40)
    const reference = readReference(typed)
    const report = reference ? await findByReference(ctx.db, reference) : undefined
    const name = report?.code ? (await procedureNames(ctx.db, [report.code], ctx.lang)).get(report.code) : undefined
    return page(<FollowPage typed={typed} report={report} name={name} isNew={query.moi === '1'} />, { title: ctx.t('catalogue.reports.follow'), headers: { 'cache-control': 'private, no-store' } })
  } },
]

/** A logged-in person or officer, else the browser's random cookie. */
function sessionOf({ ctx, cookies, ip }: Req): string {
  if (ctx.actor.kind === 'person' || ctx.actor.kind === 'officer') return ctx.actor.sessionId
  return Object.entries(cookies).find(([name]) => name.includes('csrf'))?.[1] ?? ip
}

async function showForm({ ctx }: Req, typed: Typed, wrong: readonly FieldError[], status = 400): Promise<Reply> {
  const name = typed.code ? (await procedureNames(ctx.db, [typed.code], ctx.lang)).get(typed.code) : undefined
  return page(<ReportForm typed={typed} name={name} wrong={wrong} />, { title: ctx.t('catalogue.reports.title'), status: wrong.length > 0 ? status : 200 })
}

function ReportForm({ typed, name, wrong }: { typed: Typed; name: string | undefined; wrong: readonly FieldError[] }): VNode {
  const { t } = usePage()
  const found = fieldErrors(wrong, t)
  return (
    <>
      <Breadcrumbs items={[{ text: t('catalogue.home.crumb'), href: homePath }, { text: t('catalogue.reports.title') }]} />
      <ErrorSummary errors={[...wrong]} />
      <h1 class="govuk-heading-l">{t('catalogue.reports.title')}</h1>
      <p class="govuk-body">{t('catalogue.reports.lead')}</p>
      {name && <InsetText><a class="govuk-link" href={procedureHref(typed.code)}>{name}</a></InsetText>}
      <Form action={reportPath}>
        <Radios name="kind" label={t('catalogue.reports.kind')} value={typed.kind} error={found.of('kind')} options={reportKinds.map((k) => ({ value: k, text: t(`catalogue.reports.kind.${k}`), hint: t(`catalogue.reports.kindHint.${k}`) }))} />
        <TextInput name="code" label={t('catalogue.reports.code')} hint={t('catalogue.reports.codeHint')} value={typed.code} error={found.of('code')} width={20} spellcheck={false} />
        <Textarea name="words" label={t('catalogue.reports.words')} hint={t('catalogue.reports.wordsHint')} value={typed.words} error={found.of('words')} rows={6} />
        <TextInput name="contact" label={t('catalogue.reports.contact')} hint={t('catalogue.reports.contactHint')} value={typed.contact} error={found.of('contact')} width="two-thirds" autocomplete="email" spellcheck={false} />
        <Button>{t('catalogue.reports.send')}</Button>
      </Form>
      <FollowForm value="" />
    </>
  )
}

function FollowForm({ value, error }: { value: string; error?: string | undefined }): VNode {
  const { t } = usePage()
  return (
    <Form action={followReportPath} method="get">
      <h2 class="govuk-heading-m">{t('catalogue.reports.follow')}</h2>
      <TextInput name="ma" label={t('catalogue.reports.reference')} hint={t('catalogue.reports.referenceHint')} value={value} error={error} width={20} code spellcheck={false} />
      <Button kind="secondary">{t('catalogue.reports.followButton')}</Button>
    </Form>
  )
}

function FollowPage({ typed, report, name, isNew }: { typed: string; report: Report | undefined; name: string | undefined; isNew: boolean }): VNode {
  const { t } = usePage()
  return (
    <>
      <Breadcrumbs items={[{ text: t('catalogue.home.crumb'), href: homePath }, { text: t('catalogue.reports.title'), href: reportPath }, { text: t('catalogue.reports.follow') }]} />
      {report && isNew ? <Panel title={t('catalogue.reports.sent')}>{t('catalogue.reports.reference')}<br /><strong>{report.reference}</strong></Panel> : <h1 class="govuk-heading-l">{t('catalogue.reports.follow')}</h1>}
      {report && (
        <>
          <SummaryList rows={[
            { key: t('catalogue.reports.reference'), value: report.reference }, { key: t('catalogue.reports.kind'), value: t(`catalogue.reports.kind.${report.kind}`) },
            ...(report.code ? [{ key: t('catalogue.review.procedure'), value: <a class="govuk-link" href={procedureHref(report.code)}>{name ?? report.code}</a> }] : []),
            { key: t('catalogue.reports.sentOn'), value: formatDate(report.createdAt) }, { key: t('catalogue.reports.handledBy'), value: report.ownerName ?? t('catalogue.reports.reviewers') },
            { key: t('catalogue.reports.state'), value: t(`catalogue.reports.state.${report.state}`) },
            ...(report.answer ? [{ key: t('catalogue.reports.outcome'), value: t(`catalogue.reports.outcome.${report.outcome}`) }, { key: t('catalogue.reports.answer'), value: report.answer }, { key: t('catalogue.reports.answeredOn'), value: formatDate(report.answeredAt!) }] : []),
          ]} />
          {isNew && <p class="govuk-body">{t('catalogue.reports.next')}</p>}
        </>
      )}
      {!report && typed !== '' && <EmptyState title={t('catalogue.reports.unknown')}><p>{t('catalogue.reports.unknownAdvice')}</p></EmptyState>}
      {!report && <FollowForm value={typed} />}
    </>
  )
}
