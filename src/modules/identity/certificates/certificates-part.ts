import type { Part } from '../../../platform/join-parts.ts'
import { certificateLogInRoutes, officerCertificateLogInRoutes } from './certificate-log-in.page.tsx'
import { newcomerRoutes } from './newcomer.page.tsx'
import { seedDemoAuthorities } from './seed-demo-authorities.ts'
import { officerCertificateRoutes } from './officer-certificates.page.tsx'
import { officerSignFileRoutes, signFileRoutes } from './sign-file.page.tsx'
import { simLogInRoutes } from './sim-log-in.page.tsx'
import { mountCertificateListener } from './tls-listener.ts'

/** Log-in with a certificate: of persons at the national node, by token or SIM; of officers at every node, by token. */
export const certificatesPart: Part = {
  routes: ({ config }) => [...(config.kind === 'national' ? [...certificateLogInRoutes, ...signFileRoutes, ...newcomerRoutes, ...simLogInRoutes] : []), ...officerCertificateLogInRoutes, ...officerSignFileRoutes, ...officerCertificateRoutes],
  seed: seedDemoAuthorities,
  async mount(app, node) {
    mountCertificateListener(app, node)
  },
}
