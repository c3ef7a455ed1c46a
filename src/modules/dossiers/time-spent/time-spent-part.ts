import type { Part } from '../../../platform/join-parts.ts'
import { behindStepRoute } from './behind-step.page.tsx'
import { timeSpentPath } from './hrefs.ts'
import { timeSpentRoute } from './time-spent.page.tsx'

/** Where the time of a procedure goes, for those who lead. */
export const timeSpentPart: Part = {
  deskNav: [{ href: timeSpentPath, key: 'dossiers.timeSpent.nav', permission: 'dossiers.oversee', order: 13 }],
  routes: () => [timeSpentRoute, behindStepRoute],
}
