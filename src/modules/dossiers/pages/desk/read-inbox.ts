import type { Officer } from '../../../../platform/actor.ts'
import type { Req } from '../../../../platform/http/route.ts'
import { civilDate } from '../../../../platform/i18n.ts'
import { isId } from '../../../../platform/ids.ts'
import type { Option } from '../../../../ui/index.ts'
import { procedureNames, searchProcedures } from '../../../catalogue/index.ts'
import { listOfficers, officerNames } from '../../../identity/index.ts'
import { countTasks, listTasks, type Task, type TaskFilter } from '../../../process/index.ts'
import { overseenBy } from '../../assignment/overseen-by.ts'
import { deskReach } from '../../desk-scope.ts'
import type { Dossier } from '../../dossier.ts'
import { dossierStates } from '../../dossier-states.ts'
import { findDossiers, listDeskDossiers } from '../../dossiers.store.ts'

export const pageSize = 50
export const views = ['tasks', 'incoming', 'messages', 'team', 'all'] as const
export type View = (typeof views)[number]
export const urgencies = ['late', 'today', 'week'] as const
/** What a step is for, as the processes say it. */
export const stepActs = ['check', 'appraise', 'draft-result', 'review', 'sign', 'return'] as const

export interface Row { dossier: Dossier; task?: Task }
/** As it stands in the address; empty where nothing is asked. */
export interface InboxFilter { state: string; q: string; due: string; step: string; procedure: string; who: string; sort: string }
export interface Inbox {
  view: View; views: View[]; rows: Row[]; total: number; at: number; counts: Partial<Record<View, number>>; filter: InboxFilter; now: Date
  names: ReadonlyMap<string, string>; officers: ReadonlyMap<string, string>; procedures: Option[]; colleagues: Option[]
}

export async function readInbox(req: Req, officer: Officer): Promise<Inbox> {
  const { db, node, now, lang } = req.ctx
  const receives = officer.permissions.has('dossiers.receive')
  const within = overseenBy(officer)
  const mine: TaskFilter = { officer, open: true }
  const team: TaskFilter = { within, open: true }
  const filter = readFilter(req)
  const at = Math.max(1, Number.parseInt(req.query.page ?? '1', 10) || 1)
  const part = { limit: pageSize, offset: (at - 1) * pageSize }
  const reach = await deskReach(req.ctx, 'dossiers.view')
  const [tasks, incoming, messages, ofTeam] = await Promise.all([
    countTasks(db, mine), listDeskDossiers(db, node.config.code, { reach, ...deskFilter('incoming', filter, now), ...part }), listDeskDossiers(db, node.config.code, { reach, ...deskFilter('messages', filter, now), ...part }),
    within.length > 0 ? countTasks(db, team) : 0,
  ])
  const open = viewsOf(officer)
  const view = open.find((v) => v === req.query.view) ?? (receives && tasks === 0 ? 'incoming' : 'tasks')
  const { rows, total }: { rows: Row[]; total: number } = view === 'incoming' ? { rows: incoming.rows.map((dossier) => ({ dossier })), total: incoming.total }
    : view === 'messages' ? { rows: messages.rows.map((dossier) => ({ dossier })), total: messages.total } : await rowsOfView(req, officer, view, filter, part)
  const [names, officers, procedures, colleagues] = await Promise.all([
    procedureNames(db, [...new Set(rows.map((r) => r.dossier.procedureCode))], lang), officerNames(db, rows.flatMap((r) => (r.task?.assignee ? [r.task.assignee] : []))),
    searchProcedures(db, { online: 'here', sort: 'name', size: 100, lang }), listOfficers(db, { agencyCode: officer.agencyCode }),
  ])
  return {
    view, views: open, rows, total, at, filter, now, names, officers, counts: { tasks, incoming: incoming.total, messages: messages.total, ...(within.length > 0 ? { team: ofTeam } : {}) },
    procedures: procedures.rows.map((p) => ({ value: p.code, text: p.name[lang] })), colleagues: colleagues.filter((o) => o.agencyCode === officer.agencyCode && o.id !== officer.id).map((o) => ({ value: o.id, text: o.name })),
  }
}

/** Who leads nobody has no team. */
export const viewsOf = (officer: Officer): View[] => views.filter((v) => v !== 'team' || overseenBy(officer).length > 0)

/** The rows of a view as they are asked for: the page shows them in parts, a file whole. */
export async function rowsOfView(req: Req, officer: Officer, view: View, filter: InboxFilter, part: { limit: number; offset: number }): Promise<{ rows: Row[]; total: number }> {
  const { db, node, now } = req.ctx
  if (view === 'tasks' || view === 'team') return taskRows(req, { ...(view === 'team' ? { within: overseenBy(officer), open: true } : { officer, open: true }), ...taskFilter(filter, officer, now) }, part)
  const found = await listDeskDossiers(db, node.config.code, { reach: await deskReach(req.ctx, 'dossiers.view'), ...deskFilter(view, filter, now), ...part })
  return { rows: found.rows.map((dossier) => ({ dossier })), total: found.total }
}

export function readFilter({ query }: Req): InboxFilter {
  const one = (name: string, allowed: readonly string[]): string => allowed.find((value) => value === query[name]) ?? ''
  return {
    state: one('state', Object.keys(dossierStates)), q: (query.q ?? '').slice(0, 60), due: one('due', urgencies), step: one('step', stepActs), procedure: (query.procedure ?? '').slice(0, 40),
    sort: one('sort', ['submitted']), who: query.who === 'me' || query.who === 'nobody' || isId(query.who) ? query.who : '',
  }
}

const day = 86_400_000
/** Late now; before midnight in Vietnam; within seven days. */
function dueBefore(due: string, now: Date): { dueBefore?: Date } {
  if (due === 'late') return { dueBefore: now }
  if (due === 'today') return { dueBefore: new Date(new Date(`${civilDate(now)}T00:00:00+07:00`).getTime() + day) }
  return due === 'week' ? { dueBefore: new Date(now.getTime() + 7 * day) } : {}
}

function taskFilter({ due, step, procedure, who }: InboxFilter, officer: Officer, now: Date): TaskFilter {
  return { ...dueBefore(due, now), ...(step ? { act: step } : {}), ...(procedure ? { procedureCode: procedure } : {}), ...(who === 'me' ? { assignee: officer.id } : who === 'nobody' ? { unassigned: true } : who ? { assignee: who } : {}) }
}

function deskFilter(view: 'incoming' | 'messages' | 'all', { procedure, due, q, state, sort }: InboxFilter, now: Date) {
  return {
    ...dueBefore(due, now), ...(procedure ? { procedureCode: procedure } : {}), ...(q ? { text: q } : {}), ...(view === 'incoming' ? { states: ['new', 'withdrawal-requested'] } : view === 'messages' ? { waiting: true } : state ? { states: [state] } : {}),
    ...(view === 'all' && sort === 'submitted' ? { sort: 'submitted' as const } : {}),
  }
}

async function taskRows({ ctx: { db } }: Req, filter: TaskFilter, part: { limit: number; offset: number }): Promise<{ rows: Row[]; total: number }> {
  const [tasks, total] = await Promise.all([listTasks(db, { ...filter, ...part }), countTasks(db, filter)])
  const known = new Map((await findDossiers(db, tasks.map((task) => task.subject))).map((d) => [d.id, d]))
  return { rows: tasks.flatMap((task) => (known.has(task.subject) ? [{ dossier: known.get(task.subject)!, task }] : [])), total }
}
