import type { Part } from '../../platform/join-parts.ts'
import { accountRequestRoutes } from './desk/account-request.page.tsx'
import { openService } from './desk/forward-request.ts'
import { lookUpApiRoute } from './desk/lookup.routes.ts'
import { lookUpRoutes } from './desk/look-up.page.tsx'
import { objectionService, receiveObjection } from './desk/object-to-account.ts'
import { objectionRoutes } from './desk/objection.page.tsx'
import { openAccountRoutes } from './desk/open-account.page.tsx'
import { answerService, receiveDeskRequest } from './desk/open-for-desk.ts'
import { peoplePath, peopleRoutes } from './desk/people.page.tsx'
import { receiveDeskAnswer } from './desk/take-answer.ts'
import { unusualPath, unusualRoutes } from './desk/unusual.page.tsx'
import { officerDossiers } from './desk/watch-look-ups.ts'

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
