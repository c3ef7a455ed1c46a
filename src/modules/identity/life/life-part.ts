import type { Part } from '../../../platform/join-parts.ts'
import { civilDate } from '../../../platform/i18n.ts'
import { transact, systemCtx } from '../../../platform/ctx.ts'
import { accessService } from '../access/access-log.ts'
import { receiveAccess } from './access/receive-access.ts'
import { readerRoutes } from './access/readers.page.tsx'
import { consentRoutes } from './consents/consents.page.tsx'
import { dataRequestsPath, problemsPath, recoveriesPath } from './hrefs.ts'
import { activityFollower } from './idle/note-activity.ts'
import { unlockedRoutes } from './idle/unlocked.page.tsx'
import { idleQueue, planIdleWatch, watchIdleAccounts } from './idle/watch-idle-accounts.ts'
import { exportQueue, forgetExport, forgetExportQueue, makeExport } from './own-data/export-own-data.ts'
import { addIdentitySources } from './own-data/identity-sources.ts'
import { ownDataRoutes } from './own-data/own-data.page.tsx'
import { personalCodeNodeRoutes, personalCodeRoutes } from './personal-code.page.tsx'
import { adminProblemRoutes } from './problems/admin-problems.page.tsx'
import { problemRoutes } from './problems/problem.page.tsx'
import { checkProblemClock, problemClockQueue } from './problems/watch-problems.ts'
import { completeRecovery, receiveRecovery, recoveryQueue } from './recovery/await-objection.ts'
import { deskRecoveryRoutes, objectionRoutes } from './recovery/recovery.page.tsx'
import { recoveryService } from './recovery/start-recovery.ts'
import { adminRequestRoutes } from './requests/admin-requests.page.tsx'
import { accountClosedService, deleteAccount, deleteQueue } from './requests/delete-account.ts'
import { receiveAccountClosed } from './requests/erase-account.ts'
import { requestRoutes } from './requests/requests.page.tsx'
import { checkRequestClock, requestClockQueue } from './requests/watch-requests.ts'
import { seedTerms } from './terms/terms.ts'
import { acceptRoutes, termsRoutes } from './terms/terms.page.tsx'

addIdentitySources()

/** The life of an account after it was opened: problems, idleness, recovery, consents, who looked, copies and deletion. It lives at the national node; the others show and report. */
export const lifePart: Part = {
  permissions: {
    'identity.account-problems': { vi: 'Tiếp nhận và xử lý báo lỗi, khiếu nại về tài khoản', en: 'Take and handle reports of problems with accounts' },
    'identity.data-requests': { vi: 'Trả lời yêu cầu của chủ thể dữ liệu: hạn chế, phản đối, xóa', en: 'Answer requests of persons about their data: restriction, objection, deletion' },
    'identity.view-recoveries': { vi: 'Xem các đề nghị khôi phục tài khoản tại quầy', en: 'See recoveries of accounts at the desk' },
    'identity.start-recovery': { vi: 'Lập đề nghị khôi phục tài khoản cho người đến quầy', en: 'Start the recovery of an account for somebody at the desk' },
    'identity.confirm-recovery': { vi: 'Xác nhận đề nghị khôi phục tài khoản do người khác lập', en: 'Confirm a recovery that another officer started' },
  },
  deskNav: [
    { href: recoveriesPath, key: 'identity.life.nav.recoveries', permission: 'identity.view-recoveries', order: 40 },
    { href: problemsPath, key: 'identity.life.nav.problems', permission: 'identity.account-problems', order: 70, group: 'people' },
    { href: dataRequestsPath, key: 'identity.life.nav.requests', permission: 'identity.data-requests', order: 71, group: 'people' },
  ],
  routes: ({ config }) => [
    ...readerRoutes, ...ownDataRoutes, ...problemRoutes, ...adminProblemRoutes, ...deskRecoveryRoutes,
    ...(config.kind === 'national' ? [...termsRoutes, ...acceptRoutes, ...consentRoutes, ...unlockedRoutes, ...requestRoutes, ...adminRequestRoutes, ...personalCodeRoutes, ...personalCodeNodeRoutes, ...objectionRoutes] : []),
  ],
  followers: ({ config }) => (config.kind === 'national' ? [activityFollower] : []),
  jobs: {
    [problemClockQueue]: checkProblemClock, [requestClockQueue]: checkRequestClock, [deleteQueue]: deleteAccount, [idleQueue]: watchIdleAccounts,
    [exportQueue]: makeExport, [forgetExportQueue]: forgetExport, [recoveryQueue]: completeRecovery,
  },
  services: { [accessService]: receiveAccess, [accountClosedService]: receiveAccountClosed, [recoveryService]: receiveRecovery },
  async seed(node) {
    if (node.config.kind === 'national') await seedTerms(node)
  },
  async start(node) {
    if (node.config.kind === 'national') await transact(systemCtx(node, 'identity'), (tx) => planIdleWatch(tx, civilDate(node.now())))
  },
}
