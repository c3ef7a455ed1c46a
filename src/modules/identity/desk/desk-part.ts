import type { Part } from '../../../platform/join-parts.ts'
import { accountRequestRoutes } from './account-request.page.tsx'
import { openService } from './forward-request.ts'
import { lookUpApiRoute } from './lookup.routes.ts'
import { lookUpRoutes } from './look-up.page.tsx'
import { objectionService, receiveObjection } from './object-to-account.ts'
import { objectionRoutes } from './objection.page.tsx'
import { openAccountRoutes } from './open-account.page.tsx'
import { answerService, receiveDeskRequest } from './open-for-desk.ts'
import { peoplePath, peopleRoutes } from './people.page.tsx'
import { receiveDeskAnswer } from './take-answer.ts'
import { unusualPath, unusualRoutes } from './unusual.page.tsx'
import { officerDossiers } from './watch-look-ups.ts'

/** At the desk: people are looked up, accounts asked for on their behalf, and look-ups held against dossiers. */
export const deskPart: Part = {
  permissions: {
    'identity.find-people': { vi: 'Tra cứu danh tính của người đến bộ phận một cửa và mở tài khoản thay', en: 'Look up who comes to the desk, and ask for an account on a person’s behalf' },
    'identity.review-look-ups': { vi: 'Xem các lượt tra cứu bất thường và tài khoản bị phản đối của cơ quan mình', en: 'See unusual look-ups, and accounts that were objected to, of the own agency' },
  },
  deskNav: [
    { href: peoplePath, key: 'identity.desk.nav', permission: 'identity.find-people', order: 30 },
    { href: unusualPath, key: 'identity.desk.unusual.nav', permission: 'identity.review-look-ups', order: 35 },
  ],
  routes: ({ config }) => [...peopleRoutes, ...accountRequestRoutes, ...unusualRoutes, ...lookUpRoutes, ...openAccountRoutes, lookUpApiRoute, ...(config.kind === 'national' ? objectionRoutes : [])],
  followers: () => [officerDossiers],
  services: { [openService]: receiveDeskRequest, [answerService]: receiveDeskAnswer, [objectionService]: receiveObjection },
}
