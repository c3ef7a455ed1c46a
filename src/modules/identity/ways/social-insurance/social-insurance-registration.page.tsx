import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { FormBody, Req, Route } from '../../../../platform/http/route.ts'
import { BackLink, Button, DateInput, ErrorSummary, fieldErrors, Form, readDateParts, TextInput, usePage } from '../../../../ui/index.ts'
import { browserOf, waitSentence } from '../../access/browser.ts'
import { setCookie } from '../../access/cookies.ts'
import { safeReturn } from '../../access/return-path.ts'
import { codePath, stepSeconds } from '../../citizens/code.page.tsx'
import { DemoHint } from '../../citizens/demo-hint.tsx'
import type { Checked } from '../../citizens/person-fields.ts'
import { readApplicant } from '../../citizens/registration.form.ts'
import { refuseClosedWay } from '../closed-way.page.tsx'
import { wayHref } from '../way-addresses.ts'
import { cleanSocialInsurance } from './social-insurance-number.ts'
import { startSocialInsuranceRegistration, type InsuredApplicant } from './start-social-insurance-registration.ts'

/** At the national node: opens an account for a person whom the social-insurance register and the population register confirm. */
export const socialInsuranceRegistrationRoutes: readonly Route[] = [
  { method: 'GET', path: '/dang-ky/so-bao-hiem', access: 'public', handler: show },
  { method: 'POST', path: '/dang-ky/so-bao-hiem', access: 'public', handler: post },
]

async function show(req: Req): Promise<Reply> {
  const returnTo = safeReturn(req.query.tiep, '/tai-khoan')
  return await refuseClosedWay(req, 'social-insurance', 'register', returnTo) ?? registrationPage(req, { returnTo, form: undefined })
}

async function post(req: Req): Promise<Reply> {
  const { ctx, form } = req
  const returnTo = safeReturn(form.get('tiep'), '/tai-khoan')
  const closed = await refuseClosedWay(req, 'social-insurance', 'register', returnTo)
  if (closed) return closed
  const read = readInsured(form, ctx.now)
  if (!read.ok) return registrationPage(req, { returnTo, form, errors: read.errors })
  const outcome = await startSocialInsuranceRegistration(ctx, { person: read.value, returnTo, source: browserOf(req).source })
  if (outcome.kind === 'sent') return redirect(codePath, { cookies: [setCookie(ctx.node, 'step', outcome.token, stepSeconds)] })
  const message = outcome.kind === 'wait' ? waitSentence(ctx.t, outcome.seconds)
    : outcome.kind === 'not-allowed' ? ctx.t('identity.register.not_allowed') : ctx.t(`identity.ways.insurance.${outcome.kind}`)
  return registrationPage(req, { returnTo, form, message, status: { wait: 429, mismatch: 400, unavailable: 503, 'not-allowed': 400 }[outcome.kind] })
}

function readInsured(form: FormBody, now: Date): Checked<InsuredApplicant> {
  const socialInsurance = cleanSocialInsurance(form.get('socialInsurance'))
  const rest = readApplicant(form, now)
  if (socialInsurance && rest.ok) return { ok: true, value: { socialInsurance, ...rest.value } }
  const errors: FieldError[] = socialInsurance ? [] : [{ field: 'socialInsurance', key: `identity.ways.field.socialInsurance.${form.get('socialInsurance') ? 'invalid' : 'missing'}` }]
  return { ok: false, errors: [...errors, ...(rest.ok ? [] : rest.errors)] }
}

interface View { returnTo: string; form: FormBody | undefined; errors?: FieldError[]; message?: string; status?: number }

function registrationPage(req: Req, view: View): Reply {
  const { config } = req.ctx.node
  return page(<Registration {...view} smsUrl={config.demo ? config.standIns.smsUrl : undefined} />, { title: req.ctx.t('identity.ways.insurance.register'), status: view.status ?? (view.errors ? 400 : 200) })
}

function Registration({ returnTo, form, errors, message, smsUrl }: View & { smsUrl: string | undefined }): VNode {
  const { t } = usePage()
  const mistakes = fieldErrors(errors, t)
  const field = (name: string) => ({ name, label: t(`identity.field.${name}`), hint: t(`identity.field.${name}.hint`), value: form?.get(name), error: mistakes.of(name) })
  return (
    <>
      <BackLink href={wayHref('phone', 'register', returnTo)!}>{t('identity.ways.back_register')}</BackLink>
      <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={errors} message={message} />
        <h1 class="govuk-heading-l">{t('identity.ways.insurance.register')}</h1>
        <p class="govuk-body">{t('identity.ways.insurance.lead')}</p>
        <Form action="/dang-ky/so-bao-hiem" hidden={{ tiep: returnTo }}>
          <TextInput name="socialInsurance" label={t('identity.ways.field.socialInsurance')} hint={t('identity.ways.field.socialInsurance.hint')} value={form?.get('socialInsurance')} error={mistakes.of('socialInsurance')} inputMode="numeric" spellcheck={false} width={20} autocomplete="off" />
          <TextInput {...field('fullName')} autocomplete="name" spellcheck={false} />
          <DateInput name="birthDate" label={t('identity.field.birthDate')} hint={t('identity.field.birthDate.hint')} value={form && readDateParts(form, 'birthDate')} error={mistakes.of('birthDate')} birthday />
          <TextInput {...field('phone')} type="tel" inputMode="tel" autocomplete="tel" width={20} />
          <TextInput {...field('email')} type="email" inputMode="email" autocomplete="email" spellcheck={false} />
          <Button>{t('identity.register.continue')}</Button>
        </Form>
        <p class="govuk-body">{t('identity.register.have_account')} <a class="govuk-link" href={wayHref('social-insurance', 'log-in', returnTo)!}>{t('identity.log_in.title')}</a></p>
        <DemoHint href={smsUrl && `${smsUrl}/nguoi-dan`} text="identity.demo.people" />
      </div></div>
    </>
  )
}
