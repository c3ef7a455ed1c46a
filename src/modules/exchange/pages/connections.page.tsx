import type { VNode } from 'preact'
import { isPermitted } from '../../../platform/actor.ts'
import type { Ctx } from '../../../platform/ctx.ts'
import { page, redirect } from '../../../platform/http/reply.ts'
import type { Route } from '../../../platform/http/route.ts'
import { formatDateTime, formatNumber } from '../../../platform/i18n.ts'
import { Button, EmptyState, Form, NotificationBanner, Table, Tag, type Tone } from '../../../ui/index.ts'
import { agencyName, findAgency } from '../../organisations/index.ts'
import { countRejections, listConnections, listDeadLetters, type Connection, type ConnectionHealth, type DeadLetter, type RejectionCount } from '../list-connections.ts'
import { redriveMessage, setMessageAside } from '../redrive-message.ts'

export const connectionsPath = '/admin/exchange'
export const redrivePath = '/admin/exchange/redrive'
export const setAsidePath = '/admin/exchange/set-aside'
export const connectionsHref = (done?: 'redriven' | 'set-aside'): string => (done ? `${connectionsPath}?done=${done}` : connectionsPath)

const dayMs = 24 * 3600_000

/** How the connections to all other nodes are, what they refused, and what was turned away here. */
const showConnections: Route = {
  method: 'GET', path: '/admin/exchange', access: { permission: 'exchange.view' },
  async handler({ ctx, query }) {
    const { t } = ctx
    const [connections, dead, rejections] = await Promise.all([
      listConnections(ctx.db, ctx.node.config.code, ctx.now), listDeadLetters(ctx.db), countRejections(ctx.db, new Date(ctx.now.getTime() - dayMs)),
    ])
    const names = await namesOf(ctx, [...connections.map((c) => c.code), ...dead.map((m) => m.to)])
    const done = query.done === 'redriven' || query.done === 'set-aside' ? query.done : undefined
    return page(
      <>
        {done && <NotificationBanner type="success" heading={t(`exchange.done.${done}`)} />}
        <h1 class="govuk-heading-l">{t('exchange.connections.title')}</h1>
        <p class="govuk-body">{t('exchange.connections.lead')}</p>
        {connections.length === 0 ? <EmptyState title={t('exchange.connections.none')} /> : <Connections ctx={ctx} connections={connections} names={names} />}
        <h2 class="govuk-heading-m">{t('exchange.dead.title')}</h2>
        {dead.length === 0 ? <p class="govuk-body">{t('exchange.dead.none')}</p> : <DeadLetters ctx={ctx} dead={dead} names={names} />}
        <h2 class="govuk-heading-m">{t('exchange.rejections.title')}</h2>
        {rejections.length === 0 ? <p class="govuk-body">{t('exchange.rejections.none')}</p> : <Rejections ctx={ctx} rejections={rejections} />}
      </>, { title: t('exchange.connections.title'), layout: 'desk' })
  },
}

type Names = (code: string) => string

/** The node's agency by name, with its code. */
async function namesOf(ctx: Ctx, codes: readonly string[]): Promise<Names> {
  const found = await Promise.all([...new Set(codes)].map(async (code) => [code, await findAgency(ctx.db, code, ctx.now)] as const))
  const known = new Map(found)
  return (code) => {
    const agency = known.get(code)
    const name = agency ? agencyName(agency, ctx.lang) : code === ctx.node.config.national.code ? ctx.t('exchange.national') : undefined
    return name ? `${name} (${code})` : code
  }
}

const tones: Record<ConnectionHealth, Tone> = { good: 'done', slow: 'attention', refusing: 'attention', unknown: 'paused', lost: 'late' }

