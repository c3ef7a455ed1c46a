import type { VNode } from 'preact'
import type { FieldError } from '../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../platform/http/reply.ts'
import type { FormBody, Req, Route } from '../../../platform/http/route.ts'
import { civilDate } from '../../../platform/i18n.ts'
import { Button, DateInput, ErrorSummary, fieldErrors, Form, readDateParts, SummaryList, TextInput, usePage } from '../../../ui/index.ts'
import { browserOf, waitSentence } from '../access/browser.ts'
import { challengeSeconds } from '../access/challenge.store.ts'
import { clearCookie, sessionCookie } from '../access/cookies.ts'
import { DemoHint } from '../citizens/demo-hint.tsx'
import { ageOn, cleanDate, cleanPhone } from '../citizens/person-fields.ts'
import { youngestAge } from '../citizens/registration.form.ts'
import { newcomerCodePath, newcomerPath } from './certificate-paths.ts'
import { outcomePage } from './conclude.page.tsx'
import { confirmCertificateRegistration, findNewcomer, startCertificateRegistration, type Newcomer } from './register-by-certificate.ts'

/** A first log-in with a certificate: birth date for the population register, and a telephone number, which a code confirms. */
export const newcomerRoutes: readonly Route[] = [
  { method: 'GET', path: '/dang-nhap/chung-thu-so/tai-khoan-moi', access: 'public', handler: show },
  { method: 'POST', path: '/dang-nhap/chung-thu-so/tai-khoan-moi', access: 'public', handler: post },
  { method: 'GET', path: '/dang-nhap/chung-thu-so/ma-xac-nhan', access: 'public', handler: showCode },
  { method: 'POST', path: '/dang-nhap/chung-thu-so/ma-xac-nhan', access: 'public', handler: postCode },
]

async function show(req: Req): Promise<Reply> {
  const newcomer = await findNewcomer(req.ctx, browserOf(req).stepToken)
  return newcomer ? newcomerPage(req, { newcomer }) : outcomePage(req, 'person', 'too-late')
}

async function post(req: Req): Promise<Reply> {
  const { ctx, form } = req
  const browser = browserOf(req)
  const newcomer = await findNewcomer(ctx, browser.stepToken)
  if (!newcomer) return outcomePage(req, 'person', 'too-late')
  const [birthDate, phone] = [cleanDate(form, 'birthDate'), cleanPhone(form.get('phone'))]
  const errors: FieldError[] = []
  const typedDate = ['day', 'month', 'year'].some((part) => form.get(`birthDate-${part}`))
  if (!birthDate || birthDate > civilDate(ctx.now) || birthDate < '1900-01-01') errors.push({ field: 'birthDate', key: `identity.field.birthDate.${typedDate ? 'invalid' : 'missing'}` })
  else if (ageOn(birthDate, ctx.now) < youngestAge) errors.push({ field: 'birthDate', key: 'identity.field.birthDate.too_young', params: { age: youngestAge } })
  if (!phone) errors.push({ field: 'phone', key: `identity.field.phone.${form.get('phone') ? 'invalid' : 'missing'}` })
  if (errors.length > 0) return newcomerPage(req, { newcomer, form, errors })
  const outcome = await startCertificateRegistration(ctx, { ...browser, birthDate: birthDate!, phone: phone! })
  if (outcome.kind === 'sent') return redirect(newcomerCodePath)
  if (outcome.kind === 'expired') return outcomePage(req, 'person', 'too-late')
  const message = outcome.kind === 'wait' ? waitSentence(ctx.t, outcome.seconds) : ctx.t(`identity.certificate.new.${outcome.kind.replace('-', '_')}`)
  return newcomerPage(req, { newcomer, form, message, status: { wait: 429, mismatch: 400, unavailable: 503, 'not-allowed': 400 }[outcome.kind] })
}

async function showCode(req: Req): Promise<Reply> {
  const newcomer = await findNewcomer(req.ctx, browserOf(req).stepToken)
  return newcomer?.logIn.challengeId ? codePage(req, {}) : outcomePage(req, 'person', 'too-late')
}

