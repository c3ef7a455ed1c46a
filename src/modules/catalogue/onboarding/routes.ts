import type { Route } from '../../../platform/http/route.ts'
import { caseRoutes } from './pages/case.page.tsx'
import { offerRoutes } from './pages/offer.page.tsx'
import { proposeRoutes } from './pages/propose.page.tsx'
import { servicesRoute } from './pages/onboarding.page.tsx'

export const serviceRoutes: readonly Route[] = [servicesRoute, ...proposeRoutes, ...caseRoutes, ...offerRoutes]
