import { page, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { LinkButton } from '../../../../ui/index.ts'
import { accessRule } from '../../access/access-rule.ts'

export const certificateLogInPath = '/desk/login/certificate'

/**
 * Pages and acts of a high-level account: bound to a certificate where the rule of the day says so (S4 art. 3.1, 48). Without one, a page that leads to
 * the log-in with the token and back here.
 */
export function proved(handler: Route['handler']): Route['handler'] {
  return async (req) => {
    const { actor, db, now } = req.ctx
    const { needsCertificate } = await accessRule(db, 'administrator', now)
    return needsCertificate && actor.kind === 'officer' && !actor.methods.includes('sc') ? tokenNeeded(req) : handler(req)
  }
}

function tokenNeeded({ ctx: { t }, raw }: Req): Reply {
  // What was posted is not repeated after the log-in: its form has the same address.
  const back = raw.method === 'GET' ? raw.url : raw.url.split('?')[0]!
  return page(
    <>
      <h1 class="govuk-heading-l">{t('identity.officers.certificate.title')}</h1>
      <p class="govuk-body">{t('identity.officers.certificate.lead')}</p>
      <LinkButton href={`${certificateLogInPath}?tiep=${encodeURIComponent(back)}`}>{t('identity.officers.certificate.button')}</LinkButton>
    </>, { title: t('identity.officers.certificate.title'), layout: 'desk', status: 403 })
}
