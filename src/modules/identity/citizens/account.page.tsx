import type { VNode } from 'preact'
import type { Person } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../platform/http/reply.ts'
import type { Req, Route } from '../../../platform/http/route.ts'
import { formatDate, formatDateTime } from '../../../platform/i18n.ts'
import { Button, EmptyState, ErrorSummary, fieldErrors, Form, InsetText, NotificationBanner, SummaryList, Table, TextInput, usePage } from '../../../ui/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import { agencyName, findAgency } from '../../organisations/index.ts'
import { listAccess, type AccessEntry } from '../access/access-log.ts'
import { waitSentence } from '../access/browser.ts'
import { setCookie } from '../access/cookies.ts'
import { endOwnSessions, listOpenSessions, type OpenSession } from '../access/session.store.ts'
import { errors } from '../identity.errors.ts'
import { isWayOpen } from '../ways/log-in-ways.ts'
import { actingPath, listPath } from '../mandates/pages/hrefs.ts'
import { findAccount, type Account } from './account.store.ts'
import { changeContact } from './change-contact.ts'
import { codePath, stepSeconds } from './code.page.tsx'

export const accountPath = '/tai-khoan'
const contactPath = '/tai-khoan/lien-he'
const sessionsPath = '/tai-khoan/phien'

/** A person's own data, open sessions, and who looked at the data here. */
export const accountRoutes: readonly Route[] = [
  { method: 'GET', path: '/tai-khoan', access: 'person', handler: (req) => show(req, {}) },
  { method: 'POST', path: '/tai-khoan/phien', access: 'person', handler: endSessions },
]
/** Contact data are changed at the national node; the others learn them at the next log-in. */
export const contactRoutes: readonly Route[] = [{ method: 'POST', path: '/tai-khoan/lien-he', access: 'person', handler: postContact }]

type PersonCtx = Ctx & { actor: Person }
interface Form_ { phone: string; email: string }
interface View { typed?: Form_; errors?: FieldError[]; message?: string }

async function show(req: Req, view: View): Promise<Reply> {
  const ctx = req.ctx as PersonCtx
  const account = await findAccount(ctx.db, ctx.actor.id)
  if (!account) throw errors.ACCOUNT_NOT_FOUND()
  const [sessions, entries] = await Promise.all([listOpenSessions(ctx.db, account.id, ctx.now), listAccess(ctx.db, { accountId: account.id, subject: account.subject })])
  const agencies = new Map(await Promise.all([...new Set(entries.map((e) => e.agencyCode))].map(async (code) => [code, await findAgency(ctx.db, code)] as const)))
  const nameOf = (code: string): string => { const agency = agencies.get(code); return agency ? agencyName(agency, ctx.lang) : code }
  return page(<AccountView account={account} sessions={sessions} currentId={ctx.actor.sessionId} readers={entries.map((e) => ({ ...e, agency: nameOf(e.agencyCode), purpose: purposeText(ctx, e.purpose) }))} canEdit={ctx.node.config.kind === 'national'} insurance={ctx.node.config.kind === 'national' && await isWayOpen(ctx.db, 'social-insurance', 'person', ctx.now)} nationalUrl={ctx.node.config.national.baseUrl} saved={req.query.luu === 'xong'} {...view} />,
    { title: ctx.t('identity.account.title'), status: view.errors ? 400 : view.message ? 429 : 200 })
}

/** A purpose is a text key, or a permission whose description says what the officer was doing. */
function purposeText({ t, node, lang }: Ctx, purpose: string): string {
  return t.has(purpose) ? t(purpose) : node.modules.flatMap((m) => m.permissions?.[purpose]?.[lang] ?? [])[0] ?? purpose
}

async function postContact(req: Req): Promise<Reply> {
  const ctx = req.ctx as PersonCtx
  const typed = { phone: req.form.get('phone'), email: req.form.get('email') }
  const outcome = await changeContact(ctx, { ...typed, returnTo: `${accountPath}?luu=xong` })
  switch (outcome.kind) {
    case 'invalid': return show(req, { typed, errors: outcome.errors })
    case 'wait': return show(req, { typed, message: waitSentence(ctx.t, outcome.seconds) })
    case 'saved': return redirect(`${accountPath}?luu=xong`)
    case 'code-sent': return redirect(codePath, { cookies: [setCookie(ctx.node, 'step', outcome.token, stepSeconds)] })
  }
}

async function endSessions(req: Req): Promise<Reply> {
  const ctx = req.ctx as PersonCtx
  const which = req.form.get('session')
  if (which === 'others' || /^[0-9a-f-]{36}$/.test(which)) {
    await transact(ctx, async (tx) => {
      for (const id of await endOwnSessions(tx, { accountId: ctx.actor.id, currentId: ctx.actor.sessionId }, which, ctx.now)) await appendEvent(tx, ctx, { type: 'identity.logged_out', subject: ctx.actor.id, data: { sessionId: id, from: 'account-page' } })
    })
  }
  return redirect(accountPath)
}

