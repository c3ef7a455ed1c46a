import type { VNode } from 'preact'
import type { FieldError } from '../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../platform/http/reply.ts'
import type { FormBody, Req, Route } from '../../../platform/http/route.ts'
import { Button, DateInput, ErrorSummary, fieldErrors, Form, readDateParts, TextInput, usePage } from '../../../ui/index.ts'
import { termsPath } from '../life/hrefs.ts'
import { browserOf, waitSentence } from '../access/browser.ts'
import { setCookie } from '../access/cookies.ts'
import { safeReturn } from '../access/return-path.ts'
import { refuseClosedWay } from '../ways/closed-way.page.tsx'
import { openWaysWithBasis, type OpenWay } from '../ways/log-in-ways.ts'
import { OpenWays, OtherWays } from '../ways/way-links.tsx'
import { codePath, stepSeconds } from './code.page.tsx'
import { DemoHint } from './demo-hint.tsx'
import { readRegistration } from './registration.form.ts'
import { startRegistration } from './start-registration.ts'

export const registerPath = '/dang-ky'

/** At the national node: opens an account for a person whose statement the population register confirms. */
export const registrationRoutes: readonly Route[] = [
  { method: 'GET', path: '/dang-ky', access: 'public', handler: show },
  { method: 'POST', path: '/dang-ky', access: 'public', handler: post },
]

/** A local node opens no accounts: it sends people to the national one. */
export const registrationElsewhere: Route = { method: 'GET', path: '/dang-ky', access: 'public', handler: ({ ctx }) => redirect(`${ctx.node.config.national.baseUrl}${registerPath}`, { external: true }) }

function show(req: Req): Promise<Reply> {
  return registrationPage(req, { returnTo: safeReturn(req.query.tiep, '/tai-khoan'), form: undefined })
}

async function post(req: Req): Promise<Reply> {
  const { ctx, form } = req
  const returnTo = safeReturn(form.get('tiep'), '/tai-khoan')
  const closed = await refuseClosedWay(req, 'phone', 'register', returnTo)
  if (closed) return closed
  const read = readRegistration(form, ctx.now)
  if (!read.ok) return registrationPage(req, { returnTo, form, errors: read.errors })
  const outcome = await startRegistration(ctx, { person: read.value, returnTo, source: browserOf(req).source })
  if (outcome.kind === 'sent') return redirect(codePath, { cookies: [setCookie(ctx.node, 'step', outcome.token, stepSeconds)] })
  const message = outcome.kind === 'wait' ? waitSentence(ctx.t, outcome.seconds) : ctx.t(`identity.register.${outcome.kind.replace('-', '_')}`)
  return registrationPage(req, { returnTo, form, message, status: { wait: 429, mismatch: 400, unavailable: 503, 'not-allowed': 400 }[outcome.kind] })
}

interface View { returnTo: string; form: FormBody | undefined; errors?: FieldError[]; message?: string; status?: number }

async function registrationPage(req: Req, view: View): Promise<Reply> {
  const { ctx } = req
  const { config } = ctx.node
  const open = await openWaysWithBasis(ctx.db, 'person', ctx.now)
  return page(<Registration {...view} open={open} smsUrl={config.demo ? config.standIns.smsUrl : undefined} />, { title: ctx.t('identity.register.title'), status: view.status ?? (view.errors ? 400 : 200) })
}

function Registration({ open, smsUrl, ...view }: View & { open: readonly OpenWay[]; smsUrl: string | undefined }): VNode {
  const { t } = usePage()
  const { returnTo, errors, message } = view
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <ErrorSummary errors={errors} message={message} />
      <h1 class="govuk-heading-l">{t('identity.register.title')}</h1>
      {open.some(({ way }) => way === 'phone')
        ? <><PhoneForm {...view} /><OtherWays open={open} purpose="register" returnTo={returnTo} except="phone" /></>
        : <OpenWays open={open} purpose="register" returnTo={returnTo} />}
      <p class="govuk-body"><a class="govuk-link" href={termsPath}>{t('identity.life.terms.read')}</a></p>
      <p class="govuk-body">{t('identity.register.have_account')} <a class="govuk-link" href={`/dang-nhap?tiep=${encodeURIComponent(returnTo)}`}>{t('identity.log_in.title')}</a></p>
      <DemoHint href={smsUrl && `${smsUrl}/nguoi-dan`} text="identity.demo.people" />
    </div></div>
  )
}

function PhoneForm({ returnTo, form, errors }: View): VNode {
  const { t } = usePage()
  const mistakes = fieldErrors(errors, t)
  const field = (name: string, hint = true) => ({ name, label: t(`identity.field.${name}`), hint: hint ? t(`identity.field.${name}.hint`) : undefined, value: form?.get(name), error: mistakes.of(name) })
  return (
    <>
      <p class="govuk-body">{t('identity.register.lead')}</p>
      <Form action={registerPath} hidden={{ tiep: returnTo }}>
        <TextInput {...field('idNumber')} inputMode="numeric" spellcheck={false} width={20} autocomplete="off" />
        <TextInput {...field('fullName')} autocomplete="name" spellcheck={false} />
        <DateInput name="birthDate" label={t('identity.field.birthDate')} hint={t('identity.field.birthDate.hint')} value={form && readDateParts(form, 'birthDate')} error={mistakes.of('birthDate')} birthday />
        <TextInput {...field('phone')} type="tel" inputMode="tel" autocomplete="tel" width={20} />
        <TextInput {...field('email')} type="email" inputMode="email" autocomplete="email" spellcheck={false} />
        <Button>{t('identity.register.continue')}</Button>
      </Form>
    </>
  )
}
