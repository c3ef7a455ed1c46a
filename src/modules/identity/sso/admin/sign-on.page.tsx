import type { VNode } from 'preact'
import type { Ctx } from '../../../../platform/ctx.ts'
import { page, type Reply } from '../../../../platform/http/reply.ts'
import type { Req, Route } from '../../../../platform/http/route.ts'
import { formatDateTime } from '../../../../platform/i18n.ts'
import { Button, EmptyState, Form, LinkButton, NotificationBanner, Table, Tag, usePage, WarningText, type Tone } from '../../../../ui/index.ts'
import { countNotices, untoldNotices, type LogOutNotice, type NoticeCount } from '../log-out-notice.store.ts'
import { listParties, type KeptParty } from '../relying-party.store.ts'
import { keyState, listSigningKeys, publishedAfterMs, type KeyState, type SigningKey } from '../signing-keys.ts'

export const signOnPath = '/admin/sign-on'
export const partyHref = (clientId: string): string => `/admin/sign-on/systems/${clientId}`

/** Which systems take log-ins of this node, with which keys their tokens are signed, and who could not be told of a log-out. */
export const signOnRoutes: readonly Route[] = [
  { method: 'GET', path: '/admin/sign-on', access: { permission: 'identity.manage-sign-on' }, handler: show },
]

interface View { parties: readonly KeptParty[]; peers: Ctx['node']['config']['peers']; keys: readonly SigningKey[]; counts: readonly NoticeCount[]; untold: readonly LogOutNotice[]; now: Date; done: string | undefined }

const monthMs = 30 * 24 * 3600_000

async function show({ ctx, query }: Req): Promise<Reply> {
  const { db, node, now } = ctx
  const [parties, keys, counts, untold] = await Promise.all([listParties(db), listSigningKeys(db), countNotices(db, new Date(now.getTime() - monthMs)), untoldNotices(db, 20)])
  const done = ['changed', 'disabled', 'enabled', 'announced', 'replaced'].find((d) => d === query.done)
  return page(<SignOn parties={parties} peers={node.config.peers} keys={keys} counts={counts} untold={untold} now={now} done={done} />, { title: ctx.t('identity.sso.admin.title'), layout: 'desk' })
}

function SignOn({ parties, peers, keys, counts, untold, now, done }: View): VNode {
  const { t } = usePage()
  return (
    <>
      {done && <NotificationBanner type="success" heading={t(`identity.sso.admin.done.${done}`)} />}
      <h1 class="govuk-heading-l">{t('identity.sso.admin.title')}</h1>
      <p class="govuk-body">{t('identity.sso.admin.lead')}</p>
      <Systems parties={parties} peers={peers} counts={counts} />
      <Keys keys={keys} now={now} />
      <Untold untold={untold} />
    </>
  )
}

function Systems({ parties, peers, counts }: Pick<View, 'parties' | 'peers' | 'counts'>): VNode {
  const { t, lang } = usePage()
  const toldOf = (clientId: string): string => {
    const count = counts.find((c) => c.clientId === clientId)
    return count ? t('identity.sso.admin.told', { told: count.told, waiting: count.waiting, lost: count.givenUp }) : '–'
  }
  const rows = [
    ...peers.map((p) => [<span class="mc-code">{p.code}</span>, p.name[lang], t('identity.sso.admin.fromConfiguration'), toldOf(p.code)]),
    ...parties.map((p) => [
      <a class="govuk-link mc-code" href={partyHref(p.clientId)}>{p.clientId}</a>, p.name[lang],
      p.disabledAt ? <Tag tone="paused">{t('identity.sso.admin.disabledAt', { at: formatDateTime(p.disabledAt) })}</Tag> : <Tag tone="done">{t('identity.sso.admin.enabledAt', { at: formatDateTime(p.enabledAt) })}</Tag>, toldOf(p.clientId),
    ]),
  ]
  return (
    <>
      <h2 class="govuk-heading-m">{t('identity.sso.admin.systems')}</h2>
      <Table caption={t('identity.sso.admin.systems')} captionHidden stack columns={[{ header: t('identity.sso.admin.clientId') }, { header: t('identity.sso.admin.name') }, { header: t('identity.sso.admin.state') }, { header: t('identity.sso.admin.logOuts') }]} rows={rows} />
      <LinkButton href="/admin/sign-on/systems/new" kind="secondary">{t('identity.sso.admin.register')}</LinkButton>
    </>
  )
}

const tones: Readonly<Record<KeyState, Tone>> = { announced: 'running', signing: 'done', retired: 'paused', gone: 'stopped' }

function Keys({ keys, now }: Pick<View, 'keys' | 'now'>): VNode {
  const { t } = usePage()
  const shown = keys.slice(0, 12)
  const until = ({ retiredAt, withdrawnAt }: SigningKey): string => (withdrawnAt ? formatDateTime(withdrawnAt) : retiredAt ? formatDateTime(new Date(retiredAt.getTime() + publishedAfterMs)) : '–')
  return (
    <>
      <h2 class="govuk-heading-m">{t('identity.sso.admin.keys')}</h2>
      <p class="govuk-body">{t('identity.sso.admin.keysLead')}</p>
      <Table caption={t('identity.sso.admin.keys')} captionHidden stack columns={[{ header: t('identity.sso.admin.kid') }, { header: t('identity.sso.admin.state') }, { header: t('identity.sso.admin.usedFrom') }, { header: t('identity.sso.admin.publishedUntil') }]}
        rows={shown.map((key) => [<span class="mc-code">{key.kid.slice(0, 12)}</span>, <Tag tone={tones[keyState(key, now)]}>{t(`identity.sso.admin.key.${keyState(key, now)}`)}</Tag>, formatDateTime(key.usedFrom), until(key)])} />
      {!keys.some((key) => keyState(key, now) === 'announced') && <Form action="/admin/sign-on/keys"><Button kind="secondary">{t('identity.sso.admin.announce')}</Button></Form>}
      <p class="govuk-body"><a class="govuk-link" href="/admin/sign-on/keys/replace">{t('identity.sso.admin.replace')}</a></p>
    </>
  )
}

function Untold({ untold }: Pick<View, 'untold'>): VNode {
  const { t } = usePage()
  return (
    <>
      <h2 class="govuk-heading-m">{t('identity.sso.admin.untold')}</h2>
      {untold.length === 0 ? <EmptyState title={t('identity.sso.admin.untoldNone')} /> : (
        <>
          <WarningText>{t('identity.sso.admin.untoldLead')}</WarningText>
          <Table caption={t('identity.sso.admin.untold')} captionHidden stack columns={[{ header: t('identity.sso.admin.clientId') }, { header: t('identity.sso.admin.at') }, { header: t('identity.sso.admin.attempts') }, { header: t('identity.sso.admin.state') }, { header: t('identity.sso.admin.reason') }]}
            rows={untold.map((n) => [<span class="mc-code">{n.clientId}</span>, formatDateTime(n.createdAt), String(n.attempts), t(n.givenUpAt ? 'identity.sso.admin.givenUp' : 'identity.sso.admin.waiting'), n.lastError ?? '–'])} />
        </>
      )}
    </>
  )
}
