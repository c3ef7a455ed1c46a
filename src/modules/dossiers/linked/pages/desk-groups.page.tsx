import type { VNode } from 'preact'
import { isPermitted } from '../../../../platform/actor.ts'
import { page, redirect } from '../../../../platform/http/reply.ts'
import type { Route } from '../../../../platform/http/route.ts'
import { formatDateTime } from '../../../../platform/i18n.ts'
import { Button, Deadline, EmptyState, Form, Pagination, Select, Table, Tag, usePage } from '../../../../ui/index.ts'
import { procedureNames } from '../../../catalogue/index.ts'
import { assertOfDesk } from '../../desk-scope.ts'
import type { Dossier } from '../../dossier.ts'
import { findDossiers } from '../../dossiers.store.ts'
import { showDossier } from '../../pages/desk/dossier.page.tsx'
import { deskDossierHref } from '../../pages/desk/hrefs.ts'
import { readDossierOfDesk } from '../../pages/desk/read-desk-dossier.ts'
import { pageAsked, pageSize } from '../../pages/desk/read-inbox.ts'
import { answerUndo } from '../answer-undo.ts'
import { listOpenGroups, listOpenUndos, type LinkedGroup, type Undo } from '../linked.store.ts'
import { readGroup } from '../read-group.ts'
import type { PartStory } from '../explain-group.ts'
import { GroupTag, PartTag } from './group-tags.tsx'
import { answerUndoPath, deskGroupsPath } from './hrefs.ts'

interface Row { group: LinkedGroup; parts: PartStory[] }

/** Groups that run and were filed at this node, for who oversees; and results that stopped groups ask to undo, for who decides them. */
export const deskGroupRoutes: Route[] = [
  { method: 'GET', path: deskGroupsPath, access: { permission: 'dossiers.view' }, audit: 'dossiers.inbox', handler: async (req) => {
    const { ctx } = req
    const [at, late] = [pageAsked(req.query.page), req.query.late === '1']
    const oversees = isPermitted(ctx.actor, 'dossiers.oversee')
    const groups = oversees ? await listOpenGroups(ctx.db, { late, now: ctx.now, limit: pageSize + 1, offset: (at - 1) * pageSize }) : []
    const rows = await Promise.all(groups.slice(0, pageSize).map(async (group): Promise<Row> => ({ group, parts: (await readGroup(ctx.db, group)).parts })))
    const asked = await listOpenUndos(ctx.db)
    const dossiers = new Map((await findDossiers(ctx.db, asked.map((u) => u.dossierId))).map((d) => [d.id, d]))
    const own: { undo: Undo; dossier: Dossier }[] = []
    for (const undo of asked) {
      const dossier = dossiers.get(undo.dossierId)
      if (dossier?.nodeCode === ctx.node.config.code && await reaches(ctx, dossier)) own.push({ undo, dossier })
    }
    const names = await procedureNames(ctx.db, [...new Set([...groups.map((g) => g.code), ...own.map((o) => o.dossier.procedureCode)])], ctx.lang)
    return page(<DeskGroups rows={rows} undos={own} names={names} oversees={oversees} late={late} at={at} more={groups.length > pageSize} now={ctx.now} />, { title: ctx.t('dossiers.linked.desk.title'), layout: 'desk' })
  } },
  { method: 'POST', path: answerUndoPath, access: { permission: 'dossiers.handle' }, handler: async (req) => {
    const dossier = await readDossierOfDesk(req)
    const mistakes = await answerUndo(req.ctx, { dossierId: dossier.id, answer: req.form.get('undoAnswer'), reason: req.form.get('undoReason') })
    return mistakes.length > 0 ? showDossier(req, mistakes, { undoReason: '', undoAnswer: '', ...req.form.fields }) : redirect(deskDossierHref(dossier.id))
  } },
]

const reaches = (ctx: Parameters<typeof assertOfDesk>[0], dossier: Dossier): Promise<boolean> => assertOfDesk(ctx, dossier, 'dossiers.view').then(() => true, () => false)

interface Props { rows: Row[]; undos: { undo: Undo; dossier: Dossier }[]; names: Map<string, string>; oversees: boolean; late: boolean; at: number; more: boolean; now: Date }

function DeskGroups({ rows, undos, names, oversees, late, at, more, now }: Props): VNode {
  const { t, lang } = usePage()
  return (
    <>
      <h1 class="govuk-heading-l">{t('dossiers.linked.desk.title')}</h1>
      <h2 class="govuk-heading-m">{t('dossiers.linked.undo.list')}</h2>
      {undos.length === 0 ? <EmptyState title={t('dossiers.linked.undo.none')} /> : (
        <Table wide caption={t('dossiers.linked.undo.list')} captionHidden columns={[{ header: t('dossiers.column.code') }, { header: t('dossiers.column.procedure') }, { header: t('dossiers.linked.undo.since') }]}
          rows={undos.map(({ undo, dossier: d }) => [<a class="govuk-link" href={deskDossierHref(d.id)}>{d.code ?? d.reference}</a>, names.get(d.procedureCode) ?? d.procedureCode, formatDateTime(undo.askedAt)])} />
      )}
      {oversees && (
        <>
          <h2 class="govuk-heading-m">{t('dossiers.linked.desk.running')}</h2>
          <Form method="get" action={deskGroupsPath}><Select name="late" label={t('dossiers.linked.desk.show')} value={late ? '1' : ''} options={[{ value: '', text: t('dossiers.linked.desk.all') }, { value: '1', text: t('dossiers.linked.desk.lateOnly') }]} /><Button kind="secondary">{t('dossiers.linked.desk.filter')}</Button></Form>
          {rows.length === 0 ? <EmptyState title={t(late ? 'dossiers.linked.desk.noneLate' : 'dossiers.linked.desk.none')} /> : (
            <Table wide caption={t('dossiers.linked.desk.running')} captionHidden columns={[{ header: t('dossiers.column.reference') }, { header: t('dossiers.column.procedure') }, { header: t('dossiers.column.state') }, { header: t('dossiers.column.due') }, { header: t('dossiers.linked.parts') }]}
              rows={rows.map(({ group: g, parts }) => [<span class="mc-code">{g.reference}</span>, names.get(g.code) ?? g.code, <GroupTag state={g.state} />, g.dueAt ? <Deadline due={g.dueAt} now={now} state={g.pausedAt ? 'paused' : 'running'} /> : '–',
                <ul class="govuk-list">{parts.map((p) => <li>{p.definition.name[lang]} <PartTag status={p.status} />{p.last?.lateAt && p.last.state === 'filed' && <> <Tag tone="attention">{t('dossiers.linked.late')}</Tag></>}</li>)}</ul>])} />
          )}
          {(at > 1 || more) && <Pagination page={at} pages={more ? at + 1 : at} href={(n) => `${deskGroupsPath}?page=${n}${late ? '&late=1' : ''}`} />}
        </>
      )}
    </>
  )
}
