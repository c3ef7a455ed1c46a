import type { VNode } from 'preact'
import type { FieldError } from '../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../platform/http/reply.ts'
import type { FormBody, Req, Route } from '../../../platform/http/route.ts'
import { Button, ErrorSummary, fieldErrors, Form, Panel, TextInput, usePage, WarningText } from '../../../ui/index.ts'
import { browserOf, waitSentence } from '../access/browser.ts'
import { cleanObjectionCode } from './objection-code.ts'
import { objectToAccount } from './object-to-account.ts'

export const objectionPath = '/phan-doi-mo-tai-khoan'

/** At the national node: who did not ask a desk for an account says so with the code of the message. */
export const objectionRoutes: readonly Route[] = [
  { method: 'GET', path: '/phan-doi-mo-tai-khoan', access: 'public', handler: (req) => (req.query.xong ? done(req) : formPage(req, {})) },
  { method: 'POST', path: '/phan-doi-mo-tai-khoan', access: 'public', handler: post },
]

async function post(req: Req): Promise<Reply> {
  const { ctx, form } = req
  const code = cleanObjectionCode(form.get('code'))
  if (!code) return formPage(req, { form, mistakes: [{ field: 'code', key: form.get('code') ? 'identity.desk.objection.form' : 'identity.desk.objection.missing' }] })
  const outcome = await objectToAccount(ctx, { code, source: browserOf(req).source })
  switch (outcome.kind) {
    case 'wait': return formPage(req, { form, message: waitSentence(ctx.t, outcome.seconds) })
    case 'unknown': return formPage(req, { form, mistakes: [{ field: 'code', key: 'identity.desk.objection.unknown' }] })
    case 'objected': return redirect(`${objectionPath}?xong=${outcome.locked ? 'khoa' : 'bao'}`)
  }
}

interface View { form?: FormBody; mistakes?: FieldError[]; message?: string }

function formPage(req: Req, view: View): Reply {
  return page(<Objection {...view} />, { title: req.ctx.t('identity.desk.objection.title'), status: view.mistakes ? 400 : view.message ? 429 : 200 })
}

function done(req: Req): Reply {
  return page(<Done locked={req.query.xong === 'khoa'} />, { title: req.ctx.t('identity.desk.objection.done') })
}

function Objection({ form, mistakes, message }: View): VNode {
  const { t } = usePage()
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <ErrorSummary errors={mistakes} message={message} />
      <h1 class="govuk-heading-l">{t('identity.desk.objection.title')}</h1>
      <p class="govuk-body">{t('identity.desk.objection.lead')}</p>
      <WarningText>{t('identity.desk.objection.warning')}</WarningText>
      <Form action={objectionPath} autocomplete="off">
        <TextInput name="code" label={t('identity.desk.objection.code')} hint={t('identity.desk.objection.code_hint')} value={form?.get('code')} error={fieldErrors(mistakes, t).of('code')} spellcheck={false} width={20} maxLength={30} code />
        <Button kind="warning">{t('identity.desk.objection.send')}</Button>
      </Form>
    </div></div>
  )
}

function Done({ locked }: { locked: boolean }): VNode {
  const { t } = usePage()
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <Panel title={t('identity.desk.objection.done')} />
      <p class="govuk-body">{t(locked ? 'identity.desk.objection.done_locked' : 'identity.desk.objection.done_told')}</p>
    </div></div>
  )
}
