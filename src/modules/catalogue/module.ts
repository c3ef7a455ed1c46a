import { systemCtx } from '../../platform/ctx.ts'
import type { Tx } from '../../platform/db.ts'
import { civilDate } from '../../platform/i18n.ts'
import { provideOfficerSources } from '../identity/index.ts'
import { procedureApiRoutes } from './api/procedures.routes.ts'
import { abolitionService, catalogueFeed, pageService, procedureService, receiveAbolition, receivePage, receiveProcedure } from './catalogue-feed.ts'
import { decisionsPart } from './decisions-part.ts'
import { joinParts, type Part } from '../../platform/join-parts.ts'
import { listsPart } from './lists-part.ts'
import { onboardingPart } from './onboarding-part.ts'
import { openCatalogue } from './open-catalogue.ts'
import { procedureNames } from './get-procedure.ts'
import { homeRoute } from './pages/home.page.tsx'
import { informationRoute } from './pages/information.page.tsx'
import { listRoute } from './pages/list.page.tsx'
import { procedureRoutes } from './pages/procedure.page.tsx'
import { project } from './procedure.store.ts'
import { projectQueue } from './keep-versions.ts'
import { reviewPart } from './review-part.ts'
import { listSectors } from './search/search-procedures.ts'
import { seedCatalogue } from './seed-catalogue.ts'

// Roles of officers are limited to sectors and procedures, which their pages name.
provideOfficerSources({ procedureNames, sectors: async (db, lang) => (await listSectors(db)).map((s) => ({ value: s.code, text: s.name[lang] })) })

/** Procedures and their versions, for readers, and the feed that carries them. */
const proceduresPart: Part = {
  portalNav: [{ href: '/thu-tuc', key: 'catalogue.nav.procedures', order: 10 }],
  routes: () => [homeRoute, listRoute, ...procedureRoutes, informationRoute, ...procedureApiRoutes],
  followers: (node) => (node.config.kind === 'national' ? [catalogueFeed] : []),
  services: { [procedureService]: receiveProcedure, [pageService]: receivePage, [abolitionService]: receiveAbolition },
  jobs: {
    [projectQueue]: async (node, payload) => {
      const { now } = systemCtx(node, projectQueue)
      await node.db.begin((tx) => project(tx as Tx, [String(payload.code)], civilDate(now), now))
    },
  },
  seed: seedCatalogue,
}

/** The national catalogue of procedures: written at the national node, the same at every other. */
export const catalogue = joinParts('catalogue', [proceduresPart, decisionsPart, listsPart, onboardingPart, reviewPart, openCatalogue])
