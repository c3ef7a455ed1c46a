import { joinParts, type Part } from '../../platform/join-parts.ts'
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
import { ssoPart } from './sso-part.ts'
import { strengthPart } from './strength-part.ts'

/** Accounts of persons: opened at the national node, used at every node. */
const citizensPart: Part = {
  routes: ({ config }) => config.kind === 'national'
    ? [...logInRoutes, ...codeRoutes, ...registrationRoutes, ...logOutRoutes, ...accountRoutes, ...contactRoutes]
    : [registrationElsewhere, ...logOutRoutes, ...accountRoutes],
  jobs: { [sendCodeQueue]: sendCode },
  urgentQueues: [sendCodeQueue],
}

/** Officers: their accounts, roles and log-in. */
const officersPart: Part = {
  routes: () => [...officerLogInRoutes],
  async start(node) {
    const unheld = unheldPermissions(node)
    if (unheld.length > 0) node.log.warn({ unheld }, 'no role holds these permissions; name their holders in modules/identity/roles.ts')
  },
}

/** What serves all parts: invented people of a demonstration, and the removal of what has served. */
const groundPart: Part = {
  seed: seedDemoPeople,
  start: async (node) => startCleanUp(node),
  stop: async (node) => stopCleanUp(node),
}

/** Accounts, sessions, single sign-on and the rights of officers. */
export const identity = joinParts('identity', [citizensPart, ssoPart, strengthPart, officersPart, groundPart])
