import type { VNode } from 'preact'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { usePage } from '../../../../ui/index.ts'
import { browserOf, waitSentence } from '../../access/browser.ts'
import { clearCookie, cookieName, sessionCookie, setCookie } from '../../access/cookies.ts'
import { safeReturn } from '../../access/return-path.ts'
import { refuseClosedWay } from '../closed-way.page.tsx'
import { wayHref } from '../way-addresses.ts'
import { logInByProvider, type ProviderOutcome } from './log-in-by-provider.ts'
import { applicantCookie, phonePath } from './provider-phone.page.tsx'
import { beginProviderJourney, endProviderJourney, journeySeconds, type Trouble } from './provider-journey.ts'

/** At the national node: people go to the electronic identity of the State (VNeID) and come back known. */
export const identityProviderRoutes: readonly Route[] = [
  { method: 'GET', path: '/dang-nhap/dinh-danh-dien-tu', access: 'public', handler: leave },
  { method: 'GET', path: '/dang-nhap/dinh-danh-dien-tu/ket-qua', access: 'public', handler: comeBack },
]

/** Nothing changes here by going: only the browser gets a cookie. Who is logged in goes too, to prove more (`muc=3`) or once more (`lai=1`). */
async function leave(req: Req): Promise<Reply> {
  const { ctx, query } = req
  const returnTo = safeReturn(query.tiep, '/tai-khoan')
  const level = query.muc === '3' ? 3 : 2
  if (ctx.actor.kind === 'person' && !query.muc && query.lai !== '1') return redirect(returnTo)
  const closed = await refuseClosedWay(req, 'identity-provider', 'log-in', returnTo)
  if (closed) return closed
  try {
    const { url, cookie } = await beginProviderJourney(ctx.node, { returnTo, level, lang: ctx.lang })
    return redirect(url, { external: true, cookies: [setCookie(ctx.node, 'identity', cookie, journeySeconds)] })
  } catch (error) {
    ctx.log.warn({ reason: (error as Error).message }, 'the identity provider did not answer')
    return troublePage(req, 'unavailable', { returnTo, level })
  }
}

async function comeBack(req: Req): Promise<Reply> {
  const { ctx } = req
  const closed = await refuseClosedWay(req, 'identity-provider', 'log-in', '/tai-khoan')
  if (closed) return closed
  const answer = await endProviderJourney(ctx.node, req.cookies[cookieName(ctx.node, 'identity')], req.raw.url)
  if ('trouble' in answer) {
    // Back with the browser's arrow after a log-in that went well.
    if (answer.trouble === 'not_ours' && ctx.actor.kind === 'person') return redirect('/tai-khoan')
    return troublePage(req, answer.trouble, answer)
  }
  const { returnTo } = answer
  const outcome = await logInByProvider(ctx, { answer, ...browserOf(req) })
  const over = clearCookie(ctx.node, 'identity')
  switch (outcome.kind) {
    case 'logged-in': return redirect(returnTo, { cookies: [sessionCookie(ctx.node, outcome.token), over] })
    case 'phone-needed': return redirect(phonePath, { cookies: [applicantCookie(ctx.node, { person: outcome.person, returnTo, at: ctx.now.getTime() }), over] })
    case 'wait': return troublePage(req, outcome.kind, answer, waitSentence(ctx.t, outcome.seconds))
    default: return troublePage(req, outcome.kind, answer)
  }
}

type Kind = Trouble | Exclude<ProviderOutcome['kind'], 'logged-in' | 'phone-needed'>

const statuses: Readonly<Partial<Record<Kind, number>>> = { unavailable: 503, register_unavailable: 503, wait: 429, conflict: 409, account_locked: 403, organisation_closed: 403, level_not_reached: 403, too_weak: 403, too_young: 403, not_allowed: 403 }

interface Begun { returnTo: string; level: number }

function troublePage(req: Req, kind: Kind, begun: Begun, sentence = req.ctx.t(`identity.ways.provider.trouble.${kind}`)): Reply {
  const { ctx } = req
  return page(<TroubleView sentence={sentence} returnTo={begun.returnTo} again={againHref(begun, ctx.actor.kind === 'person')} />, { title: ctx.t('identity.ways.provider.title'), status: statuses[kind] ?? 400, cookies: [clearCookie(ctx.node, 'identity')] })
}

/** The same journey once more: as strong as it was asked for, also for who is logged in. */
function againHref({ returnTo, level }: Begun, isLoggedIn: boolean): string {
  return `${wayHref('identity-provider', 'log-in', returnTo)!}${level > 2 ? '&muc=3' : isLoggedIn ? '&lai=1' : ''}`
}

function TroubleView({ sentence, returnTo, again }: { sentence: string; returnTo: string; again: string }): VNode {
  const { t } = usePage()
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <h1 class="govuk-heading-l">{t('identity.ways.provider.title')}</h1>
      <p class="govuk-body">{sentence}</p>
      <p class="govuk-body"><a class="govuk-link" href={again}>{t('identity.ways.provider.again')}</a></p>
      <p class="govuk-body"><a class="govuk-link" href={wayHref('phone', 'log-in', returnTo)}>{t('identity.ways.back')}</a></p>
    </div></div>
  )
}
