import type { VNode } from 'preact'
import { page, redirect, type Reply } from '../../../platform/http/reply.ts'
import type { Req, Route } from '../../../platform/http/route.ts'
import { randomToken } from '../../../platform/ids.ts'
import { BackLink, Button, ErrorSummary, Form, InsetText, usePage } from '../../../ui/index.ts'
import { browserOf, waitSentence } from '../access/browser.ts'
import { challengeSeconds } from '../access/challenge.store.ts'
import { clearCookie, sessionCookie, setCookie } from '../access/cookies.ts'
import { safeReturn } from '../access/return-path.ts'
import { closedWay } from '../certificates/closed-way.page.tsx'
import { logInByPasskey, passkeyToFind, waitingOfficer } from './log-in-by-passkey.ts'
import { otherSite, PasskeyBox } from './passkey-box.tsx'

type Audience = 'person' | 'officer'
export const passkeyLogInPath = '/dang-nhap/khoa-truy-cap'
export const officerPasskeyLogInPath = '/desk/login/passkey'
const paths: Readonly<Record<Audience, { here: string; others: string; fallback: string }>> = {
  person: { here: passkeyLogInPath, others: '/dang-nhap', fallback: '/tai-khoan' },
  officer: { here: officerPasskeyLogInPath, others: '/desk/login', fallback: '' },
}

export const passkeyLogInRoutes: readonly Route[] = [
  { method: 'GET', path: '/dang-nhap/khoa-truy-cap', access: 'public', handler: (req) => show(req, 'person') },
  { method: 'POST', path: '/dang-nhap/khoa-truy-cap', access: 'public', handler: (req) => post(req, 'person') },
]
export const officerPasskeyLogInRoutes: readonly Route[] = [
  { method: 'GET', path: '/desk/login/passkey', access: 'public', handler: (req) => show(req, 'officer') },
  { method: 'POST', path: '/desk/login/passkey', access: 'public', handler: (req) => post(req, 'officer') },
]

async function show(req: Req, audience: Audience): Promise<Reply> {
  return (await closedWay(req, 'passkey', audience)) ?? logInPage(req, audience, { returnTo: safeReturn(req.query.tiep, paths[audience].fallback) })
}

async function post(req: Req, audience: Audience): Promise<Reply> {
  const { ctx, form } = req
  const closed = await closedWay(req, 'passkey', audience)
  if (closed) return closed
  const returnTo = safeReturn(form.get('tiep'), paths[audience].fallback)
  const outcome = await logInByPasskey(ctx, audience, { ...browserOf(req), response: form.get('response'), returnTo })
  switch (outcome.kind) {
    case 'logged-in': return redirect(outcome.returnTo, { cookies: [sessionCookie(ctx.node, outcome.token), clearCookie(ctx.node, 'step')] })
    case 'wait': return logInPage(req, audience, { returnTo, message: waitSentence(ctx.t, outcome.seconds), status: 429 })
    case 'wrong': return logInPage(req, audience, { returnTo, message: ctx.t('identity.passkey.wrong'), status: 400 })
    case 'other-account': return logInPage(req, audience, { returnTo, message: ctx.t('identity.passkey.other_account'), status: 403 })
  }
}

interface View { returnTo: string; message?: string; status?: number }

/** A browser that is in the middle of another step keeps its cookie: an officer who gave his password goes on with it. */
async function logInPage(req: Req, audience: Audience, view: View): Promise<Reply> {
  const { ctx } = req
  const known = browserOf(req).stepToken
  const token = known ?? randomToken()
  const waiting = audience === 'officer' ? await waitingOfficer(ctx, known) : undefined
  const options = await passkeyToFind(ctx, token, waiting)
  return page(<LogIn {...view} audience={audience} options={options} elsewhere={otherSite(req)} isStepUp={audience === 'person' && ctx.actor.kind === 'person'} isSecond={waiting !== undefined} />, {
    title: ctx.t('identity.passkey.log_in.title'), status: view.status ?? 200, layout: audience === 'officer' ? 'bare' : 'portal', cookies: known ? [] : [setCookie(ctx.node, 'step', token, 3 * challengeSeconds)],
  })
}

function LogIn({ audience, returnTo, message, options, elsewhere, isStepUp, isSecond }: View & { audience: Audience; options: object; elsewhere: string | undefined; isStepUp: boolean; isSecond: boolean }): VNode {
  const { t } = usePage()
  const { here, others } = paths[audience]
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <BackLink href={isSecond ? '/desk/login/code' : `${others}?tiep=${encodeURIComponent(returnTo)}`} />
      <ErrorSummary message={message} />
      <h1 class="govuk-heading-l">{t('identity.passkey.log_in.title')}</h1>
      {isStepUp && <InsetText>{t('identity.passkey.step_up')}</InsetText>}
      <p class="govuk-body">{t('identity.passkey.log_in.lead')}</p>
      <PasskeyBox act="get" options={options} elsewhere={elsewhere}>
        <Form action={here} hidden={{ tiep: returnTo, response: '' }}><Button>{t('identity.passkey.log_in.button')}</Button></Form>
      </PasskeyBox>
      <p class="govuk-body"><a class="govuk-link" href={`${others}?tiep=${encodeURIComponent(returnTo)}`}>{t('identity.certificate.others')}</a></p>
    </div></div>
  )
}
