import type { VNode } from 'preact'
import type { FieldError } from '../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../platform/http/reply.ts'
import type { Req, Route } from '../../../platform/http/route.ts'
import { Button, ErrorSummary, fieldErrors, Form, InsetText, TextInput, usePage } from '../../../ui/index.ts'
import { browserOf, waitSentence } from '../access/browser.ts'
import { setCookie } from '../access/cookies.ts'
import { safeReturn } from '../access/return-path.ts'
import { problemPath } from '../life/hrefs.ts'
import { refuseClosedWay } from '../ways/closed-way.page.tsx'
import { openWaysWithBasis, type OpenWay } from '../ways/log-in-ways.ts'
import { OpenWays, OtherWays } from '../ways/way-links.tsx'
import { codePath, stepSeconds } from './code.page.tsx'
import { DemoHint } from './demo-hint.tsx'
import { cleanIdNumber } from './person-fields.ts'
import { registerPath } from './registration.page.tsx'
import { startLogIn } from './start-log-in.ts'

export const logInPath = '/dang-nhap'
export const logInHref = (returnTo?: string): string => (returnTo ? `${logInPath}?tiep=${encodeURIComponent(returnTo)}` : logInPath)

/** At the national node: the ways that are open today; id number and a code by SMS where that is one of them. */
export const logInRoutes: readonly Route[] = [
  { method: 'GET', path: '/dang-nhap', access: 'public', handler: show },
  { method: 'POST', path: '/dang-nhap', access: 'public', handler: post },
]

async function show(req: Req): Promise<Reply> {
  const returnTo = safeReturn(req.query.tiep, '/tai-khoan')
  // Whoever must prove it once more logs in again.
  if (req.ctx.actor.kind === 'person' && req.query.lai !== '1') return redirect(returnTo)
  return logInPage(req, { returnTo, typed: '' })
}

async function post(req: Req): Promise<Reply> {
  const { ctx, form } = req
  const returnTo = safeReturn(form.get('tiep'), '/tai-khoan')
  const closed = await refuseClosedWay(req, 'phone', 'log-in', returnTo)
  if (closed) return closed
  const typed = form.get('idNumber')
  const idNumber = cleanIdNumber(typed)
  if (!idNumber) return logInPage(req, { returnTo, typed, errors: [{ field: 'idNumber', key: `identity.field.idNumber.${typed ? 'invalid' : 'missing'}` }] })
  const outcome = await startLogIn(ctx, { idNumber, returnTo, source: browserOf(req).source })
  if (outcome.kind === 'wait') return logInPage(req, { returnTo, typed, message: waitSentence(ctx.t, outcome.seconds) })
  return redirect(codePath, { cookies: [setCookie(ctx.node, 'step', outcome.token, stepSeconds)] })
}

interface View { returnTo: string; typed: string; errors?: FieldError[]; message?: string }

async function logInPage(req: Req, view: View): Promise<Reply> {
  const { ctx } = req
  const open = await openWaysWithBasis(ctx.db, 'person', ctx.now)
  const status = view.errors ? 400 : view.message ? 429 : 200
  return page(<LogIn {...view} open={open} smsUrl={ctx.node.config.demo ? ctx.node.config.standIns.smsUrl : undefined} />, { title: ctx.t('identity.log_in.title'), status })
}

interface Shown extends View { open: readonly OpenWay[]; smsUrl: string | undefined }

function LogIn({ open, ...view }: Shown): VNode {
  const { t } = usePage()
  const { returnTo, errors, message, smsUrl } = view
  const isOpen = (way: OpenWay['way']): boolean => open.some((o) => o.way === way)
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <ErrorSummary errors={errors} message={message} />
      <h1 class="govuk-heading-l">{t('identity.log_in.title')}</h1>
      {isOpen('phone')
        ? <><PhoneForm {...view} /><OtherWays open={open} purpose="log-in" returnTo={returnTo} except="phone" /></>
        : <OpenWays open={open} purpose="log-in" returnTo={returnTo} />}
      {(isOpen('phone') || isOpen('social-insurance')) && <InsetText>{t('identity.log_in.no_account')} <a class="govuk-link" href={`${registerPath}?tiep=${encodeURIComponent(returnTo)}`}>{t('identity.log_in.register')}</a></InsetText>}
      <p class="govuk-body"><a class="govuk-link" href={`${problemPath}?loai=log-in`}>{t('identity.life.problem.log_in')}</a></p>
      <DemoHint href={smsUrl && `${smsUrl}/nguoi-dan`} text="identity.demo.people" />
    </div></div>
  )
}

function PhoneForm({ returnTo, typed, errors }: View): VNode {
  const { t } = usePage()
  return (
    <>
      <p class="govuk-body">{t('identity.log_in.lead')}</p>
      <Form action={logInPath} hidden={{ tiep: returnTo }}>
        <TextInput name="idNumber" label={t('identity.field.idNumber')} hint={t('identity.field.idNumber.hint')} value={typed} error={fieldErrors(errors, t).of('idNumber')} inputMode="numeric" autocomplete="username" spellcheck={false} width={20} />
        <Button>{t('identity.log_in.send_code')}</Button>
      </Form>
    </>
  )
}
