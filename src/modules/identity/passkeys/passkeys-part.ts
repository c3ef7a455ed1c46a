import type { Part } from '../../../platform/join-parts.ts'
import { officerPasskeyLogInRoutes, passkeyLogInRoutes } from './passkey-log-in.page.tsx'
import { officerPasskeyRoutes, passkeyRoutes } from './passkeys.page.tsx'

/** Passkeys (khóa truy cập): of persons at the national node, of officers at every node. */
export const passkeysPart: Part = {
  permissions: { 'identity.own-passkeys': { vi: 'Thêm và xóa khóa truy cập của chính mình', en: 'Add and remove one’s own passkeys' } },
  routes: ({ config }) => [...(config.kind === 'national' ? [...passkeyLogInRoutes, ...passkeyRoutes] : []), ...officerPasskeyLogInRoutes, ...officerPasskeyRoutes],
}
