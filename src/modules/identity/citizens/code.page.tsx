import type { VNode } from 'preact'
import type { FieldError } from '../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../platform/http/reply.ts'
import type { Req, Route } from '../../../platform/http/route.ts'
import { Button, ErrorSummary, fieldErrors, Form, TextInput, usePage } from '../../../ui/index.ts'
import { browserOf, waitSentence } from '../access/browser.ts'
import { challengeSeconds, findChallenge } from '../access/challenge.store.ts'
import { clearCookie, sessionCookie, setCookie } from '../access/cookies.ts'
import { refuseClosedWay } from '../ways/closed-way.page.tsx'
import { confirmCode } from './confirm-code.ts'
import { DemoHint } from './demo-hint.tsx'
import { resendCode } from './resend-code.ts'

export const codePath = '/dang-nhap/ma-xac-nhan'
const resendPath = '/dang-nhap/gui-lai-ma'
/** The cookie outlives the code, so that "too late" can be told from "never begun". */
export const stepSeconds = 3 * challengeSeconds

/** Second step of log-in, registration and change of phone: the six digits. */
export const codeRoutes: readonly Route[] = [
  { method: 'GET', path: '/dang-nhap/ma-xac-nhan', access: 'public', handler: show },
  { method: 'POST', path: '/dang-nhap/ma-xac-nhan', access: 'public', handler: post },
  { method: 'POST', path: '/dang-nhap/gui-lai-ma', access: 'public', handler: resend },
]

async function show(req: Req): Promise<Reply> {
  const open = await findChallenge(req.ctx.db, browserOf(req).stepToken, req.ctx.now)
  return open && open.purpose !== 'officer' ? codePage(req, { isResent: req.query.gui === 'lai' }) : expiredPage(req)
}

async function post(req: Req): Promise<Reply> {
  const { ctx } = req
  const code = req.form.get('code')
  if (!/^[\d\s]{6,12}$/.test(code)) {
    const open = await findChallenge(ctx.db, browserOf(req).stepToken, ctx.now)
    return open ? codePage(req, { errors: [{ field: 'code', key: `identity.field.code.${code ? 'form' : 'missing'}` }] }) : expiredPage(req)
  }
  const outcome = await confirmCode(ctx, { ...browserOf(req), code })
  switch (outcome.kind) {
    case 'logged-in': return redirect(outcome.returnTo, { cookies: [sessionCookie(ctx.node, outcome.token), clearCookie(ctx.node, 'step')] })
    case 'phone-changed': return redirect(outcome.returnTo, { cookies: [clearCookie(ctx.node, 'step')] })
    case 'wrong': return outcome.left > 0 ? codePage(req, { errors: [{ field: 'code', key: 'identity.field.code.wrong', params: { count: outcome.left } }] }) : expiredPage(req)
    case 'wait': return codePage(req, { message: waitSentence(ctx.t, outcome.seconds) })
    case 'expired': return expiredPage(req)
    case 'closed': return await refuseClosedWay(req, outcome.way, outcome.purpose, outcome.returnTo) ?? expiredPage(req)
  }
}

async function resend(req: Req): Promise<Reply> {
  const outcome = await resendCode(req.ctx, browserOf(req).stepToken)
  if (outcome.kind === 'expired') return expiredPage(req)
  if (outcome.kind === 'wait') return codePage(req, { message: waitSentence(req.ctx.t, outcome.seconds) })
  return redirect(`${codePath}?gui=lai`, { cookies: [setCookie(req.ctx.node, 'step', outcome.token, stepSeconds)] })
}

interface View { errors?: FieldError[]; message?: string; isResent?: boolean }

function codePage(req: Req, view: View): Reply {
  const { config } = req.ctx.node
  return page(<Code {...view} smsUrl={config.demo ? config.standIns.smsUrl : undefined} />, { title: req.ctx.t('identity.code.title'), status: view.errors ? 400 : view.message ? 429 : 200 })
}

function expiredPage(req: Req): Reply {
  return page(<Expired />, { title: req.ctx.t('identity.code.expired.title'), status: 400, cookies: [clearCookie(req.ctx.node, 'step')] })
}

function Code({ errors, message, isResent, smsUrl }: View & { smsUrl: string | undefined }): VNode {
  const { t } = usePage()
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <ErrorSummary errors={errors} message={message} />
      <h1 class="govuk-heading-l">{t('identity.code.title')}</h1>
      <p class="govuk-body" role={isResent ? 'status' : undefined}>{t(isResent ? 'identity.code.resent' : 'identity.code.lead', { minutes: challengeSeconds / 60 })}</p>
      <Form action={codePath} autocomplete="off">
        <TextInput name="code" label={t('identity.field.code')} hint={t('identity.field.code.hint')} error={fieldErrors(errors, t).of('code')} inputMode="numeric" autocomplete="one-time-code" spellcheck={false} width={10} code maxLength={12} />
        <Button>{t('identity.code.confirm')}</Button>
      </Form>
      <Form action={resendPath}><Button kind="link">{t('identity.code.resend')}</Button></Form>
      <p class="govuk-body">{t('identity.code.not_arrived')}</p>
      <DemoHint href={smsUrl} text="identity.demo.messages" />
    </div></div>
  )
}

function Expired(): VNode {
  const { t } = usePage()
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <h1 class="govuk-heading-l">{t('identity.code.expired.title')}</h1>
      <p class="govuk-body">{t('identity.code.expired.lead')}</p>
      <p class="govuk-body"><a class="govuk-link" href="/dang-nhap">{t('identity.code.expired.again')}</a></p>
    </div></div>
  )
}
