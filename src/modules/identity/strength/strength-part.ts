import type { Part } from '../../../platform/join-parts.ts'
import { resumeRoutes } from './resume.page.tsx'
import { stepUpRoutes } from './step-up.page.tsx'

/** How strongly a person has proved who he is, and what happens where that is not enough. */
export const strengthPart: Part = {
  routes: ({ config }) => [...(config.kind === 'national' ? stepUpRoutes : []), ...resumeRoutes],
}