interface Shown extends View { account: Account; sessions: OpenSession[]; currentId: string; readers: (AccessEntry & { agency: string })[]; canEdit: boolean; /** A social-insurance number is of use here. */ insurance: boolean; nationalUrl: string; saved: boolean }

function AccountView(props: Shown): VNode {
  const { t } = usePage()
  const { account, errors: mistakes, message, saved } = props
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <ErrorSummary errors={mistakes} message={message} />
      {saved && <NotificationBanner type="success" heading={t('identity.account.saved')} />}
      <h1 class="govuk-heading-l">{t('identity.account.title')}</h1>
      <SummaryList rows={[
        { key: t('identity.field.fullName'), value: account.fullName },
        { key: t('identity.field.idNumber'), value: account.idNumber },
        { key: t('identity.field.birthDate'), value: formatDate(account.birthDate) },
        { key: t('identity.account.assurance'), value: t(`identity.assurance.${account.assurance}`) },
      ]} />
      <p class="govuk-body">{t('identity.account.from_register')}</p>
      {props.insurance && <p class="govuk-body"><a class="govuk-link" href="/tai-khoan/so-bao-hiem">{t('identity.ways.insurance.own_link')}</a></p>}
      {props.canEdit && <p class="govuk-body"><a class="govuk-link" href="/tai-khoan/khoa-truy-cap">{t('identity.passkey.title')}</a></p>}
      <ul class="govuk-list">
        <li><a class="govuk-link" href={listPath}>{t('identity.mandates.title')}</a></li>
        <li><a class="govuk-link" href={actingPath}>{t('identity.mandates.acting.title')}</a></li>
      </ul>
      <Contact {...props} />
      <Sessions {...props} />
      <h2 class="govuk-heading-m" id="ai-da-xem">{t('identity.account.readers')}</h2>
      <p class="govuk-body">{t('identity.account.readers_lead')}</p>
      {props.readers.length === 0 ? <EmptyState title={t('identity.account.readers_none')} /> : (
        <Table caption={t('identity.account.readers')} captionHidden wide columns={[{ header: t('identity.account.when') }, { header: t('identity.account.agency') }, { header: t('identity.account.purpose') }]}
          rows={props.readers.map((r) => [formatDateTime(r.at), r.agency, r.purpose])} />
      )}
    </div></div>
  )
}

function Contact({ account, typed, errors: mistakes, canEdit, nationalUrl }: Shown): VNode {
  const { t } = usePage()
  const sentences = fieldErrors(mistakes, t)
  if (!canEdit) {
    return (
      <>
        <h2 class="govuk-heading-m">{t('identity.account.contact')}</h2>
        <SummaryList rows={[{ key: t('identity.field.phone'), value: account.phone }, { key: t('identity.field.email'), value: account.email ?? '—' }]} />
        <InsetText>{t('identity.account.edit_at_national')} <a class="govuk-link" href={`${nationalUrl}${accountPath}`}>{nationalUrl}</a></InsetText>
      </>
    )
  }
  return (
    <>
      <h2 class="govuk-heading-m">{t('identity.account.contact')}</h2>
      <Form action={contactPath}>
        <TextInput name="phone" label={t('identity.field.phone')} hint={t('identity.account.phone_hint')} value={typed?.phone ?? account.phone} error={sentences.of('phone')} type="tel" inputMode="tel" autocomplete="tel" width={20} />
        <TextInput name="email" label={t('identity.field.email')} value={typed?.email ?? account.email} error={sentences.of('email')} type="email" inputMode="email" autocomplete="email" spellcheck={false} />
        <Button kind="secondary">{t('identity.account.save')}</Button>
      </Form>
    </>
  )
}

function Sessions({ sessions, currentId }: Shown): VNode {
  const { t } = usePage()
  return (
    <>
      <h2 class="govuk-heading-m">{t('identity.account.sessions')}</h2>
      <Table caption={t('identity.account.sessions')} captionHidden wide columns={[{ header: t('identity.account.device') }, { header: t('identity.account.since') }, { header: t('identity.account.last_seen') }, { header: t('identity.account.end') }]}
        rows={sessions.map((s) => [
          s.device || t('identity.account.unknown_device'), formatDateTime(s.createdAt), formatDateTime(s.lastSeenAt),
          s.id === currentId ? t('identity.account.this_session') : <Form action={sessionsPath} hidden={{ session: s.id }}><Button kind="link" about={s.device}>{t('identity.account.end')}</Button></Form>,
        ])} />
      {sessions.length > 1 && <Form action={sessionsPath} hidden={{ session: 'others' }}><Button kind="secondary">{t('identity.account.end_others')}</Button></Form>}
    </>
  )
}
