import type { Module } from '../../platform/module.ts'
import { tableDraftRoutes } from './pages/draft.page.tsx'
import { tablesPath } from './pages/hrefs.ts'
import { tableListRoutes } from './pages/list.page.tsx'
import { tableRoutes } from './pages/table.page.tsx'
import { seedTables } from './seed.ts'
import { receiveTable, tableFeed, tableService } from './table-feed.ts'

/** Decision tables ("bảng quyết định"): officers write them at the national node; every node decides by them. */
export const decisions: Module = {
  name: 'decisions',
  permissions: {
    'decisions.edit': { vi: 'Soạn bảng quyết định (phí, lệ phí, phân công, thành phần hồ sơ, thời hạn) của cơ quan mình', en: 'Write the own office’s decision tables (fees, routing, components, time limits)' },
    'decisions.publish': { vi: 'Công bố bảng quyết định do cán bộ khác soạn', en: 'Publish decision tables that another officer wrote' },
  },
  deskNav: [{ href: tablesPath, key: 'decisions.nav', permission: 'decisions.edit', order: 72, group: 'catalogue' }],
  routes: (node) => (node.config.kind === 'national' ? [...tableListRoutes, ...tableRoutes, ...tableDraftRoutes] : []),
  followers: (node) => (node.config.kind === 'national' ? [tableFeed] : []),
  services: { [tableService]: receiveTable },
  seed: seedTables,
}
