import type { VNode } from 'preact'
import type { Officer } from '../../../../platform/actor.ts'
import type { FieldError } from '../../../../platform/errors.ts'
import { formatDateTime } from '../../../../platform/i18n.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { Button, Deadline, Details, EmptyState, ErrorSummary, fieldErrors, Form, Pagination, Select, Table, Tag, TextInput, usePage, type Option } from '../../../../ui/index.ts'
import { bulkPath, handoversPath } from '../../assignment/pages/hrefs.ts'
import type { BulkAction } from '../../assignment/run-bulk.ts'
import { dossierStates } from '../../dossier-states.ts'
import { errors } from '../../dossiers.errors.ts'
import { postalPath } from '../../postal/pages/hrefs.ts'
import { listFormats } from '../../registers/list-file.ts'
import { StateTag } from '../state-tag.tsx'
import { Beyond, listedWords, pagesOf } from './beyond.tsx'
import { deskDossierHref, inboxPath } from './hrefs.ts'
import { hasTasks, readInbox, stepActs, urgencies, type Inbox, type Row, type View } from './read-inbox.ts'
import { listOf, textOf, type Typed } from './typed.ts'

export function officerOf(req: Req): Officer {
  if (req.ctx.actor.kind !== 'officer') throw errors.NOT_FOUND()
  return req.ctx.actor
}

/** The officer's inbox: steps, what waits for reception, the team's steps, everything of the desk. Most urgent first; filters stay in the address. */
export const inboxRoute: Route = {
  method: 'GET', path: inboxPath, access: 'officer', audit: 'dossiers.inbox',
  handler: (req) => (officerOf(req).permissions.has('dossiers.view') ? showInbox(req, [], {}) : redirect(officerOf(req).permissions.has('dossiers.post') ? postalPath : '/admin')),
}

/** Also after a mistake in the form over the rows: what was chosen stays chosen. */
export async function showInbox(req: Req, mistakes: FieldError[], typed: Typed): Promise<Reply> {
  const inbox = await readInbox(req, officerOf(req))
  return page(<InboxPage inbox={inbox} mistakes={mistakes} typed={typed} />, { title: req.ctx.t('dossiers.desk.title'), layout: 'desk', status: mistakes.length > 0 ? 400 : 200 })
}

interface Props { inbox: Inbox; mistakes: FieldError[]; typed: Typed }

/** The view and what is asked of it, as they stand in the address. */
const addressOf = ({ view, filter }: Inbox): string => new URLSearchParams({ view, ...Object.fromEntries(Object.entries(filter).filter(([, value]) => value !== '')) }).toString()

function InboxPage({ inbox, mistakes, typed }: Props): VNode {
  const { t, lang } = usePage()
  const { view, counts, at, total } = inbox
  const label = (v: View): string => (counts[v] === undefined ? t(`dossiers.desk.${v}`) : `${t(`dossiers.desk.${v}`)} (${listedWords(counts[v], lang)})`)
  return (
    <>
      <ErrorSummary errors={mistakes} idOf={(field) => (field === 'row' ? 'row-1' : field)} />
      <h1 class="govuk-heading-l">{t('dossiers.desk.title')}</h1>
      <nav aria-label={t('dossiers.desk.views')}>
        <ul class="mc-tabs">{inbox.views.map((v, i) => <li><a class="govuk-link" href={`${inboxPath}?view=${v}`} accessKey={String(i + 1)} aria-current={v === view ? 'page' : undefined}>{label(v)}</a></li>)}</ul>
      </nav>
      <Filters inbox={inbox} />
      {inbox.rows.length === 0 ? <EmptyState title={t(`dossiers.desk.none.${view}`)} /> : <ChosenRows inbox={inbox} label={label(view)} mistakes={mistakes} typed={typed} />}
      {total > 0 && <p class="govuk-body">{listFormats.map((format) => <><a class="govuk-link" href={`/desk/export?${addressOf(inbox)}&format=${format}`} download>{t('dossiers.list.download', { format: format.toUpperCase() })}</a> </>)}</p>}
      <Pagination page={at} pages={pagesOf(total)} href={(n) => `${inboxPath}?${addressOf(inbox)}&page=${n}`} />
      <Beyond total={total} />
      <p class="govuk-body-s"><a class="govuk-link" href={handoversPath}>{t('dossiers.assignment.handovers')}</a></p>
      <Keys views={inbox.views} />
    </>
  )
}

