import type { Part } from '../../../platform/join-parts.ts'
import { minutesJobs } from './issue-minutes.ts'
import { bulkRoutes } from './pages/bulk.page.tsx'
import { handoverRoutes } from './pages/handovers.page.tsx'
import { workloadPath } from './pages/hrefs.ts'
import { workloadRoute } from './pages/workload.page.tsx'

/** Who does which step: taking over, assigning, handing over, actions over many rows, and the leader's view of the load. */
export const assignmentPart: Part = {
  permissions: { 'dossiers.oversee': { vi: 'Theo dõi khối lượng việc và phân công trong cơ quan, đơn vị', en: 'Oversee the load of the agency or unit and assign work' } },
  deskNav: [{ href: workloadPath, key: 'dossiers.workload.nav', permission: 'dossiers.oversee', order: 12 }],
  routes: () => [...bulkRoutes, ...handoverRoutes, workloadRoute],
  jobs: { ...minutesJobs },
}
