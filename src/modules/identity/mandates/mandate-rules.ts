import type { Db } from '../../../platform/db.ts'
import { civilDate } from '../../../platform/i18n.ts'

/** Figures of the law of representation on a day, from the dated table identity.mandate_rule. */
export interface MandateRules {
  /** Age of majority in years (Civil Code 2015, art. 20): a parent's right to act ends on that birthday (art. 136, 140). */
  adultAge: number
  /** From this age on one may act under a mandate (art. 138), in years. */
  youngestAgent: number
  /** The longest term that a mandate may be given, in years. */
  longestYears: number
  /** The term where nothing else is agreed (Civil Code 2015, art. 563), in years. */
  usualYears: number
  /** How long an offer may be accepted, in days. */
  offerDays: number
  /** Older answers of the business register than so many hours let nobody act for an organisation. */
  registerHours: number
}

/** @throws when the table has no rule for the day, which a migration would have to mend */
export async function mandateRules(db: Db, at: Date): Promise<MandateRules> {
  const day = civilDate(at)
  const rows = await db<{ rule: string; value: number }[]>`SELECT rule, value FROM identity.mandate_rule WHERE valid_from <= ${day} AND (valid_to IS NULL OR valid_to > ${day})`
  const value = (rule: string): number => {
    const found = rows.find((r) => r.rule === rule)
    if (!found) throw new Error(`identity.mandate_rule has no "${rule}" for ${day}.`)
    return found.value
  }
  return { adultAge: value('adult-age'), youngestAgent: value('youngest-agent'), longestYears: value('longest-years'), usualYears: value('usual-years'), offerDays: value('offer-days'), registerHours: value('register-hours') }
}

/** The civil date so many years later; 29 February becomes 1 March, as an age is reached then. */
export function yearsLater(day: string, years: number): string {
  const [y, m, d] = day.split('-').map(Number) as [number, number, number]
  return new Date(Date.UTC(y + years, m - 1, d)).toISOString().slice(0, 10)
}

export function dayAfter(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10)
}

/** First moment at which a parent's or guardian's right is over: after the last day asked for, and at majority at the latest. */
export function childTermEnd(to: string, birthDate: string, rules: Pick<MandateRules, 'adultAge'>): Date {
  const [asked, ofAge] = [dayAfter(to), yearsLater(birthDate, rules.adultAge)]
  return dayBegins(asked < ofAge ? asked : ofAge)
}

/** The moment at which a civil day begins in Vietnam, which has one zone and no summer time. */
export const dayBegins = (day: string): Date => new Date(`${day}T00:00:00+07:00`)
