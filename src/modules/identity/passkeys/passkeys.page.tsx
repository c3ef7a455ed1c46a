import type { VNode } from 'preact'
import type { Officer, Person } from '../../../platform/actor.ts'
import type { FieldError } from '../../../platform/errors.ts'
import { page, redirect, type Reply } from '../../../platform/http/reply.ts'
import type { Req, Route } from '../../../platform/http/route.ts'
import { isId } from '../../../platform/ids.ts'
import { transact } from '../../../platform/ctx.ts'
import { formatDateTime } from '../../../platform/i18n.ts'
import { BackLink, Button, ButtonGroup, EmptyState, ErrorSummary, fieldErrors, Form, NotificationBanner, SummaryList, TextInput, usePage, WarningText } from '../../../ui/index.ts'
import { errors } from '../identity.errors.ts'
import { addPasskey, ownerOf, passkeyToMake } from './add-passkey.ts'
import { otherSite, PasskeyBox } from './passkey-box.tsx'
import { findOwnPasskey, listPasskeys, setPasskeyName, type Passkey } from './passkey.store.ts'
import { removePasskey } from './remove-passkey.ts'

export const passkeysPath = '/tai-khoan/khoa-truy-cap'
export const officerPasskeysPath = '/desk/passkeys'

/** A person's own passkeys, at the national node where the account is kept. */
export const passkeyRoutes: readonly Route[] = [
  { method: 'GET', path: '/tai-khoan/khoa-truy-cap', access: { assurance: 2 }, handler: (req) => show(req, {}) },
  { method: 'POST', path: '/tai-khoan/khoa-truy-cap', access: { assurance: 2 }, handler: add },
  { method: 'GET', path: '/tai-khoan/khoa-truy-cap/:id', access: { assurance: 2 }, handler: (req) => showOne(req, {}) },
  { method: 'POST', path: '/tai-khoan/khoa-truy-cap/:id', access: { assurance: 2 }, handler: rename },
  { method: 'GET', path: '/tai-khoan/khoa-truy-cap/:id/xoa', access: { assurance: 2 }, handler: askRemoval },
  { method: 'POST', path: '/tai-khoan/khoa-truy-cap/:id/xoa', access: { assurance: 2 }, handler: remove },
]

const own = { permission: 'identity.own-passkeys' } as const
/** An officer's own, at the node where he works. */
export const officerPasskeyRoutes: readonly Route[] = [
  { method: 'GET', path: '/desk/passkeys', access: own, handler: (req) => show(req, {}) },
  { method: 'POST', path: '/desk/passkeys', access: own, handler: add },
  { method: 'GET', path: '/desk/passkeys/:id', access: own, handler: (req) => showOne(req, {}) },
  { method: 'POST', path: '/desk/passkeys/:id', access: own, handler: rename },
  { method: 'GET', path: '/desk/passkeys/:id/remove', access: own, handler: askRemoval },
  { method: 'POST', path: '/desk/passkeys/:id/remove', access: own, handler: remove },
]

const actorOf = (req: Req): Person | Officer => req.ctx.actor as Person | Officer
const listPath = (req: Req): string => (actorOf(req).kind === 'person' ? passkeysPath : officerPasskeysPath)
const removalPath = (req: Req, id: string): string => `${listPath(req)}/${id}/${actorOf(req).kind === 'person' ? 'xoa' : 'remove'}`
const layoutOf = (req: Req) => (actorOf(req).kind === 'person' ? 'portal' as const : 'desk' as const)
const longestName = 60

/** A name for one's own eyes, or what is wrong with it. */
function readName(typed: string): { name: string } | { errors: FieldError[] } {
  const name = typed.replace(/\s+/g, ' ').trim()
  if (!name) return { errors: [{ field: 'name', key: 'identity.passkey.name.missing' }] }
  return name.length > longestName ? { errors: [{ field: 'name', key: 'identity.passkey.name.too_long', params: { most: longestName } }] } : { name }
}

interface View { typed?: string; errors?: FieldError[]; message?: string }

async function show(req: Req, view: View): Promise<Reply> {
  const { ctx } = req
  const [options, passkeys] = await Promise.all([passkeyToMake(ctx, actorOf(req)), listPasskeys(ctx.db, ownerOf(actorOf(req)))])
  return page(<List {...view} path={listPath(req)} passkeys={passkeys} options={options} elsewhere={otherSite(req)} done={/^(them|xoa|doi)$/.test(req.query.xong ?? '') ? req.query.xong : undefined} back={actorOf(req).kind === 'person' ? '/tai-khoan' : '/desk/account'} />, {
    title: ctx.t('identity.passkey.title'), status: view.errors || view.message ? 400 : 200, layout: layoutOf(req),
  })
}

async function add(req: Req): Promise<Reply> {
  const { ctx, form } = req
  const typed = form.get('name')
  const read = readName(typed)
  if ('errors' in read) return show(req, { typed, errors: read.errors })
  const outcome = await addPasskey(ctx, actorOf(req), { name: read.name, response: form.get('response') })
  return outcome.kind === 'added' ? redirect(`${listPath(req)}?xong=them`) : show(req, { typed, message: ctx.t(`identity.passkey.add.${outcome.kind}`) })
}

