import type { VNode } from 'preact'
import type { FieldError } from '../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../platform/http/reply.ts'
import type { FormBody, Req, Route } from '../../../platform/http/route.ts'
import { Button, Details, ErrorSummary, fieldErrors, Form, Radios, TextInput, usePage } from '../../../ui/index.ts'
import { waitSentence } from '../access/browser.ts'
import { lookUpPerson, type OfficerCtx } from './look-up-person.ts'
import { purposes } from './look-up.store.ts'
import { longestQuery, readQuery } from './read-query.ts'
import { readPurpose } from './read-purpose.ts'

export const peoplePath = '/desk/people'
export const lookUpHref = (id: string): string => `${peoplePath}/${id}`
const access = { permission: 'identity.find-people' } as const

/** The desk looks a person or organisation up: one field for number, card and personal code, and what it is for. */
export const peopleRoutes: readonly Route[] = [
  { method: 'GET', path: '/desk/people', access, handler: (req) => peoplePage(req, {}) },
  { method: 'POST', path: '/desk/people', access, handler: post },
]

async function post(req: Req): Promise<Reply> {
  const { form } = req
  const ctx = req.ctx as OfficerCtx
  const read = readQuery(form.get('query'))
  const purpose = readPurpose(form.get('reason'), form.get('dossierCode'))
  const errors: FieldError[] = [...(purpose.ok ? [] : [purpose.error]), ...(read.ok ? [] : [{ field: 'query', key: `identity.desk.query.${read.reason}` }])]
  if (!read.ok || !purpose.ok) return peoplePage(req, { form, errors })
  const outcome = await lookUpPerson(ctx, { query: read.query, purpose: purpose.value, way: 'page' })
  switch (outcome.kind) {
    case 'wait': return peoplePage(req, { form, message: waitSentence(ctx.t, outcome.seconds) })
    case 'code-expired': return peoplePage(req, { form, errors: [{ field: 'query', key: 'identity.desk.query.code_expired' }] })
    case 'done': return redirect(lookUpHref(outcome.lookUpId))
  }
}

interface View { form?: FormBody; errors?: FieldError[]; message?: string }

function peoplePage(req: Req, view: View): Reply {
  return page(<People {...view} />, { title: req.ctx.t('identity.desk.title'), layout: 'desk', status: view.errors ? 400 : view.message ? 429 : 200 })
}

function People({ form, errors, message }: View): VNode {
  const { t } = usePage()
  const mistakes = fieldErrors(errors, t)
  const code = <TextInput name="dossierCode" label={t('identity.desk.dossier_code')} value={form?.get('dossierCode')} error={mistakes.of('dossierCode')} spellcheck={false} autocomplete="off" width={20} maxLength={60} />
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <ErrorSummary errors={errors} message={message} />
      <h1 class="govuk-heading-l">{t('identity.desk.title')}</h1>
      <p class="govuk-body">{t('identity.desk.lead')}</p>
      <Form action={peoplePath} autocomplete="off">
        <Radios name="reason" label={t('identity.desk.reason')} hint={t('identity.desk.reason.hint')} value={form?.get('reason')} error={mistakes.of('reason')} small
          options={purposes.map((reason) => ({ value: reason, text: t(`identity.desk.purpose.${reason}`), ...(reason === 'dossier' ? { conditional: code } : {}) }))} />
        <TextInput name="query" label={t('identity.desk.query')} hint={t('identity.desk.query.hint')} value={form?.get('query')} error={mistakes.of('query')} spellcheck={false} autocomplete="off" maxLength={longestQuery} />
        <Button>{t('identity.desk.find')}</Button>
      </Form>
      <p class="govuk-body"><a class="govuk-link" href="/desk/people/requests">{t('identity.desk.requests.title')}</a></p>
      <Details summary={t('identity.desk.scanner')}><p class="govuk-body">{t('identity.desk.scanner_text')}</p></Details>
    </div></div>
  )
}
