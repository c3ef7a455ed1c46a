import { actorKey } from '../../../../platform/actor.ts'
import type { Ctx } from '../../../../platform/ctx.ts'
import type { Db, Tx } from '../../../../platform/db.ts'
import { civilDate } from '../../../../platform/i18n.ts'
import { newId } from '../../../../platform/ids.ts'
import { onCommit } from '../../../../platform/safe-begin.ts'
import { appendEvent } from '../../../ledger/index.ts'
import { errors } from '../../identity.errors.ts'
import { forgetLogInWays, type Holder, type LogInWay } from '../log-in-ways.ts'

/** A time in which a way is open: from `validFrom` on, closed again on `validTo` (exclusive). Days 'YYYY-MM-DD'. */
export interface Period { way: LogInWay; holder: Holder; validFrom: string; validTo: string | null; basis: string }

export async function listPeriods(db: Db): Promise<Period[]> {
  return db<Period[]>`SELECT way, holder, valid_from AS "validFrom", valid_to AS "validTo", basis FROM identity.log_in_way ORDER BY holder DESC, way, valid_from`
}

export type Act = 'open' | 'close' | 'take-back'
export interface Decision { act: Act; way: LogInWay; holder: Holder; onDay: string; basis: string }

export interface DecisionMade extends Decision { decidedAt: Date; decidedBy: string; officer: string | null }

/** What was decided, newest first. */
export async function listDecisions(db: Db, limit: number): Promise<DecisionMade[]> {
  return db<DecisionMade[]>`
    SELECT d.act, d.way, d.holder, d.on_day AS "onDay", d.basis, d.decided_at AS "decidedAt", d.decided_by AS "decidedBy", o.name AS officer
    FROM identity.log_in_way_decision d LEFT JOIN identity.officer o ON 'officer:' || o.id = d.decided_by
    ORDER BY d.decided_at DESC, d.id DESC LIMIT ${limit}`
}

/** Decisions on ways are made one after the other: each sees what the one before left. */
export async function lockWays(tx: Tx): Promise<void> {
  await tx`LOCK TABLE identity.log_in_way IN SHARE ROW EXCLUSIVE MODE`
}

/** Writes down a decision that was carried out, and refuses it where it would leave people without any way on its day. */
export async function recordDecision(tx: Tx, ctx: Ctx, decision: Decision): Promise<void> {
  const { act, way, holder, onDay, basis } = decision
  onCommit(tx, forgetLogInWays)
  // A passkey opens only accounts that exist, so it alone is no way in.
  const [left] = await tx`SELECT 1 FROM identity.log_in_way WHERE holder = 'person' AND way <> 'passkey' AND valid_from <= ${onDay} AND (valid_to IS NULL OR valid_to > ${onDay}) LIMIT 1`
  if (!left) throw errors.LAST_WAY()
  await tx`
    INSERT INTO identity.log_in_way_decision (id, decided_at, decided_by, way, holder, act, on_day, basis)
    VALUES (${newId()}, ${ctx.now}, ${actorKey(ctx.actor)}, ${way}, ${holder}, ${act}, ${onDay}, ${basis})`
  await appendEvent(tx, ctx, { type: 'identity.log_in_way_decided', subject: `${holder}:${way}`, data: { act, onDay } })
}

/** Today in Vietnam: a change begins on a later day, so that nobody's log-in is cut off or judged by a rule of which nobody could know. */
export const todayOf = (ctx: Ctx): string => civilDate(ctx.now)
