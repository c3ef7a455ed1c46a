import type { VNode } from 'preact'
import type { FieldError } from '../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../platform/http/reply.ts'
import type { FormBody, Req, Route } from '../../../platform/http/route.ts'
import { emptyForm } from '../../../platform/http/route.ts'
import { isId } from '../../../platform/ids.ts'
import { BackLink, Button, DateInput, ErrorSummary, fieldErrors, Form, Radios, readDateParts, splitDate, SummaryList, TextInput, usePage, type DateParts } from '../../../ui/index.ts'
import { waitSentence } from '../access/browser.ts'
import { readRegistration } from '../citizens/registration.form.ts'
import { errors } from '../identity.errors.ts'
import { requestHref } from './account-request.page.tsx'
import type { Card } from './card-text.ts'
import type { OfficerCtx } from './look-up-person.ts'
import { findOpenLookUp } from './look-up.store.ts'
import { lookUpHref } from './people.page.tsx'
import { requestAccount } from './request-account.ts'

const access = { permission: 'identity.find-people' } as const

/** An account on behalf of a person whom the look-up did not find: data from the card, and which way the person agrees. */
export const openAccountRoutes: readonly Route[] = [
  { method: 'GET', path: '/desk/people/:id/account', access, handler: async (req) => formPage(req, await personOf(req), {}) },
  { method: 'POST', path: '/desk/people/:id/account', access, handler: post },
]

interface Asked { lookUpId: string; idNumber: string; card: Card | undefined }

/** For whom the look-up asked. The number is the look-up's, so that nobody gets an account here who was not looked up. */
async function personOf(req: Req): Promise<Asked> {
  const ctx = req.ctx as OfficerCtx
  const lookUpId = req.params.id!
  const lookUp = isId(lookUpId) ? await findOpenLookUp(ctx.db, ctx.node, lookUpId, ctx.actor.id, ctx.now) : undefined
  if (!lookUp || lookUp.accountId) throw errors.LOOK_UP_OVER()
  const { query } = lookUp
  if (query.kind === 'card') return { lookUpId, idNumber: query.card.idNumber, card: query.card }
  if (query.kind === 'id-number') return { lookUpId, idNumber: query.idNumber, card: undefined }
  throw errors.LOOK_UP_OVER()
}

async function post(req: Req): Promise<Reply> {
  const ctx = req.ctx as OfficerCtx
  const { form } = req
  const asked = await personOf(req)
  const read = readRegistration({ ...form, get: (name) => (name === 'idNumber' ? asked.idNumber : form.get(name)) }, ctx.now)
  const consent = form.get('consent')
  const mistakes: FieldError[] = [
    // The number cannot be typed here: what contradicts it is the birth date.
    ...(read.ok ? [] : read.errors.map((e) => (e.field === 'idNumber' ? { ...e, field: 'birthDate' } : e))),
    ...(consent === 'screen' || consent === 'paper' ? [] : [{ field: 'consent', key: 'identity.desk.consent.missing' }]),
  ]
  if (!read.ok || (consent !== 'screen' && consent !== 'paper')) return formPage(req, asked, { form, mistakes })
  const outcome = await requestAccount(ctx, { lookUpId: asked.lookUpId, person: read.value, consent })
  if (outcome.kind === 'asked') return redirect(requestHref(outcome.requestId))
  const message = outcome.kind === 'wait' ? waitSentence(ctx.t, outcome.seconds) : outcome.kind === 'elsewhere' ? ctx.t('identity.desk.open.elsewhere') : ctx.t(`identity.register.${outcome.kind.replace('-', '_')}`)
  return formPage(req, asked, { form, message, status: { wait: 429, mismatch: 400, unavailable: 503, 'not-allowed': 400, elsewhere: 409 }[outcome.kind] })
}

interface View { form?: FormBody; mistakes?: FieldError[]; message?: string; status?: number }

function formPage(req: Req, asked: Asked, view: View): Reply {
  return page(<OpenAccount asked={asked} {...view} />, { title: req.ctx.t('identity.desk.open.title'), layout: 'desk', status: view.status ?? (view.mistakes ? 400 : 200) })
}

function OpenAccount({ asked, form, mistakes, message }: View & { asked: Asked }): VNode {
  const { t } = usePage()
  const { card, idNumber, lookUpId } = asked
  const sentences = fieldErrors(mistakes, t)
  const born: DateParts | undefined = form ? readDateParts(form, 'birthDate') : card ? splitDate(card.birthDate) : undefined
  const typed = (name: string, otherwise?: string) => ({ name, value: (form ?? emptyForm).get(name) || (form ? '' : otherwise), error: sentences.of(name) })
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <BackLink href={lookUpHref(lookUpId)} />
      <ErrorSummary errors={mistakes} message={message} />
      <h1 class="govuk-heading-l">{t('identity.desk.open.title')}</h1>
      <p class="govuk-body">{t(card ? 'identity.desk.open.from_card' : 'identity.desk.open.lead')}</p>
      <SummaryList rows={[{ key: t('identity.field.idNumber'), value: idNumber }, ...(card?.residence ? [{ key: t('identity.desk.open.residence'), value: card.residence }] : [])]} />
      <Form action={`/desk/people/${lookUpId}/account`} autocomplete="off">
        <TextInput {...typed('fullName', card?.fullName)} label={t('identity.field.fullName')} hint={t('identity.field.fullName.hint')} spellcheck={false} autocomplete="off" />
        <DateInput name="birthDate" label={t('identity.field.birthDate')} hint={t('identity.field.birthDate.hint')} value={born} error={sentences.of('birthDate')} />
        <TextInput {...typed('phone')} label={t('identity.field.phone')} hint={t('identity.desk.open.phone_hint')} type="tel" inputMode="tel" width={20} autocomplete="off" />
        <TextInput {...typed('email')} label={t('identity.field.email')} type="email" inputMode="email" spellcheck={false} autocomplete="off" />
        <Radios name="consent" label={t('identity.desk.consent')} hint={t('identity.desk.consent.hint')} value={form?.get('consent')} error={sentences.of('consent')}
          options={(['screen', 'paper'] as const).map((way) => ({ value: way, text: t(`identity.desk.consent.${way}`), hint: t(`identity.desk.consent.${way}_hint`) }))} />
        <Button>{t('identity.desk.open.continue')}</Button>
      </Form>
    </div></div>
  )
}
