import type { VNode } from 'preact'
import type { Ctx } from '../../../platform/ctx.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { page, redirect } from '../../../platform/http/reply.ts'
import type { Route } from '../../../platform/http/route.ts'
import { formatDateTime } from '../../../platform/i18n.ts'
import { Button, Details, EmptyState, ErrorSummary, fieldErrors, Form, InsetText, NotificationBanner, Panel, SummaryList, Table, Tag, TextInput, usePage } from '../../../ui/index.ts'
import { errors } from '../catalogue.errors.ts'
import { addPortalClient, disablePortalClient, type AddedClient } from './add-portal-client.ts'
import { findPortalClient, listPortalClients, type PortalClient } from './portal-client.store.ts'

export const portalClientsPath = '/admin/portal-clients'
const disableHref = (username: string): string => `/admin/portal-clients/${encodeURIComponent(username)}/disable`

interface Typed { username: string; agency: string }

/** Accounts of agencies' systems that pull the catalogue in the formats of the national portal. */
export const portalClientRoutes: readonly Route[] = [
  { method: 'GET', path: '/admin/portal-clients', access: { permission: 'catalogue.portal-clients' }, handler: async ({ ctx, query }) => await show(ctx, { username: '', agency: '' }, [], query.done === 'disabled') },
  { method: 'POST', path: '/admin/portal-clients', access: { permission: 'catalogue.portal-clients' }, handler: async ({ ctx, form }) => {
    const typed = { username: form.get('username'), agency: form.get('agency') }
    const added = await addPortalClient(ctx, { username: typed.username, agencyCode: typed.agency })
    if (Array.isArray(added)) return await show(ctx, typed, added, false)
    // Not a redirect: the password is shown once and kept nowhere.
    return page(<Added client={added} />, { title: ctx.t('catalogue.portalFormats.added'), layout: 'desk', headers: { 'cache-control': 'no-store' } })
  } },
  { method: 'GET', path: '/admin/portal-clients/:name/disable', access: { permission: 'catalogue.portal-clients' }, handler: async ({ ctx, params }) => {
    const client = await findPortalClient(ctx.db, params.name!)
    if (!client || client.disabledAt) throw errors.CLIENT_NOT_FOUND({ username: params.name!.slice(0, 40) })
    return page(<Confirm client={client} />, { title: ctx.t('catalogue.portalFormats.disable'), layout: 'desk' })
  } },
  { method: 'POST', path: '/admin/portal-clients/:name/disable', access: { permission: 'catalogue.portal-clients' }, handler: async ({ ctx, params }) => {
    await disablePortalClient(ctx, params.name!)
    return redirect(`${portalClientsPath}?done=disabled`)
  } },
]

async function show(ctx: Ctx, typed: Typed, mistakes: readonly FieldError[], isDone: boolean) {
  const clients = await listPortalClients(ctx.db)
  return page(<ClientsPage clients={clients} typed={typed} mistakes={mistakes} isDone={isDone} />, { title: ctx.t('catalogue.portalFormats.title'), layout: 'desk', status: mistakes.length > 0 ? 400 : 200 })
}

function ClientsPage({ clients, typed, mistakes, isDone }: { clients: readonly PortalClient[]; typed: Typed; mistakes: readonly FieldError[]; isDone: boolean }): VNode {
  const { t } = usePage()
  const texts = fieldErrors(mistakes, t)
  return (
    <>
      <ErrorSummary errors={mistakes} />
      {isDone && <NotificationBanner type="success" heading={t('catalogue.portalFormats.disabledDone')} />}
      <h1 class="govuk-heading-l">{t('catalogue.portalFormats.title')}</h1>
      <p class="govuk-body">{t('catalogue.portalFormats.lead')}</p>
      {clients.length === 0 ? <EmptyState title={t('catalogue.portalFormats.none')} /> : (
        <Table caption={t('catalogue.portalFormats.title')} captionHidden wide columns={[{ header: t('catalogue.portalFormats.username') }, { header: t('catalogue.portalFormats.agency') }, { header: t('catalogue.portalFormats.created') }, { header: t('catalogue.portalFormats.lastSeen') }, { header: t('catalogue.portalFormats.state') }]}
          rows={clients.map((c) => [<span class="mc-code">{c.username}</span>, c.agencyCode, formatDateTime(c.createdAt), c.lastSeenAt ? formatDateTime(c.lastSeenAt) : '–', c.disabledAt ? <Tag tone="paused">{t('catalogue.portalFormats.disabled')}</Tag> : <a class="govuk-link" href={disableHref(c.username)}>{t('catalogue.portalFormats.disable')}<span class="govuk-visually-hidden"> {c.username}</span></a>])} />
      )}
      <h2 class="govuk-heading-m">{t('catalogue.portalFormats.add')}</h2>
      <Form action={portalClientsPath}>
        <TextInput name="username" label={t('catalogue.portalFormats.username')} hint={t('catalogue.portalFormats.usernameHint')} value={typed.username} error={texts.of('username')} width={20} autocomplete="off" />
        <TextInput name="agency" label={t('catalogue.portalFormats.agency')} hint={t('catalogue.portalFormats.agencyHint')} value={typed.agency} error={texts.of('agency')} width={10} autocomplete="off" />
        <Button>{t('catalogue.portalFormats.add')}</Button>
      </Form>
    </>
  )
}

function Added({ client }: { client: AddedClient }): VNode {
  const { t } = usePage()
  return (
    <>
      <Panel title={t('catalogue.portalFormats.added')} />
      <InsetText>{t('catalogue.portalFormats.once')}</InsetText>
      <SummaryList rows={[{ key: t('catalogue.portalFormats.username'), value: <span class="mc-code">{client.username}</span> }, { key: t('catalogue.portalFormats.password'), value: <span class="mc-code">{client.password}</span> }, { key: t('catalogue.portalFormats.agency'), value: client.agencyCode }]} />
      <Details summary={t('catalogue.portalFormats.how')}><p>POST /api/v1/portal/login</p><p>POST /api/v1/portal/data</p></Details>
      <p class="govuk-body"><a class="govuk-link" href={portalClientsPath}>{t('catalogue.portalFormats.back')}</a></p>
    </>
  )
}

function Confirm({ client }: { client: PortalClient }): VNode {
  const { t } = usePage()
  return (
    <>
      <h1 class="govuk-heading-l">{t('catalogue.portalFormats.confirmTitle', { username: client.username })}</h1>
      <p class="govuk-body">{t('catalogue.portalFormats.confirmText')}</p>
      <Form action={disableHref(client.username)}><Button kind="warning">{t('catalogue.portalFormats.disable')}</Button></Form>
      <p class="govuk-body"><a class="govuk-link" href={portalClientsPath}>{t('catalogue.portalFormats.back')}</a></p>
    </>
  )
}
