import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { formatDateTime } from '../../../../platform/i18n.ts'
import { isId } from '../../../../platform/ids.ts'
import { BackLink, InsetText, Table, Tag, usePage } from '../../../../ui/index.ts'
import { assertOfDesk } from '../../desk-scope.ts'
import { errors } from '../../dossiers.errors.ts'
import { findDossiers } from '../../dossiers.store.ts'
import { deskDossierHref, inboxPath } from '../../pages/desk/hrefs.ts'
import { officerOf, showInbox } from '../../pages/desk/inbox.page.tsx'
import { findBulkReport, type BulkReport } from '../assignment.store.ts'
import { bulkActions, runBulk, type BulkOrder } from '../run-bulk.ts'
import { bulkPath, bulkReportHref, bulkReportPath, handoversPath } from './hrefs.ts'

const access = { permission: 'dossiers.view' } as const
const mostRows = 200
const longestReason = 500

/** One action over the chosen rows, and what became of each. */
export const bulkRoutes: Route[] = [
  { method: 'POST', path: bulkPath, access, handler: async (req) => {
    const order = readOrder(req)
    if ('mistakes' in order) return showInbox(req, order.mistakes, req.form.fields)
    const { reportId, rows } = await runBulk(req.ctx, order)
    // From a single dossier the way leads back to it, unless there is something to read.
    const [only] = rows
    return redirect(req.form.get('from') === 'dossier' && only?.done ? deskDossierHref(only.dossierId) : bulkReportHref(reportId))
  } },
  { method: 'GET', path: bulkReportPath, access, audit: 'dossiers.inbox', handler: show },
]

function readOrder({ form }: Req): BulkOrder | { mistakes: FieldError[] } {
  const action = bulkActions.find((a) => a === form.get('action'))
  const rows = form.all('row').slice(0, mostRows).flatMap((value) => {
    const [dossierId, taskId = ''] = value.split(':')
    return isId(dossierId) && (taskId === '' || isId(taskId)) ? [{ dossierId, taskId }] : []
  })
  const reason = form.get('reason')
  const toSomebody = action === 'assign' || action === 'hand-over'
  const officerId = form.get('officer')
  const mistakes: FieldError[] = [
    ...(rows.length === 0 ? [{ field: 'row', key: 'dossiers.bulk.rowsMissing' }] : []),
    ...(action ? [] : [{ field: 'action', key: 'dossiers.bulk.actionMissing' }]),
    ...(toSomebody && !isId(officerId) ? [{ field: 'officer', key: 'dossiers.bulk.officerMissing' }] : []),
    ...(action === 'hand-over' && reason === '' ? [{ field: 'reason', key: 'dossiers.desk.reasonMissing' }] : []),
    ...([...reason].length > longestReason ? [{ field: 'reason', key: 'dossiers.desk.reasonTooLong', params: { max: longestReason } }] : []),
  ]
  return mistakes.length > 0 || !action ? { mistakes } : { action, rows, officerId, reason }
}

async function show(req: Req): Promise<Reply> {
  const { ctx, params } = req
  const report = isId(params.id) ? await findBulkReport(ctx.db, params.id, officerOf(req).id) : undefined
  if (!report) throw errors.NOT_FOUND()
  // What the officer may not see keeps its number to itself.
  const seen = await Promise.all((await findDossiers(ctx.db, report.rows.map((r) => r.dossierId))).map(async (d): Promise<[string, string][]> => {
    const isHis = await assertOfDesk(ctx, d).then(() => true, () => false)
    return isHis ? [[d.id, d.code ?? d.reference]] : []
  }))
  return page(<Report report={report} codes={new Map(seen.flat())} />, { title: ctx.t('dossiers.bulk.report'), layout: 'desk' })
}

function Report({ report, codes }: { report: BulkReport; codes: Map<string, string> }): VNode {
  const { t } = usePage()
  const done = report.rows.filter((row) => row.done).length
  return (
    <>
      <BackLink href={inboxPath}>{t('dossiers.desk.title')}</BackLink>
      <h1 class="govuk-heading-l"><span class="govuk-caption-l">{t(`dossiers.bulk.action.${report.action}`)}, {formatDateTime(report.at)}</span>{t('dossiers.bulk.summary', { done, of: report.rows.length })}</h1>
      {report.action === 'hand-over' && done > 0 && <InsetText><a class="govuk-link" href={handoversPath}>{t('dossiers.assignment.handovers')}</a></InsetText>}
      <Table wide keys caption={t('dossiers.bulk.report')} captionHidden columns={[{ header: t('dossiers.column.code') }, { header: t('dossiers.bulk.result') }, { header: t('dossiers.bulk.why') }]}
        rows={report.rows.map((row) => {
          const code = codes.get(row.dossierId)
          return { cells: [code ? <a class="govuk-link" href={deskDossierHref(row.dossierId)}>{code}</a> : '–', <Tag tone={row.done ? 'done' : 'attention'}>{t(row.done ? 'dossiers.bulk.yes' : 'dossiers.bulk.no')}</Tag>, t(row.key, row.params)], ...(code ? { href: deskDossierHref(row.dossierId) } : {}) }
        })} />
    </>
  )
}
