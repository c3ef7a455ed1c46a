import type { VNode } from 'preact'
import { page, redirect, type Reply } from '../../../platform/http/reply.ts'
import type { Req, Route } from '../../../platform/http/route.ts'
import { usePage } from '../../../ui/index.ts'
import { browserOf } from '../access/browser.ts'
import { clearCookie, cookieName, sessionCookie, setCookie } from '../access/cookies.ts'
import { safeReturn } from '../access/return-path.ts'
import { text } from '../../../platform/http/reply.ts'
import { oldAccountsAwaiting } from '../linking/old-account.store.ts'
import { ownOldAccountHref } from '../linking/own-old-account.page.tsx'
import { endSessionsByNotice } from './end-sessions-by-notice.ts'
import { logInFromNational } from './log-in-from-national.ts'
import { beginJourney, endJourney, journeySeconds } from './relying-party.ts'

/** At a local node: people log in at the national node and come back. */
export const logInThereRoutes: readonly Route[] = [
  { method: 'GET', path: '/dang-nhap', access: 'public', handler: leave },
  { method: 'GET', path: '/dang-nhap/ket-qua', access: 'public', handler: comeBack },
  { method: 'POST', path: '/dang-nhap/ket-thuc', access: 'public', kind: 'raw', handler: notice },
]

async function leave(req: Req): Promise<Reply> {
  const { ctx } = req
  const returnTo = safeReturn(req.query.tiep, '/tai-khoan')
  if (ctx.actor.kind === 'person') return redirect(returnTo)
  try {
    const { url, cookie } = await beginJourney(ctx.node, returnTo, ctx.lang)
    return redirect(url, { external: true, cookies: [setCookie(ctx.node, 'sso', cookie, journeySeconds)] })
  } catch (error) {
    ctx.log.warn({ err: error }, 'the national node did not answer at a log-in')
    return troublePage(req, 'unavailable', 503)
  }
}

async function comeBack(req: Req): Promise<Reply> {
  const { ctx } = req
  if (req.query.error) return troublePage(req, 'refused', 400)
  let arrived: Awaited<ReturnType<typeof endJourney>>
  try {
    arrived = await endJourney(ctx.node, req.cookies[cookieName(ctx.node, 'sso')], req.raw.url)
  } catch (error) {
    ctx.log.warn({ err: error }, 'a log-in at the national node could not be taken over')
    return troublePage(req, 'failed', 400)
  }
  if (!arrived) return ctx.actor.kind === 'person' ? redirect('/tai-khoan') : troublePage(req, 'not_ours', 400)
  const { token } = await logInFromNational(ctx, arrived.person, browserOf(req))
  const asksFirst = (await oldAccountsAwaiting(ctx.db, arrived.person)).length > 0
  return redirect(asksFirst ? ownOldAccountHref(arrived.returnTo) : arrived.returnTo, { cookies: [sessionCookie(ctx.node, token), clearCookie(ctx.node, 'sso')] })
}

async function notice(req: Req): Promise<Reply> {
  const body = typeof req.raw.body === 'string' ? req.raw.body : ''
  const token = new URLSearchParams(body).get('logout_token')
  const isTaken = token !== null && await endSessionsByNotice(req.ctx.node, token)
  return text('', isTaken ? 200 : 400, 'text/plain; charset=utf-8', { 'cache-control': 'no-store' })
}

function troublePage(req: Req, kind: 'unavailable' | 'refused' | 'failed' | 'not_ours', status: number): Reply {
  return page(<Trouble kind={kind} />, { title: req.ctx.t('identity.sso.title'), status, cookies: [clearCookie(req.ctx.node, 'sso')] })
}

export function Trouble({ kind }: { kind: string }): VNode {
  const { t } = usePage()
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <h1 class="govuk-heading-l">{t('identity.sso.title')}</h1>
      <p class="govuk-body">{t(`identity.sso.${kind}`)}</p>
      <p class="govuk-body"><a class="govuk-link" href="/dang-nhap">{t('identity.sso.again')}</a></p>
    </div></div>
  )
}
