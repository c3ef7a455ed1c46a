import type { VNode } from 'preact'
import type { Officer } from '../../../../platform/actor.ts'
import { formatDateTime } from '../../../../platform/i18n.ts'
import { page, redirect } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { Button, Deadline, EmptyState, Form, Pagination, Select, Table, TextInput, usePage } from '../../../../ui/index.ts'
import { procedureNames } from '../../../catalogue/index.ts'
import { listTasks, type Task } from '../../../process/index.ts'
import type { Dossier } from '../../dossier.ts'
import { dossierStates } from '../../dossier-states.ts'
import { deskReach, type DeskReach } from '../../desk-scope.ts'
import { errors } from '../../dossiers.errors.ts'
import { findDossiers, listDeskDossiers } from '../../dossiers.store.ts'
import { listFormats } from '../../registers/list-file.ts'
import { StateTag } from '../state-tag.tsx'
import { deskDossierHref, inboxPath } from './hrefs.ts'

const pageSize = 50
const views = ['tasks', 'incoming', 'messages', 'all'] as const
type View = (typeof views)[number]

export function officerOf(req: Req): Officer {
  if (req.ctx.actor.kind !== 'officer') throw errors.NOT_FOUND()
  return req.ctx.actor
}

interface Row { dossier: Dossier; task?: Task }
interface Inbox { view: View; rows: Row[]; total: number; at: number; counts: Record<'tasks' | 'incoming' | 'messages', number>; names: Map<string, string>; now: Date; filter: { state: string; q: string } }

/** The officer's inbox: my steps, what waits for reception, everything of the desk. Most urgent first; filters stay in the address. */
export const inboxRoute: Route = {
  method: 'GET', path: inboxPath, access: 'officer', audit: 'dossiers.inbox',
  handler: async (req) => {
    if (!officerOf(req).permissions.has('dossiers.view')) return redirect('/admin')
    const inbox = await readInbox(req)
    return page(<InboxPage inbox={inbox} />, { title: req.ctx.t('dossiers.desk.title'), layout: 'desk' })
  },
}

async function readInbox(req: Req): Promise<Inbox> {
  const { db, node, now, lang } = req.ctx
  const officer = officerOf(req)
  const receives = officer.permissions.has('dossiers.receive')
  const filter = { state: req.query.state && req.query.state in dossierStates ? req.query.state : '', q: (req.query.q ?? '').slice(0, 60) }
  const at = Math.max(1, Number.parseInt(req.query.page ?? '1', 10) || 1)
  const reach = await deskReach(req.ctx, 'dossiers.view')
  const [tasks, incoming, messages] = await Promise.all([
    listTasks(db, { officer, open: true, limit: 200 }),
    listDeskDossiers(db, node.config.code, { reach, states: ['new', 'withdrawal-requested'], sort: 'due', limit: pageSize, offset: (at - 1) * pageSize }),
    listDeskDossiers(db, node.config.code, { reach, waiting: true, sort: 'due', limit: pageSize, offset: (at - 1) * pageSize }),
  ])
  const view = views.find((v) => v === req.query.view) ?? (receives && tasks.length === 0 ? 'incoming' : 'tasks')
  const counts = { tasks: tasks.length, incoming: incoming.total, messages: messages.total }
  const { rows, total } = await rowsOf(req, reach, view, { tasks, incoming, messages, filter, at })
  const names = await procedureNames(db, [...new Set(rows.map((r) => r.dossier.procedureCode))], lang)
  return { view, rows, total, at, counts, names, now, filter }
}

interface Read { messages: { rows: Dossier[]; total: number }; tasks: Task[]; incoming: { rows: Dossier[]; total: number }; filter: Inbox['filter']; at: number }

async function rowsOf(req: Req, reach: DeskReach[], view: View, { tasks, incoming, messages, filter, at }: Read): Promise<{ rows: Row[]; total: number }> {
  if (view === 'incoming') return { rows: incoming.rows.map((dossier) => ({ dossier })), total: incoming.total }
  if (view === 'messages') return { rows: messages.rows.map((dossier) => ({ dossier })), total: messages.total }
  if (view === 'tasks') {
    const known = new Map((await findDossiers(req.ctx.db, tasks.map((task) => task.subject))).map((d) => [d.id, d]))
    const rows = tasks.flatMap((task) => (known.has(task.subject) ? [{ dossier: known.get(task.subject)!, task }] : []))
    return { rows, total: rows.length }
  }
  const all = await listDeskDossiers(req.ctx.db, req.ctx.node.config.code, { reach, ...(filter.state ? { states: [filter.state] } : {}), ...(filter.q ? { text: filter.q } : {}), sort: req.query.sort === 'submitted' ? 'submitted' : 'due', limit: pageSize, offset: (at - 1) * pageSize })
  return { rows: all.rows.map((dossier) => ({ dossier })), total: all.total }
}

