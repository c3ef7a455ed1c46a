import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { formatDateTime } from '../../../../platform/i18n.ts'
import { isId } from '../../../../platform/ids.ts'
import { BackLink, Button, EmptyState, ErrorSummary, fieldErrors, Form, LinkButton, NotificationBanner, SummaryList, TextInput, usePage } from '../../../../ui/index.ts'
import { waitSentence } from '../../access/browser.ts'
import { countAttempt, throttleKey, type ThrottleRule } from '../../access/throttle.ts'
import { errors } from '../../identity.errors.ts'
import { isTaxCode } from '../../numbers/tax-code.ts'
import { isWayOpen } from '../../ways/log-in-ways.ts'
import { listMandatesOf, type MandateSeen } from '../mandates.store.ts'
import { openOrganisation } from '../open-organisation.ts'
import { listRepresented, type Organisation } from '../organisations.store.ts'
import { actingPath, listPath, newPath, organisationHref, organisationPath, organisationsPath } from './hrefs.ts'
import { List } from './mandates.page.tsx'
import { personCtx } from './person-ctx.ts'

/** Organisations that a person represents by law: opening an account, and who of the staff may act. */
export const organisationRoutes: readonly Route[] = [
  { method: 'GET', path: organisationsPath, access: 'person', handler: (req) => show(req, { typed: '' }) },
  { method: 'POST', path: organisationsPath, access: 'person', handler: post },
  { method: 'GET', path: organisationPath, access: 'person', handler: showOne },
]

/** Questions to the register by one account: nobody leafs through it. */
const askRule: ThrottleRule = { name: 'organisation', slowFrom: 99, limit: 11, window: 3600, block: 3600 }

interface View { typed: string; errors?: FieldError[]; message?: string; status?: number }

async function post(req: Req): Promise<Reply> {
  const ctx = personCtx(req)
  const typed = req.form.get('taxCode').slice(0, 40)
  const taxCode = typed.replace(/[\s.]/g, '')
  if (!isTaxCode(taxCode)) return show(req, { typed, errors: [{ field: 'taxCode', key: typed ? 'identity.mandates.field.taxCode.invalid' : 'identity.mandates.field.taxCode.missing' }], status: 400 })
  const seconds = await countAttempt(ctx.db, throttleKey(ctx.node, askRule, ctx.actor.id), askRule, ctx.now)
  if (seconds > 0) return show(req, { typed, message: waitSentence(ctx.t, seconds), status: 429 })
  const outcome = await openOrganisation(ctx, ctx.actor, taxCode)
  if (outcome.kind === 'not-yours') return show(req, { typed, errors: [{ field: 'taxCode', key: 'identity.mandates.field.taxCode.notYours' }], status: 400 })
  if (outcome.kind === 'unavailable') return show(req, { typed, message: ctx.t('identity.mandates.organisations.unavailable'), status: 503 })
  return redirect(`${organisationHref(outcome.organisationId)}?xong=1`)
}

async function show(req: Req, view: View): Promise<Reply> {
  const ctx = personCtx(req)
  const [organisations, token] = await Promise.all([listRepresented(ctx.db, ctx.actor.id), isWayOpen(ctx.db, 'token', 'organisation', ctx.now)])
  return page(<Organisations organisations={organisations} token={token} {...view} />, { title: ctx.t('identity.mandates.organisations.title'), status: view.status ?? 200 })
}

function Organisations({ organisations, token, typed, errors: mistakes, message }: View & { organisations: Organisation[]; token: boolean }): VNode {
  const { t } = usePage()
  return (
    <>
      <BackLink href={listPath}>{t('identity.mandates.title')}</BackLink>
      <ErrorSummary errors={mistakes} message={message} />
      <h1 class="govuk-heading-l">{t('identity.mandates.organisations.title')}</h1>
      {organisations.length === 0 ? <EmptyState title={t('identity.mandates.organisations.none')} /> : (
        <ul class="mc-procedures">{organisations.map((o) => <li class="mc-procedure"><h2 class="mc-procedure__name"><a class="govuk-link" href={organisationHref(o.id)}>{o.name}</a></h2><p class="mc-procedure__facts">{t('identity.mandates.taxCode', { code: o.taxCode })} · {t(`identity.mandates.organisations.state.${o.state}`)}</p></li>)}</ul>
      )}
      <h2 class="govuk-heading-m">{t('identity.mandates.organisations.open')}</h2>
      <p class="govuk-body">{t('identity.mandates.organisations.lead')}</p>
      <Form action={organisationsPath}>
        <TextInput name="taxCode" label={t('identity.mandates.field.taxCode')} hint={t('identity.mandates.field.taxCode.hint')} value={typed} error={fieldErrors(mistakes, t).of('taxCode')} width={20} spellcheck={false} autocomplete="off" />
        <Button>{t('identity.mandates.organisations.button')}</Button>
      </Form>
      {token && (
        <>
          <h2 class="govuk-heading-m">{t('identity.mandates.organisations.token')}</h2>
          <p class="govuk-body">{t('identity.mandates.organisations.tokenLead')}</p>
          <LinkButton kind="secondary" href={`/dang-nhap/chung-thu-so?tiep=${encodeURIComponent(organisationsPath)}`}>{t('identity.mandates.organisations.tokenButton')}</LinkButton>
        </>
      )}
    </>
  )
}

async function showOne(req: Req): Promise<Reply> {
  const ctx = personCtx(req)
  const organisation = isId(req.params.id) ? (await listRepresented(ctx.db, ctx.actor.id)).find((o) => o.id === req.params.id) : undefined
  if (!organisation) throw errors.ORGANISATION_NOT_FOUND()
  const mandates = (await listMandatesOf(ctx.db, ctx.actor.id)).filter((m) => m.organisationId === organisation.id)
  return page(<One o={organisation} mandates={mandates} now={ctx.now} isDone={req.query.xong === '1'} />, { title: organisation.name })
}

function One({ o, mandates, now, isDone }: { o: Organisation; mandates: MandateSeen[]; now: Date; isDone: boolean }): VNode {
  const { t } = usePage()
  return (
    <>
      <BackLink href={organisationsPath}>{t('identity.mandates.organisations.title')}</BackLink>
      {isDone && <NotificationBanner type="success" heading={t('identity.mandates.organisations.opened')} />}
      <h1 class="govuk-heading-l">{o.name}</h1>
      <SummaryList rows={[
        { key: t('identity.mandates.field.taxCode'), value: o.taxCode },
        { key: t('identity.mandates.column.state'), value: t(`identity.mandates.organisations.state.${o.state}`) },
        { key: t('identity.mandates.organisations.checkedAt'), value: formatDateTime(o.checkedAt) },
      ]} />
      <h2 class="govuk-heading-m">{t('identity.mandates.organisations.people')}</h2>
      <List mandates={mandates} now={now} level={3} />
      {o.state === 'active' && <p class="govuk-body"><LinkButton href={`${newPath}?loai=staff-${o.id}`}>{t('identity.mandates.organisations.name')}</LinkButton></p>}
      <p class="govuk-body"><a class="govuk-link" href={actingPath}>{t('identity.mandates.acting.title')}</a></p>
    </>
  )
}
