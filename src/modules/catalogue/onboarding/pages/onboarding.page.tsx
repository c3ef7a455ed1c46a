import type { VNode } from 'preact'
import { page } from '../../../../platform/http/reply.ts'
import type { Route } from '../../../../platform/http/route.ts'
import { formatDateTime } from '../../../../platform/i18n.ts'
import { isPermitted } from '../../../../platform/actor.ts'
import { EmptyState, FilterPanel, LinkButton, Pagination, Table, Tag, usePage, type Tone } from '../../../../ui/index.ts'
import { visibleIssuer } from '../../decisions/decision.ts'
import { procedureNames } from '../../get-procedure.ts'
import { listOffered, type Offered } from '../list-offered.ts'
import { onboardingStates, type Onboarding, type OnboardingState } from '../onboarding.ts'
import { listOnboardings } from '../onboarding.store.ts'
import type { ServiceState } from '../offer-state.ts'
import { caseHref, offerHref, proposePath, servicesHref, servicesPath } from './hrefs.ts'

const pageSize = 20
export const caseTones: Record<OnboardingState, Tone> = { proposed: 'attention', returned: 'neutral', testing: 'attention', reported: 'attention', confirmed: 'done', unpublished: 'late' }
export const offerTones: Record<ServiceState, Tone> = { open: 'done', suspended: 'attention', stopped: 'late' }

/** Services on their way to the public, and those that are offered. */
export const servicesRoute: Route = {
  method: 'GET', path: servicesPath, access: { permission: 'catalogue.view-services' },
  handler: async ({ ctx, query }) => {
    const state = onboardingStates.find((s) => s === query.state)
    const overdue = query.overdue === '1'
    const number = Math.max(1, Math.floor(Number(query.page)) || 1)
    const own = visibleIssuer(ctx.actor, ctx.node.config.national.code)
    const { rows, total } = await listOnboardings(ctx.db, { ...(state ? { state } : {}), ...(overdue ? { overdueAt: ctx.now } : {}), ...(own ? { agencyCode: own } : {}), limit: pageSize, offset: (number - 1) * pageSize })
    const offered = await listOffered(ctx.db, ctx.now)
    const names = await procedureNames(ctx.db, [...rows, ...offered].map((r) => r.procedureCode), ctx.lang)
    const view: View = { rows, total, number, state, overdue, offered, names, now: ctx.now, mayPropose: isPermitted(ctx.actor, 'catalogue.propose-services') }
    return page(<ServicesPage {...view} />, { title: ctx.t('catalogue.services.title'), layout: 'desk' })
  },
}

interface View { rows: Onboarding[]; total: number; number: number; state: OnboardingState | undefined; overdue: boolean; offered: Offered[]; names: ReadonlyMap<string, string>; now: Date; mayPropose: boolean }

function ServicesPage(view: View): VNode {
  const { t } = usePage()
  const { state, overdue } = view
  const query = { state: state ?? '', overdue: overdue ? '1' : '' }
  return (
    <>
      <h1 class="govuk-heading-l">{t('catalogue.services.title')}</h1>
      <p class="govuk-body">{t('catalogue.services.lead')}</p>
      {view.mayPropose && <LinkButton href={proposePath}>{t('catalogue.services.propose')}</LinkButton>}
      <h2 class="govuk-heading-m">{t('catalogue.services.cases')}</h2>
      <FilterPanel action={servicesPath} {...(state || overdue ? { clearHref: servicesPath } : {})} groups={[
        { name: 'state', title: t('catalogue.services.state'), kind: 'select', empty: t('catalogue.services.anyState'), options: onboardingStates.map((s) => ({ value: s, text: t(`catalogue.services.case.${s}`) })), selected: state ? [state] : [] },
        { name: 'overdue', title: t('catalogue.services.time'), kind: 'checkbox', options: [{ value: '1', text: t('catalogue.services.onlyOverdue') }], selected: overdue ? ['1'] : [] },
      ]} />
      <Cases {...view} />
      <Pagination page={view.number} pages={Math.ceil(view.total / pageSize)} href={(n) => servicesHref({ ...query, page: String(n) })} />
      <h2 class="govuk-heading-m">{t('catalogue.services.offered')}</h2>
      <Offers {...view} />
    </>
  )
}

function Cases({ rows, names, now }: View): VNode {
  const { t } = usePage()
  if (rows.length === 0) return <EmptyState title={t('catalogue.services.noCases')} />
  return (
    <Table caption={t('catalogue.services.cases')} captionHidden wide keys columns={['service', 'procedure', 'agency', 'state', 'due'].map((name) => ({ header: t(`catalogue.services.${name}`) }))}
      rows={rows.map((o) => ({
        href: caseHref(o.id), late: o.dueAt !== null && o.dueAt < now,
        cells: [<a class="govuk-link mc-code" href={caseHref(o.id)}>{o.serviceCode}</a>, names.get(o.procedureCode) ?? o.procedureCode, <span class="mc-code">{o.agencyCode}</span>,
          <Tag tone={caseTones[o.state]}>{t(`catalogue.services.case.${o.state}`)}</Tag>, <DueCell due={o.dueAt} now={now} />],
      }))} />
  )
}

export function DueCell({ due, now }: { due: Date | null; now: Date }): VNode {
  const { t } = usePage()
  if (!due) return <>–</>
  return <>{formatDateTime(due)}{due < now && <> <Tag tone="late">{t('catalogue.services.overdue')}</Tag></>}</>
}

function Offers({ offered, names }: View): VNode {
  const { t } = usePage()
  if (offered.length === 0) return <EmptyState title={t('catalogue.services.noOffers')} />
  return (
    <Table caption={t('catalogue.services.offered')} captionHidden wide columns={['procedure', 'state', 'lastFiled'].map((name) => ({ header: t(`catalogue.services.${name}`) }))}
      rows={offered.map((o) => ({ href: offerHref(o.procedureCode), cells: [<a class="govuk-link" href={offerHref(o.procedureCode)}>{names.get(o.procedureCode) ?? o.procedureCode}</a>, <Tag tone={offerTones[o.state]}>{t(`catalogue.services.offer.${o.state}`)}</Tag>,
        <>{o.lastFiledAt ? formatDateTime(o.lastFiledAt) : t('catalogue.services.never')}{o.idle && <> <Tag tone="attention">{t('catalogue.services.idle')}</Tag></>}</>] }))} />
  )
}
