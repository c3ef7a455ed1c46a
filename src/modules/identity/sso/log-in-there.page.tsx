import type { VNode } from 'preact'
import { page, redirect, text, type Reply } from '../../../platform/http/reply.ts'
import type { Req, Route } from '../../../platform/http/route.ts'
import { usePage } from '../../../ui/index.ts'
import { browserOf } from '../access/browser.ts'
import { clearCookie, cookieName, sessionCookie, setCookie } from '../access/cookies.ts'
import { safeReturn } from '../access/return-path.ts'
import { oldAccountsAwaiting } from '../linking/old-account.store.ts'
import { ownOldAccountHref } from '../linking/own-old-account.page.tsx'
import { readStrength } from '../strength/step-up-href.ts'
import { endSessionsByNotice } from './end-sessions-by-notice.ts'
import { logInFromNational } from './log-in-from-national.ts'
import { comeFromNational, goToNational, type Homecoming, type Setting } from './national-node.ts'
import { journeySeconds } from './relying-party.ts'

/** At a local node: people log in at the national node and come back. */
export const logInThereRoutes: readonly Route[] = [
  { method: 'GET', path: '/dang-nhap', access: 'public', handler: (req) => logIn(req) },
  { method: 'GET', path: '/dang-nhap/nang-muc', access: 'public', handler: (req) => stepUp(req) },
  { method: 'GET', path: '/dang-nhap/ket-qua', access: 'public', handler: comeBack },
  { method: 'POST', path: '/dang-nhap/ket-thuc', access: 'public', kind: 'raw', handler: notice },
]

function logIn(req: Req): Promise<Reply> | Reply {
  const { ctx, query } = req
  const returnTo = safeReturn(query.tiep, '/tai-khoan')
  if (ctx.actor.kind === 'person') return redirect(returnTo)
  return leave(req, { returnTo, lang: ctx.lang, silent: query.im === '1' })
}

function stepUp(req: Req): Promise<Reply> | Reply {
  const { ctx, query } = req
  const level = readStrength(query.muc, 2)
  const returnTo = safeReturn(query.tiep, '/tai-khoan')
  const again = query.lai === '1'
  if (ctx.actor.kind === 'person' && ctx.actor.assurance >= level && !again) return redirect(returnTo)
  return leave(req, { returnTo, lang: ctx.lang, level, again })
}

async function leave(req: Req, setting: Setting): Promise<Reply> {
  const { ctx } = req
  try {
    const { url, cookie } = await goToNational(ctx.node, setting)
    return redirect(url, { external: true, cookies: [setCookie(ctx.node, 'sso', cookie, journeySeconds)] })
  } catch (error) {
    ctx.log.warn({ err: error }, 'the national node did not answer at a log-in')
    return setting.silent ? redirect(setting.returnTo) : troublePage(req, 'unavailable', 503)
  }
}

async function comeBack(req: Req): Promise<Reply> {
  const { ctx } = req
  let end: Homecoming | undefined
  try {
    end = await comeFromNational(ctx.node, req.cookies[cookieName(ctx.node, 'sso')], req.raw.url)
  } catch (error) {
    ctx.log.warn({ err: error }, 'a log-in at the national node could not be taken over')
    return troublePage(req, 'failed', 400)
  }
  if (!end) return ctx.actor.kind === 'person' ? redirect('/tai-khoan') : troublePage(req, 'not_ours', 400)
  if (end.kind === 'too-weak') return troublePage(req, 'too_weak', 403)
  if (end.kind === 'turned-back') return end.prompt === 'none' ? redirect(end.returnTo, { cookies: [clearCookie(ctx.node, 'sso')] }) : troublePage(req, 'refused', 400)
  const { token, hasOldAccounts } = await logInFromNational(ctx, end.person, browserOf(req))
  const asksFirst = hasOldAccounts && (await oldAccountsAwaiting(ctx.db, end.person)).length > 0
  return redirect(asksFirst ? ownOldAccountHref(end.returnTo) : end.returnTo, { cookies: [sessionCookie(ctx.node, token), clearCookie(ctx.node, 'sso')] })
}

async function notice(req: Req): Promise<Reply> {
  const body = typeof req.raw.body === 'string' ? req.raw.body : ''
  const token = new URLSearchParams(body).get('logout_token')
  const isTaken = token !== null && await endSessionsByNotice(req.ctx.node, token)
  return text('', isTaken ? 200 : 400, 'text/plain; charset=utf-8', { 'cache-control': 'no-store' })
}

function troublePage(req: Req, kind: 'unavailable' | 'refused' | 'failed' | 'not_ours' | 'too_weak', status: number): Reply {
  return page(<Trouble kind={kind} />, { title: req.ctx.t('identity.sso.title'), status, cookies: [clearCookie(req.ctx.node, 'sso')] })
}

export function Trouble({ kind, code }: { kind: string; code?: string | undefined }): VNode {
  const { t } = usePage()
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <h1 class="govuk-heading-l">{t('identity.sso.title')}</h1>
      <p class="govuk-body">{t(`identity.sso.${kind}`)}</p>
      {code && <p class="govuk-body">{t('identity.sso.code')} <span class="mc-code">{code}</span></p>}
      <p class="govuk-body"><a class="govuk-link" href="/dang-nhap">{t('identity.sso.again')}</a></p>
    </div></div>
  )
}
