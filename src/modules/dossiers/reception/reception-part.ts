import type { Part } from '../../../platform/join-parts.ts'
import { deskDraftRoutes } from './pages/desk-draft.page.tsx'
import { receptionPath } from './pages/hrefs.ts'
import { receptionRoutes } from './pages/reception.page.tsx'
import { visitRoutes } from './pages/visit.page.tsx'

/** Reception at the desk, by post and with help: filing for the person before an officer. */
export const receptionPart: Part = {
  permissions: { 'dossiers.take-in': { vi: 'Lập và nộp hồ sơ tại quầy cho người đến nộp', en: 'Take in dossiers at the desk' } },
  deskNav: [{ href: receptionPath, key: 'dossiers.reception.nav', permission: 'dossiers.take-in', order: 15 }],
  routes: () => [...receptionRoutes, ...visitRoutes, ...deskDraftRoutes],
}
