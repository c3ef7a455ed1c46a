import type { FieldError } from '../../../platform/errors.ts'
import { civilDate } from '../../../platform/i18n.ts'
import { yearsLater, type MandateRules } from './mandate-rules.ts'

/** Mistakes in the first and last day, 'YYYY-MM-DD': it ends, not before it begins, not in the past, and not later than the rule of the day allows. */
export function termMistakes(term: { from: string; to: string }, rules: MandateRules, now: Date): FieldError[] {
  const mistakes: FieldError[] = []
  if (term.from < civilDate(now)) mistakes.push({ field: 'from', key: 'identity.mandates.field.from.past' })
  if (term.to < term.from) mistakes.push({ field: 'to', key: 'identity.mandates.field.to.early' })
  else if (term.to > yearsLater(term.from, rules.longestYears)) mistakes.push({ field: 'to', key: 'identity.mandates.field.to.late', params: { years: rules.longestYears } })
  return mistakes
}