async function ownOne(req: Req): Promise<Passkey> {
  const id = req.params.id!
  const found = isId(id) ? await findOwnPasskey(req.ctx.db, ownerOf(actorOf(req)), id) : undefined
  if (!found) throw errors.PASSKEY_NOT_FOUND()
  return found
}

async function showOne(req: Req, view: View): Promise<Reply> {
  const passkey = await ownOne(req)
  return page(<Rename {...view} passkey={passkey} path={listPath(req)} removal={removalPath(req, passkey.id)} />, { title: passkey.name, status: view.errors ? 400 : 200, layout: layoutOf(req) })
}

async function rename(req: Req): Promise<Reply> {
  const { ctx, form } = req
  const passkey = await ownOne(req)
  const read = readName(form.get('name'))
  if ('errors' in read) return showOne(req, { typed: form.get('name'), errors: read.errors })
  await transact(ctx, (tx) => setPasskeyName(tx, ownerOf(actorOf(req)), passkey.id, read.name))
  return redirect(`${listPath(req)}?xong=doi`)
}

async function askRemoval(req: Req): Promise<Reply> {
  const passkey = await ownOne(req)
  return page(<Removal passkey={passkey} path={listPath(req)} action={removalPath(req, passkey.id)} />, { title: req.ctx.t('identity.passkey.remove.title'), layout: layoutOf(req) })
}

async function remove(req: Req): Promise<Reply> {
  const id = req.params.id!
  if (isId(id)) await removePasskey(req.ctx, actorOf(req), id)
  return redirect(`${listPath(req)}?xong=xoa`)
}

interface Shown extends View { path: string; back: string; passkeys: Passkey[]; options: object; elsewhere: string | undefined; done: string | undefined }

function List({ path, back, passkeys, options, elsewhere, done, typed, errors: mistakes, message }: Shown): VNode {
  const { t } = usePage()
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <BackLink href={back} />
      <ErrorSummary errors={mistakes} message={message} />
      {done && <NotificationBanner type="success" heading={t(`identity.passkey.done.${done}`)} />}
      <h1 class="govuk-heading-l">{t('identity.passkey.title')}</h1>
      <p class="govuk-body">{t('identity.passkey.lead')}</p>
      {passkeys.length === 0 && <EmptyState title={t('identity.passkey.none')} />}
      {passkeys.map((p) => (
        <SummaryList card={{ title: p.name, level: 2, actions: [{ href: `${path}/${p.id}`, text: t('identity.passkey.change'), about: p.name }] }} rows={[
          { key: t('identity.passkey.kind'), value: t(`identity.passkey.kind.${p.synced ? 'synced' : 'bound'}`) },
          { key: t('identity.passkey.created'), value: formatDateTime(p.createdAt) },
          { key: t('identity.passkey.used'), value: p.lastUsedAt ? formatDateTime(p.lastUsedAt) : t('identity.passkey.never') },
        ]} />
      ))}
      <h2 class="govuk-heading-m">{t('identity.passkey.add.title')}</h2>
      <PasskeyBox act="create" options={options} elsewhere={elsewhere}>
        <Form action={path} hidden={{ response: '' }} autocomplete="off">
          <TextInput name="name" label={t('identity.passkey.name')} hint={t('identity.passkey.name.hint')} value={typed} error={fieldErrors(mistakes, t).of('name')} width={20} maxLength={longestName} />
          <Button>{t('identity.passkey.add.button')}</Button>
        </Form>
      </PasskeyBox>
    </div></div>
  )
}

function Rename({ passkey, path, removal, typed, errors: mistakes }: View & { passkey: Passkey; path: string; removal: string }): VNode {
  const { t } = usePage()
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <BackLink href={path} />
      <ErrorSummary errors={mistakes} />
      <h1 class="govuk-heading-l">{passkey.name}</h1>
      <Form action={`${path}/${passkey.id}`} autocomplete="off">
        <TextInput name="name" label={t('identity.passkey.name')} hint={t('identity.passkey.name.hint')} value={typed ?? passkey.name} error={fieldErrors(mistakes, t).of('name')} width={20} maxLength={longestName} />
        <Button>{t('identity.passkey.save')}</Button>
      </Form>
      <p class="govuk-body"><a class="govuk-link" href={removal}>{t('identity.passkey.remove')}</a></p>
    </div></div>
  )
}

function Removal({ passkey, path, action }: { passkey: Passkey; path: string; action: string }): VNode {
  const { t } = usePage()
  return (
    <div class="govuk-grid-row"><div class="govuk-grid-column-two-thirds">
      <h1 class="govuk-heading-l">{t('identity.passkey.remove.title')}</h1>
      <p class="govuk-body"><strong>{passkey.name}</strong></p>
      <WarningText>{t('identity.passkey.remove.warning')}</WarningText>
      <Form action={action}>
        <ButtonGroup><Button kind="warning">{t('identity.passkey.remove.button')}</Button><a class="govuk-link" href={path}>{t('identity.passkey.remove.keep')}</a></ButtonGroup>
      </Form>
    </div></div>
  )
}
