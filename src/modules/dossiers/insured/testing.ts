import type { AddressInfo } from 'node:net'
import type { Node } from '../../../platform/node.ts'
import { listen, listener, withFaults } from '../../../stand-ins/http.ts'
import { socialInsuranceRoutes } from '../../../stand-ins/social-insurance.ts'

export interface ContributionRegister {
  /** Answers every call with an error until told otherwise. */
  setDown(down: boolean): Promise<void>
  stop(): Promise<void>
}

/** The stand-in of the register of social insurance over HTTP, which these nodes ask from now on. */
export async function contributionRegister(nodes: readonly Node[]): Promise<ContributionRegister> {
  const server = await listen(listener(withFaults(socialInsuranceRoutes(nodes[0]!.config.standIns.key))), 0, '127.0.0.1')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  for (const node of nodes) node.config.standIns.socialInsuranceUrl = url
  return {
    async setDown(down) { await fetch(new URL('admin/faults', url), { method: 'POST', body: JSON.stringify({ down }) }) },
    async stop() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}
