import type { VNode } from 'preact'
import { page, type Reply } from '../../../platform/http/reply.ts'
import type { Req } from '../../../platform/http/route.ts'
import { LinkButton, usePage } from '../../../ui/index.ts'
import { isWayOpen, type LogInWay } from '../ways/log-in-ways.ts'
import type { Audience } from './certificate-log-in.store.ts'

/**
 * The page that says that this way is not open today; undefined when it is: to persons, or to organisations for a person who is logged in and presents
 * one. Officers' ways are not a matter of that list.
 */
export async function closedWay(req: Req, way: LogInWay, audience: Audience = 'person'): Promise<Reply | undefined> {
  const { ctx } = req
  if (audience === 'officer' || await isWayOpen(ctx.db, way, 'person', ctx.now)) return undefined
  if (ctx.actor.kind === 'person' && await isWayOpen(ctx.db, way, 'organisation', ctx.now)) return undefined
  return page(<Closed />, { title: ctx.t('identity.certificate.closed.title'), status: 404 })
}

function Closed(): VNode {
  const { t } = usePage()
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <h1 class="govuk-heading-l">{t('identity.certificate.closed.title')}</h1>
      <p class="govuk-body">{t('identity.certificate.closed.lead')}</p>
      <LinkButton href="/dang-nhap">{t('identity.certificate.others')}</LinkButton>
    </div></div>
  )
}
