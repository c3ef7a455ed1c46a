import type { VNode } from 'preact'
import { page, redirect } from '../../../../platform/http/reply.ts'
import type { Route } from '../../../../platform/http/route.ts'
import { Deadline, EmptyState, Pagination, Table, Tag, usePage } from '../../../../ui/index.ts'
import { procedureNames } from '../../../catalogue/index.ts'
import { deskReach } from '../../desk-scope.ts'
import type { Dossier } from '../../dossier.ts'
import { listDeskDossiers } from '../../dossiers.store.ts'
import { Beyond, pagesOf } from '../../pages/desk/beyond.tsx'
import { showDossier } from '../../pages/desk/dossier.page.tsx'
import { deskDossierHref } from '../../pages/desk/hrefs.ts'
import { readDossierOfDesk } from '../../pages/desk/read-desk-dossier.ts'
import { pageAsked, pageSize } from '../../pages/desk/read-inbox.ts'
import { explainLate } from '../explain-late.ts'
import { findExplanations } from '../late.store.ts'
import { explainLatePath, lateListPath } from './hrefs.ts'

const access = { permission: 'dossiers.oversee' } as const

/** What is late now, the longest first, and whether it was explained. */
export const lateRoutes: Route[] = [
  { method: 'GET', path: lateListPath, access, audit: 'dossiers.inbox', handler: async (req) => {
    const { db, node, now, lang, t } = req.ctx
    const at = pageAsked(req.query.page)
    const { rows, total } = await listDeskDossiers(db, node.config.code, { reach: await deskReach(req.ctx, 'dossiers.view'), states: ['received', 'in-progress'], dueBefore: now, limit: pageSize, offset: (at - 1) * pageSize })
    const [names, explained] = await Promise.all([procedureNames(db, [...new Set(rows.map((d) => d.procedureCode))], lang), findExplanations(db, rows.map((d) => d.id))])
    return page(<LateList rows={rows} names={names} explained={new Set(explained.keys())} now={now} at={at} total={total} />, { title: t('dossiers.late.title'), layout: 'desk' })
  } },
  { method: 'POST', path: explainLatePath, access, handler: async (req) => {
    const dossier = await readDossierOfDesk(req)
    const mistakes = await explainLate(req.ctx, { dossierId: dossier.id, reason: req.form.get('lateReason') })
    return mistakes.length > 0 ? showDossier(req, mistakes, { lateReason: '', ...req.form.fields }) : redirect(deskDossierHref(dossier.id))
  } },
]

function LateList({ rows, names, explained, now, at, total }: { rows: Dossier[]; names: Map<string, string>; explained: Set<string>; now: Date; at: number; total: number }): VNode {
  const { t } = usePage()
  return (
    <>
      <h1 class="govuk-heading-l">{t('dossiers.late.title')}</h1>
      {rows.length === 0 ? <EmptyState title={t('dossiers.late.none')} /> : (
        <Table wide keys caption={t('dossiers.late.title')} captionHidden columns={[{ header: t('dossiers.column.code') }, { header: t('dossiers.column.procedure') }, { header: t('dossiers.column.due') }, { header: t('dossiers.late.explanation') }]}
          rows={rows.map((d) => ({ late: true, href: deskDossierHref(d.id), cells: [<a class="govuk-link" href={deskDossierHref(d.id)}>{d.code ?? d.reference}</a>, names.get(d.procedureCode) ?? d.procedureCode, <Deadline due={d.dueAt!} now={now} />, <Tag tone={explained.has(d.id) ? 'done' : 'attention'}>{t(explained.has(d.id) ? 'dossiers.late.yes' : 'dossiers.late.no')}</Tag>] }))} />
      )}
      <Pagination page={at} pages={pagesOf(total)} href={(n) => `${lateListPath}?page=${n}`} />
      <Beyond total={total} />
    </>
  )
}
