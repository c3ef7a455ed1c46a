import { joinParts, type Part } from '../../platform/join-parts.ts'
import { certificatesPart } from './certificates/certificates-part.ts'
import { accountRoutes, contactRoutes } from './citizens/account.page.tsx'
import { codeRoutes } from './citizens/code.page.tsx'
import { logInRoutes } from './citizens/log-in.page.tsx'
import { logOutRoutes } from './citizens/log-out.page.tsx'
import { registrationElsewhere, registrationRoutes } from './citizens/registration.page.tsx'
import { sendCode, sendCodeQueue } from './citizens/send-code.ts'
import { startCleanUp, stopCleanUp } from './clean-up.ts'
import { mandatesPart } from './mandates/mandates-part.ts'
import { deskPart } from './desk/desk-part.ts'
import { linkingPart } from './linking/linking-part.ts'
import { passkeysPart } from './passkeys/passkeys-part.ts'
import { officersPart } from './officers/officers-part.ts'
import { lifePart } from './life/life-part.ts'
import { rulesPart } from './rules/rules-part.ts'
import { seedDemoPeople } from './seed-demo.ts'
import { ssoPart } from './sso/sso-part.ts'
import { strengthPart } from './strength/strength-part.ts'
import { waysPart } from './ways/ways-part.ts'

/** Accounts of persons: opened at the national node, used at every node. */
const citizensPart: Part = {
  routes: ({ config }) => config.kind === 'national'
    ? [...logInRoutes, ...codeRoutes, ...registrationRoutes, ...logOutRoutes, ...accountRoutes, ...contactRoutes]
    : [registrationElsewhere, ...logOutRoutes, ...accountRoutes],
  jobs: { [sendCodeQueue]: sendCode },
  urgentQueues: [sendCodeQueue],
}

/** What serves all parts: invented people of a demonstration, and the removal of what has served. */
const groundPart: Part = {
  seed: seedDemoPeople,
  start: async (node) => startCleanUp(node),
  stop: async (node) => stopCleanUp(node),
}

/** Accounts, sessions, single sign-on and the rights of officers. In the order of their seeds: terms before people, people before their certificates. */
export const identity = joinParts('identity', [citizensPart, ssoPart, strengthPart, officersPart, rulesPart, deskPart, linkingPart, waysPart, passkeysPart, mandatesPart, lifePart, groundPart, certificatesPart])
