import { systemCtx, transact, type Ctx } from '../../../../platform/ctx.ts'
import type { Tx } from '../../../../platform/db.ts'
import { civilDate } from '../../../../platform/i18n.ts'
import type { Node } from '../../../../platform/node.ts'
import { appendEvent } from '../../../ledger/index.ts'
import { sendEmail } from '../../../notifications/index.ts'
import { accessRule } from '../../access/access-rule.ts'
import { endOfficerSessions } from '../../access/session.store.ts'
import { expireRequests } from '../rights/right-request.store.ts'

/**
 * What time does to officers' accounts: notice and switch-off of those that nobody uses, the end of grants, requests and substitutions in the ledger.
 * Rights end on their day by themselves; this only writes it down. Each thing happens once, however many processes watch.
 */
export async function watchAccounts(node: Node): Promise<void> {
  const ctx = systemCtx(node, 'identity.watch-accounts')
  const rule = await accessRule(ctx.db, 'officer', ctx.now)
  const days = (count: number): Date => new Date(ctx.now.getTime() - count * 86_400_000)
  await transact(ctx, async (tx) => {
    await warnUnused(tx, ctx, days(rule.unusedDays - rule.unusedNoticeDays), rule.unusedDays)
    await switchOffUnused(tx, ctx, days(rule.unusedDays), days(rule.unusedNoticeDays))
    for (const { id, officerId } of await expireRequests(tx, ctx.now)) await appendEvent(tx, ctx, { type: 'identity.right_request_expired', subject: officerId, data: { requestId: id } })
    await recordEnds(tx, ctx)
  })
}

async function warnUnused(tx: Tx, ctx: Ctx, unusedSince: Date, unusedDays: number): Promise<void> {
  const rows = await tx<{ id: string; name: string; email: string | null; last: Date }[]>`
    UPDATE identity.officer SET unused_noticed_at = ${ctx.now} WHERE state = 'active' AND unused_noticed_at IS NULL AND greatest(last_log_in_at, state_since) <= ${unusedSince}
    RETURNING id, name, email, greatest(last_log_in_at, state_since) AS last`
  for (const { id, name, email, last } of rows) {
    await appendEvent(tx, ctx, { type: 'identity.officer_unused', subject: id, data: { since: last } })
    if (email) await sendEmail(tx, ctx, { to: { name, address: email }, subjectKey: 'identity.officers.mail.unused.subject', textKey: 'identity.officers.mail.unused.text', params: { days: unusedDays, url: `${ctx.node.config.baseUrl}/desk/login` }, lang: 'vi', key: `identity:unused:${id}:${last.toISOString()}` })
  }
}

/** Never without the notice having gone out long enough before: a node that was off for two months warns first. */
async function switchOffUnused(tx: Tx, ctx: Ctx, unusedSince: Date, noticedBefore: Date): Promise<void> {
  const rows = await tx<{ id: string }[]>`
    UPDATE identity.officer SET state = 'locked', state_reason = 'unused', state_since = ${ctx.now}
    WHERE state = 'active' AND greatest(last_log_in_at, state_since) <= ${unusedSince} AND unused_noticed_at <= ${noticedBefore} RETURNING id`
  for (const { id } of rows) {
    await endOfficerSessions(tx, id, ctx.now)
    await appendEvent(tx, ctx, { type: 'identity.officer_locked', subject: id, data: { why: 'unused' } })
  }
}

async function recordEnds(tx: Tx, ctx: Ctx): Promise<void> {
  const today = civilDate(ctx.now)
  const grants = await tx<{ id: string; officerId: string; role: string; agencyCode: string }[]>`
    UPDATE identity.role_grant SET end_recorded_at = ${ctx.now} WHERE revoked_at IS NULL AND end_recorded_at IS NULL AND valid_to <= ${today} RETURNING id, officer_id AS "officerId", role, agency_code AS "agencyCode"`
  for (const g of grants) await appendEvent(tx, ctx, { type: 'identity.role_ended', subject: g.officerId, data: { grantId: g.id, role: g.role, agencyCode: g.agencyCode } })
  const substitutions = await tx<{ id: string; officerId: string; substituteId: string }[]>`
    UPDATE identity.substitution SET ended_at = ${ctx.now}, ended_by = 'system:identity.watch-accounts' WHERE ended_at IS NULL AND valid_to <= ${today} RETURNING id, officer_id AS "officerId", substitute_id AS "substituteId"`
  for (const s of substitutions) await appendEvent(tx, ctx, { type: 'identity.substitution_ended', subject: s.officerId, data: { substitutionId: s.id, substituteId: s.substituteId } })
}

const timers = new WeakMap<Node, NodeJS.Timeout>()
const every = 5 * 60_000

export function startWatchingAccounts(node: Node): void {
  const watch = (): void => void watchAccounts(node).catch((error: unknown) => node.log.warn({ err: error }, 'officers\' accounts could not be looked through'))
  const timer = setInterval(watch, every)
  timer.unref()
  timers.set(node, timer)
}

export function stopWatchingAccounts(node: Node): void {
  clearInterval(timers.get(node))
}
