import type { Part } from '../../../platform/join-parts.ts'
import { lateListPath } from './pages/hrefs.ts'
import { lateRoutes } from './pages/late.routes.tsx'

/** Dossiers past their date, and why. */
export const latePart: Part = {
  deskNav: [{ href: lateListPath, key: 'dossiers.late.nav', permission: 'dossiers.oversee', order: 13 }],
  routes: () => lateRoutes,
}
