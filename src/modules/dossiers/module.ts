import { joinParts, type Part } from '../../platform/join-parts.ts'
import type { Module } from '../../platform/module.ts'
import { provideOfficerSources } from '../identity/index.ts'
import { listTasks } from '../process/index.ts'
import { accountabilityPart } from './accountability/accountability-part.ts'
import { applicantChangePart } from './applicant-change/applicant-change-part.ts'
import { assignmentPart } from './assignment/assignment-part.ts'
import { receiveAnswer } from './answer-supplement.ts'
import { fileDossierRoute } from './api/file-dossier.route.ts'
import { deskDossierApi } from './api/desk-dossiers.routes.ts'
import { deskActsApi } from './api/desk-acts.routes.ts'
import { receptionApi } from './api/reception.routes.ts'
import { ownDossierApi } from './api/own-dossiers.routes.ts'
import { getDossierRoute } from './api/get-dossier.route.ts'
import { extendRoutes } from './clock/pages/extend.routes.ts'
import { dueStoryRoutes } from './clock/pages/due-story.page.tsx'
import { impactOnDossiers, recountFollower, recountJobs } from './clock/recount-due-dates.ts'
import { provideCalendarImpact } from '../calendar/index.ts'
import { competencePart } from './competence/competence-part.ts'
import { consultationPart } from './consultation/consultation-part.ts'
import { correctionRoutes } from './correction/pages/correction.routes.ts'
import { dossierFeed } from './dossier-feed.ts'
import { slipFollower, slipJobs, slipPapers } from './issue-slip.ts'
import { resultMaker } from './papers/issue-result.ts'
import { insuredPart } from './insured/insured-part.ts'
import { latePart } from './late/late-part.ts'
import { linkedPart } from './linked/linked-part.ts'
import { deskMessageRoutes } from './messages/pages/desk-messages.page.tsx'
import { ownMessageRoutes } from './messages/pages/own-messages.page.tsx'
import { receiveConversation } from './messages/receive-conversation.ts'
import { mirrorEvent, mirrorLetter } from './mirror-dossier.ts'
import { showMovesInAccount } from './next/moves.ts'
import { ownCalendarRoutes } from './next/pages/own-calendar.routes.ts'
import { progressFollower, receiveProgress } from './next/tell-progress.ts'
import { noticeFollower } from './notify-owner.ts'
import { registerDossiersOfPersons } from './own-data.ts'
import { deskActionRoutes } from './pages/desk/actions.routes.ts'
import { deskDossierRoutes } from './pages/desk/dossier.page.tsx'
import { deskDossierHref, inboxPath } from './pages/desk/hrefs.ts'
import { inboxRoute } from './pages/desk/inbox.page.tsx'
import { checkRoutes } from './pages/portal/check.page.tsx'
import { draftRoutes } from './pages/portal/draft.page.tsx'
import { ownDossierRoutes } from './pages/portal/own-dossier.page.tsx'
import { ownDossiersRoute } from './pages/portal/own-dossiers.page.tsx'
import { startRoutes } from './pages/portal/start.page.tsx'
import { supplementRoutes } from './pages/portal/supplement.page.tsx'
import { trackRoute } from './pages/portal/track.page.tsx'
import { deskPaperRoutes } from './registers/desk-papers.routes.ts'
import { registerPath, registerRoutes } from './registers/register.page.tsx'
import { guestRoutes } from './together/guest.page.tsx'
import { inviteRoutes } from './together/invite.page.tsx'
import { placesPart } from './places/places-part.ts'
import { postalPart } from './postal/postal-part.ts'
import { receptionPart } from './reception/reception-part.ts'
import { doneBeforeFirstSeal } from '../ledger/index.ts'
import { passOn, waitForHandler } from './node-transfer/hear-of-transfer.ts'
import { nodeTransferPart } from './node-transfer/node-transfer-part.ts'
import { paymentRoutes } from './payment/pages/payment.routes.ts'
import { proofRoutes } from './proof/proof.page.tsx'
import { receiveFiling } from './receive-filing.ts'
import { receiveReturnWay } from './return-way/change-return-way.ts'
import { returnWayRoutes } from './return-way/return-way.page.tsx'
import { seedHistory } from './seed-history.ts'
import { declineRoutes } from './withdrawal/pages/decline.routes.ts'
import { timeSpentPart } from './time-spent/time-spent-part.ts'
import { warningPart } from './warning/warning-part.ts'
import { receiveWithdrawal } from './withdraw-dossier.ts'

