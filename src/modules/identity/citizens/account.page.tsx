import type { VNode } from 'preact'
import type { Person } from '../../../platform/actor.ts'
import { transact, type Ctx } from '../../../platform/ctx.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../platform/http/reply.ts'
import type { Req, Route } from '../../../platform/http/route.ts'
import { formatDate, formatDateTime } from '../../../platform/i18n.ts'
import { Button, EmptyState, ErrorSummary, fieldErrors, Form, InsetText, NotificationBanner, SummaryList, Table, TextInput, usePage } from '../../../ui/index.ts'
import { appendEvent } from '../../ledger/index.ts'
import { waitSentence } from '../access/browser.ts'
import { setCookie } from '../access/cookies.ts'
import { endOwnSessions, listOpenSessions, type OpenSession } from '../access/session.store.ts'
import { errors } from '../identity.errors.ts'
import { accountNotices, type AccountNotice } from '../life/account-notices.ts'
import { listReaders } from '../life/access/list-readers.ts'
import { agencyNames, purposeText } from '../life/access/readers.page.tsx'
import { consentsPath, deletionPath, ownDataPath, personalCodePath, problemPath, readersPath, requestsPath } from '../life/hrefs.ts'
import { actingPath } from '../mandates/pages/hrefs.ts'
import { isWayOpen } from '../ways/log-in-ways.ts'
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
  const [sessions, notices, lastReaders] = await Promise.all([listOpenSessions(ctx.db, account.id, ctx.now), accountNotices(ctx, account.id), listReaders(ctx.db, account, { size: 3 })])
  const names = await agencyNames(ctx, lastReaders)
  const readers = lastReaders.rows.map((r) => ({ at: r.at, agency: names.get(r.agencyCode) ?? r.agencyCode, purpose: purposeText(ctx, r.purpose) }))
  return page(<AccountView account={account} sessions={sessions} currentId={ctx.actor.sessionId} notices={notices} insurance={ctx.node.config.kind === 'national' && await isWayOpen(ctx.db, 'social-insurance', 'person', ctx.now)} readers={readers} looks={lastReaders.total} isNational={ctx.node.config.kind === 'national'} nationalUrl={ctx.node.config.national.baseUrl} saved={req.query.luu === 'xong'} {...view} />,
    { title: ctx.t('identity.account.title'), status: view.errors ? 400 : view.message ? 429 : 200 })
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

interface Reader { at: Date; agency: string; purpose: string }
interface Shown extends View { account: Account; sessions: OpenSession[]; currentId: string; notices: AccountNotice[]; readers: Reader[]; looks: number; isNational: boolean; /** A social-insurance number is of use here. */ insurance: boolean; nationalUrl: string; saved: boolean }

function AccountView(props: Shown): VNode {
  const { t } = usePage()
  const { account, errors: mistakes, message, saved, notices } = props
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <ErrorSummary errors={mistakes} message={message} />
      {saved && <NotificationBanner type="success" heading={t('identity.account.saved')} />}
      <h1 class="govuk-heading-l">{t('identity.account.title')}</h1>
      {notices.length > 0 && <Notices notices={notices} />}
      <SummaryList rows={[
        { key: t('identity.field.fullName'), value: account.fullName },
        { key: t('identity.field.idNumber'), value: account.idNumber },
        { key: t('identity.field.birthDate'), value: formatDate(account.birthDate) },
        { key: t('identity.field.phone'), value: account.phone, ...(props.isNational ? { actions: [{ href: '#lien-he', about: t('identity.field.phone') }] } : {}) },
        { key: t('identity.account.email'), value: account.email ?? t('identity.account.email_none'), ...(props.isNational ? { actions: [{ href: '#lien-he', about: t('identity.account.email') }] } : {}) },
        { key: t('identity.account.assurance'), value: t(`identity.assurance.${account.assurance}`) },
      ]} />
      <p class="govuk-body">{t('identity.account.from_register')} <a class="govuk-link" href={`${problemPath}?loai=wrong-data`}>{t('identity.life.account.wrong')}</a></p>
      <Ways {...props} />
      <Contact {...props} />
      <Readers {...props} />
      <Sessions {...props} />
    </div></div>
  )
}

