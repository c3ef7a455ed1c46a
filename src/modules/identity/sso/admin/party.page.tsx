import type { VNode } from 'preact'
import type { FieldError } from '../../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../../platform/http/reply.ts'
import type { FormBody, Req, Route } from '../../../../platform/http/route.ts'
import { formatDateTime } from '../../../../platform/i18n.ts'
import { Button, Form, InsetText, Panel, SummaryList, usePage, WarningText } from '../../../../ui/index.ts'
import { issuerOf } from '../addresses.ts'
import { typedFrom, type TypedParty } from '../check-party.ts'
import { errors } from '../../identity.errors.ts'
import { changeParty, enableParty, registerParty, renewPartySecret, type PartySecret } from '../register-party.ts'
import { findParty, type KeptParty } from '../relying-party.store.ts'
import { PartyForm } from './party-form.tsx'
import { partyHref, signOnPath } from './sign-on.page.tsx'

const access = { permission: 'identity.manage-sign-on' }

/** Systems that take log-ins: registered, changed, given a new secret, disabled and enabled again. */
export const partyRoutes: readonly Route[] = [
  { method: 'GET', path: '/admin/sign-on/systems/new', access, handler: ({ ctx }) => page(<PartyForm typed={fresh} mistakes={[]} />, { title: ctx.t('identity.sso.admin.register'), layout: 'desk' }) },
  { method: 'POST', path: '/admin/sign-on/systems', access, handler: register },
  { method: 'GET', path: '/admin/sign-on/systems/:code', access, handler: show },
  { method: 'POST', path: '/admin/sign-on/systems/:code', access, handler: change },
  { method: 'GET', path: '/admin/sign-on/systems/:code/secret', access, handler: (req) => ask(req, 'renew') },
  { method: 'POST', path: '/admin/sign-on/systems/:code/secret', access, handler: async ({ ctx, params }) => secretPage(ctx.t('identity.sso.admin.renewed'), await renewPartySecret(ctx, params.code!), issuerOf(ctx.node.config.baseUrl)) },
  { method: 'GET', path: '/admin/sign-on/systems/:code/disable', access, handler: (req) => ask(req, 'disable') },
  { method: 'POST', path: '/admin/sign-on/systems/:code/disable', access, handler: (req) => enable(req, false) },
  { method: 'POST', path: '/admin/sign-on/systems/:code/enable', access, handler: (req) => enable(req, true) },
]

const fresh: TypedParty = { clientId: '', nameVi: '', nameEn: '', redirectUris: '', logOutUris: '', backchannelUri: '', authMethod: 'client_secret_basic', scopes: ['person'], strengths: ['2', '3'] }

function typedIn(form: FormBody): TypedParty {
  const one = (name: string): string => form.get(name)
  return { clientId: one('clientId'), nameVi: one('nameVi'), nameEn: one('nameEn'), redirectUris: one('redirectUris'), logOutUris: one('logOutUris'), backchannelUri: one('backchannelUri'), authMethod: one('authMethod'), scopes: form.all('scopes'), strengths: form.all('strengths') }
}

async function register({ ctx, form }: Req): Promise<Reply> {
  const typed = typedIn(form)
  const outcome = await registerParty(ctx, typed)
  if (Array.isArray(outcome)) return page(<PartyForm typed={typed} mistakes={outcome} />, { title: ctx.t('identity.sso.admin.register'), layout: 'desk', status: 400 })
  return secretPage(ctx.t('identity.sso.admin.registered'), outcome, issuerOf(ctx.node.config.baseUrl))
}

async function partyOf({ ctx, params }: Req): Promise<KeptParty> {
  const party = await findParty(ctx.db, params.code!)
  if (!party) throw errors.PARTY_NOT_FOUND()
  return party
}

async function show(req: Req): Promise<Reply> {
  const party = await partyOf(req)
  return partyPage(req, party, typedFrom(party), [])
}