function Filters({ inbox: { view, filter, procedures, colleagues } }: { inbox: Inbox }): VNode {
  const { t } = usePage()
  const withTasks = hasTasks(view)
  const choice = (name: string, label: string, value: string, options: readonly Option[]): VNode => <Select name={name} label={label} value={value} empty={t('dossiers.inbox.any')} options={options} />
  return (
    <Form method="get" action={inboxPath} hidden={{ view }} class="mc-filter-row">
      {!withTasks && <TextInput name="q" label={t('dossiers.desk.search')} hint={t('dossiers.desk.searchHint')} value={filter.q} width={20} />}
      {choice('due', t('dossiers.inbox.due'), filter.due, urgencies.map((u) => ({ value: u, text: t(`dossiers.inbox.due.${u}`) })))}
      {withTasks && choice('step', t('dossiers.column.step'), filter.step, stepActs.map((a) => ({ value: a, text: t(`dossiers.inbox.step.${a}`) })))}
      {choice('procedure', t('dossiers.column.procedure'), filter.procedure, procedures)}
      {withTasks && choice('who', t('dossiers.inbox.who'), filter.who, [{ value: 'me', text: t('dossiers.inbox.who.me') }, { value: 'nobody', text: t('dossiers.inbox.who.nobody') }, ...(view === 'team' ? colleagues : [])])}
      {view === 'all' && choice('state', t('dossiers.column.state'), filter.state, Object.keys(dossierStates).map((s) => ({ value: s, text: t(`dossiers.state.${s}`) })))}
      <Button kind="secondary">{t('dossiers.desk.filter')}</Button>
    </Form>
  )
}

const actionsOf: Readonly<Record<View, readonly BulkAction[]>> = { tasks: ['take', 'release', 'complete', 'sign', 'hand-over', 'assign'], incoming: ['accept'], team: ['assign'], messages: [], all: [] }

/** The rows, and what can be done with those that are chosen. */
function ChosenRows({ inbox, label, mistakes, typed }: Props & { label: string }): VNode {
  const { t, actor } = usePage()
  const errorOf = fieldErrors(mistakes, t)
  const may = (action: BulkAction): boolean => actor.kind === 'officer' && (action === 'accept' ? actor.permissions.has('dossiers.receive') : action === 'sign' ? actor.roles.includes('leader') : action === 'assign' ? inbox.views.includes('team') : actor.permissions.has('dossiers.handle'))
  const actions = actionsOf[inbox.view].filter(may)
  if (actions.length === 0) return <InboxTable inbox={inbox} label={label} />
  const toSomebody = actions.includes('assign') || actions.includes('hand-over')
  return (
    <Form action={`${bulkPath}?${addressOf(inbox)}`}>
      <InboxTable inbox={inbox} label={label} chosen={listOf(typed, 'row')} />
      <h2 class="govuk-heading-m">{t('dossiers.bulk.title')}</h2>
      <div class="mc-filter-row">
        <Select name="action" label={t('dossiers.bulk.action')} value={textOf(typed, 'action') || (actions.length === 1 ? actions[0] : '')} empty={t('dossiers.bulk.choose')} error={errorOf.of('action')} options={actions.map((a) => ({ value: a, text: t(`dossiers.bulk.action.${a}`) }))} />
        {toSomebody && <Select name="officer" label={t('dossiers.bulk.officer')} value={textOf(typed, 'officer')} empty={t('dossiers.bulk.nobody')} error={errorOf.of('officer')} options={inbox.colleagues} />}
        {actions.includes('hand-over') && <TextInput name="reason" label={t('dossiers.bulk.reason')} value={textOf(typed, 'reason')} error={errorOf.of('reason')} width={20} maxLength={500} />}
        <Button>{t('dossiers.bulk.button')}</Button>
      </div>
    </Form>
  )
}