// Whoever moves an officer sees what the officer holds.
provideOfficerSources({ openWork: async (db, assignee, lang) => (await listTasks(db, { assignee, open: true })).map((task) => ({ name: task.name[lang], href: deskDossierHref(task.subject), due: task.dueAt })) })
// Whoever changes the working calendar sees first which dates it moves.
provideCalendarImpact(impactOnDossiers)
// At loading, not at start: the pages count on it in every process, also one that only answers.
registerDossiersOfPersons()
showMovesInAccount()

const own: Part = {
  permissions: {
    'dossiers.view': { vi: 'Xem hồ sơ của đơn vị', en: 'See the dossiers of the agency' },
    'dossiers.receive': { vi: 'Tiếp nhận, từ chối, dừng giải quyết hồ sơ', en: 'Receive, refuse and stop dossiers' },
    'dossiers.handle': { vi: 'Xử lý các bước của hồ sơ', en: 'Do the steps of a dossier' },
  },
  portalNav: [{ href: '/ho-so', key: 'dossiers.nav.own', order: 20 }, { href: '/tra-cuu', key: 'dossiers.nav.track', order: 30 }],
  deskNav: [{ href: inboxPath, key: 'dossiers.nav.desk', permission: 'dossiers.view', order: 10 }, { href: registerPath, key: 'dossiers.nav.register', permission: 'dossiers.view', order: 12 }],
  routes: (node) => [
    ...startRoutes, ...draftRoutes, ...checkRoutes, ownDossiersRoute, ...ownDossierRoutes, ...supplementRoutes, trackRoute,
    inboxRoute, ...deskDossierRoutes, ...deskActionRoutes, ...extendRoutes, ...declineRoutes, ...correctionRoutes, ...paymentRoutes, ...dueStoryRoutes, ...proofRoutes, ...registerRoutes, ...deskPaperRoutes, ...inviteRoutes, ...guestRoutes, ...returnWayRoutes, ...ownCalendarRoutes, ...ownMessageRoutes, ...deskMessageRoutes, fileDossierRoute, getDossierRoute(node), ...ownDossierApi, ...deskDossierApi, ...deskActsApi, ...receptionApi,
  ],
  followers: (node) => [dossierFeed(node), slipFollower(node), noticeFollower(node), recountFollower(node), progressFollower(node)],
  jobs: { ...slipJobs, ...recountJobs },
  papers: { ...slipPapers, ...resultMaker },
  async start(node) {
    // Beside the start, not before it: the node answers meanwhile.
    const history = seedHistory(node).then(() => node.nudge('ledger'), (error: unknown) => node.log.error({ err: error }, 'the history of the demo could not be made'))
    doneBeforeFirstSeal(node, history)
  },
  services: { 'dossier.file': receiveFiling, 'dossier.event': waitForHandler(mirrorEvent), 'dossier.letter': waitForHandler(mirrorLetter), 'dossier.answer': passOn(receiveAnswer), 'dossier.withdraw': passOn(receiveWithdrawal), 'dossier.conversation': passOn(receiveConversation), 'dossier.return': passOn(receiveReturnWay), 'dossier.progress': waitForHandler(receiveProgress) },
}

/** Dossiers ("hồ sơ"): filing, reception, clocks, results, and their mirrors on other nodes. */
export const dossiers: Module = joinParts('dossiers', [own, receptionPart, competencePart, assignmentPart, consultationPart, accountabilityPart, latePart, timeSpentPart, warningPart, applicantChangePart, postalPart, placesPart, nodeTransferPart, linkedPart, insuredPart])
