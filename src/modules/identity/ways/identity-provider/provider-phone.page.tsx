import type { VNode } from 'preact'
import { z } from 'zod'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Cookie, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { Button, ErrorSummary, fieldErrors, Form, SummaryList, TextInput, usePage } from '../../../../ui/index.ts'
import { waitSentence } from '../../access/browser.ts'
import { clearCookie, cookieName, setCookie } from '../../access/cookies.ts'
import type { Node } from '../../../../platform/node.ts'
import { codePath, stepSeconds } from '../../citizens/code.page.tsx'
import { cleanPhone } from '../../citizens/person-fields.ts'
import { decrypt, encrypt } from '../../secrets.ts'
import { refuseClosedWay } from '../closed-way.page.tsx'
import { wayHref } from '../way-addresses.ts'
import { confirmProviderPhone } from './log-in-by-provider.ts'

export const phonePath = '/dang-nhap/dinh-danh-dien-tu/so-dien-thoai'
const minutes = 15
const use = 'identity-provider-applicant'

const applicantSchema = z.object({ person: z.object({ idNumber: z.string(), fullName: z.string(), birthDate: z.string(), techId: z.string() }), returnTo: z.string(), at: z.number() })
type ProviderApplicant = z.infer<typeof applicantSchema>

/** Who came by electronic identity for the first time and shared no telephone gives one, to which a code goes. */
export const providerPhoneRoutes: readonly Route[] = [
  { method: 'GET', path: '/dang-nhap/dinh-danh-dien-tu/so-dien-thoai', access: 'public', handler: show },
  { method: 'POST', path: '/dang-nhap/dinh-danh-dien-tu/so-dien-thoai', access: 'public', handler: post },
]

/** What the provider and the register confirmed waits in the browser, sealed: nothing is kept here of somebody who may never come back. */
export function applicantCookie(node: Node, applicant: ProviderApplicant): Cookie {
  return setCookie(node, 'applicant', encrypt(node.config.secret, use, JSON.stringify(applicant)), minutes * 60)
}

function readApplicant({ ctx, cookies }: Req): ProviderApplicant | undefined {
  const sealed = cookies[cookieName(ctx.node, 'applicant')]
  const text = sealed && decrypt(ctx.node.config.secret, use, sealed)
  const applicant = text ? applicantSchema.parse(JSON.parse(text)) : undefined
  return applicant && ctx.now.getTime() - applicant.at <= minutes * 60_000 ? applicant : undefined
}

function show(req: Req): Reply {
  const applicant = readApplicant(req)
  return applicant ? phonePage(req, { applicant, typed: '' }) : redirect(wayHref('phone', 'log-in', '/tai-khoan')!)
}

async function post(req: Req): Promise<Reply> {
  const { ctx, form } = req
  const applicant = readApplicant(req)
  if (!applicant) return redirect(wayHref('phone', 'log-in', '/tai-khoan')!)
  const { person, returnTo } = applicant
  const closed = await refuseClosedWay(req, 'identity-provider', 'register', returnTo)
  if (closed) return closed
  const typed = form.get('phone')
  const phone = cleanPhone(typed)
  if (!phone) return phonePage(req, { applicant, typed, errors: [{ field: 'phone', key: `identity.field.phone.${typed ? 'invalid' : 'missing'}` }] })
  const outcome = await confirmProviderPhone(ctx, { person, phone, returnTo })
  if (outcome.kind === 'wait') return phonePage(req, { applicant, typed, message: waitSentence(ctx.t, outcome.seconds) })
  return redirect(codePath, { cookies: [setCookie(ctx.node, 'step', outcome.token, stepSeconds), clearCookie(ctx.node, 'applicant')] })
}

interface View { applicant: ProviderApplicant; typed: string; errors?: FieldError[]; message?: string }

function phonePage(req: Req, view: View): Reply {
  return page(<Phone {...view} />, { title: req.ctx.t('identity.ways.provider.phone_title'), status: view.errors ? 400 : view.message ? 429 : 200 })
}

function Phone({ applicant, typed, errors, message }: View): VNode {
  const { t } = usePage()
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <ErrorSummary errors={errors} message={message} />
      <h1 class="govuk-heading-l">{t('identity.ways.provider.phone_title')}</h1>
      <p class="govuk-body">{t('identity.ways.provider.phone_lead')}</p>
      <SummaryList rows={[{ key: t('identity.field.fullName'), value: applicant.person.fullName }, { key: t('identity.field.idNumber'), value: applicant.person.idNumber }]} />
      <Form action={phonePath}>
        <TextInput name="phone" label={t('identity.field.phone')} hint={t('identity.field.phone.hint')} value={typed} error={fieldErrors(errors, t).of('phone')} type="tel" inputMode="tel" autocomplete="tel" width={20} />
        <Button>{t('identity.log_in.send_code')}</Button>
      </Form>
    </div></div>
  )
}