async function postCode(req: Req): Promise<Reply> {
  const { ctx, form } = req
  const code = form.get('code')
  if (!/^[\d\s]{6,12}$/.test(code)) return codePage(req, { errors: [{ field: 'code', key: `identity.field.code.${code ? 'form' : 'missing'}` }] })
  const outcome = await confirmCertificateRegistration(ctx, { ...browserOf(req), code })
  switch (outcome.kind) {
    case 'logged-in': return redirect(outcome.returnTo, { cookies: [sessionCookie(ctx.node, outcome.token), clearCookie(ctx.node, 'step')] })
    case 'wrong': return outcome.left > 0 ? codePage(req, { errors: [{ field: 'code', key: 'identity.field.code.wrong', params: { count: outcome.left } }] }) : outcomePage(req, 'person', 'too-late')
    case 'wait': return codePage(req, { message: waitSentence(ctx.t, outcome.seconds) })
    case 'expired': return outcomePage(req, 'person', 'too-late')
  }
}

interface View { newcomer: Newcomer; form?: FormBody; errors?: FieldError[]; message?: string; status?: number }

const mailbox = ({ ctx }: Req): string | undefined => (ctx.node.config.demo ? ctx.node.config.standIns.smsUrl : undefined)

function newcomerPage(req: Req, view: View): Reply {
  return page(<NewPerson {...view} smsUrl={mailbox(req)} />, { title: req.ctx.t('identity.certificate.new.title'), status: view.status ?? (view.errors ? 400 : 200) })
}

function codePage(req: Req, view: { errors?: FieldError[]; message?: string }): Reply {
  return page(<Code {...view} smsUrl={mailbox(req)} />, { title: req.ctx.t('identity.code.title'), status: view.errors ? 400 : view.message ? 429 : 200 })
}

function NewPerson({ newcomer, form, errors, message, smsUrl }: View & { smsUrl: string | undefined }): VNode {
  const { t } = usePage()
  const mistakes = fieldErrors(errors, t)
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <ErrorSummary errors={errors} message={message} />
      <h1 class="govuk-heading-l">{t('identity.certificate.new.title')}</h1>
      <p class="govuk-body">{t('identity.certificate.new.lead')}</p>
      <SummaryList rows={[{ key: t('identity.field.fullName'), value: newcomer.fullName }, { key: t('identity.field.idNumber'), value: newcomer.idNumber }]} />
      <Form action={newcomerPath}>
        <DateInput name="birthDate" label={t('identity.field.birthDate')} hint={t('identity.field.birthDate.hint')} value={form && readDateParts(form, 'birthDate')} error={mistakes.of('birthDate')} birthday />
        <TextInput name="phone" label={t('identity.field.phone')} hint={t('identity.field.phone.hint')} value={form?.get('phone')} error={mistakes.of('phone')} type="tel" inputMode="tel" autocomplete="tel" width={20} />
        <Button>{t('identity.register.continue')}</Button>
      </Form>
      <DemoHint href={smsUrl && `${smsUrl}/nguoi-dan`} text="identity.demo.people" />
    </div></div>
  )
}

function Code({ errors, message, smsUrl }: { errors?: FieldError[]; message?: string; smsUrl: string | undefined }): VNode {
  const { t } = usePage()
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <ErrorSummary errors={errors} message={message} />
      <h1 class="govuk-heading-l">{t('identity.code.title')}</h1>
      <p class="govuk-body">{t('identity.code.lead', { minutes: challengeSeconds / 60 })}</p>
      <Form action={newcomerCodePath} autocomplete="off">
        <TextInput name="code" label={t('identity.field.code')} hint={t('identity.field.code.hint')} error={fieldErrors(errors, t).of('code')} inputMode="numeric" autocomplete="one-time-code" spellcheck={false} width={10} code maxLength={12} />
        <Button>{t('identity.code.confirm')}</Button>
      </Form>
      <p class="govuk-body"><a class="govuk-link" href={newcomerPath}>{t('identity.certificate.new.other_phone')}</a></p>
      <DemoHint href={smsUrl} text="identity.demo.messages" />
    </div></div>
  )
}
