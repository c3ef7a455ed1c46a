import type { VNode } from 'preact'
import { isPermitted } from '../../../platform/actor.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { page, redirect } from '../../../platform/http/reply.ts'
import type { Route } from '../../../platform/http/route.ts'
import { formatDate, formatDateTime, formatNumber } from '../../../platform/i18n.ts'
import { BigNumber, BigNumbers, Button, Details, EmptyState, Form, NotificationBanner, SummaryList, Table, Tag } from '../../../ui/index.ts'
import { askForComparison } from '../client/compare-dossiers.ts'
import { readConnection, type PortalConnection } from '../client/connection.store.ts'
import { redriveAll } from '../client/redrive-dossier.ts'
import { listCodes, type CodeEntry } from '../messages/code-lists.ts'
import { errors } from '../national-portal.errors.ts'
import { comparePath, deadHref, portalHref, redriveAllPath, type Done } from './hrefs.ts'
import { countDossiers, listDead, listDiffering, type DeadDossier, type DifferingDossier, type PortalCounts } from './overview.store.ts'
import { reasonsOf } from './problem-words.ts'

const dones: readonly string[] = ['redriven', 'all', 'set-aside', 'compare'] satisfies Done[]

/** How this node and the national portal stand: connection, what the portal has, what could not be told, what is different, and the codes of the messages. */
const showOverview: Route = {
  method: 'GET', path: '/admin/national-portal', access: { permission: 'national-portal.view' },
  async handler({ ctx, query }) {
    const { t, db } = ctx
    const [connection, counts, dead, differing, codes] = await Promise.all([readConnection(db), countDossiers(db), listDead(db), listDiffering(db), listCodes(db)])
    const isOn = ctx.node.config.nationalPortal !== undefined
    return page(
      <>
        {dones.includes(query.done ?? '') && <NotificationBanner type="success" heading={t(`national-portal.done.${query.done}`)} />}
        <h1 class="govuk-heading-l">{t('national-portal.title')}</h1>
        {isOn ? <p class="govuk-body">{t('national-portal.lead')}</p> : <EmptyState title={t('national-portal.off.title')}><p class="govuk-body">{t('national-portal.off.text')}</p></EmptyState>}
        {isOn && <Health ctx={ctx} connection={connection} />}
        {isOn && <Counts ctx={ctx} counts={counts} />}
        {isOn && <Dead ctx={ctx} dead={dead} />}
        {isOn && <Differing ctx={ctx} differing={differing} codes={codes} comparedAt={connection.comparedAt} />}
        <Codes ctx={ctx} codes={codes} />
      </>, { title: t('national-portal.title'), layout: 'desk' })
  },
}

function Health({ ctx: { t, node }, connection }: { ctx: Ctx; connection: PortalConnection }): VNode {
  const state = connection.failures > 0 ? 'failing' : connection.lastSuccessAt ? 'good' : 'unknown'
  return (
    <>
      <h2 class="govuk-heading-m">{t('national-portal.health.title')}</h2>
      <SummaryList rows={[
        { key: t('national-portal.health.state'), value: <Tag tone={state === 'good' ? 'done' : state === 'failing' ? 'late' : 'paused'}>{t(`national-portal.health.${state}`)}</Tag> },
        { key: t('national-portal.health.mode'), value: t(`national-portal.mode.${node.config.nationalPortal!.mode}`) },
        { key: t('national-portal.health.lastSuccess'), value: connection.lastSuccessAt ? formatDateTime(connection.lastSuccessAt) : '–' },
        ...(connection.lastError ? [{ key: t('national-portal.health.lastError'), value: t('national-portal.health.failures', { count: connection.failures, error: connection.lastError }) }] : []),
        ...(connection.nextAt ? [{ key: t('national-portal.health.nextAt'), value: formatDateTime(connection.nextAt) }] : []),
      ]} />
    </>
  )
}

function Counts({ ctx: { t }, counts }: { ctx: Ctx; counts: PortalCounts }): VNode {
  return (
    <>
      <h2 class="govuk-heading-m">{t('national-portal.counts.title')}</h2>
      <BigNumbers>
        <BigNumber value={counts.all} label={t('national-portal.counts.all')} />
        <BigNumber value={counts.known} label={t('national-portal.counts.known')} />
        <BigNumber value={counts.waiting} label={t('national-portal.counts.waiting')} />
        <BigNumber value={counts.unnumbered} label={t('national-portal.counts.unnumbered')} />
        <BigNumber value={counts.dead} label={t('national-portal.counts.dead')} href="#dead" tone={counts.dead > 0 ? 'late' : 'neutral'} />
        <BigNumber value={counts.setAside} label={t('national-portal.counts.setAside')} href="#dead" />
        <BigNumber value={counts.different} label={t('national-portal.counts.different')} href="#different" tone={counts.different > 0 ? 'attention' : 'neutral'} />
      </BigNumbers>
      {counts.oldest && <p class="govuk-body">{t('national-portal.counts.oldest', { at: formatDateTime(counts.oldest) })}</p>}
    </>
  )
}

