import { ageOn } from '../citizens/person-fields.ts'
import type { Side } from './mandate.ts'
import type { MandateRules } from './mandate-rules.ts'

/** Who gives a mandate is of age; who acts under one is at least fifteen (Civil Code 2015, art. 20, 138). `birthDate` 'YYYY-MM-DD'. */
export function hasCapacity(rules: MandateRules, birthDate: string, side: Side, now: Date): boolean {
  return ageOn(birthDate, now) >= (side === 'represented' ? rules.adultAge : rules.youngestAgent)
}
