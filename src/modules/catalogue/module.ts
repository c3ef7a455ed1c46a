import { systemCtx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import { civilDate } from '../../platform/i18n.ts'
import type { Module } from '../../platform/module.ts'
import { catalogueFeed, procedureService, receiveProcedure } from './catalogue-feed.ts'
import { procedureApiRoutes } from './api/procedures.routes.ts'
import { homeRoute } from './pages/home.page.tsx'
import { informationRoute } from './pages/information.page.tsx'
import { listRoute } from './pages/list.page.tsx'
import { openCatalogue } from './open-catalogue.ts'
import { procedureRoutes } from './pages/procedure.page.tsx'
import { project } from './procedure.store.ts'
import { projectQueue } from './publish-procedure.ts'
import { serviceRoutes } from './onboarding/routes.ts'
import { receiveServiceChange, serviceChangeService, serviceFeed } from './onboarding/offer-feed.ts'
import { useFollower } from './onboarding/use-follower.ts'
import { seedCatalogue } from './seed-catalogue.ts'

/** The national catalogue of procedures: written at the national node, the same at every other. */
export const catalogue: Module = {
  name: 'catalogue',
  portalNav: [{ href: '/thu-tuc', key: 'catalogue.nav.procedures', order: 10 }],
  permissions: {
    ...openCatalogue.permissions,
    'catalogue.view-services': { vi: 'Xem việc tích hợp, cung cấp dịch vụ công trực tuyến', en: 'See the onboarding and offering of online services' },
    'catalogue.propose-services': { vi: 'Đề nghị công khai dịch vụ, báo cáo kiểm thử', en: 'Propose services and report their test' },
    'catalogue.decide-services': { vi: 'Mở, xác nhận, tạm ngừng, dừng dịch vụ', en: 'Open, confirm, suspend and stop services' },
  },
  deskNav: [...openCatalogue.deskNav, { href: '/admin/services', key: 'catalogue.nav.services', permission: 'catalogue.view-services', order: 72 }],
  routes: (node) => [...openCatalogue.routes(node), homeRoute, listRoute, ...procedureRoutes, informationRoute, ...procedureApiRoutes, ...(node.config.kind === 'national' ? serviceRoutes : [])],
  followers: (node) => [...(node.config.kind === 'national' ? [catalogueFeed, serviceFeed, useFollower] : []), ...openCatalogue.followers(node)],
  services: { ...openCatalogue.services, [procedureService]: receiveProcedure, [serviceChangeService]: receiveServiceChange },
  jobs: {
    ...openCatalogue.jobs,
    [projectQueue]: async (node, payload) => {
      const { now } = systemCtx(node, projectQueue)
      await node.db.begin((tx) => project(tx as Tx, [String(payload.code)], civilDate(now), now))
    },
  },
  start: openCatalogue.start,
  seed: seedCatalogue,
}
