import type { Reply } from '../../../platform/http/reply.ts'
import type { Req } from '../../../platform/http/route.ts'
import { formatDateTime, type Translate } from '../../../platform/i18n.ts'
import { procedureNames } from '../../catalogue/index.ts'
import { officerNames } from '../../identity/index.ts'
import { officerOf } from '../pages/desk/inbox.page.tsx'
import { readFilter, rowsOfView, viewsOf, type InboxFilter, type View } from '../pages/desk/read-inbox.ts'
import { formatOf, listFile, mostRows } from './list-file.ts'

/** A view of the inbox as a file: every row that its filters let through, in the order of the page. */
export async function exportInbox(req: Req): Promise<Reply> {
  const { ctx, query } = req
  const { t, lang, db, now } = ctx
  const officer = officerOf(req)
  const format = formatOf(query.format)
  // As the page: who leads nobody is shown his own steps.
  const view = viewsOf(officer).find((v) => v === query.view) ?? (query.view === 'team' ? 'tasks' : 'all')
  const filter = readFilter(req)
  const { rows } = await rowsOfView(req, officer, view, filter, { limit: mostRows[format] + 1, offset: 0 })
  const holders = [...rows.flatMap((row) => row.task?.assignee ?? []), filter.who].filter((id) => id !== '' && id !== 'me' && id !== 'nobody')
  const [procedures, officers] = await Promise.all([procedureNames(db, [...new Set([...rows.map((row) => row.dossier.procedureCode), ...(filter.procedure ? [filter.procedure] : [])])], lang), officerNames(db, holders)])
  const at = (date: Date | null): string => (date ? formatDateTime(date) : '')
  const hasTasks = view === 'tasks' || view === 'team'
  const columns = [['number', 1], ['code', 4], ['procedure', 6], ...(hasTasks ? [['step', 4], ['who', 3]] as const : []), ['state', 4], ['submitted', 3], ['received', 3], ['due', 3], ...(hasTasks ? [] : [['returned', 3]] as const)] as const
  return listFile(ctx, format, {
    name: 'ho-so', title: t('dossiers.desk.title'), chosen: [t(`dossiers.desk.${view}`), t('dossiers.list.madeAt', { at: formatDateTime(now) }), ...wordsOf(t, view, filter, { procedures, officers })],
    columns: columns.map(([name, width]) => [t(`dossiers.list.column.${name}`), width]),
    rows: rows.map(({ dossier: d, task }, i) => [
      String(i + 1), d.code ?? d.reference, procedures.get(d.procedureCode) ?? d.procedureCode, ...(hasTasks ? [task?.name[lang] ?? '', (task?.assignee && officers.get(task.assignee)) || t('dossiers.inbox.who.nobody')] : []),
      t(`dossiers.state.${d.state}`), at(d.submittedAt), at(d.receivedAt), at(task?.dueAt ?? d.dueAt), ...(hasTasks ? [] : [at(d.returnedAt)]),
    ]),
  })
}

type Names = Readonly<Record<'procedures' | 'officers', ReadonlyMap<string, string>>>

/** What was asked for, in words below the title. */
function wordsOf(t: Translate, view: View, { state, q, due, step, procedure, who }: InboxFilter, { procedures, officers }: Names): string[] {
  const hasTasks = view === 'tasks' || view === 'team'
  return [
    ...(procedure ? [procedures.get(procedure) ?? procedure] : []), ...(due ? [t(`dossiers.inbox.due.${due}`)] : []),
    ...(hasTasks && step ? [t(`dossiers.inbox.step.${step}`)] : []), ...(hasTasks && who ? [who === 'me' || who === 'nobody' ? t(`dossiers.inbox.who.${who}`) : officers.get(who) ?? '–'] : []),
    ...(view === 'all' && state ? [t(`dossiers.state.${state}`)] : []), ...(!hasTasks && q ? [q] : []),
  ]
}
