import type { Part } from '../../../platform/join-parts.ts'
import { signOnRoutes, signOnPath } from './admin/sign-on.page.tsx'
import { keyRoutes } from './admin/keys.page.tsx'
import { partyRoutes } from './admin/party.page.tsx'
import { interactionRoutes } from './interaction.page.tsx'
import { logInThereRoutes } from './log-in-there.page.tsx'
import { mountProvider } from './mount.ts'
import { planRotation, rotateJob, rotateQueue } from './rotate-signing-key.ts'
import { tellJob, tellQueue } from './tell-log-out.ts'

/** Single sign-on: the national node vouches for a person, the others take its word. */
export const ssoPart: Part = {
  permissions: { 'identity.manage-sign-on': { vi: 'Quản lý hệ thống dùng đăng nhập một lần và khóa ký', en: 'Manage systems that use single sign-on, and its signing keys' } },
  deskNav: [{ href: signOnPath, key: 'identity.sso.admin.title', permission: 'identity.manage-sign-on', order: 88, group: 'log-in' }],
  routes: ({ config }) => (config.kind === 'national' ? [...interactionRoutes, ...signOnRoutes, ...partyRoutes, ...keyRoutes] : [...logInThereRoutes]),
  jobs: { [tellQueue]: tellJob, [rotateQueue]: rotateJob },
  async mount(app, node) {
    if (node.config.kind === 'national') await mountProvider(app, node)
  },
  async start(node) {
    if (node.config.kind === 'national') await planRotation(node)
  },
}
