import type { Part } from '../../../platform/join-parts.ts'
import { unplacedListPath } from './pages/hrefs.ts'
import { transferRoutes } from './pages/transfer.routes.ts'
import { unplacedRoutes } from './pages/unplaced.page.tsx'

/** Which agency decides: filings for which it cannot be told, and dossiers that lie at the wrong one. */
export const competencePart: Part = {
  deskNav: [{ href: unplacedListPath, key: 'dossiers.competence.nav', permission: 'dossiers.receive', order: 20 }],
  routes: () => [...unplacedRoutes, ...transferRoutes],
}
