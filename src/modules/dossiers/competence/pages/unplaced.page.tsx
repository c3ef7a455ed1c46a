import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { formatDateTime } from '../../../../platform/i18n.ts'
import { isId } from '../../../../platform/ids.ts'
import { BackLink, Deadline, EmptyState, ErrorSummary, Pagination, SummaryList, Table, usePage, type Option } from '../../../../ui/index.ts'
import { calendarOf, loadCalendar, reactionDueAt } from '../../../calendar/index.ts'
import { procedureNames } from '../../../catalogue/index.ts'
import { findAdministrativeUnit } from '../../../organisations/index.ts'
import type { Dossier } from '../../dossier.ts'
import { errors } from '../../dossiers.errors.ts'
import { findContent, findDossier, type Content } from '../../dossiers.store.ts'
import { recordReading } from '../../pages/desk/read-desk-dossier.ts'
import { storedSummary, type StoredSection } from '../../pages/stored-summary.ts'
import { isUnplaced, listUnplaced, type Waiting } from '../competence.store.ts'
import { listReceivers } from '../list-receivers.ts'
import { placeDossier } from '../transfer-dossier.ts'
import { TransferForm } from './transfer-form.tsx'
import { unplacedHref, unplacedListPath, unplacedPath } from './hrefs.ts'

const access = { permission: 'dossiers.receive' } as const
const pageSize = 50

/** Filings that no agency has yet: any officer of the node who receives may say whose they are. */
export const unplacedRoutes: Route[] = [
  { method: 'GET', path: unplacedListPath, access, audit: 'dossiers.inbox', handler: list },
  { method: 'GET', path: unplacedPath, access, handler: (req) => show(req, []) },
  { method: 'POST', path: unplacedPath, access, handler: async (req) => {
    const { id } = await readUnplaced(req)
    const mistakes = await placeDossier(req.ctx, { dossierId: id, agencyCode: req.form.get('toAgency'), reason: req.form.get('transferReason') })
    return mistakes.length > 0 ? show(req, mistakes) : redirect(unplacedListPath)
  } },
]

async function list(req: Req): Promise<Reply> {
  const { db, lang, node, t } = req.ctx
  const at = Math.max(1, Number.parseInt(req.query.page ?? '1', 10) || 1)
  const { rows, total } = await listUnplaced(db, node.config.code, { limit: pageSize, offset: (at - 1) * pageSize })
  const names = await procedureNames(db, rows.map((row) => row.procedureCode), lang)
  const places = new Map(await Promise.all(rows.flatMap(({ placeCode }) => (placeCode ? [placeNameOf(req, placeCode)] : []))))
  return page(<UnplacedList rows={rows} names={names} places={places} at={at} pages={Math.ceil(total / pageSize)} />, { title: t('dossiers.competence.title'), layout: 'desk' })
}

async function placeNameOf({ ctx }: Req, code: string): Promise<[string, string]> {
  return [code, (await findAdministrativeUnit(ctx.db, code, ctx.now))?.fullName ?? code]
}

function UnplacedList({ rows, names, places, at, pages }: { rows: Waiting[]; names: Map<string, string>; places: Map<string, string>; at: number; pages: number }): VNode {
  const { t } = usePage()
  return (
    <>
      <h1 class="govuk-heading-l">{t('dossiers.competence.title')}</h1>
      <p class="govuk-body">{t('dossiers.competence.lead')}</p>
      {rows.length === 0 ? <EmptyState title={t('dossiers.competence.none')} /> : (
        <Table wide keys caption={t('dossiers.competence.title')} captionHidden columns={[{ header: t('dossiers.column.reference') }, { header: t('dossiers.column.procedure') }, { header: t('dossiers.competence.place') }, { header: t('dossiers.column.submitted') }]}
          rows={rows.map((r) => ({ href: unplacedHref(r.id), cells: [<a class="govuk-link" href={unplacedHref(r.id)}>{r.reference}</a>, names.get(r.procedureCode) ?? r.procedureCode, r.placeCode ? places.get(r.placeCode) ?? r.placeCode : '–', formatDateTime(r.since)] }))} />
      )}
      <Pagination page={at} pages={pages} href={(n) => `${unplacedListPath}?page=${n}`} />
    </>
  )
}

async function readUnplaced({ ctx, params }: Req): Promise<Dossier> {
  const dossier = isId(params.id) ? await findDossier(ctx.db, params.id) : undefined
  if (!dossier || dossier.nodeCode !== ctx.node.config.code || dossier.state !== 'new' || !(await isUnplaced(ctx.db, dossier.id))) throw errors.NOT_FOUND()
  return dossier
}

async function show(req: Req, mistakes: FieldError[]): Promise<Reply> {
  const { ctx } = req
  const dossier = await readUnplaced(req)
  const content = await findContent(ctx.db, dossier.id)
  if (!content) throw errors.NOT_FOUND()
  await recordReading(req, dossier)
  const [names, agencies, summary, calendar, place] = await Promise.all([procedureNames(ctx.db, [dossier.procedureCode], ctx.lang), listReceivers(ctx), storedSummary(ctx, content), loadCalendar(ctx.db), dossier.placeCode ? placeNameOf(req, dossier.placeCode) : undefined])
  const view = { dossier, content, agencies, summary, procedure: names.get(dossier.procedureCode) ?? dossier.procedureCode, place: place?.[1], due: reactionDueAt(calendarOf(calendar, dossier.agencyCode), dossier.submittedAt) }
  return page(<Unplaced view={view} now={ctx.now} mistakes={mistakes} typed={req.form.fields} />, { title: dossier.reference, layout: 'desk', status: mistakes.length > 0 ? 400 : 200 })
}

interface View { dossier: Dossier; content: Content; agencies: Option[]; summary: StoredSection[]; procedure: string; place: string | undefined; due: Date }

function Unplaced({ view, now, mistakes, typed }: { view: View; now: Date; mistakes: FieldError[]; typed: Readonly<Record<string, string | string[]>> }): VNode {
  const { t } = usePage()
  const { dossier: d, content: { applicant: a } } = view
  return (
    <>
      <BackLink href={unplacedListPath}>{t('dossiers.competence.title')}</BackLink>
      <ErrorSummary errors={mistakes} />
      <h1 class="govuk-heading-l"><span class="govuk-caption-l">{view.procedure}</span>{d.reference}</h1>
      <SummaryList rows={[
        { key: t('dossiers.desk.applicant'), value: <>{a.name}<br />{[a.idNumber, a.phone, a.email, a.address].filter(Boolean).join(' · ')}</> },
        { key: t('dossiers.competence.place'), value: view.place ?? '–' },
        { key: t('dossiers.column.submitted'), value: formatDateTime(d.submittedAt) },
        { key: t('dossiers.clock.reaction'), value: <Deadline due={view.due} now={now} exact soonHours={4} /> },
      ]} />
      <h2 class="govuk-heading-m">{t('dossiers.competence.assign')}</h2>
      <TransferForm action={unplacedHref(d.id)} button={t('dossiers.competence.assignButton')} agencies={view.agencies} mistakes={mistakes} typed={typed} />
      <h2 class="govuk-heading-m">{t('dossiers.desk.declared')}</h2>
      {view.summary.map((s) => <SummaryList card={{ title: s.page, level: 3 }} rows={s.rows.map((r) => ({ key: r.question, value: <span class="mc-answer">{r.answer}</span> }))} />)}
    </>
  )
}
