import { civilDate } from '../../platform/i18n.ts'
import type { Calendar } from './calendar.ts'

/** What a supplement does to the time limit: the rest goes on; it is counted anew; or the formula that provinces use. */
export const supplementEffects = ['resume', 'anew', 'province'] as const
export type SupplementEffect = (typeof supplementEffects)[number]

/** What the rules of one time say where a procedure does not say otherwise. */
export interface Rules {
  /** Minutes after midnight: an in-day procedure received later moves to the next working day. */
  inDayCutoff: number
  /** So many working hours are one working day. */
  workingDayHours: number
  /** Working hours in which an online filing gets its first answer. */
  firstReactionHours: number
  /** What stops the clock. Opinions of other agencies, waiting inside the administration and broken machines never do. */
  stops: readonly ('supplement' | 'payment')[]
  afterSupplement: SupplementEffect
  /** How often the date may be put off with an apology. */
  extensions: number
  /** Days before the end at which an apology is still in time. */
  extensionNoticeDays: number
}

/** The rules of which a set speaks, each with its ground. */
export const ruleNames = ['start', 'end', 'workingDays', 'inDayCutoff', 'firstReaction', 'stops', 'afterSupplement', 'extensions'] as const

/**
 * Rules of time limits (quy tắc tính thời hạn) as they hold for dossiers received in a period. A dossier keeps the rule set under which it was
 * received. `articles` names the ground of each rule, official text.
 */
export interface RuleSet {
  code: string
  validFrom: string
  /** First day on which it no longer holds; null for the one in force. */
  validTo: string | null
  title: string
  rules: Rules
  articles: Readonly<Record<string, string>>
}

/** Where no rules are kept (tests of pure arithmetic): those of today. */
export const defaultRuleSet: RuleSet = {
  code: 'default', validFrom: '1970-01-01', validTo: null, title: 'Nghị định 118/2025/NĐ-CP',
  rules: { inDayCutoff: 900, workingDayHours: 8, firstReactionHours: 8, stops: ['supplement', 'payment'], afterSupplement: 'resume', extensions: 1, extensionNoticeDays: 1 },
  articles: {},
}

/** The rule set for a dossier received at an instant; the first one for what is older than all. */
export function ruleSetAt(calendar: Calendar, receivedAt: Date): RuleSet {
  const day = civilDate(receivedAt)
  return calendar.ruleSets.findLast((set) => set.validFrom <= day && (set.validTo === null || day < set.validTo)) ?? calendar.ruleSets[0]!
}

/** The rule set that a dossier keeps; for those from before rule sets were kept, the one of their reception. */
export function ruleSetOf(calendar: Calendar, kept: { ruleSet: string | null; receivedAt: Date }): RuleSet {
  return calendar.ruleSets.find((set) => set.code === kept.ruleSet) ?? ruleSetAt(calendar, kept.receivedAt)
}
