import type { Module } from '../../platform/module.ts'
import type { Node } from '../../platform/node.ts'
import { compareJob, compareQueue, planNightlyComparison } from './client/compare-dossiers.ts'
import { fileLinkRoutes } from './client/file-links.routes.ts'
import { followDossiers } from './client/follow-dossiers.ts'
import { startPortalCourier } from './client/run-courier.ts'
import { deadDossierRoutes } from './pages/dead-dossier.page.tsx'
import { overviewRoutes } from './pages/overview.page.tsx'
import { shareRoutes } from './server/share.routes.ts'

const running = new WeakMap<Node, { stop(): Promise<void> }>()

/** The national portal's own messages about dossiers (bản tin đồng bộ hồ sơ): a local node tells its dossiers by them, the national node takes those of systems that are not ours. */
export const nationalPortal: Module = {
  name: 'national-portal',
  permissions: {
    'national-portal.view': { vi: 'Xem tình hình đồng bộ hồ sơ với Cổng Dịch vụ công quốc gia', en: 'See how dossiers are told to the National Public Service Portal' },
    'national-portal.manage': { vi: 'Sửa bản tin, gửi lại, gác lại và đối chiếu hồ sơ với Cổng Dịch vụ công quốc gia', en: 'Mend, resend, set aside and compare dossiers told to the National Public Service Portal' },
  },
  deskNav: [{ href: '/admin/national-portal', key: 'national-portal.nav', permission: 'national-portal.view', order: 83, group: 'system' }],
  routes: (node) => (node.config.kind === 'local' ? [...overviewRoutes, ...deadDossierRoutes, ...fileLinkRoutes] : [...shareRoutes]),
  followers: (node) => (node.config.nationalPortal ? [followDossiers(node)] : []),
  jobs: { [compareQueue]: compareJob },
  async start(node) {
    const courier = startPortalCourier(node)
    if (!courier) return
    running.set(node, courier)
    await planNightlyComparison(node)
  },
  async stop(node) {
    await running.get(node)?.stop()
    running.delete(node)
  },
}
