import type { VNode } from 'preact'
import { page, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { formatDateTime } from '../../../../platform/i18n.ts'
import { BackLink, EmptyState, PrintButton, SummaryList, Table, usePage } from '../../../../ui/index.ts'
import { loadCalendar, ruleSetOf, type RuleSet, type Step } from '../../../calendar/index.ts'
import type { Dossier } from '../../dossier.ts'
import { deskDossierHref, dueStoryPath } from '../../pages/desk/hrefs.ts'
import { readDossierOfDesk } from '../../pages/desk/read-desk-dossier.ts'
import { ownDossierHref, ownDueStoryPath } from '../../pages/portal/hrefs.ts'
import { readOwn } from '../../pages/portal/own-dossier.page.tsx'
import { explainDue } from '../explain-due.ts'
import { DueStory } from './due-story.tsx'

/** The explanation of a date on a page of its own, to be printed: for the person and for the desk. */
export const dueStoryRoutes: Route[] = [
  { method: 'GET', path: ownDueStoryPath, access: 'person', handler: async (req) => answer(req, await readOwn(req), 'portal') },
  { method: 'GET', path: dueStoryPath, access: { permission: 'dossiers.view' }, handler: async (req) => answer(req, await readDossierOfDesk(req), 'desk') },
]

async function answer({ ctx }: Req, dossier: Dossier, layout: 'portal' | 'desk'): Promise<Reply> {
  const calendar = await loadCalendar(ctx.db)
  const steps = await explainDue(ctx.db, calendar, ctx.node.config.code, dossier, ctx.lang)
  // A mirror tells the rules by their name in the explanation; their articles are the handling node's.
  const rules = dossier.receivedAt && dossier.nodeCode === ctx.node.config.code ? ruleSetOf(calendar, { ruleSet: dossier.ruleSet, receivedAt: dossier.receivedAt }) : undefined
  const back = layout === 'desk' ? deskDossierHref(dossier.id) : ownDossierHref(dossier.id)
  return page(<DueStoryPage dossier={dossier} steps={steps} rules={rules} back={back} />, { title: ctx.t('dossiers.clock.story.title'), layout })
}

interface Props { dossier: Dossier; steps: readonly Step[]; rules: RuleSet | undefined; back: string }

function DueStoryPage({ dossier: d, steps, rules, back }: Props): VNode {
  const { t } = usePage()
  return (
    <>
      <BackLink href={back}>{d.code ?? d.reference}</BackLink>
      <h1 class="govuk-heading-l">{t('dossiers.clock.story.title')}</h1>
      {steps.length === 0 ? <EmptyState title={t('dossiers.clock.story.none')}><p class="govuk-body">{t('dossiers.clock.story.noneText')}</p></EmptyState> : (
        <>
          <SummaryList rows={[
            { key: t(d.code ? 'dossiers.column.code' : 'dossiers.column.reference'), value: <span class="mc-code">{d.code ?? d.reference}</span> },
            ...(d.promisedAt ? [{ key: t('dossiers.clock.promised'), value: formatDateTime(d.promisedAt) }] : []),
            ...(d.dueAt ? [{ key: t('dossiers.clock.inForce'), value: d.pausedAt ? t('dossiers.clock.stands') : formatDateTime(d.dueAt) }] : []),
            ...(d.isLate ? [{ key: t('dossiers.clock.lateKey'), value: t('dossiers.clock.late') }] : []),
          ]} />
          <DueStory steps={steps} />
          {rules && Object.keys(rules.articles).length > 0 && <Table caption={t('dossiers.clock.grounds', { title: rules.title })} columns={[{ header: t('dossiers.clock.rule') }, { header: t('dossiers.clock.article') }]}
            rows={Object.entries(rules.articles).map(([rule, article]) => [t(`calendar.rule.${rule}`), article])} />}
          <PrintButton />
        </>
      )}
    </>
  )
}
