import type { Part } from '../../../platform/join-parts.ts'
import { applicantChangeApi } from './api/applicant-change.routes.ts'
import { passOn } from '../node-transfer/hear-of-transfer.ts'
import { receiveDecision } from './decide-change.ts'
import { applicantRoutes } from './pages/applicant.page.tsx'
import { waitingChangesPath } from './pages/hrefs.ts'
import { ownApplicantRoutes } from './pages/own-applicant.page.tsx'
import { receiveRequest } from './request-change.ts'

/** Changes of the applicant’s data on a running dossier: asked, confirmed, told to the node of filing. */
export const applicantChangePart: Part = {
  deskNav: [{ href: waitingChangesPath, key: 'dossiers.applicantChange.nav', permission: 'dossiers.handle', order: 26 }],
  routes: () => [...applicantRoutes, ...ownApplicantRoutes, ...applicantChangeApi],
  services: { 'dossier.applicant-request': passOn(receiveRequest), 'dossier.applicant': receiveDecision },
}
