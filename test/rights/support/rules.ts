import { catalogueRules } from './rules/catalogue.ts'
import { deskRules } from './rules/desk.ts'
import { dossierRules } from './rules/dossiers.ts'
import { officerRules } from './rules/officers.ts'
import { personRules } from './rules/people.ts'
import { portalRules } from './rules/portal.ts'
import { processRules } from './rules/processes.ts'
import type { ObjectRule } from './rules/rule.ts'

/** What belongs to whom, as the matrix expects it: written from the regulations, not read from the handlers. */
export const objectRules: readonly ObjectRule[] = [...dossierRules, ...catalogueRules, ...officerRules, ...deskRules, ...personRules, ...processRules, ...portalRules]

/** The first that speaks of the address, and those that say something besides. */
export function rulesOf(name: string): readonly ObjectRule[] {
  const about = objectRules.filter((rule) => rule.routes.test(name))
  const first = about.find((rule) => !rule.besides)
  return about.filter((rule) => rule === first || rule.besides)
}
