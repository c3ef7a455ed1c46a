import type { Part } from '../../platform/join-parts.ts'
import { openDataAtNational, openDataRoutes } from './open-data/open-data.routes.tsx'
import { dumpFollower, dumpJob, dumpQueue, planNightlyDump } from './open-data/plan-dumps.ts'
import { portalClientRoutes } from './portal-formats/portal-clients.page.tsx'
import { portalRoutes } from './portal-formats/portal.routes.ts'
import { catalogueSyncRoutes } from './sync/catalogue-sync.page.tsx'
import { digestJob, digestQueue, planNightlyDigest, syncServices } from './sync/sync-catalogue.ts'

/** The catalogue for others: open data, the national portal's formats, comparison of copies. One part of the module's table of contents. */
export const openCatalogue: Part = {
  permissions: {
    'catalogue.portal-clients': { vi: 'Cấp và ngừng tài khoản kết nối của hệ thống bộ, tỉnh', en: 'Open and disable accounts of ministries’ and provinces’ systems' },
    'catalogue.sync': { vi: 'Xem và yêu cầu đối chiếu danh mục thủ tục giữa các hệ thống', en: 'See and ask for comparisons of the catalogue between systems' },
  },
  deskNav: [
    { href: '/admin/catalogue-sync', key: 'catalogue.sync.nav', permission: 'catalogue.sync', order: 81, group: 'catalogue' },
    { href: '/admin/portal-clients', key: 'catalogue.portalFormats.nav', permission: 'catalogue.portal-clients', order: 82, group: 'system' },
  ],
  routes: (node) => [...catalogueSyncRoutes, ...(node.config.kind === 'national' ? [...openDataRoutes, ...portalRoutes(), ...portalClientRoutes] : [openDataAtNational])],
  followers: (node) => (node.config.kind === 'national' ? [dumpFollower] : []),
  services: syncServices,
  jobs: { [dumpQueue]: dumpJob, [digestQueue]: digestJob },
  start: async (node) => await (node.config.kind === 'national' ? planNightlyDump(node) : planNightlyDigest(node)),
}