function InboxPage({ inbox }: { inbox: Inbox }): VNode {
  const { t } = usePage()
  const { view, counts, filter, at, total } = inbox
  const label: Record<View, string> = { tasks: `${t('dossiers.desk.tasks')} (${counts.tasks})`, incoming: `${t('dossiers.desk.incoming')} (${counts.incoming})`, messages: `${t('dossiers.desk.messages')} (${counts.messages})`, all: t('dossiers.desk.all') }
  const query = new URLSearchParams({ view, ...(filter.state ? { state: filter.state } : {}), ...(filter.q ? { q: filter.q } : {}) })
  return (
    <>
      <h1 class="govuk-heading-l">{t('dossiers.desk.title')}</h1>
      <nav aria-label={t('dossiers.desk.views')}>
        <ul class="mc-tabs">{views.map((v) => <li><a class="govuk-link" href={`${inboxPath}?view=${v}`} aria-current={v === view ? 'page' : undefined}>{label[v]}</a></li>)}</ul>
      </nav>
      {view === 'all' && (
        <Form method="get" action={inboxPath} hidden={{ view }} class="mc-filter-row">
          <TextInput name="q" label={t('dossiers.desk.search')} value={filter.q} width={20} />
          <Select name="state" label={t('dossiers.column.state')} value={filter.state} options={[{ value: '', text: t('dossiers.desk.anyState') }, ...Object.keys(dossierStates).map((s) => ({ value: s, text: t(`dossiers.state.${s}`) }))]} />
          <Button kind="secondary">{t('dossiers.desk.filter')}</Button>
        </Form>
      )}
      {inbox.rows.length === 0 ? <EmptyState title={t(`dossiers.desk.none.${view}`)} /> : <InboxTable inbox={inbox} label={label[view]} />}
      {view === 'all' && total > 0 && <p class="govuk-body">{listFormats.map((format) => <><a class="govuk-link" href={`/desk/export?${query.toString()}&format=${format}`} download>{t('dossiers.list.download', { format: format.toUpperCase() })}</a> </>)}</p>}
      {view !== 'tasks' && <Pagination page={at} pages={Math.ceil(total / pageSize)} href={(n) => `${inboxPath}?${query.toString()}&page=${n}`} />}
    </>
  )
}

function InboxTable({ inbox, label }: { inbox: Inbox; label: string }): VNode {
  const { t, lang } = usePage()
  const late = (r: Row): boolean => r.dossier.dueAt !== null && r.dossier.finishedAt === null && r.dossier.pausedAt === null && r.dossier.dueAt < inbox.now
  const due = ({ dossier: d, task }: Row): VNode | string => {
    const moment = task?.dueAt ?? d.dueAt
    return moment ? <Deadline due={moment} now={d.finishedAt ?? inbox.now} state={d.finishedAt ? 'done' : d.pausedAt ? 'paused' : 'running'} /> : t('dossiers.desk.submittedAt', { at: formatDateTime(d.submittedAt) })
  }
  return (
    <Table wide keys caption={label} captionHidden
      columns={[{ header: t('dossiers.column.code') }, { header: t('dossiers.column.procedure') }, { header: t('dossiers.column.step') }, { header: t('dossiers.column.state') }, { header: t('dossiers.column.due') }]}
      rows={inbox.rows.map((row) => ({ late: late(row), href: deskDossierHref(row.dossier.id), cells: [<a class="govuk-link" href={deskDossierHref(row.dossier.id)}>{row.dossier.code ?? row.dossier.reference}</a>, inbox.names.get(row.dossier.procedureCode) ?? row.dossier.procedureCode, row.task?.name[lang] ?? '–', <StateTag state={row.dossier.state} />, due(row)] }))} />
  )
}
