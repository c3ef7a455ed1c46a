import { actorKey } from '../../platform/actor.ts'
import { transact, type Ctx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import type { FieldError } from '../../platform/errors.ts'
import { appendEvent } from '../ledger/index.ts'
import type { Override } from './calendar.ts'
import { parseDay, yearOf } from './civil-day.ts'
import { reloadCalendar } from './load-calendar.ts'

export const longest = 200

/**
 * Decides a day off or a make-up day for one date, in place of an earlier decision on it. Returns what is wrong with the input, or an
 * empty list when it is done. Dossiers that already have a date are counted again behind it; none gets an earlier one.
 */
export async function overrideDay(ctx: Ctx, input: { date: string; kind: string; reason: string; source: string }): Promise<FieldError[]> {
  const invalid = checkOverride(input)
  if (invalid.length > 0) return invalid
  await transact(ctx, (tx) => writeOverride(tx, ctx, input as Override))
  await reloadCalendar(ctx.db)
  return []
}

export async function writeOverride(tx: Tx, ctx: Ctx, { date, kind, reason, source }: Override): Promise<void> {
  await tx`
    INSERT INTO calendar.override (date, kind, reason, source, set_by, set_at) VALUES (${date}, ${kind}, ${reason}, ${source}, ${actorKey(ctx.actor)}, ${ctx.now})
    ON CONFLICT (date) DO UPDATE SET kind = excluded.kind, reason = excluded.reason, source = excluded.source, set_by = excluded.set_by, set_at = excluded.set_at`
  await appendEvent(tx, ctx, { type: 'calendar.overridden', subject: date, data: { date, kind } })
}

export function checkOverride(input: { date: string; kind: string; reason: string; source: string }): FieldError[] {
  const invalid: FieldError[] = []
  if (!isCalendarDate(input.date)) invalid.push({ field: 'date', key: 'calendar.invalid.date' })
  if (input.kind !== 'off' && input.kind !== 'working') invalid.push({ field: 'kind', key: 'calendar.invalid.kind' })
  for (const field of ['reason', 'source'] as const) {
    if (input[field].trim() === '') invalid.push({ field, key: `calendar.invalid.${field}` })
    else if ([...input[field]].length > longest) invalid.push({ field, key: 'calendar.invalid.too_long', params: { longest } })
  }
  return invalid
}

export function isCalendarDate(date: string): boolean {
  try {
    const year = yearOf(parseDay(date))
    return year >= 2000 && year < 2200
  } catch {
    return false
  }
}
