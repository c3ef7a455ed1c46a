import type { VNode } from 'preact'
import type { Person } from '../../../../platform/actor.ts'
import type { Ctx } from '../../../../platform/ctx.ts'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { formatDate } from '../../../../platform/i18n.ts'
import { BackLink, Button, ErrorSummary, fieldErrors, Form, NotificationBanner, SummaryList, TextInput, usePage } from '../../../../ui/index.ts'
import { browserOf, waitSentence } from '../../access/browser.ts'
import { accountPath } from '../../citizens/account.page.tsx'
import { externalOf, type ExternalIdentifier } from '../external-identifier.store.ts'
import { linkSocialInsurance, unlinkSocialInsurance } from './link-social-insurance.ts'
import { cleanSocialInsurance } from './social-insurance-number.ts'

/** At the national node: a person makes his account known by his social-insurance number, or no longer. */
export const ownSocialInsuranceRoutes: readonly Route[] = [
  { method: 'GET', path: '/tai-khoan/so-bao-hiem', access: 'person', handler: (req) => show(req, { typed: '' }) },
  { method: 'POST', path: '/tai-khoan/so-bao-hiem', access: 'person', handler: post },
  { method: 'POST', path: '/tai-khoan/so-bao-hiem/bo', access: 'person', handler: remove },
]

type PersonCtx = Ctx & { actor: Person }
interface View { typed: string; errors?: FieldError[]; message?: string; status?: number }

async function show(req: Req, view: View): Promise<Reply> {
  const ctx = req.ctx as PersonCtx
  const own = await externalOf(ctx.db, 'social-insurance', ctx.actor.id)
  return page(<Own own={own} saved={req.query.luu === 'xong'} {...view} />, { title: ctx.t('identity.ways.insurance.own_title'), status: view.status ?? (view.errors ? 400 : 200) })
}

async function post(req: Req): Promise<Reply> {
  const ctx = req.ctx as PersonCtx
  const typed = req.form.get('socialInsurance')
  const socialInsurance = cleanSocialInsurance(typed)
  if (!socialInsurance) return show(req, { typed, errors: [{ field: 'socialInsurance', key: `identity.ways.field.socialInsurance.${typed ? 'invalid' : 'missing'}` }] })
  const outcome = await linkSocialInsurance(ctx, { socialInsurance, source: browserOf(req).source })
  switch (outcome.kind) {
    case 'linked': return redirect('/tai-khoan/so-bao-hiem?luu=xong')
    case 'wait': return show(req, { typed, message: waitSentence(ctx.t, outcome.seconds), status: 429 })
    case 'mismatch': return show(req, { typed, message: ctx.t('identity.ways.insurance.own_mismatch'), status: 400 })
    case 'unavailable': return show(req, { typed, message: ctx.t('identity.ways.insurance.own_unavailable'), status: 503 })
  }
}

async function remove(req: Req): Promise<Reply> {
  await unlinkSocialInsurance(req.ctx as PersonCtx)
  return redirect('/tai-khoan/so-bao-hiem?luu=xong')
}

function Own({ own, saved, typed, errors, message }: View & { own: ExternalIdentifier | undefined; saved: boolean }): VNode {
  const { t } = usePage()
  return (
    <>
      <BackLink href={accountPath}>{t('identity.account.title')}</BackLink>
      <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
        <ErrorSummary errors={errors} message={message} />
        {saved && <NotificationBanner type="success" heading={t('identity.account.saved')} />}
        <h1 class="govuk-heading-l">{t('identity.ways.insurance.own_title')}</h1>
        <p class="govuk-body">{t('identity.ways.insurance.own_lead')}</p>
        {own && (
          <>
            <SummaryList rows={[{ key: t('identity.ways.field.socialInsurance'), value: own.value }, { key: t('identity.ways.insurance.own_since'), value: formatDate(own.linkedAt) }]} />
            <Form action="/tai-khoan/so-bao-hiem/bo"><Button kind="secondary">{t('identity.ways.insurance.own_remove')}</Button></Form>
          </>
        )}
        {!own && (
          <Form action="/tai-khoan/so-bao-hiem">
            <TextInput name="socialInsurance" label={t('identity.ways.field.socialInsurance')} hint={t('identity.ways.field.socialInsurance.hint')} value={typed} error={fieldErrors(errors, t).of('socialInsurance')} inputMode="numeric" autocomplete="off" spellcheck={false} width={20} />
            <Button>{t('identity.ways.insurance.own_add')}</Button>
          </Form>
        )}
      </div></div>
    </>
  )
}
