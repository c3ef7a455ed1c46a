import type { Module } from '../../platform/module.ts'
import { accountRoutes, contactRoutes } from './citizens/account.page.tsx'
import { codeRoutes } from './citizens/code.page.tsx'
import { logInRoutes } from './citizens/log-in.page.tsx'
import { logOutRoutes } from './citizens/log-out.page.tsx'
import { registrationElsewhere, registrationRoutes } from './citizens/registration.page.tsx'
import { sendCode, sendCodeQueue } from './citizens/send-code.ts'
import { startCleanUp, stopCleanUp } from './clean-up.ts'
import { officerLogInRoutes } from './officers/officer-log-in.page.tsx'
import { unheldPermissions } from './roles.ts'
import { seedDemoPeople } from './seed-demo.ts'
import { interactionRoutes } from './sso/interaction.page.tsx'
import { logInThereRoutes } from './sso/log-in-there.page.tsx'
import { mountProvider } from './sso/mount.ts'

/** Accounts, sessions, single sign-on and the rights of officers. */
export const identity: Module = {
  name: 'identity',
  routes: ({ config }) => config.kind === 'national'
    ? [...logInRoutes, ...codeRoutes, ...registrationRoutes, ...interactionRoutes, ...logOutRoutes, ...accountRoutes, ...contactRoutes, ...officerLogInRoutes]
    : [...logInThereRoutes, registrationElsewhere, ...logOutRoutes, ...accountRoutes, ...officerLogInRoutes],
  async mount(app, node) {
    if (node.config.kind === 'national') await mountProvider(app, node)
  },
  jobs: { [sendCodeQueue]: sendCode },
  seed: seedDemoPeople,
  async start(node) {
    const unheld = unheldPermissions(node)
    if (unheld.length > 0) node.log.warn({ unheld }, 'no role holds these permissions; name their holders in modules/identity/roles.ts')
    startCleanUp(node)
  },
  async stop(node) {
    stopCleanUp(node)
  },
}
