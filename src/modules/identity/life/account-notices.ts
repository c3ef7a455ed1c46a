import type { Ctx } from '../../../platform/ctx.ts'
import { formatDate, formatDateTime, type Params } from '../../../platform/i18n.ts'
import { listConsents } from './consents/consents.ts'
import { consentsPath, problemFollowPath, requestsPath, withQuery } from './hrefs.ts'
import { listOwnRequests, runningLimit } from './requests/data-request.ts'
import { waitingRecovery } from './recovery/recovery.ts'

/** One line that a person reads above everything else of the account. */
export interface AccountNotice { key: string; params: Params; href?: string; act?: { action: string; key: string } }
export type NoticeSource = (ctx: Ctx, accountId: string) => Promise<AccountNotice[]>

const soonMs = 30 * 86_400_000
const sources: NoticeSource[] = [recoveries, requests, problems, expiringConsents]

/** Lets another part of the account say something here: mandates that end soon. */
export function addAccountNotices(source: NoticeSource): void {
  sources.push(source)
}

export async function accountNotices(ctx: Ctx, accountId: string): Promise<AccountNotice[]> {
  return (await Promise.all(sources.map((source) => source(ctx, accountId)))).flat()
}

async function recoveries(ctx: Ctx, accountId: string): Promise<AccountNotice[]> {
  const waiting = await waitingRecovery(ctx.db, accountId)
  return waiting ? [{ key: 'identity.life.notice.recovery', params: { at: formatDateTime(waiting.effectiveAt) }, act: { action: '/tai-khoan/phan-doi-doi-so', key: 'identity.life.recovery.object.button' } }] : []
}

async function requests(ctx: Ctx, accountId: string): Promise<AccountNotice[]> {
  const open = (await listOwnRequests(ctx.db, ctx.node, accountId)).filter((r) => runningLimit(r) !== null)
  return open.map((r) => ({ key: 'identity.life.notice.request', params: { reference: r.reference, due: formatDateTime(new Date(runningLimit(r)!.getTime() - 60_000)) }, href: requestsPath }))
}

async function problems({ db }: Ctx, accountId: string): Promise<AccountNotice[]> {
  const open = await db<{ reference: string }[]>`SELECT reference FROM identity.account_problem WHERE account_id = ${accountId} AND state <> 'closed' ORDER BY made_at LIMIT 5`
  return open.map(({ reference }) => ({ key: 'identity.life.notice.problem', params: { reference }, href: withQuery(problemFollowPath, { ma: reference }) }))
}

async function expiringConsents({ db, now, t }: Ctx, accountId: string): Promise<AccountNotice[]> {
  const seen = new Set<string>()
  const latest = (await listConsents(db, accountId)).filter((r) => !seen.has(r.purpose) && seen.add(r.purpose))
  return latest.filter((r) => r.given && r.expiresAt && r.expiresAt > now && r.expiresAt.getTime() - now.getTime() < soonMs)
    .map((r) => ({ key: 'identity.life.notice.consent', params: { purpose: t(`identity.life.consent.${r.purpose}`), on: formatDate(r.expiresAt!) }, href: consentsPath }))
}
