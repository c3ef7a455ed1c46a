import type { Part } from '../../../platform/join-parts.ts'
import { postalJobs } from './issue-list.ts'
import { delegationRoutes } from './pages/delegations.page.tsx'
import { delegationsPath, postalPath, withPostPath } from './pages/hrefs.ts'
import { postalListRoutes } from './pages/list.page.tsx'
import { postalRoutes } from './pages/postal.page.tsx'
import { withPostRoutes } from './pages/with-post.page.tsx'

/** Staff of the public postal enterprise at the one-stop desk: receive, hand over, return, under a delegation; nothing is decided by them. */
export const postalPart: Part = {
  permissions: {
    'dossiers.post': { vi: 'Nhân viên bưu chính công ích: bàn giao hồ sơ, trả kết quả theo ủy quyền', en: 'Postal staff: hand over dossiers and return results under a delegation' },
    'dossiers.sign-post': { vi: 'Ký danh sách bàn giao với bưu chính công ích', en: 'Sign lists of hand-over with the postal staff' },
    'dossiers.delegate-post': { vi: 'Ủy quyền cho nhân viên bưu chính công ích', en: 'Delegate to the postal staff' },
  },
  deskNav: [
    { href: postalPath, key: 'dossiers.postal.title', permission: 'dossiers.post', order: 11 },
    { href: withPostPath, key: 'dossiers.postal.withPost', permission: 'dossiers.receive', order: 16 },
    { href: delegationsPath, key: 'dossiers.postal.delegations', permission: 'dossiers.delegate-post', order: 17 },
  ],
  routes: () => [...postalRoutes, ...postalListRoutes, ...withPostRoutes, ...delegationRoutes],
  jobs: postalJobs,
}
