import { compareRoute } from './decisions/pages/compare.page.tsx'
import { copyRoutes } from './decisions/pages/copies.page.tsx'
import { decisionRoutes } from './decisions/pages/decision.page.tsx'
import { decisionHeadingRoutes } from './decisions/pages/heading.page.tsx'
import { itemRoutes } from './decisions/pages/item.page.tsx'
import { decisionListRoutes } from './decisions/pages/list.page.tsx'
import { decisionStepRoutes } from './decisions/pages/steps.page.tsx'
import type { Part } from '../../platform/join-parts.ts'

/** Publication decisions, provinces' localisations, and the differences between versions. */
export const decisionsPart: Part = {
  permissions: {
    'catalogue.decide': { vi: 'Soạn quyết định công bố thủ tục của cơ quan mình', en: 'Draft publication decisions of the own office' },
    'catalogue.check': { vi: 'Kiểm tra và công bố quyết định của cơ quan mình', en: 'Check and publish decisions of the own office' },
  },
  deskNav: [
    { href: '/admin/decisions', key: 'catalogue.decisions.nav', permission: 'catalogue.decide', order: 68, group: 'catalogue' },
    { href: '/admin/localisations', key: 'catalogue.decisions.copies.nav', permission: 'catalogue.decide', order: 69, group: 'catalogue' },
  ],
  routes: () => [compareRoute, ...decisionListRoutes, ...decisionHeadingRoutes, ...decisionRoutes, ...itemRoutes, ...decisionStepRoutes, ...copyRoutes],
}
