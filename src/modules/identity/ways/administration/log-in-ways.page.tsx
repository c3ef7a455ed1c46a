import type { VNode } from 'preact'
import { page, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { formatDate, formatDateTime } from '../../../../platform/i18n.ts'
import { EmptyState, NotificationBanner, Table, Tag, usePage } from '../../../../ui/index.ts'
import { changeHref, logInWaysPath } from './change-way.page.tsx'
import { capital, possibleWays } from './decision-fields.ts'
import { listDecisions, listPeriods, todayOf, type DecisionMade, type Period } from './log-in-way.store.ts'

const decisionsShown = 100

/** At the national node: which ways are open when and by which rule. */
export const logInWaysRoutes: readonly Route[] = [
  { method: 'GET', path: logInWaysPath, access: { permission: 'identity.manage-ways' }, handler: show },
]

async function show(req: Req): Promise<Reply> {
  const { ctx } = req
  const [periods, decisions] = await Promise.all([listPeriods(ctx.db), listDecisions(ctx.db, decisionsShown)])
  return page(<Ways periods={periods} decisions={decisions} today={todayOf(ctx)} saved={req.query.saved === '1'} />, { title: ctx.t('identity.ways.admin.title'), layout: 'desk' })
}

interface Shown { periods: readonly Period[]; decisions: readonly DecisionMade[]; today: string; saved: boolean }

function Ways({ periods, decisions, today, saved }: Shown): VNode {
  const { t } = usePage()
  const columns = ['way', 'holder', 'state', 'periods', 'action'].map((name) => ({ header: t(`identity.ways.admin.${name}`) }))
  return (
    <>
      {saved && <NotificationBanner type="success" heading={t('identity.ways.admin.saved')} />}
      <h1 class="govuk-heading-l">{t('identity.ways.admin.title')}</h1>
      <p class="govuk-body">{t('identity.ways.admin.lead')}</p>
      <Table caption={t('identity.ways.admin.table')} stack columns={columns} rows={possibleWays.map((pair) => {
        const own = periods.filter((p) => p.way === pair.way && p.holder === pair.holder)
        return [capital(t(`identity.ways.name.${pair.way}`)), t(`identity.ways.holder.${pair.holder}`), <State own={own} today={today} />, <Periods own={own} />, <Actions {...pair} own={own} today={today} />]
      })} />
      <h2 class="govuk-heading-m" id="decisions">{t('identity.ways.admin.decisions')}</h2>
      <p class="govuk-body">{t('identity.ways.admin.decisions_lead')}</p>
      {decisions.length === 0 ? <EmptyState title={t('identity.ways.admin.decisions_none')} /> : <Decisions decisions={decisions} />}
    </>
  )
}

const isOpenOn = (p: Period, day: string): boolean => p.validFrom <= day && (p.validTo === null || p.validTo > day)

function State({ own, today }: { own: readonly Period[]; today: string }): VNode {
  const { t } = usePage()
  return own.some((p) => isOpenOn(p, today)) ? <Tag tone="done">{t('identity.ways.admin.open')}</Tag> : <Tag>{t('identity.ways.admin.closed')}</Tag>
}

function Periods({ own }: { own: readonly Period[] }): VNode {
  const { t } = usePage()
  if (own.length === 0) return <>{t('identity.ways.admin.never')}</>
  return (
    <ul class="govuk-list govuk-list--spaced">
      {[...own].reverse().map((p) => <li>{p.validTo ? t('identity.ways.admin.period', { from: formatDate(p.validFrom), to: formatDate(p.validTo) }) : t('identity.ways.admin.period_open', { from: formatDate(p.validFrom) })}<br />{p.basis}</li>)}
    </ul>
  )
}

/** What may be decided about a way now: an open one is closed, a closed one opened, a planned change taken back. */
function Actions({ way, holder, own, today }: { way: Period['way']; holder: Period['holder']; own: readonly Period[]; today: string }): VNode {
  const { t } = usePage()
  const planned = own.flatMap((p) => [p.validFrom, p.validTo].filter((day): day is string => day !== null && day > today)).sort()
  const isLastingOpen = own.some((p) => p.validTo === null)
  const about = `${t(`identity.ways.name.${way}`)}, ${t(`identity.ways.holder.${holder}`)}`
  const link = (act: 'open' | 'close' | 'take-back', day?: string): VNode => (
    <li><a class="govuk-link" href={changeHref({ act, way, holder, ...(day ? { day } : {}) })}>{t(`identity.ways.admin.act.${act}`, { day: day ? formatDate(day) : '' })}<span class="govuk-visually-hidden"> {about}</span></a></li>
  )
  return <ul class="govuk-list">{link(isLastingOpen ? 'close' : 'open')}{[...new Set(planned)].map((day) => link('take-back', day))}</ul>
}

function Decisions({ decisions }: { decisions: readonly DecisionMade[] }): VNode {
  const { t } = usePage()
  const columns = ['decided_at', 'decision', 'way', 'holder', 'on_day', 'basis', 'decided_by'].map((name) => ({ header: t(`identity.ways.admin.${name}`) }))
  return <Table caption={t('identity.ways.admin.decisions')} captionHidden stack columns={columns} rows={decisions.map((d) => [
    formatDateTime(d.decidedAt), t(`identity.ways.admin.done.${d.act}`), capital(t(`identity.ways.name.${d.way}`)), t(`identity.ways.holder.${d.holder}`), formatDate(d.onDay), d.basis, d.officer ?? d.decidedBy,
  ])} />
}
