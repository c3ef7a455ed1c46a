import type { Part } from '../../../platform/join-parts.ts'
import { receiveAccountRequest } from './ask-account.ts'
import { receiveAccount } from './give-account.ts'
import { accountabilityRoutes } from './pages/accountability.routes.tsx'
import { accountsPath } from './pages/hrefs.ts'
import { accountReminderJobs } from './remind-of-account.ts'

/** Persons ask to account for the handling of their dossiers; the agency answers by a date. */
export const accountabilityPart: Part = {
  deskNav: [{ href: accountsPath, key: 'dossiers.accountability.nav', permission: 'dossiers.handle', order: 27 }],
  routes: () => accountabilityRoutes,
  jobs: { ...accountReminderJobs },
  services: { 'accountability.ask': receiveAccountRequest, 'accountability.answer': receiveAccount },
}