const isLate = ({ dossier: d }: Row, now: Date): boolean => d.dueAt !== null && d.finishedAt === null && d.pausedAt === null && d.dueAt < now

function InboxTable({ inbox, label, chosen }: { inbox: Inbox; label: string; chosen?: readonly string[] }): VNode {
  const { t, lang } = usePage()
  const withTasks = hasTasks(inbox.view)
  const due = ({ dossier: d, task }: Row): VNode | string => {
    const moment = task?.dueAt ?? d.dueAt
    return moment ? <Deadline due={moment} now={d.finishedAt ?? inbox.now} state={d.finishedAt ? 'done' : d.pausedAt ? 'paused' : 'running'} /> : t('dossiers.desk.submittedAt', { at: formatDateTime(d.submittedAt) })
  }
  const warnedMark = ({ dossier: d }: Row): VNode | null => {
    const level = d.finishedAt ? undefined : inbox.warned.get(d.id)
    return level ? <>{' '}<Tag tone="attention">{t(`dossiers.warning.mark.${level}`)}</Tag></> : null
  }
  const head = (row: Row, i: number): VNode => {
    const { dossier: d, task } = row
    const link = <a class="govuk-link" href={deskDossierHref(d.id)}>{d.code ?? d.reference}</a>
    const value = `${d.id}:${task?.id ?? ''}`
    return chosen === undefined ? link : (
      <div class="govuk-checkboxes govuk-checkboxes--small"><div class="govuk-checkboxes__item">
        <input class="govuk-checkboxes__input" type="checkbox" name="row" id={`row-${i + 1}`} value={value} checked={chosen.includes(value)} />
        <label class="govuk-label govuk-checkboxes__label" for={`row-${i + 1}`}><span class="govuk-visually-hidden">{t('dossiers.bulk.row', { code: d.code ?? d.reference })}</span></label>{link}
      </div></div>
    )
  }
  return (
    <Table wide keys caption={label} captionHidden
      columns={[{ header: t('dossiers.column.code') }, { header: t('dossiers.column.procedure') }, ...(withTasks ? [{ header: t('dossiers.column.step') }, { header: t('dossiers.inbox.who') }] : []), { header: t('dossiers.column.state') }, { header: t('dossiers.column.due') }]}
      rows={inbox.rows.map((row, i) => ({ late: isLate(row, inbox.now), href: deskDossierHref(row.dossier.id), cells: [
        head(row, i), inbox.names.get(row.dossier.procedureCode) ?? row.dossier.procedureCode, ...(withTasks ? [row.task?.name[lang] ?? '–', (row.task?.assignee && inbox.officers.get(row.task.assignee)) || t('dossiers.inbox.who.nobody')] : []), <StateTag state={row.dossier.state} />, <>{due(row)}{warnedMark(row)}</>,
      ] }))} />
  )
}

/** Everything here works with Tab and Enter; these are the short ways. */
function Keys({ views }: { views: readonly View[] }): VNode {
  const { t } = usePage()
  return (
    <Details summary={t('dossiers.keys.title')}>
      <Table caption={t('dossiers.keys.title')} captionHidden columns={[{ header: t('dossiers.keys.key') }, { header: t('dossiers.keys.does') }]}
        rows={[['j, k', t('dossiers.keys.move')], ['Enter', t('dossiers.keys.open')], ['Tab', t('dossiers.keys.tab')], [t('dossiers.keys.space'), t('dossiers.keys.choose')], ...views.map((v, i) => [t('dossiers.keys.accessKey', { key: i + 1 }), t(`dossiers.desk.${v}`)])]} />
    </Details>
  )
}
