import type { VNode } from 'preact'
import { page, redirect, type Reply } from '../../../platform/http/reply.ts'
import type { Req, Route } from '../../../platform/http/route.ts'
import { EmptyState, usePage } from '../../../ui/index.ts'
import { safeReturn } from '../access/return-path.ts'
import { openWays } from '../ways/log-in-ways.ts'
import type { Strength } from './demand-strength.ts'
import { readStrength } from './step-up-href.ts'
import { waysThatReach, type StrongWay } from './ways-that-reach.ts'

/** At the national node: why more is asked, and the ways that reach it. */
export const stepUpRoutes: readonly Route[] = [
  { method: 'GET', path: '/dang-nhap/nang-muc', access: 'public', handler: show },
]

async function show(req: Req): Promise<Reply> {
  const { ctx } = req
  const { actor } = ctx
  const level = readStrength(req.query.muc, 2)
  const returnTo = safeReturn(req.query.tiep, '/tai-khoan')
  const isAgain = req.query.lai === '1'
  const own = actor.kind === 'person' ? actor.assurance : undefined
  if (own !== undefined && own >= level && !isAgain) return redirect(returnTo)
  // Any log-in reaches the first two levels: the page of all ways says it better.
  if (own === undefined && level < 3) return redirect(`/dang-nhap?tiep=${encodeURIComponent(returnTo)}`)
  const ways = waysThatReach(level, await openWays(ctx.db, 'person', ctx.now))
  return page(<StepUp ways={ways} level={level} own={own} returnTo={returnTo} isAgain={isAgain} />, { title: ctx.t(titleKey(level, isAgain), { level }) })
}

const titleKey = (level: Strength, isAgain: boolean): string => (isAgain && level < 3 ? 'identity.strength.again.title' : 'identity.strength.title')

interface View { ways: readonly StrongWay[]; level: Strength; own: Strength | undefined; returnTo: string; isAgain: boolean }

function StepUp({ ways, level, own, returnTo, isAgain }: View): VNode {
  const { t } = usePage()
  // Another node waits for an answer, also for this one.
  const leave = returnTo.startsWith('/dang-nhap/tiep/') ? `${returnTo.split('?')[0]}?thoi=1` : '/'
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <h1 class="govuk-heading-l">{t(titleKey(level, isAgain), { level })}</h1>
      <p class="govuk-body">{t(isAgain ? 'identity.strength.again.lead' : 'identity.strength.lead', { level })} {own !== undefined && own < level && t('identity.strength.own', { own })}</p>
      <p class="govuk-body">{t(`identity.strength.level.${level}`)}</p>
      {ways.length === 0 ? <EmptyState title={t('identity.strength.none')} /> : (
        <>
          <h2 class="govuk-heading-m">{t('identity.strength.ways')}</h2>
          <ul class="govuk-list govuk-list--spaced">
            {ways.map(({ way, href }) => (
              <li>
                <a class="govuk-link govuk-!-font-weight-bold" href={`${href}${href.includes('?') ? '&' : '?'}tiep=${encodeURIComponent(returnTo)}`}>{t(`identity.strength.way.${way}`)}</a>
                <br /><span class="govuk-hint">{t(`identity.strength.way.${way}.hint`)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <p class="govuk-body">{t('identity.strength.kept')}</p>
      <p class="govuk-body"><a class="govuk-link" href={leave}>{t('identity.strength.leave')}</a></p>
    </div></div>
  )
}
