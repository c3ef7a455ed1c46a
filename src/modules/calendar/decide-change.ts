import { actorKey } from '../../platform/actor.ts'
import { transact, type Ctx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import { civilDate } from '../../platform/i18n.ts'
import { appendEvent } from '../ledger/index.ts'
import { errors } from './calendar.errors.ts'
import type { CalendarChange, StoredChange } from './change.ts'
import { reloadCalendar } from './load-calendar.ts'
import { writeOverride } from './override-day.ts'
import { deleteOverride } from './remove-override.ts'
import { deleteRules, insertRules } from './set-rules.ts'

/**
 * Confirms a proposed change: the calendar is that from now on, and dossiers are counted again behind it; or drops it, and nothing happens.
 * @throws CHANGE_NOT_FOUND, CHANGE_DECIDED, OVERRIDE_NOT_FOUND, RULES_NOT_FOUND, RULES_TAKEN
 */
export async function decideChange(ctx: Ctx, input: { id: string; decision: 'confirmed' | 'dropped' }): Promise<void> {
  await transact(ctx, async (tx) => {
    const [change] = await tx<StoredChange[]>`SELECT id, kind, data, decision FROM calendar.change WHERE id = ${input.id} FOR UPDATE`
    if (!change) throw errors.CHANGE_NOT_FOUND()
    if (change.decision) throw errors.CHANGE_DECIDED()
    await tx`UPDATE calendar.change SET decision = ${input.decision}, decided_by = ${actorKey(ctx.actor)}, decided_at = ${ctx.now} WHERE id = ${change.id}`
    if (input.decision === 'confirmed') await apply(tx, ctx, change)
  })
  if (input.decision === 'confirmed') await reloadCalendar(ctx.db)
}

async function apply(tx: Tx, ctx: Ctx, change: CalendarChange): Promise<void> {
  if (change.kind === 'override') return writeOverride(tx, ctx, change.data)
  if (change.kind === 'remove-override') return deleteOverride(tx, ctx, change.data.date)
  if (change.kind === 'rules') return insertRules(tx, ctx, change.data)
  if (change.kind === 'remove-rules') return deleteRules(tx, ctx, change.data.code, civilDate(ctx.now))
  const { agencyCode = null, validFrom } = change.data
  if (change.kind === 'hours') {
    const { validTo = null, sessions, source } = change.data
    await tx`
      INSERT INTO calendar.office_hours (agency_code, valid_from, valid_to, sessions, source) VALUES (${agencyCode ?? ''}, ${validFrom}, ${validTo}, ${tx.json(sessions as never)}, ${source})
      ON CONFLICT (agency_code, valid_from) DO UPDATE SET valid_to = excluded.valid_to, sessions = excluded.sessions, source = excluded.source`
  } else await tx`DELETE FROM calendar.office_hours WHERE agency_code = ${agencyCode ?? ''} AND valid_from = ${validFrom}`
  await appendEvent(tx, ctx, { type: 'calendar.hours_set', subject: agencyCode ?? ctx.node.config.code, data: { agency: agencyCode, validFrom, gone: change.kind === 'remove-hours' } })
}
