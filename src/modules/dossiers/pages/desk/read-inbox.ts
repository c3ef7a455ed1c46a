import { coversAgency, type Officer } from '../../../../platform/actor.ts'
import type { Req } from '../../../../platform/http/route.ts'
import { civilDate } from '../../../../platform/i18n.ts'
import { isId } from '../../../../platform/ids.ts'
import type { Option } from '../../../../ui/index.ts'
import { procedureNames, searchProcedures } from '../../../catalogue/index.ts'
import { listOfficers, officerNames } from '../../../identity/index.ts'
import { listAgencies } from '../../../organisations/index.ts'
import { countTasks, listTasks, type Task, type TaskFilter } from '../../../process/index.ts'
import { overseenBy } from '../../assignment/overseen-by.ts'
import { warnedLevels, type Level } from '../../warning/warning.store.ts'
import { deskReach, type DeskReach } from '../../desk-scope.ts'
import type { Dossier } from '../../dossier.ts'
import { dossierStates } from '../../dossier-states.ts'
import { countDeskDossiers, findDossiers, listDeskDossiers, mostListed, type DeskFilter } from '../../dossiers.store.ts'

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
  names: ReadonlyMap<string, string>; officers: ReadonlyMap<string, string>; /** Who was warned of the date of a dossier, the highest. */ warned: ReadonlyMap<string, Level>; procedures: Option[]; colleagues: Option[]
}

export async function readInbox(req: Req, officer: Officer): Promise<Inbox> {
  const { db, node, now, lang } = req.ctx
  const receives = officer.permissions.has('dossiers.receive')
  const within = overseenBy(officer)
  const filter = readFilter(req)
  const at = pageAsked(req.query.page)
  const [tasks, incoming, messages, team] = await Promise.all([
    countTasks(db, { officer, open: true }, mostListed + 1), countDeskDossiers(db, node.config.code, await deskFilter(req, 'incoming', filter)), countDeskDossiers(db, node.config.code, await deskFilter(req, 'messages', filter)), within.length > 0 ? countTasks(db, { within, open: true }, mostListed + 1) : 0,
  ])
  const open = viewsOf(officer)
  const view = open.find((v) => v === req.query.view) ?? (receives && tasks === 0 ? 'incoming' : 'tasks')
  const { rows, total } = await rowsOfView(req, officer, view, filter, { limit: pageSize, offset: (at - 1) * pageSize })
  const [names, officers, procedures, colleagues, warned] = await Promise.all([
    procedureNames(db, [...new Set(rows.map((r) => r.dossier.procedureCode))], lang), officerNames(db, rows.flatMap((r) => (r.task?.assignee ? [r.task.assignee] : []))),
    searchProcedures(db, { online: 'here', sort: 'name', size: 100, lang }), listOfficers(db, { agencyCode: officer.agencyCode }), warnedLevels(db, rows.map((r) => r.dossier.id)),
  ])
  return {
    view, views: open, rows, total, at, filter, now, names, officers, warned, counts: { tasks, incoming, messages, ...(within.length > 0 ? { team } : {}) },
    procedures: procedures.rows.map((p) => ({ value: p.code, text: p.name[lang] })), colleagues: colleagues.filter((o) => o.agencyCode === officer.agencyCode && o.id !== officer.id).map((o) => ({ value: o.id, text: o.name })),
  }
}

/** Who leads nobody has no team. */
export const viewsOf = (officer: Officer): View[] => views.filter((v) => v !== 'team' || overseenBy(officer).length > 0)

export const hasTasks = (view: View): view is 'tasks' | 'team' => view === 'tasks' || view === 'team'

/** A page that is listed; of what lies beyond, the last. */
export const pageAsked = (page: string | undefined): number => Math.min(mostListed / pageSize, Math.max(1, Number.parseInt(page ?? '1', 10) || 1))

/** Agencies of this node whose dossiers an officer reaches: somebody may type a code without the agency in front. */
export async function agenciesOf({ ctx }: Req, reach: readonly DeskReach[]): Promise<string[]> {
  return (await listAgencies(ctx.db, { nodeCode: ctx.node.config.code, at: ctx.now })).map((a) => a.code).filter((code) => reach.some((r) => coversAgency(r.agencyCode, code)))
}

/** The rows of a view as they are asked for: the page shows them in parts, a file whole. */
export async function rowsOfView(req: Req, officer: Officer, view: View, filter: InboxFilter, part: { limit: number; offset: number }): Promise<{ rows: Row[]; total: number }> {
  const { db, node, now } = req.ctx
  if (hasTasks(view)) return taskRows(req, { ...(view === 'team' ? { within: overseenBy(officer), open: true } : { officer, open: true }), ...taskFilter(filter, officer, now) }, part)
  const { rows, total } = await listDeskDossiers(db, node.config.code, { ...await deskFilter(req, view, filter), ...part })
  return { rows: rows.map((dossier) => ({ dossier })), total }
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

async function deskFilter(req: Req, view: Exclude<View, 'tasks' | 'team'>, { procedure, due, q, state, sort }: InboxFilter): Promise<Omit<DeskFilter, 'limit' | 'offset'>> {
  const reach = await deskReach(req.ctx, 'dossiers.view')
  return {
    reach, ...dueBefore(due, req.ctx.now), ...(procedure ? { procedureCode: procedure } : {}), ...(q ? { text: q, agencies: await agenciesOf(req, reach) } : {}),
    ...(view === 'incoming' ? { states: ['new', 'withdrawal-requested'] } : view === 'messages' ? { waiting: true } : { ...(state ? { states: [state] } : {}), sort: sort === 'submitted' ? 'submitted' : 'due' }),
  }
}

async function taskRows({ ctx: { db } }: Req, filter: TaskFilter, part: { limit: number; offset: number }): Promise<{ rows: Row[]; total: number }> {
  const [tasks, total] = await Promise.all([listTasks(db, { ...filter, ...part }), countTasks(db, filter, mostListed + 1)])
  const known = new Map((await findDossiers(db, tasks.map((task) => task.subject))).map((d) => [d.id, d]))
  return { rows: tasks.flatMap((task) => (known.has(task.subject) ? [{ dossier: known.get(task.subject)!, task }] : [])), total }
}
