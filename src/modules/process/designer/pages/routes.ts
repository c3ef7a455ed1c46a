import type { Route } from '../../../../platform/http/route.ts'
import { processDiagramRoutes } from './diagram.page.tsx'
import { processDraftRoutes } from './draft.page.tsx'
import { processListRoutes } from './list.page.tsx'
import { processRoutes } from './process.page.tsx'
import { processStepRoutes } from './step.page.tsx'

/** Pages on which officers draw processes. */
export const designerRoutes: readonly Route[] = [...processListRoutes, ...processRoutes, ...processDraftRoutes, ...processStepRoutes, ...processDiagramRoutes]
