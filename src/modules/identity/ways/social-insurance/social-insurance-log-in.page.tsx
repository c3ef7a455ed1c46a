import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { BackLink, Button, ErrorSummary, fieldErrors, Form, InsetText, TextInput, usePage } from '../../../../ui/index.ts'
import { browserOf, waitSentence } from '../../access/browser.ts'
import { setCookie } from '../../access/cookies.ts'
import { safeReturn } from '../../access/return-path.ts'
import { codePath, stepSeconds } from '../../citizens/code.page.tsx'
import { DemoHint } from '../../citizens/demo-hint.tsx'
import { startLogIn } from '../../citizens/start-log-in.ts'
import { refuseClosedWay } from '../closed-way.page.tsx'
import { wayHref } from '../way-addresses.ts'
import { cleanSocialInsurance } from './social-insurance-number.ts'

/** At the national node: social-insurance number, then a code by SMS. */
export const socialInsuranceLogInRoutes: readonly Route[] = [
  { method: 'GET', path: '/dang-nhap/so-bao-hiem', access: 'public', handler: show },
  { method: 'POST', path: '/dang-nhap/so-bao-hiem', access: 'public', handler: post },
]

async function show(req: Req): Promise<Reply> {
  const returnTo = safeReturn(req.query.tiep, '/tai-khoan')
  if (req.ctx.actor.kind === 'person' && req.query.lai !== '1') return redirect(returnTo)
  return await refuseClosedWay(req, 'social-insurance', 'log-in', returnTo) ?? logInPage(req, { returnTo, typed: '' })
}

async function post(req: Req): Promise<Reply> {
  const { ctx, form } = req
  const returnTo = safeReturn(form.get('tiep'), '/tai-khoan')
  const closed = await refuseClosedWay(req, 'social-insurance', 'log-in', returnTo)
  if (closed) return closed
  const typed = form.get('socialInsurance')
  const socialInsurance = cleanSocialInsurance(typed)
  if (!socialInsurance) return logInPage(req, { returnTo, typed, errors: [{ field: 'socialInsurance', key: `identity.ways.field.socialInsurance.${typed ? 'invalid' : 'missing'}` }] })
  const outcome = await startLogIn(ctx, { socialInsurance, returnTo, source: browserOf(req).source })
  if (outcome.kind === 'wait') return logInPage(req, { returnTo, typed, message: waitSentence(ctx.t, outcome.seconds) })
  return redirect(codePath, { cookies: [setCookie(ctx.node, 'step', outcome.token, stepSeconds)] })
}

interface View { returnTo: string; typed: string; errors?: FieldError[]; message?: string }

function logInPage(req: Req, view: View): Reply {
  const { config } = req.ctx.node
  return page(<LogIn {...view} smsUrl={config.demo ? config.standIns.smsUrl : undefined} />, { title: req.ctx.t('identity.ways.insurance.title'), status: view.errors ? 400 : view.message ? 429 : 200 })
}

function LogIn({ returnTo, typed, errors, message, smsUrl }: View & { smsUrl: string | undefined }): VNode {
  const { t } = usePage()
  return (
    <>
      <BackLink href={wayHref('phone', 'log-in', returnTo)!}>{t('identity.ways.back')}</BackLink>
      <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={errors} message={message} />
        <h1 class="govuk-heading-l">{t('identity.ways.insurance.title')}</h1>
        <p class="govuk-body">{t('identity.log_in.lead')}</p>
        <Form action="/dang-nhap/so-bao-hiem" hidden={{ tiep: returnTo }}>
          <TextInput name="socialInsurance" label={t('identity.ways.field.socialInsurance')} hint={t('identity.ways.field.socialInsurance.hint')} value={typed} error={fieldErrors(errors, t).of('socialInsurance')} inputMode="numeric" autocomplete="username" spellcheck={false} width={20} />
          <Button>{t('identity.log_in.send_code')}</Button>
        </Form>
        <InsetText>{t('identity.ways.insurance.not_linked')} <a class="govuk-link" href={wayHref('social-insurance', 'register', returnTo)!}>{t('identity.ways.link.register.social-insurance')}</a></InsetText>
        <DemoHint href={smsUrl && `${smsUrl}/nguoi-dan`} text="identity.demo.people" />
      </div></div>
    </>
  )
}
