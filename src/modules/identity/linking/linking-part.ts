import type { Part } from '../../../platform/join-parts.ts'
import { importRoutes } from './import.page.tsx'
import { oldAccountRoutes, oldAccountsPath } from './old-accounts.page.tsx'
import { ownOldAccountRoutes } from './own-old-account.page.tsx'

/** Accounts that a local system had before the national log-in are linked to the people they belong to. */
export const linkingPart: Part = {
  permissions: {
    'identity.import-old-accounts': { vi: 'Nhập danh sách tài khoản cũ của hệ thống', en: 'Import the accounts that the system had before' },
    'identity.link-accounts': { vi: 'Liên kết tài khoản cũ với người sở hữu', en: 'Link old accounts to the people they belong to' },
  },
  deskNav: [
    { href: oldAccountsPath, key: 'identity.linking.queue.nav', permission: 'identity.link-accounts', order: 36 },
    { href: '/admin/old-accounts', key: 'identity.linking.import.nav', permission: 'identity.import-old-accounts', order: 75, group: 'people' },
  ],
  // The national node's accounts are the ones that others are linked to.
  routes: ({ config }) => (config.kind === 'national' ? [] : [...importRoutes, ...oldAccountRoutes, ...ownOldAccountRoutes]),
}