async function change(req: Req): Promise<Reply> {
  const party = await partyOf(req)
  const typed = { ...typedIn(req.form), clientId: party.clientId }
  const mistakes = await changeParty(req.ctx, party.clientId, typed)
  return mistakes.length > 0 ? partyPage(req, party, typed, mistakes) : redirect(`${signOnPath}?done=changed`)
}

async function enable(req: Req, isEnabled: boolean): Promise<Reply> {
  await enableParty(req.ctx, req.params.code!, isEnabled)
  return redirect(`${signOnPath}?done=${isEnabled ? 'enabled' : 'disabled'}`)
}

function partyPage({ ctx }: Req, party: KeptParty, typed: TypedParty, mistakes: readonly FieldError[]): Reply {
  return page(<><PartyForm typed={typed} mistakes={mistakes} party={party} /><Acts party={party} /></>, { title: party.name[ctx.lang], layout: 'desk', status: mistakes.length > 0 ? 400 : 200 })
}

function Acts({ party }: { party: KeptParty }): VNode {
  const { t } = usePage()
  return (
    <>
      <h2 class="govuk-heading-m">{t('identity.sso.admin.secret')}</h2>
      <p class="govuk-body">{t('identity.sso.admin.secretSince', { at: formatDateTime(party.secretSetAt) })}</p>
      <p class="govuk-body"><a class="govuk-link" href={`${partyHref(party.clientId)}/secret`}>{t('identity.sso.admin.renew')}</a></p>
      <h2 class="govuk-heading-m">{t('identity.sso.admin.use')}</h2>
      {party.disabledAt
        ? <Form action={`${partyHref(party.clientId)}/enable`}><Button kind="secondary">{t('identity.sso.admin.enable')}</Button></Form>
        : <p class="govuk-body"><a class="govuk-link" href={`${partyHref(party.clientId)}/disable`}>{t('identity.sso.admin.disable')}</a></p>}
    </>
  )
}

/** Before what breaks a running system. */
async function ask(req: Req, act: 'renew' | 'disable'): Promise<Reply> {
  const party = await partyOf(req)
  return page(<Ask party={party} act={act} />, { title: req.ctx.t(`identity.sso.admin.${act}`), layout: 'desk' })
}

function Ask({ party, act }: { party: KeptParty; act: 'renew' | 'disable' }): VNode {
  const { t, lang } = usePage()
  return (
    <>
      <h1 class="govuk-heading-l">{t(`identity.sso.admin.ask.${act}`, { name: party.name[lang] })}</h1>
      <WarningText>{t(`identity.sso.admin.ask.${act}.warning`)}</WarningText>
      <Form action={`${partyHref(party.clientId)}/${act === 'renew' ? 'secret' : 'disable'}`}><Button kind="warning">{t(`identity.sso.admin.${act}`)}</Button></Form>
      <p class="govuk-body"><a class="govuk-link" href={partyHref(party.clientId)}>{t('identity.sso.admin.back')}</a></p>
    </>
  )
}

/** Not a redirect: the secret is shown once and kept nowhere. */
function secretPage(title: string, secret: PartySecret, issuer: string): Reply {
  return page(<Secret title={title} secret={secret} issuer={issuer} />, { title, layout: 'desk', headers: { 'cache-control': 'no-store' } })
}

function Secret({ title, secret, issuer }: { title: string; secret: PartySecret; issuer: string }): VNode {
  const { t } = usePage()
  return (
    <>
      <Panel title={title} />
      <InsetText>{t('identity.sso.admin.once')}</InsetText>
      <SummaryList rows={[
        { key: t('identity.sso.admin.issuer'), value: <span class="mc-code">{issuer}</span> },
        { key: t('identity.sso.admin.clientId'), value: <span class="mc-code">{secret.clientId}</span> },
        { key: t('identity.sso.admin.secret'), value: <span class="mc-code">{secret.secret}</span> },
      ]} />
      <p class="govuk-body"><a class="govuk-link" href={signOnPath}>{t('identity.sso.admin.back')}</a></p>
    </>
  )
}
