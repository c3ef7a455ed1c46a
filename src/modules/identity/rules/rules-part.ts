import type { Part } from '../../../platform/join-parts.ts'
import { accessRuleRoutes, accessRulesPath } from './access-rules.page.tsx'
import { newAuthorityRoutes } from './new-authority.page.tsx'
import { authoritiesPath, authorityRoutes } from './trusted-authorities.page.tsx'

/** Rules of the node that two administrators change: limits of officers' sessions, and whose certificates count. */
export const rulesPart: Part = {
  permissions: {
    'identity.access-rules': { vi: 'Xem và đề nghị giới hạn phiên, tài khoản cán bộ', en: 'See and propose limits of officers’ accounts and sessions' },
    'identity.trusted-authorities': { vi: 'Xem và đề nghị tổ chức chứng thực được tin cậy', en: 'See and propose the authorities whose certificates are trusted' },
  },
  deskNav: [
    { href: accessRulesPath, key: 'identity.rules.access.nav', permission: 'identity.access-rules', order: 75, group: 'officers' },
    { href: authoritiesPath, key: 'identity.rules.authorities.nav', permission: 'identity.trusted-authorities', order: 89, group: 'log-in' },
  ],
  routes: () => [...accessRuleRoutes, ...newAuthorityRoutes, ...authorityRoutes],
}
