import type { VNode } from 'preact'
import type { FieldError } from '../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../platform/http/reply.ts'
import type { Req, Route } from '../../../platform/http/route.ts'
import { Button, ErrorSummary, fieldErrors, Form, InsetText, TextInput, usePage } from '../../../ui/index.ts'
import { browserOf, waitSentence } from '../access/browser.ts'
import { setCookie } from '../access/cookies.ts'
import { safeReturn } from '../access/return-path.ts'
import { codePath, stepSeconds } from './code.page.tsx'
import { DemoHint } from './demo-hint.tsx'
import { cleanIdNumber } from './person-fields.ts'
import { registerPath } from './registration.page.tsx'
import { startLogIn } from './start-log-in.ts'

export const logInPath = '/dang-nhap'
export const logInHref = (returnTo?: string): string => (returnTo ? `${logInPath}?tiep=${encodeURIComponent(returnTo)}` : logInPath)

/** At the national node: id number, then a code by SMS. */
export const logInRoutes: readonly Route[] = [
  { method: 'GET', path: '/dang-nhap', access: 'public', handler: show },
  { method: 'POST', path: '/dang-nhap', access: 'public', handler: post },
]

function show(req: Req): Reply {
  const returnTo = safeReturn(req.query.tiep, '/tai-khoan')
  // Whoever must prove it once more logs in again.
  if (req.ctx.actor.kind === 'person' && req.query.lai !== '1') return redirect(returnTo)
  return logInPage(req, { returnTo, typed: '' })
}

async function post(req: Req): Promise<Reply> {
  const { ctx, form } = req
  const returnTo = safeReturn(form.get('tiep'), '/tai-khoan')
  const typed = form.get('idNumber')
  const idNumber = cleanIdNumber(typed)
  if (!idNumber) return logInPage(req, { returnTo, typed, errors: [{ field: 'idNumber', key: `identity.field.idNumber.${typed ? 'invalid' : 'missing'}` }] })
  const outcome = await startLogIn(ctx, { idNumber, returnTo, source: browserOf(req).source })
  if (outcome.kind === 'wait') return logInPage(req, { returnTo, typed, message: waitSentence(ctx.t, outcome.seconds) })
  return redirect(codePath, { cookies: [setCookie(ctx.node, 'step', outcome.token, stepSeconds)] })
}

interface View { returnTo: string; typed: string; errors?: FieldError[]; message?: string }

function logInPage(req: Req, view: View): Reply {
  const status = view.errors ? 400 : view.message ? 429 : 200
  return page(<LogIn {...view} smsUrl={req.ctx.node.config.demo ? req.ctx.node.config.standIns.smsUrl : undefined} />, { title: req.ctx.t('identity.log_in.title'), status })
}

function LogIn({ returnTo, typed, errors, message, smsUrl }: View & { smsUrl: string | undefined }): VNode {
  const { t } = usePage()
  const mistakes = fieldErrors(errors, t)
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <ErrorSummary errors={errors} message={message} />
      <h1 class="govuk-heading-l">{t('identity.log_in.title')}</h1>
      <p class="govuk-body">{t('identity.log_in.lead')}</p>
      <Form action={logInPath} hidden={{ tiep: returnTo }}>
        <TextInput name="idNumber" label={t('identity.field.idNumber')} hint={t('identity.field.idNumber.hint')} value={typed} error={mistakes.of('idNumber')} inputMode="numeric" autocomplete="username" spellcheck={false} width={20} />
        <Button>{t('identity.log_in.send_code')}</Button>
      </Form>
      <InsetText>{t('identity.log_in.no_account')} <a class="govuk-link" href={`${registerPath}?tiep=${encodeURIComponent(returnTo)}`}>{t('identity.log_in.register')}</a></InsetText>
      <DemoHint href={smsUrl && `${smsUrl}/nguoi-dan`} text="identity.demo.people" />
    </div></div>
  )
}
