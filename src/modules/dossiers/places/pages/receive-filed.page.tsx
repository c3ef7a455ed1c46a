import type { VNode } from 'preact'
import { isRefusal } from '../../../../platform/errors.ts'
import { page, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { formatDateTime } from '../../../../platform/i18n.ts'
import { Button, ErrorSummary, Form, InsetText, NotificationBanner, SearchBox, SummaryList, usePage } from '../../../../ui/index.ts'
import { procedureNames } from '../../../catalogue/index.ts'
import { agencyName, findAgency } from '../../../organisations/index.ts'
import type { Dossier } from '../../dossier.ts'
import { findContent, type Content } from '../../dossiers.store.ts'
import { recordReading } from '../../pages/desk/read-desk-dossier.ts'
import { storedSummary, type StoredSection } from '../../pages/stored-summary.ts'
import { officerCtx } from '../../reception/pages/read-visit.ts'
import { findFiled, receiveFiled } from '../receive-filed.ts'
import { receiveFiledPath } from './hrefs.ts'

const access = { permission: 'dossiers.receive' } as const

/** What was filed online for any agency of the node is received at the desk to which the person comes with the reference. */
export const receiveFiledRoutes: Route[] = [
  { method: 'GET', path: receiveFiledPath, access, handler: (req) => show(req, (req.query.q ?? '').slice(0, 30), undefined) },
  { method: 'POST', path: receiveFiledPath, access, handler: async (req) => {
    const reference = req.form.get('reference')
    try {
      return await show(req, '', await receiveFiled(officerCtx(req), { reference }))
    } catch (error) {
      // The page says what became of it, with the reference as it was typed.
      if (!isRefusal(error, 'NOT_FOUND') && !isRefusal(error, 'NOT_RECEIVED_HERE')) throw error
      return show(req, reference, undefined)
    }
  } },
]

interface View { q: string; received: Dossier | undefined; found: { dossier: Dossier; content: Content | undefined; summary: StoredSection[]; procedure: string; agency: string } | undefined; problem: string | undefined }

async function show(req: Req, q: string, received: Dossier | undefined): Promise<Reply> {
  const ctx = officerCtx(req)
  const { view, status } = await read(req, q, received)
  return page(<ReceiveFiled view={view} />, { title: ctx.t('dossiers.places.receiveFiled'), layout: 'desk', status })
}

async function read(req: Req, q: string, received: Dossier | undefined): Promise<{ view: View; status: number }> {
  const ctx = officerCtx(req)
  if (q === '' && (received || req.raw.method !== 'POST')) return { view: { q, received, found: undefined, problem: undefined }, status: 200 }
  try {
    const dossier = await findFiled(ctx, q)
    await recordReading(req, dossier)
    const [content, names, agency] = await Promise.all([findContent(ctx.db, dossier.id), procedureNames(ctx.db, [dossier.procedureCode], ctx.lang), findAgency(ctx.db, dossier.agencyCode, ctx.now)])
    const found = { dossier, content, summary: content ? await storedSummary(ctx, content) : [], procedure: names.get(dossier.procedureCode) ?? dossier.procedureCode, agency: agency ? agencyName(agency, ctx.lang) : dossier.agencyCode }
    return { view: { q, received, found, problem: undefined }, status: 200 }
  } catch (error) {
    if (!isRefusal(error)) throw error
    const problem = error.code === 'NOT_FOUND' ? ctx.t('dossiers.places.noneFound') : ctx.t(error.key, error.params)
    return { view: { q, received, found: undefined, problem }, status: 400 }
  }
}

function ReceiveFiled({ view: { q, received, found, problem } }: { view: View }): VNode {
  const { t } = usePage()
  return (
    <>
      {problem && <ErrorSummary errors={[{ field: 'search', key: 'dossiers.places.problem', params: { problem } }]} />}
      {received && <NotificationBanner type="success" heading={t('dossiers.places.received', { code: received.code ?? '', at: received.dueAt ? formatDateTime(received.dueAt) : '–' })} />}
      <h1 class="govuk-heading-l">{t('dossiers.places.receiveFiled')}</h1>
      <p class="govuk-body">{t('dossiers.places.receiveLead')}</p>
      <SearchBox action={receiveFiledPath} value={q} label={t('dossiers.column.reference')} />
      {found && (
        <>
          <h2 class="govuk-heading-m">{found.procedure}</h2>
          <SummaryList rows={[
            { key: t('dossiers.desk.applicant'), value: found.content?.applicant.name ?? '–' },
            { key: t('dossiers.column.agency'), value: found.agency },
            { key: t('dossiers.column.submitted'), value: formatDateTime(found.dossier.submittedAt) },
          ]} />
          {found.summary.map((s) => <SummaryList card={{ title: s.page, level: 3 }} rows={s.rows.map((r) => ({ key: r.question, value: <span class="mc-answer">{r.answer}</span> }))} />)}
          <InsetText>{t('dossiers.places.receiveFinal', { agency: found.agency })}</InsetText>
          <Form action={receiveFiledPath} hidden={{ reference: found.dossier.reference }}><Button>{t('dossiers.desk.accept')}</Button></Form>
        </>
      )}
    </>
  )
}