function Dead({ ctx, dead }: { ctx: Ctx; dead: readonly DeadDossier[] }): VNode {
  const { t, lang } = ctx
  const mayManage = isPermitted(ctx.actor, 'national-portal.manage')
  return (
    <>
      <h2 class="govuk-heading-m" id="dead">{t('national-portal.dead.title')}</h2>
      {dead.length === 0 ? <p class="govuk-body">{t('national-portal.dead.none')}</p> : (
        <>
          <p class="govuk-body">{t('national-portal.dead.lead')}</p>
          <Table caption={t('national-portal.dead.title')} captionHidden wide
            columns={[{ header: t('national-portal.dead.dossier') }, { header: t('national-portal.dead.reason') }, { header: t('national-portal.dead.at') }, { header: t('national-portal.dead.behind'), numeric: true }]}
            rows={dead.map((d) => [
              <><a class="govuk-link mc-code" href={deadHref(d.id)}>{d.number}</a>{d.isSetAside && <> <Tag tone="paused">{t('national-portal.dead.isSetAside')}</Tag></>}</>,
              reasonsOf(t, d).join(' '), formatDateTime(d.at), formatNumber(d.behind, lang),
            ])} />
          {mayManage && dead.some((d) => !d.isSetAside) && <Form action={redriveAllPath}><Button kind="secondary">{t('national-portal.dead.all')}</Button></Form>}
        </>
      )}
    </>
  )
}

function Differing({ ctx, differing, codes, comparedAt }: { ctx: Ctx; differing: readonly DifferingDossier[]; codes: readonly CodeEntry[]; comparedAt: Date | null }): VNode {
  const { t } = ctx
  const stateName = (code: string | null): string => codes.find((c) => c.list === 'TrangThaiHoSo' && c.code === code)?.nameVi ?? '–'
  return (
    <>
      <h2 class="govuk-heading-m" id="different">{t('national-portal.compare.title')}</h2>
      <p class="govuk-body">{t('national-portal.compare.lead')}</p>
      <p class="govuk-body">{comparedAt ? t('national-portal.compare.last', { at: formatDateTime(comparedAt) }) : t('national-portal.compare.never')}</p>
      {differing.length === 0 ? <p class="govuk-body">{t('national-portal.compare.none')}</p> : (
        <Table caption={t('national-portal.compare.title')} captionHidden wide
          columns={[{ header: t('national-portal.dead.dossier') }, { header: t('national-portal.compare.difference') }, { header: t('national-portal.compare.ours') }, { header: t('national-portal.compare.theirs') }, { header: t('national-portal.compare.since') }]}
          rows={differing.map((d) => [<span class="mc-code">{d.number}</span>, t(`national-portal.difference.${d.difference}`), t(`dossiers.state.${d.state}`), stateName(d.portalState), formatDateTime(d.since)])} />
      )}
      {isPermitted(ctx.actor, 'national-portal.manage') && <Form action={comparePath}><Button kind="secondary">{t('national-portal.compare.button')}</Button></Form>}
    </>
  )
}

function Codes({ ctx: { t }, codes }: { ctx: Ctx; codes: readonly CodeEntry[] }): VNode {
  return (
    <Details summary={t('national-portal.codes.title')}>
      <p class="govuk-body">{t('national-portal.codes.lead')}</p>
      <Table caption={t('national-portal.codes.title')} captionHidden wide
        columns={[{ header: t('national-portal.codes.list') }, { header: t('national-portal.codes.code'), numeric: true }, { header: t('national-portal.codes.name') }, { header: t('national-portal.codes.from') }, { header: t('national-portal.codes.to') }]}
        rows={codes.map((c) => [c.list, c.code, c.nameVi, formatDate(c.validFrom), c.validTo ? formatDate(c.validTo) : '–'])} />
    </Details>
  )
}

const compare: Route = {
  method: 'POST', path: '/admin/national-portal/compare', access: { permission: 'national-portal.manage' },
  async handler({ ctx }) {
    if (!ctx.node.config.nationalPortal) throw errors.NOT_CONFIGURED()
    await askForComparison(ctx)
    return redirect(portalHref('compare'))
  },
}

const redriveEvery: Route = {
  method: 'POST', path: '/admin/national-portal/redrive-all', access: { permission: 'national-portal.manage' },
  async handler({ ctx }) {
    await redriveAll(ctx)
    return redirect(portalHref('all'))
  },
}

export const overviewRoutes: readonly Route[] = [showOverview, compare, redriveEvery]
