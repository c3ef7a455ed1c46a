import type { Tx } from '../../platform/db.ts'
import { civilDate } from '../../platform/i18n.ts'
import type { Part } from '../../platform/join-parts.ts'
import { applyDueChange, dueChangeQueue } from './lists/change-entry.ts'
import { listFeed, listService, receiveListChange } from './lists/list-feed.ts'
import { listsPath } from './lists/pages/hrefs.ts'
import { listRoutes } from './lists/pages/list-routes.ts'

/** The nine shared catalogues. */
export const listsPart: Part = {
  permissions: {
    'catalogue.view-lists': { vi: 'Xem danh mục dùng chung và lịch sử thay đổi', en: 'See the shared catalogues and their history' },
    'catalogue.edit-lists': { vi: 'Bổ sung, điều chỉnh, vô hiệu hóa dữ liệu trong danh mục dùng chung theo thẩm quyền của cơ quan', en: 'Add, adjust and disable entries of the shared catalogues within the right of the agency' },
  },
  deskNav: [{ href: listsPath, key: 'catalogue.lists.nav', permission: 'catalogue.view-lists', order: 70, group: 'catalogue' }],
  routes: () => [...listRoutes],
  followers: (node) => (node.config.kind === 'national' ? [listFeed] : []),
  services: { [listService]: receiveListChange },
  jobs: {
    [dueChangeQueue]: async (node, payload) => {
      await node.db.begin((tx) => applyDueChange(tx as Tx, String(payload.list), String(payload.key), civilDate(node.now())))
    },
  },
}
