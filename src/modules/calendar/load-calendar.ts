import type { Db, Sql, Tx } from '../../platform/db.ts'
import { createCalendar, type Calendar, type Override, type OfficeHours } from './calendar.ts'
import type { RuleSet } from './rule-set.ts'

/** How long another process of the node may go on with the calendar as it was before a change. */
export const staleAfterMs = 2_000

interface Cached { calendar: Promise<Calendar>; readAt: number }
const cache = new WeakMap<Sql, Cached>()

/**
 * The node's calendar. Read once per pool and kept; when it is older than two seconds the known one is returned at once and
 * a new one is read behind it. In a transaction it is read afresh, unless the pool is given as well: `loadCalendar(ctx.db, tx)` returns
 * what is known and reads through the transaction only when nothing is, so that no act ever waits for a second connection.
 */
export async function loadCalendar(db: Db, tx?: Tx): Promise<Calendar> {
  if (!isPool(db)) return readCalendar(db)
  const known = cache.get(db)
  if (!known && tx) {
    const calendar = await readCalendar(tx)
    keep(db, calendar)
    return calendar
  }
  if (!known) return reloadCalendar(db)
  if (performance.now() - known.readAt > staleAfterMs) {
    known.readAt = performance.now()
    readCalendar(db).then((calendar) => keep(db, calendar), () => undefined)
  }
  return known.calendar
}

function keep(db: Sql, calendar: Calendar): void {
  cache.set(db, { calendar: Promise.resolve(calendar), readAt: performance.now() })
}

/** Reads the calendar now: after a change in this process, and at start. */
export function reloadCalendar(db: Sql): Promise<Calendar> {
  const calendar = readCalendar(db)
  cache.set(db, { calendar, readAt: performance.now() })
  calendar.catch(() => cache.delete(db))
  return calendar
}

const isPool = (db: Db): db is Sql => typeof (db as Partial<Sql>).begin === 'function'

async function readCalendar(db: Db): Promise<Calendar> {
  const [row] = await db<{ overrides: Override[]; officeHours: OfficeHours[]; ruleSets: RuleSet[] }[]>`
    SELECT (SELECT coalesce(jsonb_agg(jsonb_build_object('date', date, 'kind', kind, 'reason', reason, 'source', source)), '[]') FROM calendar.override) AS overrides,
           (SELECT coalesce(jsonb_agg(jsonb_build_object('agencyCode', nullif(agency_code, ''), 'validFrom', valid_from, 'validTo', valid_to, 'sessions', sessions, 'source', source)), '[]') FROM calendar.office_hours) AS "officeHours",
           (SELECT coalesce(jsonb_agg(jsonb_build_object('code', code, 'validFrom', valid_from, 'validTo', valid_to, 'title', title, 'rules', rules, 'articles', articles) ORDER BY valid_from), '[]') FROM calendar.rule_set) AS "ruleSets"`
  return createCalendar(row!)
}
