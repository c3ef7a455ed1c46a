import type { VNode } from 'preact'
import { page, type Reply } from '../../../platform/http/reply.ts'
import type { Req } from '../../../platform/http/route.ts'
import { usePage } from '../../../ui/index.ts'
import { openWaysWithBasis, type LogInWay } from './log-in-ways.ts'
import type { Purpose } from './way-addresses.ts'
import { OpenWays, type WaysProps } from './way-links.tsx'

/** The answer to whoever comes by a way that is closed today: which one, and which are open. Undefined where the way is open. */
export async function refuseClosedWay(req: Req, way: LogInWay, purpose: Purpose, returnTo: string): Promise<Reply | undefined> {
  const { ctx } = req
  const open = await openWaysWithBasis(ctx.db, 'person', ctx.now)
  if (open.some((o) => o.way === way)) return undefined
  return page(<ClosedWay way={way} open={open} purpose={purpose} returnTo={returnTo} />, { title: ctx.t('identity.ways.closed.title'), status: 403 })
}

function ClosedWay({ way, ...ways }: WaysProps & { way: LogInWay }): VNode {
  const { t } = usePage()
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <h1 class="govuk-heading-l">{t('identity.ways.closed.title')}</h1>
      <p class="govuk-body">{t('identity.ways.closed.lead', { way: t(`identity.ways.name.${way}`) })}</p>
      <OpenWays {...ways} />
    </div></div>
  )
}
