import { join } from 'node:path'
import { businessRoutes } from './business-register.ts'
import { authorityRoutes } from './certificate-authority.tsx'
import { below, listen, listener, withFaults } from './http.ts'
import { gatewayRoutes } from './gateway.ts'
import { identityServer } from './identity.tsx'
import { licenceRoutes } from './licences.ts'
import { mailboxPages } from './mailbox-pages.tsx'
import { openMessageBox } from './message-box.ts'
import { nationalPortal } from './national-portal.ts'
import { populationRoutes } from './population.ts'
import { simOperator } from './remote-signing.ts'
import { smtpServer } from './smtp.ts'
import { socialInsuranceRoutes } from './social-insurance.ts'
import { telephonePages } from './telephone-pages.tsx'

export interface StandInSettings {
  host: string
  /** Port of the mailbox; identity provider, population and social-insurance register, licence register and mail (SMTP) follow it; business register, certificate authority, operator of SIM certificates and the real national portal are 6, 7, 8 and 9 above. */
  firstPort: number
  key: string
  /** Where messages are kept; memory only when absent. */
  dataDir?: string
}

/** Everything outside the administration that the country in small talks to, in one process. Returns how to stop it. */
export async function startStandIns({ host, firstPort, key, dataDir }: StandInSettings): Promise<{ stop(): Promise<void> }> {
  const box = openMessageBox(dataDir && join(dataDir, 'messages.jsonl'))
  const operator = simOperator(key)
  const health = { 'GET /healthz': () => ({ status: 200, body: 'ok' }) }
  const shown = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  const servers = await Promise.all([
    listen(listener({ ...health, ...mailboxPages(box), ...telephonePages(operator), ...withFaults(gatewayRoutes(box, key)) }), firstPort, host),
    listen(await identityServer(`http://${shown}:${firstPort + 1}`, key), firstPort + 1, host),
    listen(listener({ ...health, ...withFaults(populationRoutes(key)), ...below('/bao-hiem-xa-hoi', withFaults(socialInsuranceRoutes(key))) }), firstPort + 2, host),
    listen(listener({ ...health, ...withFaults(licenceRoutes(key)) }), firstPort + 3, host),
    listen(listener({ ...health, ...withFaults(businessRoutes(key)) }), firstPort + 6, host),
    listen(listener({ ...health, ...withFaults(authorityRoutes(key)) }), firstPort + 7, host),
    listen(listener({ ...health, ...withFaults(operator.routes) }), firstPort + 8, host),
    listen(listener({ ...health, ...nationalPortal(key).routes }), firstPort + 9, host),
  ])
  const smtp = smtpServer(box)
  await new Promise<void>((done, fail) => smtp.once('error', fail).listen(firstPort + 4, host, done))
  return {
    async stop() {
      for (const server of servers) server.closeAllConnections()
      await Promise.all([...servers, smtp].map((server) => new Promise((done) => server.close(done))))
    },
  }
}

/** As a program of its own, told by its parent what to do. */
if (process.env.MOTCUA_STAND_INS) {
  const standIns = await startStandIns(JSON.parse(process.env.MOTCUA_STAND_INS) as StandInSettings)
  const stop = (): void => void standIns.stop().finally(() => process.exit(0))
  process.on('SIGTERM', stop)
  process.on('SIGHUP', stop)
  // Ctrl-C reaches the whole group; the parent decides the order in which its programs stop.
  process.on('SIGINT', () => void (process.send || stop()))
  process.on('disconnect', stop)
  process.send?.('ready')
}