/** What concerns the account now: expiring consents, requests and problems that run, a change of telephone that waits. */
function Notices({ notices }: { notices: AccountNotice[] }): VNode {
  const { t } = usePage()
  return (
    <NotificationBanner heading={t('identity.life.notices')}>
      <ul class="govuk-list">{notices.map((n) => <li>{n.href ? <a class="govuk-notification-banner__link" href={n.href}>{t(n.key, n.params)}</a> : t(n.key, n.params)}{n.act && <Form action={n.act.action}><Button kind="warning">{t(n.act.key)}</Button></Form>}</li>)}</ul>
    </NotificationBanner>
  )
}

interface Way { path: string; key: string; /** Also at a local node, about what lies there. */ here?: boolean }

/** Everything else about the account by what it is for, the most asked for first; where the account lives, or there. */
function Ways({ isNational, insurance, nationalUrl }: Shown): VNode {
  const { t } = usePage()
  const groups: { name: string; ways: Way[] }[] = [
    { name: 'use', ways: [{ path: '/tai-khoan/uy-quyen', key: 'identity.mandates.title' }, { path: actingPath, key: 'identity.mandates.acting.title', here: true }, { path: personalCodePath, key: 'identity.life.code.title' }] },
    { name: 'log_in', ways: [{ path: '/tai-khoan/khoa-truy-cap', key: 'identity.life.account.passkeys' }, ...(insurance ? [{ path: '/tai-khoan/so-bao-hiem', key: 'identity.ways.insurance.own_link' }] : []), { path: problemPath, key: 'identity.life.problem.title' }] },
    { name: 'data', ways: [{ path: readersPath, key: 'identity.account.readers', here: true }, { path: ownDataPath, key: 'identity.life.data.title' }, { path: consentsPath, key: 'identity.life.consents' }, { path: requestsPath, key: 'identity.life.requests' }, { path: deletionPath, key: 'identity.life.deletion.title' }] },
  ]
  return (
    <>
      {groups.map(({ name, ways }) => (
        <section>
          <h2 class="govuk-heading-m">{t(`identity.life.account.group.${name}`)}</h2>
          <ul class="govuk-list govuk-list--spaced">{ways.map(({ path, key, here }) => <li><a class="govuk-link" href={`${isNational || here ? '' : nationalUrl}${path}`}>{t(key)}</a></li>)}</ul>
        </section>
      ))}
    </>
  )
}

function Readers({ readers, looks }: Shown): VNode {
  const { t } = usePage()
  return (
    <>
      <h2 class="govuk-heading-m" id="ai-da-xem">{t('identity.account.readers')}</h2>
      <p class="govuk-body">{t('identity.account.readers_lead')}</p>
      {readers.length === 0 ? <EmptyState title={t('identity.account.readers_none')} /> : (
        <Table caption={t('identity.account.readers')} captionHidden stack columns={[{ header: t('identity.account.when') }, { header: t('identity.account.agency') }, { header: t('identity.account.purpose') }]}
          rows={readers.map((r) => [formatDateTime(r.at), r.agency, r.purpose])} />
      )}
      <p class="govuk-body"><a class="govuk-link" href={readersPath}>{t('identity.life.readers.more', { count: looks })}</a></p>
    </>
  )
}

function Contact({ account, typed, errors: mistakes, isNational, nationalUrl }: Shown): VNode {
  const { t } = usePage()
  const sentences = fieldErrors(mistakes, t)
  if (!isNational) {
    return (
      <>
        <h2 class="govuk-heading-m">{t('identity.account.contact')}</h2>
        <InsetText>{t('identity.account.edit_at_national')} <a class="govuk-link" href={`${nationalUrl}${accountPath}`}>{nationalUrl}</a></InsetText>
      </>
    )
  }
  return (
    <>
      <h2 class="govuk-heading-m" id="lien-he">{t('identity.account.contact')}</h2>
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
      <Table caption={t('identity.account.sessions')} captionHidden stack columns={[{ header: t('identity.account.device') }, { header: t('identity.account.since') }, { header: t('identity.account.last_seen') }, { header: t('identity.account.end') }]}
        rows={sessions.map((s) => [
          s.device || t('identity.account.unknown_device'), formatDateTime(s.createdAt), formatDateTime(s.lastSeenAt),
          s.id === currentId ? t('identity.account.this_session') : <Form action={sessionsPath} hidden={{ session: s.id }}><Button kind="link" about={s.device}>{t('identity.account.end')}</Button></Form>,
        ])} />
      {sessions.length > 1 && <Form action={sessionsPath} hidden={{ session: 'others' }}><Button kind="secondary">{t('identity.account.end_others')}</Button></Form>}
    </>
  )
}
