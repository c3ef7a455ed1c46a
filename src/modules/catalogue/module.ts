import { systemCtx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import { civilDate } from '../../platform/i18n.ts'
import type { Module } from '../../platform/module.ts'
import { catalogueFeed, procedureService, receiveProcedure } from './catalogue-feed.ts'
import { procedureApiRoutes } from './api/procedures.routes.ts'
import { homeRoute } from './pages/home.page.tsx'
import { informationRoute } from './pages/information.page.tsx'
import { listRoute } from './pages/list.page.tsx'
import { dumpFollower, dumpJob, dumpQueue, planNightlyDump } from './open-data/plan-dumps.ts'
import { openDataAtNational, openDataRoutes } from './open-data/open-data.routes.tsx'
import { portalRoutes } from './portal-formats/portal.routes.ts'
import { portalClientRoutes } from './portal-formats/portal-clients.page.tsx'
import { procedureRoutes } from './pages/procedure.page.tsx'
import { project } from './procedure.store.ts'
import { projectQueue } from './publish-procedure.ts'
import { catalogueSyncRoutes } from './sync/catalogue-sync.page.tsx'
import { digestJob, digestQueue, planNightlyDigest, syncServices } from './sync/sync-catalogue.ts'
import { seedCatalogue } from './seed-catalogue.ts'

/** The national catalogue of procedures: written at the national node, the same at every other. */
export const catalogue: Module = {
  name: 'catalogue',
  permissions: {
    'catalogue.portal-clients': { vi: 'Cấp và ngừng tài khoản kết nối của hệ thống bộ, tỉnh', en: 'Open and disable accounts of ministries’ and provinces’ systems' },
    'catalogue.sync': { vi: 'Xem và yêu cầu đối chiếu danh mục thủ tục giữa các hệ thống', en: 'See and ask for comparisons of the catalogue between systems' },
  },
  deskNav: [{ href: '/admin/portal-clients', key: 'catalogue.portalFormats.nav', permission: 'catalogue.portal-clients', order: 82 }, { href: '/admin/catalogue-sync', key: 'catalogue.sync.nav', permission: 'catalogue.sync', order: 81 }],
  portalNav: [{ href: '/thu-tuc', key: 'catalogue.nav.procedures', order: 10 }],
  routes: (node) => [homeRoute, listRoute, ...procedureRoutes, informationRoute, ...procedureApiRoutes, ...catalogueSyncRoutes, ...(node.config.kind === 'national' ? [...openDataRoutes, ...portalRoutes, ...portalClientRoutes] : [openDataAtNational])],
  followers: (node) => (node.config.kind === 'national' ? [catalogueFeed, dumpFollower] : []),
  services: { [procedureService]: receiveProcedure, ...syncServices },
  jobs: {
    [dumpQueue]: dumpJob,
    [digestQueue]: digestJob,
    [projectQueue]: async (node, payload) => {
      const { now } = systemCtx(node, projectQueue)
      await node.db.begin((tx) => project(tx as Tx, [String(payload.code)], civilDate(now), now))
    },
  },
  async start(node) {
    await (node.config.kind === 'national' ? planNightlyDump(node) : planNightlyDigest(node))
  },
  seed: seedCatalogue,
}
