import { formatDateTime, formatNumber } from '../../../platform/i18n.ts'
import { page } from '../../../platform/http/reply.ts'
import type { Route } from '../../../platform/http/route.ts'
import { EmptyState, Table, Tag } from '../../../ui/index.ts'
import { listFollowers, type FollowerState } from '../read-events.ts'

export const followersPath = '/admin/followers'

/** How far behind the ledger each follower is. */
export const followersRoute: Route = {
  method: 'GET', path: followersPath, access: { permission: 'ledger.view' },
  handler: async ({ ctx }) => {
    const followers = await listFollowers(ctx.db)
    const { t, lang } = ctx
    const titles = new Map(ctx.node.modules.flatMap((m) => m.followers?.(ctx.node) ?? []).map((f) => [f.name, f.title]))
    // A row of a follower that is no more has nothing but its name.
    const title = (f: FollowerState) => { const key = titles.get(f.name); return key ? t(key) : <code>{f.name}</code> }
    const tone = (f: FollowerState) => (f.failures > 0 ? 'late' : f.behind > 500 ? 'attention' : 'done')
    const word = (f: FollowerState) => t(f.failures > 0 ? 'ledger.followers.failing' : f.behind > 500 ? 'ledger.followers.catchingUp' : 'ledger.followers.upToDate')
    return page(
      <>
        <h1 class="govuk-heading-l">{t('ledger.followers.title')}</h1>
        <p class="govuk-body">{t('ledger.followers.lead')}</p>
        {followers.length === 0 ? <EmptyState title={t('ledger.followers.none')} /> : (
          <Table caption={t('ledger.followers.title')} captionHidden wide
            columns={[{ header: t('ledger.followers.name') }, { header: t('ledger.followers.state') }, { header: t('ledger.followers.behind'), numeric: true }, { header: t('ledger.followers.movedAt') }, { header: t('ledger.followers.error') }]}
            rows={followers.map((f) => [title(f), <Tag tone={tone(f)}>{word(f)}</Tag>, formatNumber(f.behind, lang), formatDateTime(f.movedAt), f.lastError ? `${f.lastError} (${f.failures})` : '–'])} />
        )}
      </>, { title: t('ledger.followers.title'), layout: 'desk' })
  },
}
