import type { Db } from '../../../platform/db.ts'
import { civilDate } from '../../../platform/i18n.ts'
import { addWorkingDays, loadCalendar } from '../../calendar/index.ts'

export type LifeRuleName =
  | 'problem-inform' | 'problem-result' | 'idle-limit' | 'idle-notices' | 'idle-notice-every' | 'request-answer' | 'withdrawal-done'
  | 'withdrawal-done-third-parties' | 'deletion-done' | 'request-extension' | 'deletion-cooling-off' | 'export-kept' | 'personal-code' | 'recovery-wait'

export interface LifeRule {
  value: number
  unit: 'minutes' | 'hours' | 'days' | 'working-days' | 'months' | 'times'
  /** Where it is written: act and article. */
  basis: string
}

/** The rule in force on a day. @throws where the table has none: a node without its rules must not guess them. */
export async function lifeRule(db: Db, name: LifeRuleName, at: Date): Promise<LifeRule> {
  const day = civilDate(at)
  const [rule] = await db<LifeRule[]>`SELECT value, unit, basis FROM identity.life_rule WHERE name = ${name} AND valid_from <= ${day} AND (valid_to IS NULL OR valid_to > ${day}) ORDER BY valid_from DESC LIMIT 1`
  if (!rule) throw new Error(`No rule "${name}" is in force on ${day}. Add a row to identity.life_rule.`)
  return rule
}

/** When a time limit that begins at `from` ends. */
export async function limitEnds(db: Db, name: LifeRuleName, from: Date): Promise<Date> {
  return endOf(db, await lifeRule(db, name, from), from)
}

const unitMs = { minutes: 60_000, hours: 3_600_000 } as const

/**
 * Hours run by the clock, nights and holidays too: the rules say "24 giờ", not "giờ làm việc" (Civil Code 2015, art. 144–148). Days begin on
 * the day after, and end at 24:00 of the last one (art. 147–148). A last day that is a day off is not moved: earlier serves the person.
 */
async function endOf(db: Db, { value, unit }: LifeRule, from: Date): Promise<Date> {
  switch (unit) {
    case 'minutes':
    case 'hours': return new Date(from.getTime() + value * unitMs[unit])
    case 'days': return midnightAfter(addDays(civilDate(from), value))
    case 'working-days': return midnightAfter(addWorkingDays(await loadCalendar(db), civilDate(from), value))
    case 'months': return midnightAfter(addMonths(civilDate(from), value))
    case 'times': throw new Error('A number of times is no span of time.')
  }
}

/** The instant at which a civil day of Vietnam is over. */
export const midnightAfter = (day: string): Date => new Date(Date.parse(`${day}T00:00:00+07:00`) + 86_400_000)

export const addDays = (day: string, count: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + count * 86_400_000).toISOString().slice(0, 10)

/** The same day some months on, or the last of a shorter month. */
export function addMonths(day: string, count: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const last = new Date(Date.UTC(year, month + count, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + count, Math.min(date, last))).toISOString().slice(0, 10)
}
