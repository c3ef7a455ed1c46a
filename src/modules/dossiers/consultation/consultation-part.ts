import type { Part } from '../../../platform/join-parts.ts'
import { receiveOpinion } from './answer-opinion.ts'
import { receiveQuestion } from './ask-opinion.ts'
import { consultationRoutes } from './pages/consultations.page.tsx'
import { consultationOnDossierRoutes } from './pages/dossier.routes.ts'
import { consultationsPath } from './pages/hrefs.ts'
import { reminderJobs } from './remind-of-opinion.ts'

/** Opinions of other agencies, inside the node and across, and what officers note for each other. */
export const consultationPart: Part = {
  deskNav: [{ href: consultationsPath, key: 'dossiers.consultation.nav', permission: 'dossiers.handle', order: 25 }],
  routes: () => [...consultationRoutes, ...consultationOnDossierRoutes],
  jobs: { ...reminderJobs },
  services: { 'consultation.ask': receiveQuestion, 'consultation.answer': receiveOpinion },
}
