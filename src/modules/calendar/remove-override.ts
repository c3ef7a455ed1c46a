import { transact, type Ctx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import { appendEvent } from '../ledger/index.ts'
import { errors } from './calendar.errors.ts'
import { reloadCalendar } from './load-calendar.ts'

/** Takes a yearly decision back: the date is again what the rules make it. Refuses with OVERRIDE_NOT_FOUND when there is none. */
export async function removeOverride(ctx: Ctx, date: string): Promise<void> {
  await transact(ctx, (tx) => deleteOverride(tx, ctx, date))
  await reloadCalendar(ctx.db)
}

export async function deleteOverride(tx: Tx, ctx: Ctx, date: string): Promise<void> {
  const [gone] = await tx`DELETE FROM calendar.override WHERE date::text = ${date} RETURNING date`
  if (!gone) throw errors.OVERRIDE_NOT_FOUND()
  await appendEvent(tx, ctx, { type: 'calendar.overridden', subject: date, data: { date, kind: null } })
}
