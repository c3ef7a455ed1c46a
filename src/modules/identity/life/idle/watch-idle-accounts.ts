import { systemCtx, transact, type Ctx } from '../../../../platform/ctx.ts'
import type { Tx } from '../../../../platform/db.ts'
import { civilDate, formatDate } from '../../../../platform/i18n.ts'
import { enqueue, type JobHandler } from '../../../../platform/jobs.ts'
import { appendEvent } from '../../../ledger/index.ts'
import { addDays, addMonths, lifeRule } from '../life-rules.ts'
import { tellOwner } from '../tell.ts'

export const idleQueue = 'identity.idle-accounts'
const batch = 200

interface Limits { months: number; notices: number; every: number; today: string }
interface Idle { id: string; idleSince: string; sent: number; lastSentOn: string | null }

/**
 * Two years without activity: a notice by SMS and mail, once a month for two months, and a month after the last one the account is locked
 * (Decision 31/2021, art. 13.2). Runs daily. Every account is a transaction of its own: a run that breaks off goes on where it was, and a
 * second run on the same day finds nothing to do.
 */
export const watchIdleAccounts: JobHandler = async (node, payload) => {
  const ctx = systemCtx(node, idleQueue)
  const [limit, notices, every] = await Promise.all([lifeRule(ctx.db, 'idle-limit', ctx.now), lifeRule(ctx.db, 'idle-notices', ctx.now), lifeRule(ctx.db, 'idle-notice-every', ctx.now)])
  const limits: Limits = { months: limit.value, notices: notices.value, every: every.value, today: civilDate(ctx.now) }
  for (let after = '00000000-0000-0000-0000-000000000000'; ;) {
    const due = await findIdle(ctx, limits, after)
    for (const { id } of due) await transact(ctx, (tx) => nextStep(tx, ctx, limits, id))
    if (due.length < batch) break
    after = due.at(-1)!.id
  }
  if (payload.daily === true) await ctx.db.begin((tx) => planIdleWatch(tx as Tx, addDays(limits.today, 1)))
}

/** Once for each day, however often it is asked for. At two in the night, local time. */
export async function planIdleWatch(tx: Tx, day: string): Promise<void> {
  await enqueue(tx, { queue: idleQueue, payload: { daily: true }, runAt: new Date(`${day}T02:00:00+07:00`), key: `daily ${day}` })
}

/**
 * Idle accounts whose next step is due today, from the ids after `after`; `only` one of them, locked, to decide anew. Months differ in
 * length, so the first bound is a few days wide; the second decides.
 */
async function findIdle(ctx: Ctx, { months, notices, every, today }: Limits, after: string, only?: { tx: Tx; id: string }): Promise<Idle[]> {
  const db = only?.tx ?? ctx.db
  const since = db`greatest(a.last_active_on, (a.created_at AT TIME ZONE 'Asia/Ho_Chi_Minh')::date)`
  return db<Idle[]>`
    SELECT a.id, ${since} AS "idleSince", n.sent, n.last AS "lastSentOn" FROM identity.account a
    LEFT JOIN LATERAL (SELECT count(*)::int AS sent, max(sent_on) AS last FROM identity.idle_notice i WHERE i.account_id = a.id AND i.idle_since = ${since}) n ON true
    WHERE a.state = 'active' AND ${only ? db`a.id = ${only.id}` : db`a.id > ${after}`}
      AND ${since} <= ${addDays(addMonths(today, -months), 3)}::date AND (${since} + make_interval(months => ${months}::int))::date <= ${today}
      AND (n.sent = 0 OR (n.last + make_interval(months => ${every}::int))::date <= ${today}) AND n.sent <= ${notices}::int
      AND NOT EXISTS (SELECT 1 FROM identity.session s WHERE s.account_id = a.id AND s.ended_at IS NULL AND s.expires_at > ${ctx.now})
    ORDER BY a.id LIMIT ${batch} ${only ? db`FOR UPDATE OF a` : db``}`
}

async function nextStep(tx: Tx, ctx: Ctx, limits: Limits, id: string): Promise<void> {
  const [idle] = await findIdle(ctx, limits, '', { tx, id })
  if (!idle) return
  if (idle.sent >= limits.notices) return lock(tx, ctx, idle)
  const number = idle.sent + 1
  const fresh = await tx`INSERT INTO identity.idle_notice (account_id, idle_since, number, sent_on) VALUES (${id}, ${idle.idleSince}, ${number}, ${limits.today}) ON CONFLICT DO NOTHING`
  if (fresh.count === 0) return
  await appendEvent(tx, ctx, { type: 'identity.idle_notice_sent', subject: id, data: { number, idleSince: idle.idleSince } })
  const locksOn = addMonths(limits.today, limits.every * (limits.notices - idle.sent))
  await tellOwner(tx, ctx, id, { base: 'identity.life.idle.notice.', key: `identity.idle:${id}:${idle.idleSince}:${number}`, params: { since: formatDate(idle.idleSince), on: formatDate(locksOn), link: `${ctx.node.config.baseUrl}/dang-nhap` } })
}

async function lock(tx: Tx, ctx: Ctx, idle: Idle): Promise<void> {
  await tx`UPDATE identity.account SET state = 'locked', lock_reason = 'idle', updated_at = ${ctx.now} WHERE id = ${idle.id}`
  await appendEvent(tx, ctx, { type: 'identity.account_locked', subject: idle.id, data: { reason: 'idle', idleSince: idle.idleSince } })
  await tellOwner(tx, ctx, idle.id, { base: 'identity.life.idle.locked.', key: `identity.idle:${idle.id}:${idle.idleSince}:locked`, params: { link: `${ctx.node.config.baseUrl}/dang-nhap` } })
}
