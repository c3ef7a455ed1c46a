import { systemCtx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import { civilDate } from '../../platform/i18n.ts'
import type { Module } from '../../platform/module.ts'
import { abolitionService, catalogueFeed, pageService, procedureService, receiveAbolition, receivePage, receiveProcedure } from './catalogue-feed.ts'
import { compareRoute } from './decisions/pages/compare.page.tsx'
import { copyRoutes } from './decisions/pages/copies.page.tsx'
import { decisionRoutes } from './decisions/pages/decision.page.tsx'
import { decisionHeadingRoutes } from './decisions/pages/heading.page.tsx'
import { itemRoutes } from './decisions/pages/item.page.tsx'
import { decisionListRoutes } from './decisions/pages/list.page.tsx'
import { decisionStepRoutes } from './decisions/pages/steps.page.tsx'
import { procedureApiRoutes } from './api/procedures.routes.ts'
import { homeRoute } from './pages/home.page.tsx'
import { informationRoute } from './pages/information.page.tsx'
import { listRoute } from './pages/list.page.tsx'
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
  permissions: {
    'catalogue.decide': { vi: 'Soạn quyết định công bố thủ tục của cơ quan mình', en: 'Draft publication decisions of the own office' },
    'catalogue.check': { vi: 'Kiểm tra và công bố quyết định của cơ quan mình', en: 'Check and publish decisions of the own office' },
    'catalogue.view-services': { vi: 'Xem việc tích hợp, cung cấp dịch vụ công trực tuyến', en: 'See the onboarding and offering of online services' },
    'catalogue.propose-services': { vi: 'Đề nghị công khai dịch vụ, báo cáo kiểm thử', en: 'Propose services and report their test' },
    'catalogue.decide-services': { vi: 'Mở, xác nhận, tạm ngừng, dừng dịch vụ', en: 'Open, confirm, suspend and stop services' },
  },
  deskNav: [
    { href: '/admin/services', key: 'catalogue.nav.services', permission: 'catalogue.view-services', order: 72 },
    { href: '/admin/decisions', key: 'catalogue.decisions.nav', permission: 'catalogue.decide', order: 70 },
    { href: '/admin/localisations', key: 'catalogue.decisions.copies.nav', permission: 'catalogue.decide', order: 71 },
  ],
  portalNav: [{ href: '/thu-tuc', key: 'catalogue.nav.procedures', order: 10 }],
  routes: (node) => [homeRoute, listRoute, ...procedureRoutes, compareRoute, informationRoute, ...procedureApiRoutes, ...decisionListRoutes, ...decisionHeadingRoutes, ...decisionRoutes, ...itemRoutes, ...decisionStepRoutes, ...copyRoutes,
    ...(node.config.kind === 'national' ? serviceRoutes : [])],
  followers: (node) => (node.config.kind === 'national' ? [catalogueFeed, serviceFeed, useFollower] : []),
  services: { [procedureService]: receiveProcedure, [pageService]: receivePage, [abolitionService]: receiveAbolition, [serviceChangeService]: receiveServiceChange },
  jobs: {
    [projectQueue]: async (node, payload) => {
      const { now } = systemCtx(node, projectQueue)
      await node.db.begin((tx) => project(tx as Tx, [String(payload.code)], civilDate(now), now))
    },
  },
  seed: seedCatalogue,
}
