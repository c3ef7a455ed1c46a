import { systemCtx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import { civilDate } from '../../platform/i18n.ts'
import type { Module } from '../../platform/module.ts'
import { catalogueFeed, procedureService, receiveProcedure } from './catalogue-feed.ts'
import { procedureApiRoutes } from './api/procedures.routes.ts'
import { listFeed, listService, receiveListChange } from './lists/list-feed.ts'
import { applyDueChange, dueChangeQueue } from './lists/change-entry.ts'
import { listRoutes } from './lists/pages/list-routes.ts'
import { listsPath } from './lists/pages/hrefs.ts'
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
import { reviewPart } from './review-part.ts'
import { seedCatalogue } from './seed-catalogue.ts'

/** The national catalogue of procedures: written at the national node, the same at every other. */
export const catalogue: Module = {
  name: 'catalogue',
  portalNav: [{ href: '/thu-tuc', key: 'catalogue.nav.procedures', order: 10 }, ...reviewPart.portalNav],
  permissions: {
    ...openCatalogue.permissions,
    ...reviewPart.permissions,
    'catalogue.view-services': { vi: 'Xem việc tích hợp, cung cấp dịch vụ công trực tuyến', en: 'See the onboarding and offering of online services' },
    'catalogue.propose-services': { vi: 'Đề nghị công khai dịch vụ, báo cáo kiểm thử', en: 'Propose services and report their test' },
    'catalogue.decide-services': { vi: 'Mở, xác nhận, tạm ngừng, dừng dịch vụ', en: 'Open, confirm, suspend and stop services' },
    'catalogue.view-lists': { vi: 'Xem danh mục dùng chung và lịch sử thay đổi', en: 'See the shared catalogues and their history' },
    'catalogue.edit-lists': { vi: 'Bổ sung, điều chỉnh, vô hiệu hóa dữ liệu trong danh mục dùng chung theo thẩm quyền của cơ quan', en: 'Add, adjust and disable entries of the shared catalogues within the right of the agency' },
  },
  deskNav: [
    ...openCatalogue.deskNav,
    ...reviewPart.deskNav,
    { href: listsPath, key: 'catalogue.lists.nav', permission: 'catalogue.view-lists', order: 70 },
    { href: '/admin/services', key: 'catalogue.nav.services', permission: 'catalogue.view-services', order: 72 },
  ],
  routes: (node) => [homeRoute, listRoute, ...procedureRoutes, informationRoute, ...procedureApiRoutes, ...listRoutes, ...reviewPart.routes, ...openCatalogue.routes(node), ...(node.config.kind === 'national' ? serviceRoutes : [])],
  followers: (node) => [...(node.config.kind === 'national' ? [catalogueFeed, serviceFeed, useFollower, listFeed] : []), ...reviewPart.followers(node), ...openCatalogue.followers(node)],
  services: { [procedureService]: receiveProcedure, [serviceChangeService]: receiveServiceChange, [listService]: receiveListChange, ...reviewPart.services, ...openCatalogue.services },
  async start(node) {
    await reviewPart.start(node)
    await openCatalogue.start(node)
  },
  jobs: {
    ...reviewPart.jobs,
    ...openCatalogue.jobs,
    [dueChangeQueue]: async (node, payload) => {
      await node.db.begin((tx) => applyDueChange(tx as Tx, String(payload.list), String(payload.key), civilDate(node.now())))
    },
    [projectQueue]: async (node, payload) => {
      const { now } = systemCtx(node, projectQueue)
      await node.db.begin((tx) => project(tx as Tx, [String(payload.code)], civilDate(now), now))
    },
  },
  seed: seedCatalogue,
}
