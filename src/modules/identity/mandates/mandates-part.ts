import type { Part } from '../../../platform/join-parts.ts'
import { noticeQueue, sendMandateNotice } from './mandate-notices.ts'
import { listMandatesApi, withdrawMandateApi } from './mandates.routes.ts'
import { startNightly, stopNightly } from './nightly.ts'
import { actingRoutes } from './pages/acting.page.tsx'
import { papersPath } from './pages/hrefs.ts'
import { mandateRoutes } from './pages/mandate.page.tsx'
import { mandatesElsewhere, mandatesRoute } from './pages/mandates.page.tsx'
import { newCheckRoutes } from './pages/new-check.page.tsx'
import { newMandateRoutes } from './pages/new-mandate.page.tsx'
import { newTermsRoutes } from './pages/new-terms.page.tsx'
import { organisationRoutes } from './pages/organisations.page.tsx'
import { paperRoutes } from './pages/papers.page.tsx'
import { recheckQueue } from './recognise-organisation.ts'
import { recheckOne } from './recheck-organisation.ts'
import { hearOfMandate, mandateService } from './tell-nodes.ts'

/** Organisations, their representatives and staff, and mandates between persons: kept at the national node, known at the others. */
export const mandatesPart: Part = {
  permissions: { 'identity.confirm-mandates': { vi: 'Đối chiếu giấy tờ của cha, mẹ, người giám hộ', en: 'Compare the papers of parents and guardians' } },
  deskNav: [{ href: papersPath, key: 'identity.mandates.papers.nav', permission: 'identity.confirm-mandates', order: 60, group: 'people' }],
  routes: ({ config }) => config.kind === 'national'
    ? [mandatesRoute, ...newMandateRoutes, ...newTermsRoutes, ...newCheckRoutes, ...mandateRoutes, ...organisationRoutes, ...paperRoutes, ...actingRoutes, listMandatesApi, withdrawMandateApi]
    : [mandatesElsewhere, ...actingRoutes, listMandatesApi],
  jobs: { [noticeQueue]: sendMandateNotice, [recheckQueue]: recheckOne },
  services: { [mandateService]: hearOfMandate },
  async start(node) {
    if (node.config.kind === 'national') startNightly(node)
  },
  async stop(node) {
    stopNightly(node)
  },
}