function Connections({ ctx: { t, lang }, connections, names }: { ctx: Ctx; connections: readonly Connection[]; names: Names }): VNode {
  const moment = (date: Date | null): string => (date ? formatDateTime(date) : '–')
  return (
    <Table caption={t('exchange.connections.title')} captionHidden wide
      columns={[{ header: t('exchange.node') }, { header: t('exchange.health') }, { header: t('exchange.waiting'), numeric: true }, { header: t('exchange.oldest') }, { header: t('exchange.dead'), numeric: true }, { header: t('exchange.lastSuccess') }, { header: t('exchange.lastReceived') }, { header: t('exchange.lastError') }]}
      rows={connections.map((c) => ({
        late: c.health === 'lost',
        cells: [names(c.code), <Tag tone={tones[c.health]}>{t(`exchange.health.${c.health}`)}</Tag>, formatNumber(c.waiting, lang), moment(c.oldestWaiting), formatNumber(c.dead, lang), moment(c.lastSuccess), moment(c.lastReceived), c.lastError ? t('exchange.failed', { count: c.failures, error: c.lastError }) : '–'],
      }))} />
  )
}

function DeadLetters({ ctx, dead, names }: { ctx: Ctx; dead: readonly DeadLetter[]; names: Names }): VNode {
  const { t, lang } = ctx
  const mayManage = isPermitted(ctx.actor, 'exchange.manage')
  return (
    <>
      <p class="govuk-body">{t('exchange.dead.lead')}</p>
      <Table caption={t('exchange.dead.title')} captionHidden wide
        columns={[{ header: t('exchange.message') }, { header: t('exchange.node') }, { header: t('exchange.reason') }, { header: t('exchange.queuedAt') }, { header: t('exchange.behind'), numeric: true }, ...(mayManage ? [{ header: t('exchange.action') }] : [])]}
        rows={dead.map((m) => [
          <>{m.service}<br /><span class="govuk-hint">{m.subject}</span></>, names(m.to), <>{reason(ctx, m.code)}<br /><code>{m.code}</code></>, formatDateTime(m.queuedAt), formatNumber(m.behind, lang),
          ...(mayManage ? [
            <Form action={redrivePath} hidden={{ id: m.id }}>
              <Button kind="secondary" about={m.subject}>{t('exchange.redrive')}</Button> <Button kind="link" formAction={setAsidePath} about={m.subject}>{t('exchange.setAside')}</Button>
            </Form>] : []),
        ])} />
    </>
  )
}

function Rejections({ ctx, rejections }: { ctx: Ctx; rejections: readonly RejectionCount[] }): VNode {
  const { t, lang } = ctx
  return (
    <>
      <p class="govuk-body">{t('exchange.rejections.lead')}</p>
      <Table caption={t('exchange.rejections.title')} captionHidden wide
        columns={[{ header: t('exchange.claimedSender') }, { header: t('exchange.reason') }, { header: t('exchange.count'), numeric: true }, { header: t('exchange.lastTime') }]}
        rows={rejections.map((r) => [r.claimedSender ?? t('exchange.nobody'), <>{reason(ctx, r.code)} <code>{r.code}</code></>, formatNumber(r.count, lang), formatDateTime(r.last)])} />
    </>
  )
}

/** The refusing module's own sentence when this node has that module, else only the code tells. */
function reason({ t }: Ctx, code: string): string {
  const [module, name] = code.split('.')
  const key = name ? `${module}.error.${name}` : `exchange.code.${code}`
  return t.has(key) ? t(key) : t('exchange.code.other')
}

const redrive: Route = {
  method: 'POST', path: '/admin/exchange/redrive', access: { permission: 'exchange.manage' },
  async handler({ ctx, form }) {
    await redriveMessage(ctx, form.get('id'))
    return redirect(connectionsHref('redriven'))
  },
}

const setAside: Route = {
  method: 'POST', path: '/admin/exchange/set-aside', access: { permission: 'exchange.manage' },
  async handler({ ctx, form }) {
    await setMessageAside(ctx, form.get('id'))
    return redirect(connectionsHref('set-aside'))
  },
}

export const connectionRoutes: Route[] = [showConnections, redrive, setAside]
