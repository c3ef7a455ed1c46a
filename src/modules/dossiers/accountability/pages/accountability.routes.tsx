import type { VNode } from 'preact'
import { page, redirect } from '../../../../platform/http/reply.ts'
import type { Route } from '../../../../platform/http/route.ts'
import { Deadline, EmptyState, Table, Tag, usePage } from '../../../../ui/index.ts'
import { officerNames } from '../../../identity/index.ts'
import { reachedByDesk } from '../../desk-scope.ts'
import { showDossier } from '../../pages/desk/dossier.page.tsx'
import { deskDossierHref } from '../../pages/desk/hrefs.ts'
import { officerOf } from '../../pages/desk/inbox.page.tsx'
import { readDossierOfDesk } from '../../pages/desk/read-desk-dossier.ts'
import { ownDossierHref } from '../../pages/portal/hrefs.ts'
import { readOwn, showOwn } from '../../pages/portal/own-dossier.page.tsx'
import { listForAgency } from '../accountability.store.ts'
import { askAccount } from '../ask-account.ts'
import { giveAccount } from '../give-account.ts'
import { accountsPath, askAccountPath, giveAccountPath } from './hrefs.ts'

const access = { permission: 'dossiers.handle' } as const
const shown = 100

/** A person asks to account for the handling; the desk answers; both, and who leads, see what is owed. */
export const accountabilityRoutes: Route[] = [
  { method: 'POST', path: askAccountPath, access: 'person', handler: async (req) => {
    const dossier = await readOwn(req)
    const mistakes = await askAccount(req.ctx, { dossierId: dossier.id, request: req.form.get('accountRequest') })
    return mistakes.length > 0 ? showOwn(req, mistakes) : redirect(ownDossierHref(dossier.id))
  } },
  { method: 'POST', path: giveAccountPath, access, handler: async (req) => {
    const dossier = await readDossierOfDesk(req)
    const mistakes = await giveAccount(req.ctx, { dossierId: dossier.id, answer: req.form.get('account') })
    return mistakes.length > 0 ? showDossier(req, mistakes, req.form.fields) : redirect(deskDossierHref(dossier.id))
  } },
  { method: 'GET', path: accountsPath, access, audit: 'dossiers.inbox', handler: async (req) => {
    const { ctx } = req
    const [all, isOfDesk] = await Promise.all([listForAgency(ctx.db, ctx.node.config.code, officerOf(req).agencyCode, shown), reachedByDesk(ctx, 'dossiers.view')])
    const rows = all.filter(isOfDesk)
    return page(<Accounts rows={rows} names={await officerNames(ctx.db, rows.flatMap((r) => (r.responsibleOfficer ? [r.responsibleOfficer] : [])))} now={ctx.now} />, { title: ctx.t('dossiers.accountability.list'), layout: 'desk' })
  } },
]

function Accounts({ rows, names, now }: { rows: Awaited<ReturnType<typeof listForAgency>>; names: ReadonlyMap<string, string>; now: Date }): VNode {
  const { t } = usePage()
  return (
    <>
      <h1 class="govuk-heading-l">{t('dossiers.accountability.list')}</h1>
      {rows.length === 0 ? <EmptyState title={t('dossiers.accountability.none')} /> : (
        <Table wide keys caption={t('dossiers.accountability.list')} captionHidden columns={[{ header: t('dossiers.column.code') }, { header: t('dossiers.accountability.who') }, { header: t('dossiers.column.due') }]}
          rows={rows.map((r) => ({ href: deskDossierHref(r.dossierId), late: !r.answeredAt && r.dueAt !== null && r.dueAt < now, cells: [<a class="govuk-link" href={deskDossierHref(r.dossierId)}>{r.code}</a>, (r.responsibleOfficer && names.get(r.responsibleOfficer)) || '–', r.answeredAt ? <Tag tone="done">{t('dossiers.accountability.isAnswered')}</Tag> : r.dueAt ? <Deadline due={r.dueAt} now={now} /> : '–'] }))} />
      )}
    </>
  )
}
