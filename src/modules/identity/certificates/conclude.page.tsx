import type { VNode } from 'preact'
import { page, redirect, type Reply } from '../../../platform/http/reply.ts'
import type { Req } from '../../../platform/http/route.ts'
import { ButtonGroup, LinkButton, usePage } from '../../../ui/index.ts'
import { browserOf, waitSentence } from '../access/browser.ts'
import { clearCookie, sessionCookie } from '../access/cookies.ts'
import { organisationHref } from '../mandates/pages/hrefs.ts'
import type { Audience } from './certificate-log-in.store.ts'
import { newcomerPath, places, simLogInPath } from './certificate-paths.ts'
import { finishCertificateLogIn, type LogInFault } from './finish-certificate-log-in.ts'

/** What can go wrong on the way, beside what is wrong with a certificate. */
export type Trouble = LogInFault | 'no-certificate' | 'too-late' | 'refused' | 'blocked' | 'unavailable'

/** The key was proved: goes where the person wanted to go, asks somebody new for his telephone, or says why not. */
export async function concluded(req: Req, audience: Audience): Promise<Reply> {
  const { ctx } = req
  const outcome = await finishCertificateLogIn(ctx, browserOf(req))
  switch (outcome.kind) {
    case 'logged-in': return redirect(outcome.returnTo, { cookies: [sessionCookie(ctx.node, outcome.token), clearCookie(ctx.node, 'step')] })
    case 'organisation': return redirect(`${organisationHref(outcome.organisationId)}?xong=1`, { cookies: [clearCookie(ctx.node, 'step')] })
    case 'new-person': return redirect(newcomerPath)
    case 'wait': return outcomePage(req, audience, 'too-late', waitSentence(ctx.t, outcome.seconds))
    case 'refused': return outcomePage(req, audience, outcome.fault)
    case 'expired': return outcomePage(req, audience, 'too-late')
  }
}

const statuses: Partial<Record<Trouble, number>> = { 'other-account': 403, locked: 403, 'not-bound': 403, 'not-representative': 403, closed: 404, unavailable: 503, unchecked: 503 }

/** Says what happened and what to do, and leads to another try or another way. */
export function outcomePage(req: Req, audience: Audience, trouble: Trouble, sentence?: string): Reply {
  const { ctx } = req
  const isSim = req.raw.url.startsWith(simLogInPath)
  return page(<Outcome trouble={trouble} sentence={sentence} again={isSim ? simLogInPath : places[audience].start} others={places[audience].others} />, {
    title: ctx.t('identity.certificate.failed.title'), status: sentence ? 429 : statuses[trouble] ?? 400, layout: audience === 'officer' ? 'bare' : 'portal', cookies: [clearCookie(ctx.node, 'step')],
  })
}

function Outcome({ trouble, sentence, again, others }: { trouble: Trouble; sentence: string | undefined; again: string; others: string }): VNode {
  const { t } = usePage()
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <h1 class="govuk-heading-l">{t('identity.certificate.failed.title')}</h1>
      <p class="govuk-body-l">{sentence ?? t(`identity.certificate.fault.${trouble}`)}</p>
      <ButtonGroup>
        <LinkButton href={again}>{t('identity.certificate.again')}</LinkButton>
        <a class="govuk-link" href={others}>{t('identity.certificate.others')}</a>
      </ButtonGroup>
    </div></div>
  )
}
