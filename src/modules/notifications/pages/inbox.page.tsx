import type { VNode } from 'preact'
import { formatDateTime } from '../../../platform/i18n.ts'
import { page, redirect } from '../../../platform/http/reply.ts'
import type { Req, Route } from '../../../platform/http/route.ts'
import { Button, EmptyState, Form, Pagination, Tag, usePage } from '../../../ui/index.ts'
import { listItems, markRead, type InboxItem } from '../inbox.store.ts'

export const inboxPath = '/hop-thu'
const readPath = '/hop-thu/da-doc'
const pageSize = 20

export const inboxRoutes: Route[] = [
  { method: 'GET', path: inboxPath, access: 'person', handler: showInbox },
  { method: 'POST', path: readPath, access: 'person', handler: async ({ ctx, form }) => {
    const upTo = new Date(form.get('upTo'))
    await markRead(ctx.db, personOf(ctx.actor), Number.isNaN(upTo.getTime()) ? ctx.now : upTo, ctx.now)
    return redirect(inboxPath)
  } },
]

async function showInbox({ ctx, query }: Req) {
  const current = Math.max(1, Math.min(1000, Number.parseInt(query.trang ?? '1', 10) || 1))
  const inbox = await listItems(ctx.db, personOf(ctx.actor), { limit: pageSize, offset: (current - 1) * pageSize })
  return page(<InboxPage {...inbox} current={current} now={ctx.now} />, { title: ctx.t('notifications.inbox.title') })
}

function personOf(actor: Req['ctx']['actor']): string {
  if (actor.kind !== 'person') throw new Error('The route lets persons in only.')
  return actor.id
}

function InboxPage({ items, total, unread, current, now }: { items: InboxItem[]; total: number; unread: number; current: number; now: Date }): VNode {
  const { t } = usePage()
  return (
    <>
      <h1 class="govuk-heading-l">{t('notifications.inbox.title')}</h1>
      {items.length === 0 ? <EmptyState title={t('notifications.inbox.empty')}>{t('notifications.inbox.emptyHint')}</EmptyState> : (
        <>
          <p class="govuk-body">{t(unread === 0 ? 'notifications.inbox.allRead' : 'notifications.inbox.unread', { count: unread })}</p>
          {unread > 0 && (
            <Form action={readPath}>
              <input type="hidden" name="upTo" value={now.toISOString()} />
              <Button kind="secondary">{t('notifications.inbox.markRead')}</Button>
            </Form>
          )}
          <ol class="govuk-list">{items.map((item) => <li key={item.id}><Item item={item} /></li>)}</ol>
          <Pagination page={current} pages={Math.ceil(total / pageSize)} href={(n) => `${inboxPath}?trang=${n}`} />
        </>
      )}
    </>
  )
}

function Item({ item }: { item: InboxItem }): VNode {
  const { t } = usePage()
  const base = `notifications.event.${item.event}`
  return (
    <article class="govuk-!-margin-bottom-6" aria-labelledby={`item-${item.id}`}>
      <h2 class="govuk-heading-s govuk-!-margin-bottom-1" id={`item-${item.id}`}>
        {item.href ? <a class="govuk-link" href={item.href}>{t(`${base}.title`, item.params)}</a> : t(`${base}.title`, item.params)}
        {!item.readAt && <> <Tag tone="attention">{t('notifications.inbox.new')}</Tag></>}
      </h2>
      <p class="govuk-body govuk-!-margin-bottom-1">{t(`${base}.text`, item.params)}</p>
      <p class="govuk-body-s"><time dateTime={item.createdAt.toISOString()}>{formatDateTime(item.createdAt)}</time></p>
    </article>
  )
}
