import type { Part } from '../../../platform/join-parts.ts'
import { unheldPermissions } from '../roles.ts'
import { startWatchingAccounts, stopWatchingAccounts } from './accounts/watch-accounts.ts'
import { officerLogInRoutes } from './officer-log-in.page.tsx'
import { actRoutes } from './pages/act.routes.tsx'
import { activateRoutes } from './pages/activate.page.tsx'
import { activationRoute } from './pages/activation.page.tsx'
import { auditRoutes } from './pages/audit.page.tsx'
import { dutyRoutes } from './pages/duties.page.tsx'
import { grantRoutes } from './pages/grant.page.tsx'
import { auditPath, dutiesPath, officersPath, requestsPath, reviewPath, substitutesPath } from './pages/hrefs.ts'
import { moveRoutes } from './pages/move.page.tsx'
import { newOfficerRoutes } from './pages/new-officer.page.tsx'
import { officerRoute } from './pages/officer.page.tsx'
import { officersRoutes } from './pages/officers.page.tsx'
import { ownAccountRoutes } from './pages/own-account.page.tsx'
import { requestRoutes } from './pages/requests.page.tsx'
import { reviewRoutes } from './pages/review.page.tsx'
import { substituteRoutes } from './pages/substitutes.page.tsx'
import { rightsAudit } from './rights/rights-audit.ts'

/** Officers: their log-in, their accounts and rights in the hands of high-level accounts, substitutes, limits, and the record of it all. */
export const officersPart: Part = {
  permissions: {
    'identity.view-officers': { vi: 'Xem tài khoản và quyền của cán bộ', en: 'See officers’ accounts and rights' },
    'identity.manage-officers': { vi: 'Quản trị tài khoản và quyền của cán bộ', en: 'Administer officers’ accounts and rights' },
    'identity.decide-rights': { vi: 'Phê duyệt thay đổi quyền quản trị', en: 'Decide on changes of administrative rights' },
    'identity.audit-rights': { vi: 'Xem nhật ký thay đổi quyền', en: 'See the record of changes of rights' },
    'identity.own-account': { vi: 'Quản lý tài khoản của mình', en: 'Look after one’s own account' },
    'identity.name-substitutes': { vi: 'Ủy quyền xử lý thay', en: 'Name substitutes' },
  },
  deskNav: [
    { href: substitutesPath, key: 'identity.officers.nav.substitutes', permission: 'identity.name-substitutes', order: 60 },
    { href: officersPath, key: 'identity.officers.nav.officers', permission: 'identity.view-officers', order: 70, group: 'officers' },
    { href: requestsPath, key: 'identity.officers.nav.requests', permission: 'identity.decide-rights', order: 71, group: 'officers' },
    { href: reviewPath, key: 'identity.officers.nav.reviews', permission: 'identity.manage-officers', order: 72, group: 'officers' },
    { href: dutiesPath, key: 'identity.officers.nav.duties', permission: 'identity.manage-officers', order: 73, group: 'officers' },
    { href: auditPath, key: 'identity.officers.nav.audit', permission: 'identity.audit-rights', order: 74, group: 'officers' },
  ],
  routes: () => [
    ...officerLogInRoutes, ...activateRoutes, ...ownAccountRoutes, ...substituteRoutes, ...officersRoutes, ...newOfficerRoutes, activationRoute, officerRoute, ...grantRoutes, ...moveRoutes, ...actRoutes,
    ...requestRoutes, ...auditRoutes, ...reviewRoutes, ...dutyRoutes,
  ],
  followers: () => [rightsAudit],
  async start(node) {
    const unheld = unheldPermissions(node)
    if (unheld.length > 0) node.log.warn({ unheld }, 'no role holds these permissions; name their holders in modules/identity/roles.ts')
    startWatchingAccounts(node)
  },
  stop: async (node) => stopWatchingAccounts(node),
}
